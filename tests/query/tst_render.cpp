// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/paging.h"
#include "query/select.h"

#include <QTest>

using namespace query;

namespace
{

ColumnRef c(const char *column)
{
    return {QStringLiteral("c"), QString::fromLatin1(column)};
}

ColumnRef o(const char *column)
{
    return {QStringLiteral("o"), QString::fromLatin1(column)};
}

Select contacts()
{
    Select select;
    select.from = {{{}, QStringLiteral("contacts")}, QStringLiteral("c")};
    return select;
}

Join orders(JoinKind kind)
{
    return {kind,
            {{QStringLiteral("shop"), QStringLiteral("orders")}, QStringLiteral("o")},
            {{c("id"), o("contact_id")}}};
}

/// The statement and its parameters as one text.
QString printed(const Rendered &rendered)
{
    QString text = rendered.statement.text;
    for (const sql::Parameter &parameter : rendered.statement.parameters)
        text += QStringLiteral("\n-- ") +
                (parameter ? u'[' + QString::fromUtf8(*parameter) + u']' : QStringLiteral("NULL"));
    return text;
}

QString stepName(Step step)
{
    static const QStringList names{QStringLiteral("From"),      QStringLiteral("Scope"),
                                   QStringLiteral("Relations"), QStringLiteral("Columns"),
                                   QStringLiteral("Filters"),   QStringLiteral("Sort"),
                                   QStringLiteral("Limit")};
    return names.at(int(step));
}

QString key(const QList<Sort> &sorts, const QList<sql::Parameter> &values, bool backwards = false)
{
    Select select = contacts();
    select.columns = {c("id")};
    select.sorts = sorts;
    select.after = Keyset{values, backwards};
    QStringList parts;
    for (const QString &line : render(select).statement.text.split(u'\n')) {
        if (line.startsWith(QStringLiteral("WHERE ")))
            parts << line.mid(6);
    }
    return parts.join(QStringLiteral(" | "));
}

} // namespace

class tst_render : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements_data();
    void statements();
    void filters_data();
    void filters();
    void keysets_data();
    void keysets();
    void backwardsIsTurnedRound();
    void mixedOrdersAreAUnion();
    void backwardsWithoutColumns();
    void countLeavesPagingOut();
    void countsBeyondAKey();
    void countsInOneStatement();
    void stepsCoverTheirText();
    void longListsAreWrapped();
};

