// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"

#include <QTest>

#include <pthread.h>

using sql::StatementKind;

class tst_classify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data();
    void statements();
    void refusals_data();
    void refusals();
    void errorsShowThePlace_data();
    void errorsShowThePlace();
    void bounds_data();
    void bounds();
    void rowSafety_data();
    void rowSafety();
    void manyTexts();
};

void tst_classify::statements_data()
{
    QTest::addColumn<StatementKind>("kind");
    QTest::addColumn<bool>("readsOnly");
    QTest::addColumn<bool>("everyRow");
    const auto row = [](const char *text, StatementKind kind, bool readsOnly,
                        bool everyRow = false) {
        QTest::newRow(text) << kind << readsOnly << everyRow;
    };
    row("SELECT 1", StatementKind::Select, true);
    row("select now(), count(*) from t;", StatementKind::Select, true);
    row("VALUES (1), (2)", StatementKind::Select, true);
    row("TABLE contacts", StatementKind::Select, true);
    row("WITH a AS (SELECT 1) SELECT * FROM a", StatementKind::Select, true);
    row("SELECT pg_sleep(1)", StatementKind::Select, true);
    row("SELECT 'COMMIT; pg_terminate_backend(1)'", StatementKind::Select, true);
    row("SHOW search_path", StatementKind::Show, true);
    row("EXPLAIN SELECT 1", StatementKind::Explain, true);
    row("EXPLAIN DELETE FROM t", StatementKind::Explain, true);
    row("EXPLAIN (ANALYZE) SELECT 1", StatementKind::Explain, true);
    row("EXPLAIN (ANALYZE off) DELETE FROM t", StatementKind::Explain, true);
    row("SELECT * FROM t FOR UPDATE", StatementKind::Select, false);
    row("SELECT * INTO u FROM t", StatementKind::Select, false);
    row("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", StatementKind::Select, false);
    row("SELECT nextval('s')", StatementKind::Select, false);
    row("EXPLAIN ANALYZE DELETE FROM t", StatementKind::Explain, false, true);
    row("EXPLAIN ANALYZE WITH d AS (DELETE FROM t RETURNING *) SELECT 1", StatementKind::Explain,
        false);
    row("INSERT INTO t VALUES (1)", StatementKind::Insert, false);
    row("UPDATE t SET a = 1 WHERE id = 2", StatementKind::Update, false);
    row("UPDATE t SET a = 1", StatementKind::Update, false, true);
    row("DELETE FROM t USING u WHERE t.id = u.id", StatementKind::Delete, false);
    row("DELETE FROM t", StatementKind::Delete, false, true);
    row("MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE", StatementKind::Merge, false);
    row("CREATE TABLE t (id int)", StatementKind::Other, false);
    row("CREATE TABLE t AS SELECT 1", StatementKind::Other, false);
    row("TRUNCATE t", StatementKind::Other, false);
    row("DROP TABLE t", StatementKind::Other, false);
    row("CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = x AS 'SELECT 1'",
        StatementKind::Other, false);
    row("VACUUM", StatementKind::Other, false);
}

