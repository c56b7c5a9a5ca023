// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/select.h"
#include "query/typescript.h"

#include <QRegularExpression>
#include <QTest>

using namespace query;

namespace
{

schema::Column column(const char *name, const char *key, const char *type)
{
    schema::Column column;
    column.name = QString::fromLatin1(name);
    column.type = QString::fromLatin1(type);
    column.origin.name = QString::fromLatin1(key);
    return column;
}

schema::Table table(const char *name, const char *exported, QList<schema::Column> columns)
{
    schema::Table table;
    table.name.name = QString::fromLatin1(name);
    table.origin.name = QString::fromLatin1(exported);
    table.columns = std::move(columns);
    return table;
}

schema::Database code()
{
    schema::Database database;
    database.tables = {
        table("orders", "orders",
              {column("id", "id", "uuid"), column("contact_id", "contactId", "uuid"),
               column("organization_id", "organizationId", "uuid"),
               column("status", "status", "order_status"),
               column("total", "total", "numeric(12, 2)"), column("lines", "lineCount", "integer"),
               column("paid", "isPaid", "boolean"),
               column("created_at", "createdAt", "timestamp with time zone")}),
        table("contacts", "contacts",
              {column("id", "id", "uuid"), column("name", "name", "varchar(255)"),
               column("organization_id", "organizationId", "uuid"),
               column("manager_id", "managerId", "uuid"), column("2024", "2024", "integer")}),
    };
    return database;
}

ColumnRef o(const char *name)
{
    return {QStringLiteral("o"), QString::fromLatin1(name)};
}

ColumnRef c(const char *name)
{
    return {QStringLiteral("c"), QString::fromLatin1(name)};
}

Select orders()
{
    Select select;
    select.from = {{{}, QStringLiteral("orders")}, QStringLiteral("o")};
    return select;
}

Join contacts(JoinKind kind)
{
    return {kind,
            {{{}, QStringLiteral("contacts")}, QStringLiteral("c")},
            {{o("contact_id"), c("id")}}};
}

} // namespace

class tst_drizzle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queries_data();
    void queries();
    void conditions_data();
    void conditions();
    void literals_data();
    void literals();
};

