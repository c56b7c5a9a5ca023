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

/// What stands for \a table in a statement.
QString subquery(const QString &table, int number, const QString &condition)
{
    return QStringLiteral("(SELECT * FROM \"public\".\"%1\" AS m%2 WHERE %3)")
        .arg(table)
        .arg(number)
        .arg(condition);
}

QString direct(const char *table, int number)
{
    return subquery(QString::fromLatin1(table), number,
                    QStringLiteral("m%1.\"organization_id\" = $1").arg(number));
}

base::Result<tenant::Scoped> scope(const QString &statement,
                                   tenant::Fence fence = tenant::Fence::Open)
{
    static const tenant::Classification tables = classification();
    return tenant::scopeStatement(statement, {.classification = tables,
                                              .tenantId = QStringLiteral("42"),
                                              .fence = fence,
                                              .mark = QStringLiteral("m")});
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
    void places();
};

void TestSplice::spliced_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("expected");
    // <contacts 1> stands for the subquery with the alias m1.
    const auto row = [](const char *name, const char *statement, const char *expected) {
        QString text = QString::fromUtf8(expected);
        static const QRegularExpression place(QStringLiteral("<(\\w+) (\\d+)>"));
        for (QRegularExpressionMatch match = place.match(text); match.hasMatch();
             match = place.match(text))
            text.replace(match.capturedStart(), match.capturedLength(),
                         direct(match.captured(1).toLatin1(), match.captured(2).toInt()));
        QTest::newRow(name) << QString::fromUtf8(statement) << text;
    };
    row("one table", "select count(*) from contacts",
        "select count(*) from <contacts 1> AS \"contacts\"");
    row("its alias stays", "select c.name from contacts c -- mine\n where c.id = 1",
        "select c.name from <contacts 1> c -- mine\n where c.id = 1");
    row("with its schema", "select * from public . \"contacts\" as k",
        "select * from <contacts 1> as k");
    row("comments inside the name", "select * from public /* p */ . -- x\n contacts k",
        "select * from <contacts 1> k");
    row("umlauts before it", "select 'Bücher 😀', name from contacts",
        "select 'Bücher 😀', name from <contacts 1> AS \"contacts\"");
    row("along a path", "select * from order_items i",
        "select * from (SELECT * FROM \"public\".\"order_items\" AS m1 WHERE (m1.\"order_id\") IN "
        "(SELECT m1_1.\"id\" FROM \"public\".\"orders\" AS m1_1 WHERE "
        "m1_1.\"organization_id\" = $1)) i");
    row("a global table stays", "select * from countries join contacts on true",
        "select * from countries join <contacts 1> AS \"contacts\" on true");
    row("a WITH name that shadows",
        "with contacts as (select * from contacts) select * from contacts",
        "with contacts as (select * from <contacts 1> AS \"contacts\") select * from contacts");
    row("a WITH name inside a subquery only",
        "select 1 from (with contacts as (select 1) select * from contacts) a, contacts",
        "select 1 from (with contacts as (select 1) select * from contacts) a, <contacts 1> AS "
        "\"contacts\"");
    row("a recursive WITH name",
        "with recursive contacts as (select 1 union all select * from contacts) table contacts",
        "with recursive contacts as (select 1 union all select * from contacts) table contacts");
    row("a WITH name is not one with a schema",
        "with contacts as (select 1) select * from contacts, public.contacts c",
        "with contacts as (select 1) select * from contacts, <contacts 1> c");
    row("a subquery in a condition", "select 1 from orders where exists (select 1 from contacts)",
        "select 1 from <orders 1> AS \"orders\" where exists (select 1 from <contacts 2> AS "
        "\"contacts\")");
    row("TABLE", "table contacts order by 1",
        "SELECT * FROM <contacts 1> AS \"contacts\" order by 1");
    row("a union of tables", "table contacts union all table only orders",
        "SELECT * FROM <contacts 1> AS \"contacts\" union all SELECT * FROM (SELECT * FROM ONLY "
        "\"public\".\"orders\" AS m2 WHERE m2.\"organization_id\" = $1) AS \"orders\"");
    row("ONLY", "select * from only contacts c",
        "select * from (SELECT * FROM ONLY \"public\".\"contacts\" AS m1 WHERE "
        "m1.\"organization_id\" = $1) c");
    row("ONLY with brackets", "select * from only (public.contacts)",
        "select * from (SELECT * FROM ONLY \"public\".\"contacts\" AS m1 WHERE "
        "m1.\"organization_id\" = $1) AS \"contacts\"");
    row("with its descendants", "select * from contacts * c", "select * from <contacts 1> c");
    row("TABLESAMPLE moves inside",
        "select * from contacts c tablesample system (10) repeatable (3) where true",
        "select * from (SELECT * FROM \"public\".\"contacts\" AS m1 tablesample system (10) "
        "repeatable (3) WHERE m1.\"organization_id\" = $1) c  where true");
    row("columns behind the alias", "select a from contacts c (a, b)",
        "select a from <contacts 1> c (a, b)");
    row("columns by schema and table", "select public.contacts.id, public.contacts.* from contacts",
        "select contacts.id, contacts.* from <contacts 1> AS \"contacts\"");
    row("FOR UPDATE", "select * from contacts c, orders for update of c",
        "select * from <contacts 1> c, <orders 2> AS \"orders\" for update of c");
    row("EXPLAIN", "explain (costs off) select * from contacts c",
        "explain (costs off) select * from <contacts 1> c");
    row("EXPLAIN of brackets", "explain (select 1 from contacts c)",
        "explain (select 1 from <contacts 1> c)");
    row("an update", "update contacts set name = 'x'",
        "update contacts set name = 'x' WHERE \"contacts\".\"organization_id\" = $1 AND true");
    row("an update with a condition",
        "update contacts c set name = 'x' where id = 1 or id = 2 -- or",
        "update contacts c set name = 'x' where \"c\".\"organization_id\" = $1 AND (id = 1 or id = "
        "2) -- or");
    row("a delete with others", "delete from contacts using orders where true returning *",
        "delete from contacts using <orders 1> AS \"orders\" where "
        "\"contacts\".\"organization_id\" = $1 AND (true) returning *");
    row("a subquery in its condition",
        "delete from contacts where id in (select id from orders where id = 1)",
        "delete from contacts where \"contacts\".\"organization_id\" = $1 AND (id in (select id "
        "from "
        "<orders 1> AS \"orders\" where id = 1))");
    row("a WITH that writes",
        "with gone as (delete from contacts where id = 1 returning *) select * from gone",
        "with gone as (delete from contacts where \"contacts\".\"organization_id\" = $1 AND (id = "
        "1) "
        "returning *) select * from gone");
    row("merge", "merge into contacts c using orders o on c.id = o.id when matched then delete",
        "merge into contacts c using <orders 1> o on \"c\".\"organization_id\" = $1 AND (c.id = "
        "o.id) when matched then delete");
    row("insert of rows", "insert into contacts select * from orders where id = 1",
        "insert into contacts select * from <orders 1> AS \"orders\" where id = 1");
    row("insert or update",
        "insert into contacts values (1) on conflict (id) where id > 0 do update set id = 2 where "
        "true",
        "insert into contacts values (1) on conflict (id) where id > 0 do update set id = 2 where "
        "CASE "
        "WHEN \"contacts\".\"organization_id\" = $1 THEN (true) ELSE CAST('m' || "
        "coalesce(left(CAST(\"contacts\".\"organization_id\" AS text), 0), '') AS boolean) END");
}