void tst_classify::statements()
{
    QFETCH(StatementKind, kind);
    QFETCH(bool, readsOnly);
    QFETCH(bool, everyRow);
    const auto result = sql::classify(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(result, result ? "" : qPrintable(toLine(result.error())));
    QCOMPARE(result->kind, kind);
    QCOMPARE(result->readsOnly, readsOnly);
    QCOMPARE(result->changesEveryRow, everyRow);
}

void tst_classify::refusals_data()
{
    QTest::addColumn<QString>("place");
    const auto row = [](const char *text, const char *place) {
        QTest::newRow(text) << QString::fromLatin1(place);
    };
    for (const char *text : {"BEGIN",
                             "BEGIN READ WRITE",
                             "COMMIT",
                             "ROLLBACK",
                             "SAVEPOINT a",
                             "SET TRANSACTION READ WRITE",
                             "SET ROLE admin",
                             "RESET ROLE",
                             "SET SESSION AUTHORIZATION x",
                             "SET search_path = x",
                             "SET LOCAL a.b = 1",
                             "DISCARD ALL",
                             "DO $$ BEGIN END $$",
                             "CALL p()",
                             "PREPARE p AS SELECT 1",
                             "EXECUTE p",
                             "DECLARE c CURSOR FOR SELECT 1",
                             "LISTEN a",
                             "NOTIFY a",
                             "LOAD 'x'",
                             "CHECKPOINT",
                             "ALTER SYSTEM SET a = 1",
                             "LOCK TABLE t",
                             "COPY t TO PROGRAM 'sh'",
                             "COPY t FROM '/etc/passwd'",
                             "COPY (SELECT 1) TO STDOUT",
                             "EXPLAIN EXECUTE p",
                             "CREATE TABLE t AS EXECUTE p"})
        row(text, QByteArray(text).split(' ').first().constData());
    row("/* why */ -- so\n COMMIT", "COMMIT");
    row("SELECT 1; VALUES (2)", "VALUES");
    row("SELECT 1; DROP TABLE t", "DROP");
    row("SELECT pg_terminate_backend(1)", "pg_terminate_backend");
    row("SELECT * FROM t WHERE pg_catalog.pg_cancel_backend(1)", "pg_catalog");
    row("SELECT \"pg_read_file\"('x')", "\"");
    row("SELECT PG_READ_BINARY_FILE('x')", "PG_READ_BINARY_FILE");
    row("SELECT * FROM pg_ls_dir('.')", "pg_ls_dir");
    row("SELECT lo_export(1, 'x')", "lo_export");
    row("SELECT dblink_exec('', '')", "dblink_exec");
    row("SELECT extensions.dblink('', '')", "extensions");
    row("SELECT set_config('a', 'b', false)", "set_config");
    row("SELECT pg_advisory_lock(1)", "pg_advisory_lock");
    row("SELECT pg_reload_conf()", "pg_reload_conf");
    row("SELECT query_to_xml('SELECT pg_reload_conf()', true, true, '')", "query_to_xml");
    row("WITH a AS (SELECT pg_notify('a', '')) SELECT 1", "pg_notify");
    row("INSERT INTO t SELECT lo_import('x')", "lo_import");
    row("EXPLAIN SELECT pg_advisory_lock(1)", "pg_advisory_lock");
}

void tst_classify::refusals()
{
    QFETCH(QString, place);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    const auto result = sql::classify(text);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::Refused);
    QVERIFY(!result.error().text.isEmpty());
    QVERIFY(!result.error().hint.isEmpty());
    QVERIFY(result.error().span);
    QCOMPARE(text.mid(result.error().span->offset, result.error().span->length), place);
}

void tst_classify::errorsShowThePlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QString &text, const char *place,
                        const char *detail) {
        QTest::newRow(name) << text << QString::fromLatin1(place) << QString::fromLatin1(detail);
    };
    row("a typing error", QStringLiteral("SELEC 1"), "SELEC", "syntax error at or near \"SELEC\"");
    row("after other scripts", QStringLiteral("SELECT '\u00e4\u20ac\U0001F600' FROMM x WHERE"), "x",
        "syntax error at or near \"x\"");
    row("at the end", QStringLiteral("SELECT * FROM"), "", "syntax error at end of input");
    row("an open string", QStringLiteral("SELECT '\u00e4', 'abc"), "'",
        "unterminated quoted string at or near \"'abc\"");
    row("empty", QStringLiteral(" -- nothing\n"), "", "");
    row("a NUL character", QStringLiteral("SELECT 1") + QChar(u'\0') + QStringLiteral("; DROP"), "",
        "");
}

void tst_classify::errorsShowThePlace()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    QFETCH(QString, detail);
    const auto result = sql::classify(text);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::InvalidInput);
    QCOMPARE(result.error().detail, detail);
    if (!place.isEmpty()) {
        QVERIFY(result.error().span);
        QCOMPARE(text.mid(result.error().span->offset, result.error().span->length), place);
    }
}

