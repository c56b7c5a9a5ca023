// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"

#include <QTest>

class tst_split : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data();
    void statements();
    void outsiders_data();
    void outsiders();
    void commentsAtTheEnd_data();
    void commentsAtTheEnd();
};

void tst_split::statements_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text)
                            << QString::fromUtf8(expected).split(u'|', Qt::SkipEmptyParts);
    };
    row("nothing", " ; -- a; b\n ;", "");
    row("one", "SELECT 1", "SELECT 1");
    row("two", "SELECT 1;\n\n  SELECT 2 ;", "SELECT 1|SELECT 2");
    row("strings and comments", "SELECT ';' /* ; */; SELECT $x$;$x$; -- ;\nSELECT \";\"",
        "SELECT ';'|SELECT $x$;$x$|SELECT \";\"");
    row("beyond ASCII", "SELECT 'ä€😀'; SELECT 2", "SELECT 'ä€😀'|SELECT 2");
    row("a rule's actions", "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)|SELECT 3");
    row("a body of SQL",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
        "END; SELECT 3",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
        "END|SELECT 3");
    row("errors do not stop it", "SELEC 1; FROM; SELECT 2", "SELEC 1|FROM|SELECT 2");
}

void tst_split::statements()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const auto spans = sql::split(text);
    QVERIFY(spans);
    QStringList found;
    for (const base::TextSpan &span : *spans)
        found << text.mid(span.offset, span.length);
    QCOMPARE(found, expected);
}

void tst_split::outsiders_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("statement");
    QTest::addColumn<bool>("control");
    const auto row = [](const char *text, const char *words, int statement = 0,
                        bool control = false) {
        QTest::newRow(text) << QString::fromLatin1(words) << statement << control;
    };
    row("CREATE TABLE t (id int); CREATE INDEX i ON t (id)", "");
    row("ALTER TYPE mood ADD VALUE 'x'", "");
    row("SAVEPOINT a; ROLLBACK TO a; ROLLBACK TO SAVEPOINT a", "");
    row("COMMENT ON TABLE t IS 'COMMIT; CONCURRENTLY'", "");
    row("CREATE TABLE concurrently_used (id int)", "");
    row("CREATE INDEX CONCURRENTLY i ON t (id)", "CREATE INDEX CONCURRENTLY");
    row("SELECT 1; create unique index concurrently if not exists i on t (id)",
        "CREATE UNIQUE INDEX CONCURRENTLY", 1);
    row("DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY");
    row("REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY");
    row("ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "ALTER TABLE DETACH PARTITION CONCURRENTLY");
    row("/* a */ VACUUM FULL", "VACUUM");
    row("ALTER SYSTEM SET a = 1", "ALTER SYSTEM");
    row("CREATE DATABASE d", "CREATE DATABASE");
    row("BEGIN; SELECT 1", "BEGIN", 0, true);
    row("SELECT 1; -- x\nCOMMIT;", "COMMIT", 1, true);
    row("SELECT 1; END", "END", 1, true);
    row("ROLLBACK AND CHAIN", "ROLLBACK", 0, true);
    row("START TRANSACTION READ ONLY", "START TRANSACTION", 0, true);
    row("what is this; COMMIT", "COMMIT", 1, true);
}

void tst_split::outsiders()
{
    QFETCH(QString, words);
    QFETCH(int, statement);
    QFETCH(bool, control);
    const auto found = sql::findOutsider(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(found.has_value(), !words.isEmpty());
    if (found) {
        QCOMPARE(found->words, words);
        QCOMPARE(found->statement, statement);
        QCOMPARE(found->controlsTransaction, control);
    }
}

void tst_split::commentsAtTheEnd_data()
{
    QTest::addColumn<bool>("open");
    const auto row = [](const char *text, bool open) { QTest::newRow(text) << open; };
    row("a > 0", false);
    row("a > 0 -- why", true);
    row("a > 0 --", true);
    row("a > 0 -- why\n", false);
    row("a > 0 -- why\nAND b", false);
    row("a = '--' OR \"x--y\" = 1", false);
    row("a = '--' OR b -- 'or", true);
    row("a /* -- */", false);
    row("a = $$ -- $$", false);
    row("a = 'öü' -- ß", true);
}

void tst_split::commentsAtTheEnd()
{
    QFETCH(bool, open);
    QCOMPARE(sql::endsInComment(QString::fromUtf8(QTest::currentDataTag())), open);
}

QTEST_GUILESS_MAIN(tst_split)
#include "tst_split.moc"
