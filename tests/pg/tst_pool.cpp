// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "base/receive.h"
#include "support/server.h"

#include <QElapsedTimer>
#include <QTest>

using base::ErrorKind;

namespace
{
sql::Statement statement(const char *text, const QList<sql::Parameter> &parameters = {})
{
    return {.text = QString::fromUtf8(text), .parameters = parameters};
}

QString oneValue(pg::Pool &pool, const char *text, const QList<sql::Parameter> &parameters = {})
{
    const auto page = base::await(pool.run(statement(text, parameters)));
    return page ? page->text(0, 0) : QStringLiteral("error: ") + base::toLine(page.error());
}
} // namespace

class TestPool final : public QObject
{
    Q_OBJECT

    std::unique_ptr<testsupport::Server> m_server;
    pg::Settings m_settings;

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<testsupport::Server>();
        QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
        m_settings = m_server->createDatabase(QStringLiteral("pool"),
                                              "CREATE TABLE note (id int, body text)");
    }
    void cleanupTestCase() { m_server.reset(); }

    void connectsAtTheFirstRunOnly()
    {
        pg::Pool pool(m_settings);
        QCOMPARE(pool.openConnections(), 0);
        QCOMPARE(pool.serverVersion(), 0);
        QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
        QCOMPARE(pool.openConnections(), 1);
        QVERIFY(pool.serverVersion() >= 120000);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
        QCOMPARE(pool.openConnections(), 1);
    }

    void value_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<sql::Parameter>>("parameters");
        QTest::addColumn<QString>("result");
        using P = QList<sql::Parameter>;
        QTest::newRow("text") << QByteArray("SELECT $1::text") << P{QByteArray("O'Neil")}
                              << QStringLiteral("O'Neil");
        QTest::newRow("unicode")
            << QByteArray("SELECT upper($1::text)") << P{QByteArray("größe 😀")}
            << QString::fromUtf8("GRÖSSE 😀").replace(QStringLiteral("SS"), QString::fromUtf8("ß"));
        QTest::newRow("number") << QByteArray("SELECT $1 + 1") << P{QByteArray("41")}
                                << QStringLiteral("42");
        QTest::newRow("two") << QByteArray("SELECT $2::text || $1::text")
                             << P{QByteArray("a"), QByteArray("b")} << QStringLiteral("ba");
        QTest::newRow("null") << QByteArray("SELECT $1::text IS NULL") << P{std::nullopt}
                              << QStringLiteral("t");
        QTest::newRow("empty text")
            << QByteArray("SELECT $1::text = ''") << P{QByteArray("")} << QStringLiteral("t");
        QTest::newRow("no bytes") << QByteArray("SELECT $1::text = ''") << P{QByteArray()}
                                  << QStringLiteral("t");
        QTest::newRow("cte") << QByteArray("WITH a AS (SELECT 7 AS x) SELECT x FROM a") << P{}
                             << QStringLiteral("7");
        QTest::newRow("values") << QByteArray("VALUES (3)") << P{} << QStringLiteral("3");
    }
    void value()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<sql::Parameter>, parameters);
        pg::Pool pool(m_settings);
        QTEST(oneValue(pool, text.constData(), parameters), "result");
    }

    void setting_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const char *value) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(value);
        };
        row("application_name", "sluice");
        row("client_encoding", "UTF8");
        row("statement_timeout", "20s");
        row("lock_timeout", "1500ms");
        row("idle_in_transaction_session_timeout", "5min");
        row("DateStyle", "ISO, MDY");
        row("IntervalStyle", "postgres");
        row("extra_float_digits", "1");
        row("transaction_read_only", "on");
    }
    void setting()
    {
        QFETCH(QString, name);
        pg::Pool pool(m_settings, {.statementTimeout = 20'000, .lockTimeout = 1'500});
        QTEST(oneValue(pool, "SELECT current_setting($1)", {name.toUtf8()}), "value");
    }

    void page()
    {
        pg::Pool pool(m_settings);
        const auto page = base::await(pool.run(
            statement("SELECT i AS n, CASE WHEN i > 1 THEN 'r' || i END AS t, ''::varchar(7) AS e"
                      " FROM generate_series(1, 3) i ORDER BY i")));
        QVERIFY(page.ok());
        QCOMPARE(page->rowCount(), 3);
        QCOMPARE(page->columns().size(), 3);
        QCOMPARE(page->columns().at(0), (rows::ResultColumn{QStringLiteral("n"), 23, -1}));
        QCOMPARE(page->columns().at(2), (rows::ResultColumn{QStringLiteral("e"), 1043, 11}));
        QVERIFY(!page->cell(0, 1).has_value());
        QVERIFY(page->text(0, 1).isNull());
        QCOMPARE(page->text(2, 1), QStringLiteral("r3"));
        QVERIFY(page->cell(0, 2).has_value() && page->cell(0, 2)->isEmpty());
        QCOMPARE(page->affectedRows(), -1);
    }

    void writes()
    {
        pg::Pool pool(m_settings);
        const auto inserted = base::await(
            pool.run(statement("INSERT INTO note SELECT i, $1 FROM generate_series(1, 4) i",
                               {QByteArray("x")}),
                     pg::Access::Write));
        QVERIFY(inserted.ok());
        QCOMPARE(inserted->affectedRows(), 4);
        const auto returned =
            base::await(pool.run(statement("DELETE FROM note RETURNING id"), pg::Access::Write));
        QCOMPARE(returned->affectedRows(), 4);
        QCOMPARE(returned->rowCount(), 4);
        // VACUUM refuses to be inside a transaction.
        QVERIFY(base::await(pool.run(statement("VACUUM note"), pg::Access::Write)).ok());
    }

    void readOnly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sqlState"); // empty: refused before it is sent
        const auto row = [](const char *text, const char *sqlState) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(sqlState);
        };
        row("INSERT INTO note VALUES (1)", "");
        row("BEGIN READ WRITE", "");
        row("SET TRANSACTION READ WRITE", "");
        row("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "");
        row("COMMIT", "");
        row("COPY note TO PROGRAM 'cat > /tmp/never'", "");
        row("COPY (SELECT 1) TO '/tmp/never'", "");
        row("DO $$ BEGIN EXECUTE 'COPY note TO ''/tmp/never'''; END $$", "");
        row("WITH x AS (INSERT INTO note VALUES (1) RETURNING id) SELECT * FROM x", "25006");
        // Each of these takes a snapshot before its functions run.
        for (const char *text :
             {"SELECT set_config('transaction_read_only', 'off', false)",
              "VALUES (set_config('transaction_read_only', 'off', true))",
              "WITH c AS MATERIALIZED (SELECT set_config('transaction_read_only', 'off', true)) "
              "TABLE c",
              "EXPLAIN (ANALYZE) SELECT set_config('transaction_read_only', 'off', true)"})
            row(text, "25001");
        row("SELECT 1; COMMIT", "42601");
        row("SELECT 1; COPY note TO '/tmp/never'", "42601");
        row("EXPLAIN ANALYZE INSERT INTO note VALUES (1)", "25006");
        row("SELECT 1 AS id INTO copied", "25006");
    }
    void readOnly()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, sqlState);
        pg::Pool pool(m_settings);
        const auto page = base::await(pool.run(statement(text.constData())));
        QVERIFY(!page.ok());
        QCOMPARE(page.error().kind, sqlState.isEmpty() ? ErrorKind::Refused : ErrorKind::Server);
        QCOMPARE(page.error().sqlState, sqlState);
        QCOMPARE(oneValue(pool, "SELECT count(*) FROM note"), QStringLiteral("0"));
        QCOMPARE(pool.openConnections(), 1);
    }

    void readingLeavesNothingBehind()
    {
        pg::Pool pool(m_settings, {}, 1);
        QCOMPARE(oneValue(pool, "SELECT set_config('search_path', 'elsewhere', false)"),
                 QStringLiteral("elsewhere"));
        QVERIFY(oneValue(pool, "SHOW search_path").contains(QLatin1String("public")));
        // A hole in READ ONLY of PostgreSQL 15, closed by rolling back.
        (void)base::await(pool.run(statement("EXPLAIN ANALYZE CREATE TABLE made AS SELECT 1")));
        QCOMPARE(oneValue(pool, "SELECT to_regclass('made') IS NULL"), QStringLiteral("t"));
    }

    void serverErrorSaysWhere()
    {
        pg::Pool pool(m_settings);
        const auto page = base::await(pool.run(statement("SELECT '😀', wrong FROM note")));
        QVERIFY(!page.ok());
        QCOMPARE(page.error().kind, ErrorKind::Server);
        QCOMPARE(page.error().sqlState, QStringLiteral("42703"));
        QVERIFY(page.error().span.has_value());
        QCOMPARE(QString::fromUtf8("SELECT '😀', wrong FROM note")
                     .mid(page.error().span->offset, page.error().span->length),
                 QStringLiteral("wrong"));
        const auto detail = base::await(pool.run(
            statement("SELECT 1 FROM note GROUP BY id HAVING nosuch(1)"), pg::Access::Read));
        QVERIFY(!detail.error().hint.isEmpty());
        QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
        QCOMPARE(pool.openConnections(), 1);
    }

    void timeout()
    {
        pg::Pool pool(m_settings, {.statementTimeout = 100});
        const auto page = base::await(pool.run(statement("SELECT pg_sleep(20)")));
        QCOMPARE(page.error().kind, ErrorKind::Server);
        QCOMPARE(page.error().sqlState, QStringLiteral("57014"));
        QVERIFY(!page.error().detail.isEmpty());
    }

    void twoAtOnce()
    {
        // Each waits for the lock that the other takes only when it runs beside it.
        pg::Pool pool(m_settings, {.lockTimeout = 20'000}, 2);
        auto slow = pool.run(statement("SELECT pg_sleep(20)"));
        QTRY_COMPARE(pool.openConnections(), 1);
        QCOMPARE(oneValue(pool, "SELECT 2"), QStringLiteral("2"));
        QVERIFY(!slow.isFinished());
        QCOMPARE(pool.openConnections(), 2);
        slow.cancel();
    }

    void morePendingThanConnections()
    {
        pg::Pool pool(m_settings, {}, 2);
        QList<QFuture<base::Result<rows::Page>>> futures;
        for (int i = 0; i < 30; ++i)
            futures << pool.run(statement("SELECT $1::int", {QByteArray::number(i)}));
        for (int i = 0; i < 30; ++i) {
            const auto page = base::await(futures.at(i));
            QVERIFY(page.ok());
            QCOMPARE(page->text(0, 0).toInt(), i);
        }
        QVERIFY(pool.openConnections() <= 2);
    }

    void cancel_data()
    {
        QTest::addColumn<pg::Access>("access");
        QTest::newRow("read") << pg::Access::Read;
        QTest::newRow("write") << pg::Access::Write;
    }
    void cancel()
    {
        QFETCH(pg::Access, access);
        pg::Pool pool(m_settings, {}, 1);
        pg::Pool other(m_settings);
        const auto running = [&] {
            return oneValue(other, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                   " AND query LIKE 'SELECT pg_sleep(30)%'");
        };
        auto future = pool.run(statement("SELECT pg_sleep(30)"), access);
        QTRY_COMPARE(running(), QStringLiteral("1"));
        QElapsedTimer clock;
        clock.start();
        future.cancel();
        const auto page = base::await(future);
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(page.error().kind, ErrorKind::Cancelled);
        QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
        QVERIFY(clock.elapsed() < 1'000);
        QCOMPARE(running(), QStringLiteral("0"));
        QCOMPARE(pool.openConnections(), 1);
    }

    void cancelHitsNoOther()
    {
        pg::Pool pool(m_settings, {}, 1);
        for (int i = 0; i < 50; ++i) {
            auto future = pool.run(statement("SELECT pg_sleep(0.001)"));
            if (i % 3)
                (void)oneValue(pool, "SELECT 1");
            future.cancel();
            QCOMPARE(oneValue(pool, "SELECT 'whole'"), QStringLiteral("whole"));
        }
    }

    /// Nor one that runs long enough for the request to be repeated meanwhile.
    void cancelHitsNoneBehind()
    {
        pg::Pool pool(m_settings, {}, 1);
        pg::Pool other(m_settings);
        for (int i = 0; i < 8; ++i) {
            auto future = pool.run(statement("SELECT pg_sleep(30)"));
            QTRY_COMPARE(oneValue(other, "SELECT count(*) FROM pg_stat_activity WHERE state = "
                                         "'active' AND query LIKE 'SELECT pg_sleep(30)%'"),
                         QStringLiteral("1"));
            future.cancel();
            const auto behind = base::await(pool.run(statement("SELECT 1 FROM pg_sleep(0.4)")));
            QVERIFY2(behind.ok(), behind ? "" : qPrintable(base::toLine(behind.error())));
        }
    }

    void cancelWhileWaiting()
    {
        pg::Pool pool(m_settings, {}, 1);
        auto slow = pool.run(statement("SELECT pg_sleep(30)"));
        auto waiting = pool.run(statement("SELECT 1"));
        waiting.cancel();
        QCOMPARE(base::await(waiting).error().kind, ErrorKind::Cancelled);
        QVERIFY(!slow.isFinished());
        slow.cancel();
    }

    void closesIdleConnections()
    {
        pg::Pool pool(m_settings, {.idleTimeout = 50});
        QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
        QTRY_COMPARE(pool.openConnections(), 0);
        QCOMPARE(oneValue(pool, "SELECT 1"), QStringLiteral("1"));
    }

    void dyingPoolAnswers()
    {
        auto pool = std::make_unique<pg::Pool>(m_settings, pg::Limits{}, 1);
        const auto running = pool->run(statement("SELECT pg_sleep(30)"));
        const auto waiting = pool->run(statement("SELECT 1"));
        QTRY_COMPARE(pool->openConnections(), 1);
        pool.reset();
        QCOMPARE(base::await(running).error().kind, ErrorKind::Cancelled);
        QCOMPARE(base::await(waiting).error().kind, ErrorKind::Cancelled);
    }

    void pageOutlivesThePool()
    {
        auto pool = std::make_unique<pg::Pool>(m_settings);
        const auto page = base::await(pool->run(statement("SELECT 'kept'")));
        pool.reset();
        QCOMPARE(page->text(0, 0), QStringLiteral("kept"));
    }
};

QTEST_GUILESS_MAIN(TestPool)
#include "tst_pool.moc"