void TestSplice::spliced()
{
    QFETCH(QString, statement);
    const base::Result<tenant::Scoped> scoped = scope(statement);
    QVERIFY2(scoped.ok(), qPrintable(scoped ? QString() : base::toLine(scoped.error())));
    QTEST(scoped->statement.text, "expected");
    const bool isUsed = scoped->statement.text.contains(QStringLiteral("$1"));
    QCOMPARE(scoped->statement.parameters.size(), isUsed ? 1 : 0);
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
    row("select * from pg_catalog.pg_stats");
    row("select * from information_schema.tables");
    row("select * from crm.public.contacts");
    row("select table_to_xml('contacts', true, true, '')");
    row("select query_to_xml('select 1', true, true, '')");
    row("select audit.peek(id) from contacts");
    row("select pg_read_file('/etc/passwd')");
    row("select pg_sleep(1)");
    row("select pg_advisory_lock(1)");
    row("select nextval('contacts_id_seq')");
    row("select currval('contacts_id_seq')");
    row("select * from dblink('', '') as t (a int)");
    row("select * from ts_stat('select v from contacts')");
    row("select set_config('search_path', 'x', true)");
    row("select ctid from contacts");
    row("select c.tableoid from contacts c");
    row("select to_jsonb(c) from contacts c (a, b)");
    row("select $1 from contacts");
    row("select * from contacts tablesample system (1 + 1)");
    row("select public.contacts.id from contacts, orders contacts");
    row("select * into copy from contacts");
    row("create table copy as select * from contacts");
    row("create view v as select * from contacts");
    row("update countries set name = 'x'");
    row("update log set name = 'x' where id = 1");
    row("delete from contacts where current of c");
    row("insert into countries values (1)");
    row("truncate contacts");
    row("copy contacts to stdout");
    row("do 'begin end'");
    row("call p()");
    row("prepare p as select * from contacts");
    row("begin");
    row("lock table contacts");
    row("refresh materialized view v");
    row("select 1; select 2");
    row("selec");
    row("");
}