void tst_drizzle::queries_data()
{
    QTest::addColumn<Select>("select");
    QTest::addColumn<QString>("expected");

    QTest::newRow("a table") << orders()
                             << QStringLiteral("import { orders } from './schema';\n\n"
                                               "const rows = await db\n"
                                               "  .select()\n"
                                               "  .from(orders);\n");
    Select joined = orders();
    joined.columns = {o("id"), c("name"), c("id")};
    joined.joins = {contacts(JoinKind::Inner)};
    joined.scopes = {{o("organization_id"), QStringLiteral("g")},
                     {c("organization_id"), QStringLiteral("g")}};
    joined.filters = {
        {o("status"), Operator::In, {QStringLiteral("paid"), QStringLiteral("shipped")}},
        {c("name"), Operator::Contains, {QStringLiteral("ada")}}};
    joined.sorts = {{o("created_at"), true, false}, {o("id"), false, false}};
    joined.limit = 50;
    QTest::newRow("everything")
        << joined
        << QStringLiteral(
               "import { and, asc, desc, eq, ilike, inArray } from 'drizzle-orm';\n"
               "import { contacts, orders } from './schema';\n\n"
               "const rows = await db\n"
               "  .select({ id: orders.id, name: contacts.name, contactsId: contacts.id })\n"
               "  .from(orders)\n"
               "  .innerJoin(contacts, and(eq(contacts.id, orders.contactId),\n"
               "    eq(contacts.organizationId, organizationId)))\n"
               "  .where(and(eq(orders.organizationId, organizationId),\n"
               "    inArray(orders.status, ['paid', 'shipped']), ilike(contacts.name, '%ada%')))\n"
               "  .orderBy(desc(orders.createdAt), asc(orders.id))\n"
               "  .limit(50);\n");

    Select far = orders();
    far.scopes = {{o("organization_id"),
                   QStringLiteral("g"),
                   {{{QStringLiteral("contact_id")},
                     {{}, QStringLiteral("contacts")},
                     {QStringLiteral("id")}}}}};
    QTest::newRow("a tenant along a foreign key")
        << far
        << QStringLiteral(
               "import { eq, inArray } from 'drizzle-orm';\n"
               "import { contacts, orders } from './schema';\n\n"
               "const rows = await db\n"
               "  .select()\n"
               "  .from(orders)\n"
               "  .where(inArray(orders.contactId, db.select({ id: contacts.id }).from(contacts)"
               ".where(eq(contacts.organizationId, organizationId))));\n");
    far.scopes.first().withShared = true;
    QTest::newRow("a tenant along a foreign key, or nobody")
        << far
        << QStringLiteral(
               "import { eq, inArray, isNull, or } from 'drizzle-orm';\n"
               "import { contacts, orders } from './schema';\n\n"
               "const rows = await db\n"
               "  .select()\n"
               "  .from(orders)\n"
               "  .where(inArray(orders.contactId, db.select({ id: contacts.id }).from(contacts)"
               ".where(or(eq(contacts.organizationId, organizationId), "
               "isNull(contacts.organizationId)))));\n");
    far.scopes.first().withShared = false;
    far.scopes.first().path.first().columns << QStringLiteral("status");
    far.scopes.first().path.first().targetColumns << QStringLiteral("name");
    QTest::newRow("a tenant along a key of two columns")
        << far
        << QStringLiteral(
               "import { and, eq, exists } from 'drizzle-orm';\n"
               "import { contacts, orders } from './schema';\n\n"
               "const rows = await db\n"
               "  .select()\n"
               "  .from(orders)\n"
               "  .where(exists(db.select().from(contacts).where(and(eq(contacts.id, "
               "orders.contactId), eq(contacts.name, orders.status), eq(contacts.organizationId, "
               "organizationId)))));\n");

    Select left = orders();
    left.joins = {contacts(JoinKind::Left)};
    QTest::newRow("all columns of one of two tables")
        << left
        << QStringLiteral("import { eq, getTableColumns } from 'drizzle-orm';\n"
                          "import { contacts, orders } from './schema';\n\n"
                          "const rows = await db\n"
                          "  .select(getTableColumns(orders))\n"
                          "  .from(orders)\n"
                          "  .leftJoin(contacts, eq(contacts.id, orders.contactId));\n");

    Select twice;
    twice.from = {{{}, QStringLiteral("contacts")}, QStringLiteral("c")};
    twice.joins = {{JoinKind::Left,
                    {{{}, QStringLiteral("contacts")}, QStringLiteral("manager")},
                    {{c("manager_id"), {QStringLiteral("manager"), QStringLiteral("id")}}}}};
    twice.columns = {c("name"), {QStringLiteral("manager"), QStringLiteral("name")}, c("2024")};
    QTest::newRow("a table twice; a key that is no name")
        << twice
        << QStringLiteral("import { eq } from 'drizzle-orm';\n"
                          "import { alias } from 'drizzle-orm/pg-core';\n"
                          "import { contacts } from './schema';\n\n"
                          "const manager = alias(contacts, 'manager');\n"
                          "const rows = await db\n"
                          "  .select({ name: contacts.name, managerName: manager.name, "
                          "'2024': contacts['2024'] })\n"
                          "  .from(contacts)\n"
                          "  .leftJoin(manager, eq(manager.id, contacts.managerId));\n");

    Select written = orders();
    written.written = {QStringLiteral("total > 3 -- `${x}`")};
    written.search = Search{.way = Search::Way::FullText,
                            .text = QStringLiteral("it's"),
                            .document = QStringLiteral("(to_tsvector('english', status))"),
                            .configuration = QStringLiteral("english")};
    QTest::newRow("a search and a condition by hand")
        << written
        << QStringLiteral("import { and, sql } from 'drizzle-orm';\n"
                          "import { orders } from './schema';\n\n"
                          "const rows = await db\n"
                          "  .select()\n"
                          "  .from(orders)\n"
                          "  .where(and(sql`(to_tsvector('english', status)) @@ "
                          "websearch_to_tsquery('english', ${'it\\'s'})`,\n"
                          "    sql`total > 3 -- \\`\\${x}\\``));\n");

    Select unknown;
    unknown.from = {{{}, QStringLiteral("tmp_import")}, QStringLiteral("t")};
    unknown.columns = {{QStringLiteral("t"), QStringLiteral("raw_line")}};
    QTest::newRow("a table that is not in the code")
        << unknown
        << QStringLiteral("import { tmpImport } from './schema';\n\n"
                          "const rows = await db\n"
                          "  .select({ rawLine: tmpImport.rawLine })\n"
                          "  .from(tmpImport);\n");
}

void tst_drizzle::queries()
{
    QFETCH(Select, select);
    QFETCH(QString, expected);
    QCOMPARE(renderDrizzle(select, code()), expected);
}