void tst_render::statements_data()
{
    QTest::addColumn<Select>("select");
    QTest::addColumn<QString>("expected");

    QTest::newRow("a table") << contacts()
                             << QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"");

    Select named = contacts();
    named.from = {{QStringLiteral("My \"schema\""), QStringLiteral("Order")},
                  QStringLiteral("Order")};
    named.columns = {{QStringLiteral("Order"), QStringLiteral("se\"lect")}};
    QTest::newRow("names are quoted; an alias that says nothing new is left out")
        << named
        << QStringLiteral("SELECT \"Order\".\"se\"\"lect\"\nFROM \"My \"\"schema\"\"\".\"Order\"");

    Select all = contacts();
    all.columns = {c("id"), c("name"), o("total")};
    all.joins = {orders(JoinKind::Left)};
    all.scopes = {{c("organization_id"), QStringLiteral("globex")},
                  {o("organization_id"), QStringLiteral("globex")}};
    all.filters = {
        {c("name"), Operator::Contains, {QStringLiteral("ada")}, QStringLiteral("text")}};
    all.sorts = {{o("total"), true, true}, {c("id"), false, false}};
    all.limit = 50;
    QTest::newRow("everything; a joined table is scoped in ON")
        << all
        << QStringLiteral(
               "SELECT \"c\".\"id\", \"c\".\"name\", \"o\".\"total\"\n"
               "FROM \"contacts\" \"c\"\n"
               "  LEFT JOIN \"shop\".\"orders\" \"o\" ON \"o\".\"contact_id\" = \"c\".\"id\""
               " AND \"o\".\"organization_id\" = $1\n"
               "WHERE \"c\".\"organization_id\" = $2\n"
               "  AND \"c\".\"name\" ILIKE $3\n"
               "ORDER BY \"o\".\"total\" DESC, \"c\".\"id\"\n"
               "LIMIT $4\n"
               "-- [globex]\n-- [globex]\n-- [%ada%]\n-- [50]");

    Select far = contacts();
    far.joins = {orders(JoinKind::Left)};
    far.scopes = {
        {c("organization_id"),
         QStringLiteral("g"),
         {{{QStringLiteral("list"), QStringLiteral("part")},
           {QStringLiteral("shop"), QStringLiteral("lists")},
           {QStringLiteral("id"), QStringLiteral("part")}},
          {{QStringLiteral("owner")}, {{}, QStringLiteral("owners")}, {QStringLiteral("id")}}}},
        {o("organization_id"),
         QStringLiteral("g"),
         {{{QStringLiteral("shop_id")}, {{}, QStringLiteral("shops")}, {QStringLiteral("id")}}}}};
    QTest::newRow("scopes along foreign keys")
        << far
        << QStringLiteral(
               "SELECT \"c\".*\nFROM \"contacts\" \"c\"\n"
               "  LEFT JOIN \"shop\".\"orders\" \"o\" ON \"o\".\"contact_id\" = \"c\".\"id\""
               " AND \"o\".\"shop_id\" IN (SELECT \"scope_1\".\"id\" FROM \"shops\" \"scope_1\""
               " WHERE \"scope_1\".\"organization_id\" = $1)\n"
               "WHERE (\"c\".\"list\", \"c\".\"part\") IN (SELECT \"scope_1\".\"id\","
               " \"scope_1\".\"part\" FROM \"shop\".\"lists\" \"scope_1\""
               " WHERE \"scope_1\".\"owner\" IN (SELECT \"scope_2\".\"id\" FROM \"owners\" "
               "\"scope_2\""
               " WHERE \"scope_2\".\"organization_id\" = $2))\n-- [g]\n-- [g]");

    Select among = contacts();
    among.among = {{c("id")}, {{QStringLiteral("1")}, {QStringLiteral("a\"b")}}};
    QTest::newRow("keys of one column are one parameter")
        << among
        << QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"\n"
                          "WHERE \"c\".\"id\" = ANY($1)\n-- [{\"1\",\"a\\\"b\"}]");
    among.among = {
        {c("a"), c("b")},
        {{QStringLiteral("1"), QStringLiteral("2")}, {QStringLiteral("1"), QStringLiteral("3")}}};
    QTest::newRow("keys of two columns")
        << among
        << QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"\n"
                          "WHERE (\"c\".\"a\", \"c\".\"b\") IN (($1, $2), ($3, $4))\n"
                          "-- [1]\n-- [2]\n-- [1]\n-- [3]");

    Select shared = contacts();
    shared.scopes = {
        {c("organization_id"), QStringLiteral("g"), {}, true},
        {c("organization_id"),
         QStringLiteral("g"),
         {{{QStringLiteral("list")}, {{}, QStringLiteral("lists")}, {QStringLiteral("id")}}},
         true}};
    QTest::newRow("rows without a tenant are everybody's")
        << shared
        << QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"\n"
                          "WHERE (\"c\".\"organization_id\" = $1 OR "
                          "\"c\".\"organization_id\" IS NULL)\n"
                          "  AND \"c\".\"list\" IN (SELECT \"scope_1\".\"id\" FROM \"lists\" "
                          "\"scope_1\" WHERE (\"scope_1\".\"organization_id\" = $2 OR "
                          "\"scope_1\".\"organization_id\" IS NULL))\n-- [g]\n-- [g]");

    Select unjoined = contacts();
    unjoined.joins = {
        {JoinKind::Inner, {{{}, QStringLiteral("plans")}, QStringLiteral("plans")}, {}}};
    unjoined.scopes = {
        {{QStringLiteral("nobody"), QStringLiteral("organization_id")}, QStringLiteral("1")}};
    QTest::newRow("a scope that names no table is kept, so the server refuses")
        << unjoined
        << QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"\n  JOIN \"plans\" ON true\n"
                          "WHERE \"nobody\".\"organization_id\" = $1\n-- [1]");
}