void TestSplice::refused()
{
    QFETCH(QString, statement);
    const base::Result<tenant::Scoped> scoped = scope(statement);
    QVERIFY2(!scoped, qPrintable(scoped ? scoped->statement.text : QString()));
    QVERIFY(!scoped.error().text.isEmpty());
}

void TestSplice::nothingToScope()
{
    const base::Result<tenant::Scoped> scoped = scope(QStringLiteral("select * from countries"));
    QVERIFY(scoped.ok());
    QCOMPARE(scoped->statement, (sql::Statement{QStringLiteral("select * from countries"), {}}));
}

void TestSplice::fenced()
{
    const auto text = [](const char *statement) {
        const auto scoped = scope(QString::fromLatin1(statement), tenant::Fence::Fenced);
        return scoped ? scoped->statement.text : base::toLine(scoped.error());
    };
    QCOMPARE(text("select 1 from contacts c where 1 / c.id > 0"),
             QStringLiteral("select 1 from (SELECT * FROM \"public\".\"contacts\" AS m1 WHERE "
                            "m1.\"organization_id\" = $1 OFFSET 0) c where 1 / c.id > 0"));
    QCOMPARE(text("delete from contacts c where 1 / c.id > 0"),
             QStringLiteral("delete from contacts c where CASE WHEN \"c\".\"organization_id\" = $1 "
                            "THEN (1 / c.id > 0) ELSE false END"));
}

void TestSplice::places()
{
    const QString text = QStringLiteral("select a.x, b.y from contacts a, orders as b where b.z");
    const base::Result<tenant::Scoped> scoped = scope(text);
    QVERIFY(scoped.ok());
    for (const char *word : {"a.x", "b.y", "as b", "b.z"}) {
        const QString looked = QString::fromLatin1(word);
        const base::TextSpan span{scoped->statement.text.lastIndexOf(looked), looked.size()};
        const base::TextSpan original = scoped->original(span);
        QCOMPARE(text.mid(original.offset, original.length), looked);
    }
    const base::TextSpan inside =
        scoped->original({scoped->statement.text.indexOf(QStringLiteral("\"orders\"")), 3});
    QCOMPARE(text.mid(inside.offset, inside.length), QStringLiteral("orders"));
}

QTEST_GUILESS_MAIN(TestSplice)
#include "tst_splice.moc"
