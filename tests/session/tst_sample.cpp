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
#include <QtConcurrentRun>

#include <cstdio>
#include <future>
#include <sys/stat.h>
#include <unistd.h>

using session::Sample;
using session::SampleProgress;
using session::SampleReady;

namespace
{

/// A port that neither a person's own server nor the one of other tests is likely to have.
constexpr int firstPort = 54730;

/// The role that owns the sample's database, and the database.
const QString roleName = QStringLiteral("acme_crm");

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

/// What lies in the sample's own schemas and is not the role's.
const QString foreignObjects = QStringLiteral(R"(
SELECT kind, name FROM (
  SELECT 'schema', nspname, nspowner, oid FROM pg_namespace
  UNION ALL SELECT 'relation', relname, relowner, relnamespace FROM pg_class
  UNION ALL SELECT 'type', typname, typowner, typnamespace FROM pg_type
  UNION ALL SELECT 'routine', proname, proowner, pronamespace FROM pg_proc
) AS object (kind, name, owner, schema) JOIN pg_namespace ON pg_namespace.oid = schema
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
  AND pg_get_userbyid(owner) NOT IN ('acme_crm', 'pg_database_owner'))");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

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
    void role_data();
    void role();
    void closedDatabases_data();
    void closedDatabases();
    void urls();
    void madeByAnEarlierVersion();
    void startedAgain();
    void databaseOfAKilledOneComesLate();

private:
    QByteArray killedAt(const QByteArray &moment) const;
    QString ask(const QString &sql, const QString &database = roleName,
                const QString &role = roleName);
    QString askAsSuperuser(const QString &sql, const QString &database = QStringLiteral("postgres"))
    {
        return ask(sql, database, {});
    }

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

/// What a child says that is killed as soon as it has said \a moment.
QByteArray TestSample::killedAt(const QByteArray &moment) const
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("prepare"), m_project, m_cluster});
    QByteArray said;
    while (!said.contains(moment) && child.waitForReadyRead(120'000))
        said += child.readAllStandardOutput();
    child.kill();
    child.waitForFinished(); // false: it had ended by itself
    return said;
}

/// The first cell of the answer, or the error's line.
QString TestSample::ask(const QString &sql, const QString &database, const QString &role)
{
    const auto lease = base::await(pg::Cluster(m_cluster, firstPort).acquire());
    if (!lease)
        return base::toLine(lease.error());
    pg::Pool pool((*lease)->settings(database, role));
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
    const QByteArray said = killedAt(moment.toUtf8());
    QVERIFY2(said.contains(moment.toUtf8()), said.constData());
    QVERIFY2(!said.contains("ready"), said.constData());
}

void TestSample::copyOfAnotherTimeStartsOver()
{
    // The deleted copy had generated and applied a migration that the new copy does not have.
    QCOMPARE(ask(QStringLiteral("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) "
                                "VALUES ('gone', 1790000000000) RETURNING hash")),
             QStringLiteral("gone"));
    const QString question =
        QStringLiteral("SELECT oid::text FROM pg_database WHERE datname = 'acme_crm'");
    const QString before = askAsSuperuser(question);
    QVERIFY(before.toInt() > 0);
    QVERIFY(QDir(m_project).removeRecursively());

    // Stopped at its first migration, so that only the new database is to be seen.
    const QByteArray said = killedAt("Applying 0000");
    QVERIFY2(said.contains("Applying 0000"), said.constData());
    QVERIFY(askAsSuperuser(question).toInt() > before.toInt());
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

void TestSample::role_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("expected"); // how the answer begins
    const auto row = [](const char *name, const char *question, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(question) << QString::fromUtf8(expected);
    };
    row("who", "SELECT current_user", "acme_crm");
    row("no power",
        "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls FROM "
        "pg_roles WHERE rolname = current_user",
        "f");
    row("member of nothing",
        "SELECT count(*) FROM pg_auth_members WHERE member = to_regrole('acme_crm')", "0");
    row("runs no program", "COPY (SELECT 1) TO PROGRAM 'true'", "must be superuser or have");
    row("writes no file", "COPY (SELECT 1) TO '/tmp/acme_crm'", "must be superuser or have");
    row("reads no file", "SELECT pg_read_file('PG_VERSION')", "permission denied for function");
    row("reads no passwords", "SELECT count(*) FROM pg_authid", "permission denied for table");
    row("becomes nobody else", "SET ROLE sluice", "permission denied to set role");
    row("makes no database", "CREATE DATABASE other", "permission denied to create database");
    row("makes no role", "CREATE ROLE other", "permission denied to create role");
    row("gives itself no power", "ALTER ROLE acme_crm SUPERUSER", "must be superuser to");
    row("owns the database",
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
        "acme_crm");
    QTest::newRow("owns all in it") << foreignObjects << QStringLiteral("no row");
    row("makes a schema", "CREATE SCHEMA made", "no row");
    row("makes a table in public", "CREATE TABLE public.made (id integer)", "no row");
    row("changes a table", "ALTER TABLE contacts ADD COLUMN made integer", "no row");
    row("takes it back",
        "DO $$ BEGIN DROP SCHEMA made; DROP TABLE made; ALTER TABLE contacts DROP COLUMN made; END "
        "$$",
        "no row");
    row("sees every row under a policy", "SELECT count(*) > 60000 FROM contacts", "t");
    row("changes a row under a policy",
        "UPDATE contacts SET notes = notes WHERE id = (SELECT min(id::text)::uuid FROM contacts) "
        "RETURNING 'changed'",
        "changed");
    row("foreign keys are looked up", "SHOW session_replication_role", "origin");
    row("a wrong foreign key",
        "UPDATE contacts SET organization_id = gen_random_uuid() WHERE id = (SELECT "
        "min(id::text)::uuid FROM contacts)",
        "insert or update on table \"contacts\" violates foreign key constraint");
    row("the server can be recognised", "SELECT system_identifier > 0 FROM pg_control_system()",
        "t");
}

void TestSample::role()
{
    QFETCH(QString, question);
    QFETCH(QString, expected);
    const QString answer = ask(question);
    QVERIFY2(answer.startsWith(expected), qPrintable(answer));
}

void TestSample::closedDatabases_data()
{
    QTest::addColumn<QString>("database");
    QTest::newRow("maintenance") << QStringLiteral("postgres");
    QTest::newRow("template") << QStringLiteral("template1");
}

void TestSample::closedDatabases()
{
    QFETCH(QString, database);
    const QString answer = ask(QStringLiteral("SELECT 1"), database);
    QVERIFY2(answer.contains(QLatin1String("permission denied for database")), qPrintable(answer));
    QCOMPARE(askAsSuperuser(QStringLiteral("SELECT 1"), database), QStringLiteral("1"));
}

void TestSample::urls()
{
    const QString file = m_cluster + QStringLiteral("/password");
    const QByteArray owners = contentOf(file);
    const QByteArray roles = contentOf(file + u'.' + roleName);
    QVERIFY(owners.size() >= 32 && roles.size() >= 32 && owners != roles);
    struct stat status {
    };
    QCOMPARE(lstat(QFile::encodeName(file + u'.' + roleName).constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 07777), 0600);
    for (const QString &url : {m_ready->url, m_ready->publicUrl}) {
        QVERIFY(!url.contains(QString::fromLatin1(owners)));
        pg::Pool pool({.url = url, .expectedSystemIdentifier = m_ready->systemIdentifier});
        const auto page = base::await(pool.run({.text = QStringLiteral("SELECT current_user")}));
        QVERIFY2(page.ok(), page ? "" : qPrintable(base::toLine(page.error())));
        QCOMPARE(page->text(0, 0), roleName);
    }
}

/// There was no role: everything was the superuser's.
void TestSample::madeByAnEarlierVersion()
{
    const QString orders = ask(QStringLiteral("SELECT count(*) FROM orders"));
    for (const QString &sql :
         {QStringLiteral("CREATE DOMAIN rating AS integer CHECK (VALUE BETWEEN 1 AND 5)"),
          QStringLiteral("CREATE TYPE place AS (x integer, y integer)"),
          QStringLiteral(
              "CREATE FUNCTION half(x integer) RETURNS integer LANGUAGE sql AS 'SELECT x / 2'"),
          QStringLiteral("CREATE SEQUENCE \"Numbers\""),
          QStringLiteral("CREATE MATERIALIZED VIEW totals AS SELECT sum(total) FROM orders"),
          QStringLiteral("REASSIGN OWNED BY acme_crm TO sluice"),
          QStringLiteral("DROP OWNED BY acme_crm"), QStringLiteral("DROP ROLE acme_crm")})
        QCOMPARE(askAsSuperuser(sql, roleName), QStringLiteral("no row"));
    QVERIFY(QFile::remove(m_cluster + QStringLiteral("/password.acme_crm")));
    QCOMPARE(sampleIn(m_project, m_cluster).runningUrl(), std::nullopt);

    const auto ready = base::await(sampleIn(m_project, m_cluster).prepare());
    QVERIFY2(ready.ok(), ready ? "" : qPrintable(base::toLine(ready.error())));
    QCOMPARE(ask(foreignObjects), QStringLiteral("no row"));
    QCOMPARE(ask(QStringLiteral("SELECT count(*) FROM orders")), orders);
    QCOMPARE(ask(QStringLiteral("DROP MATERIALIZED VIEW totals")), QStringLiteral("no row"));
    QCOMPARE(sampleIn(m_project, m_cluster).runningUrl(), std::optional(ready->publicUrl));
}

void TestSample::startedAgain()
{
    // Whatever SQL ran as the role, the next start lets us in.
    QCOMPARE(ask(QStringLiteral("ALTER ROLE acme_crm PASSWORD 'changed'")),
             QStringLiteral("no row"));
    QVERIFY(ask(QStringLiteral("SELECT 1")).contains(QLatin1String("password authentication")));
    {
        const auto healed = base::await(sampleIn(m_project, m_cluster).prepare());
        QVERIFY2(healed.ok(), healed ? "" : qPrintable(base::toLine(healed.error())));
    }
    QCOMPARE(ask(QStringLiteral("SELECT 1")), QStringLiteral("1"));

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

/// The server finishes what a killed program asked for, at a moment when the next one is about to
/// ask for the same.
void TestSample::databaseOfAKilledOneComesLate()
{
    const auto lease = base::await(pg::Cluster(m_cluster, firstPort).acquire());
    QVERIFY2(lease.ok(), lease ? "" : qPrintable(base::toLine(lease.error())));
    QCOMPARE(askAsSuperuser(QStringLiteral("DROP DATABASE IF EXISTS acme_crm")),
             QStringLiteral("no row"));
    const auto waiting = [this] {
        return askAsSuperuser(
            QStringLiteral("SELECT count(*) FROM pg_locks WHERE NOT granted AND "
                           "locktype = 'object' AND classid = 'pg_database'::regclass"));
    };

    pg::Pool pool((*lease)->settings());
    std::promise<void> enough;
    const auto held = pool.transaction(
        pg::Access::Write, [released = enough.get_future().share()](pg::Transaction &connection) {
            auto locked = connection.runScript("BEGIN; COMMENT ON DATABASE template0 IS 'held'");
            released.wait();
            return locked;
        });
    QProcess first;
    first.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("prepare"), m_project, m_cluster});
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), QStringLiteral("1"), 60'000);
    first.kill();
    QVERIFY(first.waitForFinished());
    auto second = QtConcurrent::run([this] { return killedAt("Applying 0000"); });
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), QStringLiteral("2"), 60'000);
    enough.set_value();
    const auto lock = base::await(held);
    QVERIFY2(lock.ok(), lock ? "" : qPrintable(base::toLine(lock.error())));
    QVERIFY2(second.result().contains("Applying 0000"), second.result().constData());
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
