// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "migrate/folder.h"
#include "oracle/drizzlekit.h"
#include "pg/pool.h"
#include "runner/ledger.h"
#include "support/server.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using runner::MigrationState;

namespace
{

migrate::Folder folderOf(const testsupport::ProjectCopy &project)
{
    const auto folder = migrate::readFolder(project.filePath(QStringLiteral("drizzle")));
    return folder ? *folder : migrate::Folder{};
}

/// Columns, indexes and the ledger's rows as one text.
QString inventory(const pg::Settings &settings)
{
    pg::Pool pool(settings);
    const QString text = QStringLiteral(
        "SELECT string_agg(line, E'\\n' ORDER BY line) FROM ("
        "SELECT format('%s.%s.%s %s %s', table_schema, table_name, column_name, data_type, "
        "is_nullable) "
        "AS line FROM information_schema.columns WHERE table_schema IN ('public', 'drizzle') "
        "UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'drizzle') "
        "UNION ALL SELECT id || ' ' || hash || ' ' || created_at FROM "
        "drizzle.__drizzle_migrations) lines");
    const auto page = base::await(pool.run({.text = text, .parameters = {}}));
    return page ? page->text(0, 0) : toLine(page.error());
}

/// A folder of 1.0's layout with a table for each of \a names, written by us.
bool addTables(const QString &path, const QStringList &names)
{
    for (const QString &name : names) {
        const auto folder = migrate::readFolder(path, migrate::Layout::Folders);
        if (!folder)
            return false;
        migrate::Step step{.sql =
                               QStringLiteral("CREATE TABLE \"%1\" (\"id\" integer);\n").arg(name),
                           .after = folder->schema,
                           .name = name};
        schema::Table table;
        table.name.name = name;
        table.columns << schema::Column{.name = QStringLiteral("id"),
                                        .type = QStringLiteral("integer")};
        step.after.tables << table;
        if (!migrate::writeMigrations(*folder, {step}, {}))
            return false;
    }
    return true;
}

/// drizzle-orm 1.0's own migrator on \a folder; what it says when it fails. \a modules has pg.
QString migratedBy1(const QString &modules, const QString &url, const QString &folder)
{
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NODE_PATH"), modules);
    node.setProcessEnvironment(environment);
    node.setProcessChannelMode(QProcess::MergedChannels);
    node.start(QStringLiteral("node"),
               {QStringLiteral(SLUICE_SOURCE_DIR "/tests/runner/migrate1.cjs"),
                QStringLiteral(SLUICE_VERSIONS_DIR "/node_modules/drizzle-orm-1"), url, folder});
    if (!node.waitForFinished(60'000) || node.exitStatus() != QProcess::NormalExit)
        return QStringLiteral("node does not end");
    return node.exitCode() == 0 ? QString() : QString::fromUtf8(node.readAll());
}

} // namespace

/// drizzle-kit's migrate and ours accept each other's work, on the sample's own migrations.
class tst_interop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theirsThenOurs();
    void oursThenTheirs();
    void inTurns();
    void version1_data();
    void version1();

private:
    /// Runs drizzle-kit migrate on the project; it exits 1 without a word when that fails.
    testsupport::ToolRun migrate(const testsupport::ProjectCopy &project,
                                 const pg::Settings &settings) const
    {
        return project.drizzleKit({QStringLiteral("migrate")},
                                  {{QStringLiteral("DATABASE_URL"), m_server->tcpUrl(settings)}});
    }

    std::unique_ptr<testsupport::Server> m_server;
    const QString m_sample = QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample");
};

void tst_interop::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void tst_interop::cleanupTestCase()
{
    m_server.reset();
}

void tst_interop::theirsThenOurs()
{
    const testsupport::ProjectCopy project(m_sample);
    QVERIFY(project.isValid());
    const pg::Settings settings = m_server->createDatabase(QStringLiteral("theirs"));
    const testsupport::ToolRun run = migrate(project, settings);
    QVERIFY2(run.exitCode == 0, qPrintable(run.output));

    const migrate::Folder folder = folderOf(project);
    QVERIFY(folder.migrations.size() >= 3);
    const auto pool = std::make_shared<pg::Pool>(settings);
    const auto ledger = base::await(runner::readLedger(pool, folder, {}));
    QVERIFY(ledger);
    QCOMPARE(ledger->states,
             QList<MigrationState>(folder.migrations.size(), MigrationState::Applied));
    QCOMPARE(ledger->rowsWithoutFile, 0);
    const auto count = base::await(runner::apply(pool, folder, {}));
    QVERIFY(count);
    QCOMPARE(*count, 0);
}

void tst_interop::oursThenTheirs()
{
    const testsupport::ProjectCopy project(m_sample);
    QVERIFY(project.isValid());
    const pg::Settings ours = m_server->createDatabase(QStringLiteral("ours"));
    const migrate::Folder folder = folderOf(project);
    const auto count = base::await(runner::apply(std::make_shared<pg::Pool>(ours), folder, {}));
    QVERIFY2(count, count ? "" : qPrintable(toLine(count.error())));
    QCOMPARE(*count, int(folder.migrations.size()));
    const QString before = inventory(ours);

    const testsupport::ToolRun run = migrate(project, ours);
    QVERIFY2(run.exitCode == 0, qPrintable(run.output));
    QCOMPARE(inventory(ours), before);

    const pg::Settings theirs = m_server->createDatabase(QStringLiteral("reference"));
    QCOMPARE(migrate(project, theirs).exitCode, 0);
    QCOMPARE(before, inventory(theirs));
}

/// The first of the folder by us, the rest by drizzle-kit.
void tst_interop::inTurns()
{
    const testsupport::ProjectCopy project(m_sample);
    QVERIFY(project.isValid());
    const pg::Settings settings = m_server->createDatabase(QStringLiteral("turns"));
    const migrate::Folder folder = folderOf(project);
    migrate::Folder start = folder;
    start.migrations.resize(2);
    const auto pool = std::make_shared<pg::Pool>(settings);
    const auto first = base::await(runner::apply(pool, start, {}));
    QVERIFY(first);
    QCOMPARE(*first, 2);
    const testsupport::ToolRun run = migrate(project, settings);
    QVERIFY2(run.exitCode == 0, qPrintable(run.output));
    const auto ledger = base::await(runner::readLedger(pool, folder, {}));
    QVERIFY(ledger);
    QCOMPARE(ledger->states,
             QList<MigrationState>(folder.migrations.size(), MigrationState::Applied));
}

void tst_interop::version1_data()
{
    QTest::addColumn<bool>("oursFirst");
    QTest::newRow("theirs, then ours, then theirs") << false;
    QTest::newRow("ours, then theirs, then ours") << true;
}

/// drizzle-orm 1.0 goes by the names in its table. One migration by one of us, an older and a newer
/// one by the other: nobody runs anything twice, and nothing is left out.
void tst_interop::version1()
{
    QFETCH(bool, oursFirst);
    QTemporaryDir project;
    QVERIFY(testsupport::linkNodeModules(project.path()));
    const QString path = project.filePath(QStringLiteral("drizzle"));
    const pg::Settings settings =
        m_server->createDatabase(oursFirst ? QStringLiteral("one_a") : QStringLiteral("one_b"));
    const auto pool = std::make_shared<pg::Pool>(settings);
    QVERIFY(addTables(path, {QStringLiteral("a"), QStringLiteral("b")}));
    const auto aside = [&](const QString &from, const QString &to) {
        return QDir().rename(from, to);
    };
    const migrate::Folder both = *migrate::readFolder(path);
    QCOMPARE(both.migrations.size(), 2);
    // The older of the two comes from a branch, after the newer one was applied.
    const QString older = both.migrations.first().tag;
    QVERIFY(aside(path + u'/' + older, project.filePath(older)));
    const auto turn = [&](bool ours) {
        if (!ours)
            return migratedBy1(project.filePath(QStringLiteral("node_modules")),
                               m_server->tcpUrl(settings), path);
        const auto count = base::await(runner::apply(pool, *migrate::readFolder(path), {}));
        return count ? QString() : toLine(count.error());
    };
    QCOMPARE(turn(oursFirst), QString());
    QVERIFY(aside(project.filePath(older), path + u'/' + older));
    QCOMPARE(turn(!oursFirst), QString());
    QVERIFY(addTables(path, {QStringLiteral("c")}));
    QCOMPARE(turn(oursFirst), QString());
    QCOMPARE(turn(!oursFirst), QString());
    const migrate::Folder folder = *migrate::readFolder(path);
    const auto ledger = base::await(runner::readLedger(pool, folder, {}));
    QVERIFY(ledger);
    QCOMPARE(ledger->states, QList<MigrationState>(3, MigrationState::Applied));
    QCOMPARE(ledger->rows.size(), 3);
    for (const runner::LedgerRow &row : ledger->rows)
        QVERIFY(!row.name.isEmpty());
}

QTEST_GUILESS_MAIN(tst_interop)
#include "tst_interop.moc"