void tst_classify::bounds_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<QString>("repeated");
    QTest::addColumn<QString>("tail");
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *name, const char *head, const char *repeated, const char *tail,
                        int times, bool accepted) {
        QTest::newRow(name) << QString::fromLatin1(head) << QString::fromLatin1(repeated)
                            << QString::fromLatin1(tail) << times << accepted;
    };
    row("5,000 terms", "SELECT 1", "+1", "", 5'000, true);
    row("as deep as is read", "SELECT 1", "+1", "", 19'999, true);
    row("100,000 terms", "SELECT 1", "+1", "", 100'000, false);
    row("deep casts", "SELECT 1", "::int", "", 9'999, true);
    row("deep unions", "SELECT 1", " UNION SELECT 1", "", 9'900, true);
    row("deep joins", "SELECT FROM a", " CROSS JOIN a", "", 9'900, true);
    row("brackets beyond the grammar's stack", "SELECT ", "(", "1", 100'000, false);
    row("deep subqueries", "SELECT ", "(SELECT ", "1", 15'000, false);
    row("a long list is not deep", "SELECT 1 IN (1", ", 1", ")", 200'000, true);
    row("many rows are not deep", "INSERT INTO t VALUES (1, 'a', NULL)", ", (1, 'a', NULL)", "",
        50'000, true);
    row("more than 4 MiB", "SELECT '", "abcdefgh", "'", 600'000, false);
}

void tst_classify::bounds()
{
    QFETCH(QString, head);
    QFETCH(QString, repeated);
    QFETCH(QString, tail);
    QFETCH(int, times);
    QFETCH(bool, accepted);
    const auto result = sql::classify(head + repeated.repeated(times) + tail);
    QCOMPARE(bool(result), accepted);
    if (!accepted)
        QVERIFY(result.error().kind == base::ErrorKind::Limit ||
                result.error().detail.contains(QStringLiteral("memory exhausted")));
}

void tst_classify::rowSafety_data()
{
    QTest::addColumn<bool>("safe");
    for (const char *sql :
         {"ALTER TABLE t ALTER a SET NOT NULL, ADD b int", "CREATE INDEX CONCURRENTLY i ON t (a)",
          "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) NOT VALID",
          "ALTER TABLE t VALIDATE CONSTRAINT c", "CREATE TABLE u (a int)", "DROP VIEW v",
          "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t RETURNING 1'",
          "COMMENT ON TABLE t IS 'x'", "ALTER TYPE mood ADD VALUE 'wild'"})
        QTest::newRow(sql) << true;
    for (const char *sql :
         {"UPDATE t SET a = 1", "SELECT f()", "DO $$ BEGIN END $$", "DROP TABLE t",
          "ALTER TABLE t DROP COLUMN a", "ALTER TABLE t ALTER a TYPE text",
          "ALTER TABLE t ADD b int, DROP COLUMN a", "ALTER TABLE t RENAME TO u", "TRUNCATE t",
          "CREATE TABLE u AS SELECT f()", "CREATE INDEX i ON t (a); DELETE FROM t", "not SQL",
          "DROP SCHEMA s", "CALL p()"})
        QTest::newRow(sql) << false;
}

void tst_classify::rowSafety()
{
    QFETCH(bool, safe);
    QCOMPARE(sql::leavesRowsAlone(QString::fromLatin1(QTest::currentDataTag())), safe);
}

/// The parser takes something of every thread that only ends with the process.
void tst_classify::manyTexts()
{
    for (int i = 0; i < 1'100; ++i)
        QVERIFY(sql::classify(QStringLiteral("SELECT 1")).ok());
    pthread_key_t key;
    QCOMPARE(pthread_key_create(&key, nullptr), 0);
    pthread_key_delete(key);
}

QTEST_GUILESS_MAIN(tst_classify)
#include "tst_classify.moc"
