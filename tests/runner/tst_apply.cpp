// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "migrations.h"
#include "pg/pool.h"
#include "runner/ledger.h"
#include "support/relay.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

using runner::MigrationState;
using testsupport::folderOf;
using testsupport::migration;

namespace
{

const QByteArray breakpoint = "\n--> statement-breakpoint\n";

QList<migrate::Migration> threeTables()
{
    return {migration("0000_a", 100,
                      "CREATE TABLE a (id int);" + breakpoint + "INSERT INTO a VALUES (1);"),
            migration("0001_b", 200, "CREATE TABLE b (id int);\nCREATE INDEX b_i ON b (id);"),
            migration("0002_c", 300, "CREATE TABLE c (id int);")};
}

/// What a failed result says, for QVERIFY2.
QByteArray why(const base::Result<int> &result)
{
    return result ? QByteArray() : toLine(result.error()).toUtf8();
}

} // namespace

class tst_apply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void appliesOnce();
    void appliesWhatIsMissingInBetween();
    void ledgerElsewhere();
    void ledgerWithMoreColumns();
    void nothingPendingMakesNothing();
    void failures_data();
    void failures();
    void outsideOfTransactions();
    void failureAtCommit();
    void twoAtOnce();
    void waitsForALock();
    void givesUpOnALock();
    void sessionSettingsDoNotLeak();
    void cancelling();
    void serverGone();
    void serverThatFallsSilent_data();
    void serverThatFallsSilent();

private:
    base::Result<int> applied(const QList<migrate::Migration> &migrations,
                              const runner::ApplyOptions &options = {})
    {
        return base::await(runner::apply(m_pool, folderOf(migrations), options));
    }
    QString value(const QString &text, pg::Access access = pg::Access::Read)
    {
        const auto page = base::await(m_pool->run({.text = text, .parameters = {}}, access));
        return page ? page->text(0, 0) : toLine(page.error());
    }
    /// The tables of public, sorted.
    QString tables()
    {
        return value(
            QStringLiteral("SELECT coalesce(string_agg(tablename, ' ' ORDER BY tablename), '') "
                           "FROM pg_tables WHERE schemaname = 'public'"));
    }
    QString ledger()
    {
        return value(
            QStringLiteral("SELECT coalesce(string_agg(created_at::text, ' ' ORDER BY id), '') "
                           "FROM drizzle.__drizzle_migrations"));
    }
    /// The condition for the session of this database that runs something like \a pattern.
    static QString running(const char *pattern)
    {
        return QStringLiteral(
                   "FROM pg_stat_activity WHERE query LIKE '%1' AND pid <> pg_backend_pid() "
                   "AND datname = current_database()")
            .arg(QLatin1String(pattern));
    }

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;
    std::shared_ptr<pg::Pool> m_pool;
};

void tst_apply::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void tst_apply::cleanupTestCase()
{
    m_pool.reset();
    m_server.reset();
}

void tst_apply::init()
{
    m_settings = m_server->createDatabase(QStringLiteral("apply"));
    m_pool = std::make_shared<pg::Pool>(m_settings);
}

void tst_apply::appliesOnce()
{
    const migrate::Folder folder = folderOf(threeTables());
    const auto before = base::await(runner::readLedger(m_pool, folder, {}));
    QVERIFY(before);
    QCOMPARE(before->states, QList<MigrationState>(3, MigrationState::Pending));

    QStringList told;
    const auto count = base::await(runner::apply(
        m_pool, folder, {}, [&](const migrate::Migration &entry) { told << entry.tag; }));
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 3);
    QCOMPARE(told.join(u' '), QStringLiteral("0000_a 0001_b 0002_c"));
    QCOMPARE(tables(), QStringLiteral("a b c"));
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM a")), QStringLiteral("1"));
    QCOMPARE(ledger(), QStringLiteral("100 200 300"));
    QCOMPARE(value(QStringLiteral(
                 "SELECT hash FROM drizzle.__drizzle_migrations WHERE created_at = 200")),
             QString::fromLatin1(folder.migrations.at(1).hash));

    const auto after = base::await(runner::readLedger(m_pool, folder, {}));
    QVERIFY(after);
    QCOMPARE(after->states, QList<MigrationState>(3, MigrationState::Applied));
    const auto again = applied(folder.migrations);
    QVERIFY2(again, why(again));
    QCOMPARE(*again, 0);
}