void tst_render::statements()
{
    QFETCH(Select, select);
    QFETCH(QString, expected);
    QCOMPARE(printed(render(select)), expected);
}

void tst_render::filters_data()
{
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<QString>("expected");
    const QString text = QStringLiteral("text"), integer = QStringLiteral("integer");
    const auto row = [](const char *name, Filter filter, const char *expected) {
        filter.column = c("x");
        QTest::newRow(name) << filter << QString::fromLatin1(expected);
    };
    row("equal", {{}, Operator::Equal, {QStringLiteral("1")}, integer}, "\"c\".\"x\" = $1\n-- [1]");
    row("not equal", {{}, Operator::NotEqual, {QStringLiteral("1")}}, "\"c\".\"x\" <> $1\n-- [1]");
    row("less", {{}, Operator::Less, {QStringLiteral("1")}}, "\"c\".\"x\" < $1\n-- [1]");
    row("less or equal", {{}, Operator::LessOrEqual, {QStringLiteral("1")}},
        "\"c\".\"x\" <= $1\n-- [1]");
    row("greater", {{}, Operator::Greater, {QStringLiteral("1")}}, "\"c\".\"x\" > $1\n-- [1]");
    row("greater or equal", {{}, Operator::GreaterOrEqual, {QStringLiteral("1")}},
        "\"c\".\"x\" >= $1\n-- [1]");
    row("an empty text is a value", {{}, Operator::Equal, {QString()}, text},
        "\"c\".\"x\" = $1\n-- []");
    row("a missing value matches nothing", {{}, Operator::Equal, {}, text},
        "\"c\".\"x\" = $1\n-- NULL");
    row("contains", {{}, Operator::Contains, {QStringLiteral("a")}, QStringLiteral("varchar(20)")},
        "\"c\".\"x\" ILIKE $1\n-- [%a%]");
    row("contains, not a text", {{}, Operator::Contains, {QStringLiteral("1")}, integer},
        "\"c\".\"x\"::text ILIKE $1\n-- [%1%]");
    row("contains, an array of texts",
        {{}, Operator::Contains, {QStringLiteral("a")}, QStringLiteral("text[]")},
        "\"c\".\"x\"::text ILIKE $1\n-- [%a%]");
    row("contains, type unknown", {{}, Operator::Contains, {QStringLiteral("a")}},
        "\"c\".\"x\"::text ILIKE $1\n-- [%a%]");
    row("starts with, wildcards escaped",
        {{}, Operator::StartsWith, {QStringLiteral("50%_\\")}, text},
        "\"c\".\"x\" ILIKE $1\n-- [50\\%\\_\\\\%]");
    row("in", {{}, Operator::In, {QStringLiteral("a"), QStringLiteral("b")}},
        "\"c\".\"x\" IN ($1, $2)\n-- [a]\n-- [b]");
    row("in nothing", {{}, Operator::In, {}}, "false");
    row("is null", {{}, Operator::IsNull, {}}, "\"c\".\"x\" IS NULL");
    row("is not null", {{}, Operator::IsNotNull, {}}, "\"c\".\"x\" IS NOT NULL");
    row("json has no equality",
        {{}, Operator::Equal, {QStringLiteral("{}")}, QStringLiteral("json")},
        "\"c\".\"x\"::text = $1\n-- [{}]");
    row("nothing of a value reaches the text",
        {{}, Operator::Equal, {QStringLiteral("'; DROP")}, text}, "\"c\".\"x\" = $1\n-- ['; DROP]");
}

