// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "pg/cluster.h"
#include "pg/pool.h"
#include "session/sample.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <unistd.h>

using session::Sample;
using session::SampleProgress;
using session::SampleReady;

namespace
{

/// A port that neither a person's own server nor the one of other tests is likely to have.
constexpr int firstPort = 54730;

Sample sampleIn(const QString &project, const QString &cluster)
{
    const base::Installation installation{.share = QStringLiteral(SLUICE_SOURCE_DIR "/resources")};
    return Sample(installation, {.project = project, .cluster = cluster, .firstPort = firstPort});
}

/// This program as a child that is killed: prepares the sample and prints how far it is.
int prepareAsChild(const QString &project, const QString &cluster)
{
    const auto ready =
        base::await(sampleIn(project, cluster).prepare([](const SampleProgress &progress) {
            std::puts(qPrintable(progress.text));
            std::fflush(stdout);
        }));
    std::puts(ready ? "ready" : qPrintable(base::toLine(ready.error())));
    return ready ? 0 : 1;
}

/// Every row must refer to a row that exists; the data is loaded without looking.
const QString orphans = QStringLiteral(R"(
SELECT conname FROM pg_constraint AS fk
WHERE contype = 'f' AND (xpath('/row/n/text()', query_to_xml(format(
  'SELECT count(*) AS n FROM %s AS child WHERE %s AND NOT EXISTS (SELECT FROM %s AS parent WHERE %s)',
  conrelid::regclass,
  (SELECT string_agg(format('child.%I IS NOT NULL', attname), ' AND ')
   FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)),
  confrelid::regclass,
  (SELECT string_agg(format('child.%I = parent.%I', c.attname, p.attname), ' AND ')
   FROM unnest(conkey, confkey) AS pair (child, parent)
   JOIN pg_attribute AS c ON c.attrelid = conrelid AND c.attnum = pair.child
   JOIN pg_attribute AS p ON p.attrelid = confrelid AND p.attnum = pair.parent)),
  false, true, '')))[1]::text <> '0')");

} // namespace

/// The sample with a real cluster: killed and cancelled on the way, finished, and started again.
/// The cases build on one another, since loading the data once takes most of the time.
class TestSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void killed_data();
    void killed();
    void copyOfAnotherTimeStartsOver();
    void cancelled();
    void finished();
    void data_data();
    void data();
    void startedAgain();

private:
    QString ask(const QString &sql, const QString &database = QStringLiteral("acme_crm"));

    QTemporaryDir m_folder;
    QString m_project;
    QString m_cluster;
    std::optional<SampleReady> m_ready;
};

void TestSample::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_project = m_folder.filePath(QStringLiteral("acme-crm"));
    // Where the server's user can reach it, and short for its socket; the same in every run, so
    // that a run that was killed is cleared away by the next.
    const QByteArray key =
        QCryptographicHash::hash(QByteArray(SLUICE_BUILD_DIR), QCryptographicHash::Sha256)
            .toHex()
            .left(10);
    m_cluster =
        QStringLiteral("/var/tmp/sluice-sample-%1-%2").arg(geteuid()).arg(QString::fromLatin1(key));
    QVERIFY(sampleIn(m_project, m_cluster).stop().ok());
    QVERIFY(QDir(m_cluster).removeRecursively());
}

void TestSample::cleanupTestCase()
{
    m_ready.reset();
    QVERIFY(sampleIn(m_project, m_cluster).stop().ok());
    QVERIFY(QDir(m_cluster).removeRecursively());
}

/// The first cell of the answer, or the error's line.
QString TestSample::ask(const QString &sql, const QString &database)
{
    const auto lease = base::await(pg::Cluster(m_cluster, firstPort).acquire());
    if (!lease)
        return base::toLine(lease.error());
    pg::Pool pool((*lease)->settings(database));
    const auto page = base::await(pool.run({.text = sql}, pg::Access::Write));
    if (!page)
        return base::toLine(page.error());
    return page->rowCount() > 0 ? page->text(0, 0) : QStringLiteral("no row");
}

void TestSample::killed_data()
{
    QTest::addColumn<QString>("moment"); // what the child says when it is killed
    QTest::newRow("before anything") << QStringLiteral("Copying the sample project");
    QTest::newRow("while the database is made") << QStringLiteral("Making the sample's database");
    QTest::newRow("between two migrations") << QStringLiteral("Applying 0003_order_totals");
}