void tst_apply::appliesWhatIsMissingInBetween()
{
    const QList<migrate::Migration> all = threeTables();
    QVERIFY(applied({all.at(0), all.at(2)}));
    const auto count = applied(all);
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 1);
    QCOMPARE(ledger(), QStringLiteral("100 300 200"));
}

void tst_apply::ledgerElsewhere()
{
    runner::ApplyOptions options;
    options.ledger = {QStringLiteral("my schema"), QStringLiteral("Done\"")};
    QVERIFY(applied(threeTables(), options));
    QCOMPARE(value(QStringLiteral(R"(SELECT count(*) FROM "my schema"."Done""")")),
             QStringLiteral("3"));
    const auto read =
        base::await(runner::readLedger(m_pool, folderOf(threeTables()), options.ledger));
    QVERIFY(read);
    QCOMPARE(read->states, QList<MigrationState>(3, MigrationState::Applied));
}

/// What drizzle-kit 1.0 makes of the table.
void tst_apply::ledgerWithMoreColumns()
{
    QCOMPARE(m_server->run(m_settings,
                           "CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations "
                           "(id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint, "
                           "name text, applied_at timestamptz DEFAULT now())"),
             QString());
    QVERIFY(applied(threeTables()));
    QCOMPARE(ledger(), QStringLiteral("100 200 300"));
}

void tst_apply::nothingPendingMakesNothing()
{
    const auto count = applied({});
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 0);
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM pg_namespace WHERE nspname = 'drizzle'")),
             QStringLiteral("0"));
}

void tst_apply::failures_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("place"); // the text that the error's span covers
    const auto row = [](const char *name, const QByteArray &sql, base::ErrorKind kind,
                        const char *line, const char *place) {
        QTest::newRow(name) << sql << kind
                            << QStringLiteral("Migration 0001_bad ") + QString::fromUtf8(line)
                            << QString::fromUtf8(place);
    };
    using base::ErrorKind;
    const QByteArray half = "CREATE TABLE half ();";
    row("a typing error", half + breakpoint + "-- \xc3\xa4\nCREAT TABLE x ();", ErrorKind::Server,
        "failed at statement 2 (0001_bad.sql:4): syntax error at or near \"CREAT\"; "
        "Nothing of this migration was applied; correct it and apply again",
        "CREAT");
    row("two statements in one part", half + "\nSELECT nonsense;", ErrorKind::Server,
        "failed at statement 2 (0001_bad.sql:2): column \"nonsense\" does not exist; "
        "Nothing of this migration was applied; correct it and apply again",
        "nonsense");
    row("an error without a place", half + breakpoint + "SELECT 1/(SELECT 0);", ErrorKind::Server,
        "failed at statement 2 (0001_bad.sql:3): division by zero; "
        "Nothing of this migration was applied; correct it and apply again",
        "");
    row("an error without a place among several", half + "\nSELECT 1/(SELECT 0);",
        ErrorKind::Server,
        "failed at statement 1\u20132 (0001_bad.sql:1): division by zero; "
        "Nothing of this migration was applied; correct it and apply again",
        "");
    row("a role that another database has made", "CREATE ROLE sluice;", ErrorKind::Server,
        "failed at statement 1 (0001_bad.sql:1): role \"sluice\" already exists; Roles belong to "
        "all databases of a server, and this one is there already. Nothing of this migration was "
        "applied; take CREATE ROLE out of it and apply again",
        "");
    row("advice of the server", "SELECT idd FROM a;", ErrorKind::Server,
        "failed at statement 1 (0001_bad.sql:1): column \"idd\" does not exist. Perhaps you meant "
        "to reference the column \"a.id\"; Nothing of this migration was applied; correct it and "
        "apply again",
        "idd");
    row("outside of transactions", half + breakpoint + "CREATE INDEX CONCURRENTLY i ON a (id);",
        ErrorKind::Unsupported,
        "holds CREATE INDEX CONCURRENTLY, which cannot run inside a transaction (0001_bad.sql:3); "
        "Nothing of it was applied; put the statement into a migration of its own",
        "CREATE INDEX CONCURRENTLY i ON a (id)");
    row("a COMMIT of its own", half + "\nCOMMIT;\nSELECT 1/0;", ErrorKind::Unsupported,
        "holds COMMIT, which cannot run inside a transaction (0001_bad.sql:2); Nothing of it was "
        "applied; "
        "take the statement out: every migration runs in a transaction of its own",
        "COMMIT");
}

void tst_apply::failures()
{
    QFETCH(QByteArray, sql);
    QFETCH(base::ErrorKind, kind);
    QFETCH(QString, line);
    QFETCH(QString, place);
    const QList<migrate::Migration> all = threeTables();
    const auto count = applied({all.at(0), migration("0001_bad", 150, sql), all.at(1)});
    QVERIFY(!count);
    QCOMPARE(toLine(count.error()), line);
    QCOMPARE(count.error().kind, kind);
    const auto span = count.error().span.value_or(base::TextSpan{});
    QCOMPARE(QString::fromUtf8(sql).mid(span.offset, span.length), place);
    QCOMPARE(tables(), QStringLiteral("a"));
    QCOMPARE(ledger(), QStringLiteral("100"));

    // Corrected, the rest goes through.
    const auto corrected =
        applied({all.at(0), migration("0001_bad", 150, "CREATE TABLE good ();"), all.at(1)});
    QVERIFY2(corrected, why(corrected));
    QCOMPARE(*corrected, 2);
    QCOMPARE(tables(), QStringLiteral("a b good"));
}

/// What no transaction can hold runs without one when it is all that the migration does.
void tst_apply::outsideOfTransactions()
{
    const QList<migrate::Migration> all = threeTables();
    const migrate::Migration index = migration(
        "0001_index", 150, "-- as it was written\nCREATE UNIQUE INDEX CONCURRENTLY i ON a (id);");
    const QString valid = QStringLiteral("SELECT string_agg(indisvalid::text, ' ') FROM pg_index "
                                         "WHERE indexrelid = to_regclass('i')");
    QVERIFY(applied({all.at(0), migration("0000_twice", 120, "INSERT INTO a SELECT id FROM a")}));
    const auto failed =
        applied({all.at(0), migration("0000_twice", 120, "INSERT INTO a SELECT id FROM a"), index});
    QVERIFY(!failed);
    QCOMPARE(failed.error().sqlState, QStringLiteral("23505"));
    QVERIFY2(failed.error().hint.contains(QStringLiteral("invalid index")), why(failed));
    QCOMPARE(value(valid), QStringLiteral("false"));
    QCOMPARE(ledger(), QStringLiteral("100 120"));

    // As often as it takes: the index that was left is in the way of no second attempt.
    QCOMPARE(applied({index}).error().sqlState, QStringLiteral("23505"));
    QVERIFY(applied({migration("0000_mend", 140, "DELETE FROM a")}));
    const auto count = applied({index, all.at(1)});
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 2);
    QCOMPARE(value(valid), QStringLiteral("true"));
    QCOMPARE(ledger(), QStringLiteral("100 120 140 150 200"));
}

void tst_apply::failureAtCommit()
{
    const auto count =
        applied({migration("0000_late", 100,
                           "CREATE TABLE p (id int PRIMARY KEY);\n"
                           "CREATE TABLE q (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
                           "INSERT INTO q VALUES (1);")});
    QVERIFY(!count);
    QCOMPARE(count.error().sqlState, QStringLiteral("23503"));
    QCOMPARE(count.error().where, QStringLiteral("0000_late.sql"));
    QCOMPARE(tables(), QStringLiteral(""));
    QCOMPARE(ledger(), QStringLiteral(""));
}

void tst_apply::twoAtOnce()
{
    QList<migrate::Migration> all = threeTables();
    all << migration("0003_slow", 400, "SELECT pg_sleep(0.3); CREATE TABLE d ();");
    const auto other = std::make_shared<pg::Pool>(m_settings);
    auto one = runner::apply(m_pool, folderOf(all), {});
    auto two = runner::apply(other, folderOf(all), {});
    const auto first = base::await(one), second = base::await(two);
    QVERIFY2(first, why(first));
    QVERIFY2(second, why(second));
    QCOMPARE(*first + *second, 4);
    QVERIFY(*first == 0 || *second == 0);
    QCOMPARE(ledger(), QStringLiteral("100 200 300 400"));
}

/// Somebody holds a table for longer than lock_timeout, then lets go: a retry goes through.
void tst_apply::waitsForALock()
{
    QVERIFY(applied({threeTables().at(0)}));
    const auto other = std::make_shared<pg::Pool>(m_settings);
    QSemaphore held;
    auto holder = other->transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
        const auto locked = transaction.runScript("BEGIN; LOCK TABLE a");
        held.release();
        return locked ? transaction.runScript("SELECT pg_sleep(0.5); COMMIT") : locked;
    });
    held.acquire();
    runner::ApplyOptions options;
    options.lockTimeout = 100;
    const auto count = applied(
        {threeTables().at(0), migration("0001_x", 150, "ALTER TABLE a ADD COLUMN x int")}, options);
    QVERIFY2(count, why(count));
    QCOMPARE(*count, 1);
    QVERIFY(base::await(holder));
}

void tst_apply::givesUpOnALock()
{
    QVERIFY(applied({threeTables().at(0)}));
    const auto other = std::make_shared<pg::Pool>(m_settings);
    QSemaphore held, letGo;
    auto holder = other->transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
        const auto locked = transaction.runScript("BEGIN; LOCK TABLE a");
        held.release();
        letGo.acquire();
        return locked;
    });
    held.acquire();
    runner::ApplyOptions options;
    options.lockTimeout = 50;
    options.retries = 0;
    const auto count = applied(
        {threeTables().at(0), migration("0001_x", 150, "ALTER TABLE a ADD COLUMN x int")}, options);
    letGo.release();
    QVERIFY(!count);
    QCOMPARE(count.error().sqlState, QStringLiteral("55P03"));
    QVERIFY(!count.error().hint.isEmpty());
    QVERIFY(base::await(holder));
}

void tst_apply::sessionSettingsDoNotLeak()
{
    const auto count = applied({
        migration(
            "0000_dump", 100,
            "SELECT pg_catalog.set_config('search_path', '', false); SET statement_timeout = 100; "
            "CREATE TABLE public.a ();"),
        migration("0001_next", 200, "CREATE TABLE b (); SELECT pg_sleep(0.3);"),
    });
    QVERIFY2(count, why(count));
    QCOMPARE(tables(), QStringLiteral("a b"));
}

void tst_apply::cancelling()
{
    auto future = runner::apply(
        m_pool,
        folderOf({threeTables().at(0),
                  migration("0001_slow", 200, "CREATE TABLE slow (); SELECT pg_sleep(60);"),
                  threeTables().at(2)}),
        {});
    const QString slow = QStringLiteral("SELECT count(*) ") + running("CREATE TABLE slow%");
    QTRY_COMPARE(value(slow), QStringLiteral("1"));
    QElapsedTimer timer;
    timer.start();
    future.cancel();
    QTRY_COMPARE(
        value(QStringLiteral("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND "
                             "database = (SELECT oid FROM pg_database WHERE datname = "
                             "current_database())")),
        QStringLiteral("0"));
    QVERIFY(timer.elapsed() < 5'000);
    const auto result = base::await(future);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::Cancelled);
    QCOMPARE(tables(), QStringLiteral("a"));
    QCOMPARE(ledger(), QStringLiteral("100"));
}

void tst_apply::serverGone()
{
    auto future = runner::apply(
        m_pool, folderOf({migration("0000_slow", 100, "SELECT pg_sleep(60), 'ended';")}), {});
    const QString slow = running("%''ended''%");
    QTRY_COMPARE(value(QStringLiteral("SELECT count(*) ") + slow), QStringLiteral("1"));
    QCOMPARE(
        value(QStringLiteral("SELECT count(pg_terminate_backend(pid)) ") + slow, pg::Access::Write),
        QStringLiteral("1"));
    const auto result = base::await(future);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::Connection);
    QVERIFY(result.error().text.contains(QStringLiteral("0000_slow")));
}

void tst_apply::serverThatFallsSilent_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("isHeard");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("ledgerAfter");
    const auto row = [](const char *name, const char *words, bool isHeard, const char *sql,
                        const char *line, const char *ledgerAfter) {
        QTest::newRow(name) << QByteArray(words) << isHeard << QByteArray(sql)
                            << QString::fromUtf8(line) << QString::fromUtf8(ledgerAfter);
    };
    const char *plain = "CREATE TABLE b ();";
    const char *alone = "CREATE INDEX CONCURRENTLY i ON a (id);";
    const char *lost = "The connection to the server was lost";
    row("at the lock", "pg_try_advisory_lock", false, plain, lost, "100");
    row("at the ledger", "created_at", false, plain, lost, "100");
    row("before the questions about rows", "server_version_num", false, plain, lost, "100");
    row("at a statement", "CREATE TABLE b", false, plain,
        "Migration 0001_b failed at statement 1 (0001_b.sql:1): The connection to the server was "
        "lost (The server does not answer any more); Nothing of this migration was applied; apply "
        "again when the server is there",
        "100");
    row("at the ledger's row", "INSERT INTO", false, plain,
        "Migration 0001_b could not be applied (0001_b.sql): The connection to the server was lost "
        "(The server does not answer any more); Nothing of this migration was applied; apply again "
        "when the server is there",
        "100");
    row("at the end, which it hears", "COMMIT", true, plain,
        "Whether migration 0001_b was applied is not known (0001_b.sql): The connection to the "
        "server was lost (The server does not answer any more); Apply again when the server is "
        "there: what was applied is not applied twice",
        "100 200");
    row("at the end, which it does not hear", "COMMIT", false, plain,
        "Whether migration 0001_b was applied is not known (0001_b.sql): The connection to the "
        "server was lost (The server does not answer any more); Apply again when the server is "
        "there: what was applied is not applied twice",
        "100");
    row("at a statement that stands alone", "CREATE INDEX", true, alone,
        "Migration 0001_b failed at statement 1 (0001_b.sql:1): The connection to the server was "
        "lost (The server does not answer any more); It ran outside of a transaction, and the "
        "server may still be at it: wait for that and undo what it has done, then apply again",
        "100");
    row("at the row of a statement that stands alone", "INSERT INTO", false, alone,
        "Migration 0001_b has run, but whether the ledger knows is not certain (0001_b.sql): The "
        "connection to the server was lost (The server does not answer any more); It ran outside "
        "of a transaction: see with \"sluice status\"; where it is still pending, undo what it has "
        "done and apply again",
        "100");
}

/// The connection stays, nothing comes any more, and a migration has no time limit.
void tst_apply::serverThatFallsSilent()
{
    QFETCH(QByteArray, words);
    QFETCH(bool, isHeard);
    QFETCH(QByteArray, sql);
    const QList<migrate::Migration> both{threeTables().at(0), migration("0001_b", 200, sql)};
    QVERIFY(applied({both.first()}));
    testsupport::Relay relay(m_server->lease().port());
    relay.fallSilentAt(words, isHeard, testsupport::Relay::Strangers::Refused);
    QString url = m_server->tcpUrl(m_settings);
    url.replace(u':' + QString::number(m_server->lease().port()),
                u':' + QString::number(relay.port()));
    const auto pool =
        std::make_shared<pg::Pool>(pg::Settings{.url = url}, pg::Limits{.statementTimeout = 500});
    const auto result = base::await(runner::apply(pool, folderOf(both), {}));
    QVERIFY(relay.isSilent());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::Connection);
    QFETCH(QString, line);
    QVERIFY2(toLine(result.error()).startsWith(line), why(result));
    QTEST(ledger(), "ledgerAfter");
}

QTEST_GUILESS_MAIN(tst_apply)
#include "tst_apply.moc"