void tst_render::filters()
{
    QFETCH(Filter, filter);
    QFETCH(QString, expected);
    Select select = contacts();
    select.filters = {filter};
    QCOMPARE(printed(render(select)),
             QStringLiteral("SELECT \"c\".*\nFROM \"contacts\" \"c\"\nWHERE ") + expected);
}

void tst_render::keysets_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &actual, const char *expected) {
        QTest::newRow(name) << actual << QString::fromLatin1(expected).replace(u'\'', u'"');
    };
    const sql::Parameter v = QByteArray("v"), null;
    const Sort up{c("a"), false, false}, down{c("a"), true, false};
    const Sort upNull{c("a"), false, true}, downNull{c("a"), true, true};
    const Sort id{c("id"), false, false}, idDown{c("id"), true, false};

    row("one column", key({id}, {v}), "'c'.'id' > $1");
    row("one column, descending", key({idDown}, {v}), "'c'.'id' < $1");
    row("one column, backwards", key({id}, {v}, true), "'c'.'id' < $1");
    row("same direction is a row comparison", key({up, id}, {v, v}),
        "('c'.'a', 'c'.'id') > ($1, $2)");
    row("both descending", key({down, idDown}, {v, v}), "('c'.'a', 'c'.'id') < ($1, $2)");
    row("mixed: equal and beyond, or strictly beyond", key({down, id}, {v, v}),
        "'c'.'a' = $1 AND 'c'.'id' > $2 | 'c'.'a' < $1");
    row("mixed, backwards", key({down, id}, {v, v}, true),
        "'c'.'a' = $1 AND 'c'.'id' < $2 | 'c'.'a' > $1");
    row("nullable ascending: NULLs come last", key({upNull, id}, {v, v}),
        "('c'.'a', 'c'.'id') > ($1, $2) | 'c'.'a' IS NULL");
    row("nullable descending: NULLs are behind us", key({downNull, id}, {v, v}),
        "'c'.'a' = $1 AND 'c'.'id' > $2 | 'c'.'a' < $1");
    row("nullable and its key descending", key({downNull, idDown}, {v, v}),
        "('c'.'a', 'c'.'id') < ($1, $2)");
    row("from a NULL, ascending: NULLs are left", key({upNull, id}, {null, v}),
        "'c'.'a' IS NULL AND 'c'.'id' > $1");
    row("from a NULL, descending: everything else follows", key({downNull, id}, {null, v}),
        "'c'.'a' IS NULL AND 'c'.'id' > $1 | 'c'.'a' IS NOT NULL");
    row("the last column NULL, ascending: nothing follows", key({upNull}, {null}), "false");
    row("the last column NULL, descending", key({downNull}, {null}), "'c'.'a' IS NOT NULL");
    row("a uniform end is a row comparison", key({down, {c("b"), false, false}, id}, {v, v, v}),
        "'c'.'a' = $1 AND ('c'.'b', 'c'.'id') > ($2, $3) | 'c'.'a' < $1");
    row("NULLs of a later column lie beyond", key({id, upNull}, {v, v}),
        "'c'.'id' = $1 AND 'c'.'a' > $2 | 'c'.'id' = $1 AND 'c'.'a' IS NULL | 'c'.'id' > $1");
    row("ascending with NULLs first", key({{c("a"), false, true, Nulls::First}, id}, {v, v}),
        "('c'.'a', 'c'.'id') > ($1, $2)");
    row("descending with NULLs last", key({{c("a"), true, true, Nulls::Last}, idDown}, {null, v}),
        "'c'.'a' IS NULL AND 'c'.'id' < $1");
}

void tst_render::keysets()
{
    QFETCH(QString, actual);
    QFETCH(QString, expected);
    QCOMPARE(actual, expected);
}