void TestSample::killed()
{
    QFETCH(QString, moment);
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("prepare"), m_project, m_cluster});
    QByteArray said;
    while (!said.contains(moment.toUtf8()) && child.waitForReadyRead(120'000))
        said += child.readAllStandardOutput();
    child.kill();
    QVERIFY(child.waitForFinished());
    QVERIFY2(said.contains(moment.toUtf8()), said.constData());
    QVERIFY2(!said.contains("ready"), said.constData());
}

void TestSample::copyOfAnotherTimeStartsOver()
{
    // The deleted copy had generated and applied a migration that the new copy does not have.
    QCOMPARE(ask(QStringLiteral("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) "
                                "VALUES ('gone', 1790000000000) RETURNING hash")),
             QStringLiteral("gone"));
    const QString before =
        ask(QStringLiteral("SELECT oid::text FROM pg_database WHERE datname = current_database()"));
    QVERIFY(QDir(m_project).removeRecursively());

    // Stopped at its first migration, so that only the new database is to be seen.
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("prepare"), m_project, m_cluster});
    QByteArray said;
    while (!said.contains("Applying 0000") && child.waitForReadyRead(120'000))
        said += child.readAllStandardOutput();
    child.kill();
    QVERIFY(child.waitForFinished());
    QVERIFY2(said.contains("Applying 0000"), said.constData());
    QVERIFY(ask(QStringLiteral(
                "SELECT oid::text FROM pg_database WHERE datname = current_database()")) != before);
}

void TestSample::cancelled()
{
    auto future = std::make_shared<QFuture<base::Result<SampleReady>>>();
    std::atomic<bool> reached = false;
    *future = sampleIn(m_project, m_cluster).prepare([&](const SampleProgress &progress) {
        reached = reached || progress.text.endsWith(QLatin1String(": Contacts"));
    });
    QTRY_VERIFY_WITH_TIMEOUT(reached, 120'000);
    future->cancel();
    future->waitForFinished();
    QCOMPARE(future->resultCount(), 0);
    QCOMPARE(ask(QStringLiteral("SELECT count(*) FROM contacts")), QStringLiteral("0"));
}

void TestSample::finished()
{
    int last = -1;
    int total = 0;
    const auto ready =
        base::await(sampleIn(m_project, m_cluster).prepare([&](const SampleProgress &progress) {
            if (progress.total == 0)
                return;
            QCOMPARE(progress.done, last + 1);
            last = progress.done;
            total = progress.total;
        }));
    QVERIFY2(ready.ok(), ready ? "" : qPrintable(base::toLine(ready.error())));
    m_ready = *ready;
    QCOMPARE(last, total - 1);
    QCOMPARE(m_ready->projectPath, m_project);
    QVERIFY(!m_ready->systemIdentifier.isEmpty());
    QCOMPARE(sampleIn(m_project, m_cluster).runningUrl(), std::optional(m_ready->publicUrl));
}

void TestSample::data_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *question, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(question) << QString::fromUtf8(expected);
    };
    row("organizations", "SELECT count(*) FROM organizations", "50");
    row("tenant to look at",
        "SELECT count(*) FROM contacts JOIN organizations ON organizations.id = organization_id "
        "WHERE organizations.name = 'Globex'",
        "6012");
    row("largest table", "SELECT count(*) >= 300000 FROM order_items", "t");
    row("orders", "SELECT count(*) >= 100000 FROM orders", "t");
    row("contacts", "SELECT count(*) >= 60000 FROM contacts", "t");
    row("orders add up",
        "SELECT count(*) FROM orders WHERE subtotal <> (SELECT sum(total) FROM order_items "
        "WHERE order_id = orders.id)",
        "0");
    row("payments add up",
        "SELECT count(*) FROM invoices WHERE status = 'paid' AND total <> (SELECT sum(amount) FROM "
        "payments WHERE invoice_id = invoices.id)",
        "0");
    row("lifetime values add up",
        "SELECT count(*) FROM contacts WHERE lifetime_value <> coalesce((SELECT sum(total) FROM "
        "orders WHERE contact_id = contacts.id AND status IN ('paid', 'shipped', 'delivered')), 0)",
        "0");
    row("no table is empty",
        "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND "
        "relnamespace = 'public'::regnamespace AND reltuples < 1",
        "0");
    row("the next audit event has a free number",
        "SELECT nextval('audit_events_id_seq') > (SELECT max(id) FROM audit_events)", "t");
    row("migrations", "SELECT count(*) FROM drizzle.__drizzle_migrations", "6");
    QTest::newRow("every foreign key") << orphans << QStringLiteral("no row");
}

void TestSample::data()
{
    QFETCH(QString, question);
    QTEST(ask(question), "expected");
}

void TestSample::startedAgain()
{
    QCOMPARE(ask(QStringLiteral("DELETE FROM order_items WHERE position = 5 RETURNING 'gone'")),
             QStringLiteral("gone"));
    const QString before = ask(QStringLiteral("SELECT count(*) FROM order_items"));
    m_ready.reset(); // the last lease: the server stops
    QCOMPARE(sampleIn(m_project, m_cluster).runningUrl(), std::nullopt);

    int loaded = 0;
    const auto ready =
        base::await(sampleIn(m_project, m_cluster).prepare([&](const SampleProgress &progress) {
            loaded += progress.total;
        }));
    QVERIFY2(ready.ok(), ready ? "" : qPrintable(base::toLine(ready.error())));
    QCOMPARE(loaded, 0);
    // What a person deleted stays deleted.
    QCOMPARE(ask(QStringLiteral("SELECT count(*) FROM order_items")), before);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() == 4 && arguments.at(1) == QLatin1String("prepare"))
        return prepareAsChild(arguments.at(2), arguments.at(3));
    TestSample test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sample.moc"
