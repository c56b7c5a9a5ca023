// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/splice.h"

#include <QtTest>

namespace
{
schema::Name named(const char *name)
{
    return {{}, QString::fromLatin1(name)};
}

tenant::Classification classification()
{
    using tenant::Scoping;
    tenant::Classification result;
    result.column = QStringLiteral("organization_id");
    result.root = named("organizations");
    result.rootKey = QStringLiteral("id");
    const QStringList key{QStringLiteral("id")};
    result.tables = {
        {named("organizations"), {Scoping::Direct, QStringLiteral("id"), {}}},
        {named("contacts"), {Scoping::Direct, QStringLiteral("organization_id"), {}}},
        {named("orders"), {Scoping::Direct, QStringLiteral("organization_id"), {}}},
        {named("order_items"),
         {Scoping::ByPath, {}, {{named("orders"), {QStringLiteral("order_id")}, key}}}},
        {named("countries"), {Scoping::Global, {}, {}}},
        {named("log"), {Scoping::Unscoped, {}, {}}},
    };
    return result;
}
} // namespace

class TestSplice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spliced_data();
    void spliced();
    void refused_data();
    void refused();
    void nothingToScope();
    void fenced();
};

void TestSplice::spliced_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *statement, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(statement) << QString::fromUtf8(expected);
    };
    row("one table", "select count(*) from contacts",
        "select count(*) from (SELECT * FROM \"public\".\"contacts\" WHERE \"organization_id\" = "
        "$1) AS \"contacts\"");
    row("its alias stays", "select c.name from contacts c -- mine\n where c.id = 1",
        "select c.name from (SELECT * FROM \"public\".\"contacts\" WHERE \"organization_id\" = $1) "
        "c -- mine\n where "
        "c.id = 1");
    row("with its schema", "select * from public . \"contacts\" as k",
        "select * from (SELECT * FROM \"public\".\"contacts\" WHERE \"organization_id\" = $1) as "
        "k");
    row("umlauts before it", "select 'Bücher 😀', name from contacts",
        "select 'Bücher 😀', name from (SELECT * FROM \"public\".\"contacts\" WHERE "
        "\"organization_id\" = $1) AS "
        "\"contacts\"");
    row("along a path", "select * from order_items i",
        "select * from (SELECT * FROM \"public\".\"order_items\" WHERE (\"order_id\") IN (SELECT "
        "\"id\" FROM "
        "\"public\".\"orders\" WHERE \"organization_id\" = $1)) i");
    row("a global table stays", "select * from countries join contacts on true",
        "select * from countries join (SELECT * FROM \"public\".\"contacts\" WHERE "
        "\"organization_id\" = $1) AS "
        "\"contacts\" on true");
    row("a WITH name that shadows",
        "with contacts as (select * from contacts) select * from contacts",
        "with contacts as (select * from (SELECT * FROM \"public\".\"contacts\" WHERE "
        "\"organization_id\" = $1) AS "
        "\"contacts\") select * from contacts");
    row("a subquery in a condition", "select 1 from orders where exists (select 1 from contacts)",
        "select 1 from (SELECT * FROM \"public\".\"orders\" WHERE \"organization_id\" = $1) AS "
        "\"orders\" where exists "
        "(select 1 from (SELECT * FROM \"public\".\"contacts\" WHERE \"organization_id\" = $1) AS "
        "\"contacts\")");
}

void TestSplice::spliced()
{
    QFETCH(QString, statement);
    const base::Result<sql::Statement> scoped =
        tenant::scopeStatement(statement, classification(), QStringLiteral("42"));
    QVERIFY2(scoped.ok(), qPrintable(scoped ? QString() : base::toLine(scoped.error())));
    QTEST(scoped->text, "expected");
    QCOMPARE(scoped->parameters, QList<sql::Parameter>{sql::parameter(QStringLiteral("42"))});
}

void TestSplice::refused_data()
{
    QTest::addColumn<QString>("statement");
    const auto row = [](const char *statement) {
        QTest::newRow(statement) << QString::fromLatin1(statement);
    };
    row("select * from log");
    row("select * from some_view");
    row("select * from auth.contacts");
    row("select * from pg_stat_activity");
    row("select * from only contacts");
    row("table contacts");
    row("select * from contacts tablesample system (10)");
    row("select * from contacts c (a, b)");
    row("select * from crm.public.contacts");
    row("select table_to_xml('contacts', true, true, '')");
    row("select audit.peek(id) from contacts");
    row("select pg_read_file('/etc/passwd')");
    row("update contacts set name = 'x'");
    row("with gone as (delete from contacts returning *) select * from gone");
    row("insert into contacts select * from contacts");
    row("select * into copy from contacts");
    row("select 1; select 2");
    row("explain select * from contacts");
    row("selec");
}

void TestSplice::refused()
{
    QFETCH(QString, statement);
    const base::Result<sql::Statement> scoped =
        tenant::scopeStatement(statement, classification(), QStringLiteral("42"));
    QVERIFY2(!scoped, qPrintable(scoped ? scoped->text : QString()));
    QVERIFY(!scoped.error().text.isEmpty());
}

void TestSplice::nothingToScope()
{
    const base::Result<sql::Statement> scoped = tenant::scopeStatement(
        QStringLiteral("select * from countries"), classification(), QStringLiteral("42"));
    QVERIFY(scoped.ok());
    QCOMPARE(*scoped, (sql::Statement{QStringLiteral("select * from countries"), {}}));
}

void TestSplice::fenced()
{
    const base::Result<sql::Statement> scoped =
        tenant::scopeStatement(QStringLiteral("select 1 from contacts c where 1 / c.id > 0"),
                               classification(), QStringLiteral("42"), tenant::Fence::Fenced);
    QVERIFY(scoped.ok());
    QCOMPARE(scoped->text,
             QStringLiteral("select 1 from (SELECT * FROM \"public\".\"contacts\" WHERE "
                            "\"organization_id\" = $1 OFFSET 0) c where 1 / c.id > 0"));
}

QTEST_GUILESS_MAIN(TestSplice)
#include "tst_splice.moc"