void tst_render::backwardsIsTurnedRound()
{
    Select select = contacts();
    select.joins = {orders(JoinKind::Inner)};
    select.columns = {c("id"), o("id")};
    select.sorts = {{o("total"), false, false}, {c("id"), false, false}};
    select.limit = 10;
    select.offset = 5;
    select.after = Keyset{{QByteArray("7"), QByteArray("1")}, true};
    QCOMPARE(printed(render(select)),
             QStringLiteral(
                 "SELECT \"page\".\"1\" AS \"id\", \"page\".\"2\" AS \"id\"\n"
                 "FROM (\n"
                 "SELECT \"c\".\"id\" AS \"1\", \"o\".\"id\" AS \"2\", \"o\".\"total\" AS \"3\"\n"
                 "FROM \"contacts\" \"c\"\n"
                 "  JOIN \"shop\".\"orders\" \"o\" ON \"o\".\"contact_id\" = \"c\".\"id\"\n"
                 "WHERE (\"o\".\"total\", \"c\".\"id\") < ($1, $2)\n"
                 "ORDER BY \"o\".\"total\" DESC, \"c\".\"id\" DESC\n"
                 "LIMIT $3\n"
                 "OFFSET $4\n"
                 ") \"page\"\n"
                 "ORDER BY \"page\".\"3\", \"page\".\"1\"\n"
                 "-- [7]\n-- [1]\n-- [10]\n-- [5]"));
}

/// The parts are as long as the page at most, and cut again: forwards outside, backwards inside.
void tst_render::mixedOrdersAreAUnion()
{
    Select select = contacts();
    select.columns = {c("id")};
    select.sorts = {{c("a"), true, false}, {c("id"), false, false}};
    select.limit = 10;
    select.offset = 5;
    select.after = Keyset{{QByteArray("7"), QByteArray("1")}, true};
    const auto part = [](const char *condition, int parameter) {
        return QStringLiteral("(SELECT \"c\".\"id\" AS \"1\", \"c\".\"a\" AS \"2\"\n"
                              "FROM \"contacts\" \"c\"\nWHERE %1\n"
                              "ORDER BY \"c\".\"a\", \"c\".\"id\" DESC\nLIMIT $%2\n)")
            .arg(QString::fromLatin1(condition), QString::number(parameter));
    };
    QCOMPARE(printed(render(select)),
             QStringLiteral("SELECT \"page\".\"1\" AS \"id\"\nFROM (\n") +
                 part("\"c\".\"a\" = $1 AND \"c\".\"id\" < $2", 3) + QStringLiteral(" UNION ALL ") +
                 part("\"c\".\"a\" > $1", 4) +
                 QStringLiteral("\nORDER BY \"2\", \"1\" DESC\nLIMIT $5\nOFFSET $6\n"
                                ") \"page\"\nORDER BY \"page\".\"2\" DESC, \"page\".\"1\"\n"
                                "-- [7]\n-- [1]\n-- [15]\n-- [15]\n-- [10]\n-- [5]"));
}

void tst_render::backwardsWithoutColumns()
{
    Select select = contacts();
    select.sorts = {{c("id"), false, false}};
    select.after = Keyset{{QByteArray("7")}, true};
    QCOMPARE(printed(render(select)), QStringLiteral("SELECT *\nFROM (\nSELECT \"c\".*\n"
                                                     "FROM \"contacts\" \"c\"\n"
                                                     "WHERE \"c\".\"id\" < $1\n"
                                                     "ORDER BY \"c\".\"id\" DESC\n) \"page\"\n"
                                                     "ORDER BY \"page\".\"id\"\n-- [7]"));
}