void tst_drizzle::conditions_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const Filter &filter, const char *expected) {
        QTest::newRow(name) << filter << QString::fromLatin1(expected);
    };
    const auto one = [](const char *text) { return QStringList{QString::fromLatin1(text)}; };
    row("equal", {o("status"), Operator::Equal, one("paid")}, "eq(orders.status, 'paid')");
    row("not equal", {o("lines"), Operator::NotEqual, one("3")}, "ne(orders.lineCount, 3)");
    row("less", {o("lines"), Operator::Less, one("3")}, "lt(orders.lineCount, 3)");
    row("less or equal", {o("total"), Operator::LessOrEqual, one("3.50")},
        "lte(orders.total, '3.50')");
    row("greater", {o("lines"), Operator::Greater, one("-3")}, "gt(orders.lineCount, -3)");
    row("greater or equal", {o("created_at"), Operator::GreaterOrEqual, one("2026-03-01")},
        "gte(orders.createdAt, new Date('2026-03-01'))");
    row("boolean", {o("paid"), Operator::Equal, one("t")}, "eq(orders.isPaid, true)");
    row("starts with", {o("id"), Operator::StartsWith, one("7f")},
        "ilike(sql`${orders.id}::text`, '7f%')");
    row("pattern and string escapes", {c("name"), Operator::StartsWith, one("5%'")},
        "ilike(contacts.name, '5\\\\%\\'%')");
    row("in nothing", {o("status"), Operator::In, {}}, "inArray(orders.status, [])");
    row("null", {o("paid"), Operator::IsNull, {}}, "isNull(orders.isPaid)");
    row("not null", {o("paid"), Operator::IsNotNull, {}}, "isNotNull(orders.isPaid)");
    row("other, or NULL", {o("status"), Operator::Distinct, one("paid")},
        "sql`${orders.status} IS DISTINCT FROM ${'paid'}`");
    row("between", {o("lines"), Operator::Between, {QStringLiteral("1"), QStringLiteral("9")}},
        "between(orders.lineCount, 1, 9)");
    row("last days", {o("created_at"), Operator::LastDays, one("7")},
        "sql`${orders.createdAt} > now() - make_interval(days => ${7}) AND ${orders.createdAt} <= "
        "now()`");
    row("has all", {o("status"), Operator::HasAll, one("a")},
        "arrayContains(orders.status, ['a'])");
    row("path", {c("name"), Operator::PathEquals, {QStringLiteral("a.b"), QStringLiteral("$1`")}},
        "sql`${contacts.name} #>> ${'{\"a\",\"b\"}'} = ${'$1`'}`");
    row("missing", {o("paid"), Operator::Equal, {}}, "eq(orders.isPaid, null)");
}

void tst_drizzle::conditions()
{
    QFETCH(Filter, filter);
    QFETCH(QString, expected);
    Select select = orders();
    select.joins = {contacts(JoinKind::Inner)};
    select.filters = {filter};
    const QString text = renderDrizzle(select, code());
    QVERIFY2(text.contains(QStringLiteral("\n  .where(%1);").arg(expected)), qPrintable(text));
    const QString function = expected.section(QRegularExpression(QStringLiteral("[(`]")), 0, 0);
    QVERIFY2(text.section(u'\n', 0, 0).contains(function), qPrintable(text));
}

void tst_drizzle::literals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("expected");
    int rows = 0;
    const auto row = [&rows](const char *text, const char *type, const char *expected) {
        QTest::addRow("%s, %d", type, rows++)
            << QString::fromLatin1(text) << QString::fromLatin1(type)
            << QString::fromLatin1(expected);
    };
    row("42", "integer", "42");
    row("042", "integer", "'042'");
    row("1e5", "integer", "'1e5'");
    row("1.5", "real", "1.5");
    row("1.5", "numeric(12, 2)", "'1.5'");
    row("42", "text", "'42'");
    row("yes", "boolean", "'yes'");
    row("false", "boolean", "false");
    row("2026-01-01", "date", "'2026-01-01'");
    row("2026-01-01", "timestamp (3)", "new Date('2026-01-01')");
    row("{}", "timestamp[]", "'{}'");
    row("a'b\\c\nd\te", "text", "'a\\'b\\\\c\\nd\\u0009e'");
}

void tst_drizzle::literals()
{
    QFETCH(QString, text);
    QFETCH(QString, type);
    QFETCH(QString, expected);
    QCOMPARE(valueLiteral(text, type), expected);
}

QTEST_GUILESS_MAIN(tst_drizzle)
#include "tst_drizzle.moc"
