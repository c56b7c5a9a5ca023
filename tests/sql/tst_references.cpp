// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"

#include <QTest>

class tst_references : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_data();
    void tables();
    void functions_data();
    void functions();
    void errors();
    void asDeepAsIsRead();
};

void tst_references::tables_data()
{
    QTest::addColumn<QString>("expected"); // a written one ends in '!'
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(expected);
    };
    row("SELECT 1", "");
    row("SELECT * FROM contacts c, Auth.Users JOIN \"Order\" o ON true",
        "contacts auth.users Order");
    row("SELECT (SELECT max(id) FROM a) FROM b WHERE EXISTS (SELECT FROM c) ORDER BY (SELECT 1 "
        "FROM d)",
        "a b c d");
    row("SELECT 1 FROM a UNION SELECT 2 FROM b", "a b");
    row("WITH x AS (SELECT * FROM a) SELECT * FROM x", "a");
    row("WITH a AS (SELECT * FROM a) SELECT * FROM a", "a");
    row("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a, b", "b");
    row("WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a, b", "");
    row("WITH a AS (SELECT 1) SELECT * FROM public.a", "public.a");
    row("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) s, a", "a");
    row("WITH x AS (SELECT 1) SELECT * FROM (SELECT * FROM x) y", "");
    row("INSERT INTO a SELECT * FROM b", "a! b");
    row("WITH a AS (SELECT 1) INSERT INTO a SELECT * FROM a", "a!");
    row("UPDATE a SET x = (SELECT 1 FROM c) FROM b", "a! c b");
    row("DELETE FROM a USING b", "a! b");
    row("MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE", "a! b");
    row("WITH d AS (DELETE FROM a RETURNING *) SELECT * FROM d", "a!");
    row("SELECT * FROM generate_series(1, 2), LATERAL (SELECT * FROM a) l", "a");
    row("TABLE contacts", "contacts");
    row("SELECT * FROM a TABLESAMPLE system (1) FOR UPDATE", "a");
    row("EXPLAIN SELECT * FROM a", "a");
}

void tst_references::tables()
{
    QFETCH(QString, expected);
    const auto found = sql::collectTables(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(found);
    QStringList names;
    for (const sql::RelationUse &use : *found)
        names << (use.schema.isEmpty() ? use.name : use.schema + u'.' + use.name) +
                     (use.written ? QStringLiteral("!") : QString());
    QCOMPARE(names.join(u' '), expected);
}

void tst_references::functions_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(expected);
    };
    row("SELECT 1 + 2", "");
    row("SELECT now(), NOW(), audit.touch(lower('x'))", "audit.touch lower now");
    row("SELECT * FROM f(1) WHERE g() > ALL (SELECT h())", "f g h");
    row("SELECT count(*) FILTER (WHERE p()) OVER (PARTITION BY q())", "count p q");
}

void tst_references::functions()
{
    QFETCH(QString, expected);
    const auto found = sql::collectFunctions(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(found);
    QCOMPARE(found->join(u' '), expected);
}

void tst_references::errors()
{
    QVERIFY(!sql::collectTables(QStringLiteral("SELEC")));
    QVERIFY(!sql::collectFunctions(QStringLiteral("SELEC")));
}

void tst_references::asDeepAsIsRead()
{
    const auto terms = QStringLiteral("SELECT 1") + QStringLiteral("+1").repeated(19'999);
    QVERIFY(sql::collectTables(terms));
    QVERIFY(sql::collectFunctions(terms));
    const auto joins =
        QStringLiteral("SELECT FROM a") + QStringLiteral(" CROSS JOIN a").repeated(9'900);
    const auto found = sql::collectTables(joins);
    QVERIFY(found);
    QCOMPARE(found->size(), 9'901);
}

QTEST_GUILESS_MAIN(tst_references)
#include "tst_references.moc"