void tst_render::countLeavesPagingOut()
{
    Select select = contacts();
    select.columns = {c("id")};
    select.scopes = {{c("organization_id"), QStringLiteral("g")}};
    select.sorts = {{c("id"), false, false}};
    select.limit = 10;
    QCOMPARE(printed(renderCount(select)),
             QStringLiteral("SELECT count(*)\nFROM \"contacts\" \"c\"\n"
                            "WHERE \"c\".\"organization_id\" = $1\n-- [g]"));
}

/// The rows before a row: its place.
void tst_render::countsBeyondAKey()
{
    Select select = contacts();
    select.scopes = {{c("organization_id"), QStringLiteral("g")}};
    select.sorts = {{c("name"), false, true}, {c("id"), false, false}};
    select.limit = 10;
    select.after = Keyset{{sql::Parameter(), QByteArray("7")}, true};
    QCOMPARE(printed(renderCount(select)),
             QStringLiteral("SELECT count(*)\nFROM \"contacts\" \"c\"\n"
                            "WHERE \"c\".\"organization_id\" = $2\n"
                            "  AND (\"c\".\"name\" IS NULL AND \"c\".\"id\" < $1"
                            " OR \"c\".\"name\" IS NOT NULL)\n-- [7]\n-- [g]"));
}

void tst_render::countsInOneStatement()
{
    Select scoped = contacts();
    scoped.scopes = {{c("organization_id"), QStringLiteral("g")}};
    QCOMPARE(printed(renderCounts({contacts(), scoped}, 5)),
             QStringLiteral("SELECT (SELECT count(*) FROM (SELECT\nFROM \"contacts\" \"c\"\n"
                            "LIMIT $1) rows_1),\n"
                            " (SELECT count(*) FROM (SELECT\nFROM \"contacts\" \"c\"\n"
                            "WHERE \"c\".\"organization_id\" = $2\nLIMIT $3) rows_2)\n"
                            "-- [5]\n-- [g]\n-- [5]"));
}

void tst_render::stepsCoverTheirText()
{
    Select select = contacts();
    select.columns = {c("id")};
    select.joins = {orders(JoinKind::Inner)};
    select.scopes = {{c("org"), QStringLiteral("g")}, {o("org"), QStringLiteral("g")}};
    select.filters = {{c("a"), Operator::IsNull, {}}, {c("b"), Operator::IsNull, {}}};
    select.sorts = {{c("id"), false, false}};
    select.limit = 10;
    const Rendered rendered = render(select);
    QStringList pieces;
    for (const StepSpan &entry : rendered.spans)
        pieces << stepName(entry.step) + QStringLiteral(": ") +
                      rendered.statement.text.mid(entry.span.offset, entry.span.length);
    const QStringList expected{
        QStringLiteral("Columns: SELECT \"c\".\"id\""),
        QStringLiteral("From: FROM \"contacts\" \"c\""),
        QStringLiteral(
            "Relations: JOIN \"shop\".\"orders\" \"o\" ON \"o\".\"contact_id\" = \"c\".\"id\""),
        QStringLiteral("Scope: AND \"o\".\"org\" = $1"),
        QStringLiteral("Scope: \"c\".\"org\" = $2"),
        QStringLiteral("Filters: \"c\".\"a\" IS NULL"),
        QStringLiteral("Filters: \"c\".\"b\" IS NULL"),
        QStringLiteral("Sort: ORDER BY \"c\".\"id\""),
        QStringLiteral("Limit: LIMIT $3"),
    };
    QCOMPARE(pieces, expected);
}

void tst_render::longListsAreWrapped()
{
    Select select = contacts();
    for (int i = 0; i < 20; ++i)
        select.columns << ColumnRef{QStringLiteral("c"), QStringLiteral("column_%1").arg(i)};
    const QStringList lines = render(select).statement.text.split(u'\n');
    QCOMPARE(lines.size(), 5);
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 100, qPrintable(line));
    QVERIFY(lines.at(1).startsWith(QStringLiteral("  \"c\".")));
}

QTEST_GUILESS_MAIN(tst_render)
#include "tst_render.moc"
