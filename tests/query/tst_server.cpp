// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "pg/pool.h"
#include "query/paging.h"
#include "support/server.h"

#include <QTest>

#include <algorithm>

using namespace query;

namespace
{

constexpr int pageSize = 7;
const QString alias = QStringLiteral("w");

/// Few values, many NULLs and ties: what a keyset gets wrong shows here.
constexpr char walkedScript[] = R"(
CREATE TABLE walked (id int PRIMARY KEY, a int, b text, c int NOT NULL, d timestamptz NOT NULL);
INSERT INTO walked SELECT i, nullif(i % 5, 0), CASE WHEN i % 3 > 0 THEN chr(97 + i % 4) END,
       i % 6, timestamptz '2026-01-01 12:00:00.123456+00' + (i % 9) * interval '1 microsecond'
  FROM generate_series(1, 100) i;
CREATE TABLE keyless (a int);
INSERT INTO keyless SELECT i % 4 FROM generate_series(1, 50) i;
)";

/// A row with values, one with others, one of NULLs.
constexpr char manyScript[] = R"(
        DROP TABLE IF EXISTS many;
        CREATE TABLE many (id int, name text, size numeric(9, 2), at timestamptz, local timestamp,
            day date, tags text[], numbers int[], extra jsonb, raw json);
        INSERT INTO many VALUES
            (1, 'Ada', 1.5, now() - interval '1 day', now() - interval '1 day', current_date,
             ARRAY['a', 'b c', 'e'], '{1,2}', '{"k": [{"x": 5}]}', '{}'),
            (2, 'Alan', 3, now() - interval '10 days', now() + interval '1 day', current_date - 10,
             ARRAY['d' || chr(34) || '\,'], '{3}', '{}', '{"k": "v"}');
        INSERT INTO many (id) VALUES (3);)";

schema::Column column(const char *name, const char *type, bool notNull, bool primaryKey = false)
{
    schema::Column column;
    column.name = QString::fromLatin1(name);
    column.type = QString::fromLatin1(type);
    column.notNull = notNull;
    column.primaryKey = primaryKey;
    return column;
}

schema::Table walked()
{
    schema::Table table;
    table.name.name = QStringLiteral("walked");
    table.columns = {column("id", "integer", true, true), column("a", "integer", false),
                     column("b", "text", false), column("c", "integer", true),
                     column("d", "timestamp with time zone", true)};
    return table;
}

schema::Table keyless()
{
    schema::Table table;
    table.name.name = QStringLiteral("keyless");
    table.columns = {column("a", "integer", false)};
    return table;
}

using Row = QList<sql::Parameter>;

QList<Row> rowsOf(const rows::Page &page)
{
    QList<Row> result;
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        Row values;
        for (qsizetype column = 0; column < page.columns().size(); ++column) {
            const auto cell = page.cell(row, column);
            values << (cell ? sql::Parameter(cell->toByteArray()) : sql::Parameter());
        }
        result << values;
    }
    return result;
}

} // namespace

class tst_server : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void walks_data();
    void walks();
    void operators_data();
    void operators();
    void operatorsOfTypes_data();
    void operatorsOfTypes();
    void leftJoinKeepsItsRows();
    void wildcardsAreText();
    void counts();

private:
    QList<Row> fetch(const Select &select);

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<pg::Pool> m_pool;
};

void tst_server::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_pool =
        std::make_unique<pg::Pool>(m_server->createDatabase(QStringLiteral("query"), walkedScript));
}

void tst_server::cleanupTestCase()
{
    m_pool.reset();
    m_server.reset();
}

QList<Row> tst_server::fetch(const Select &select)
{
    const sql::Statement statement = render(select).statement;
    const auto page = base::await(m_pool->run(statement));
    if (page)
        return rowsOf(*page);
    QTest::qFail(qPrintable(toLine(page.error()) + u'\n' + statement.text), __FILE__, __LINE__);
    return {};
}

void tst_server::walks_data()
{
    QTest::addColumn<schema::Table>("table");
    QTest::addColumn<QStringList>("order"); // a leading '-' is descending
    const QStringList orders{
        QString(),
        QStringLiteral("-id"),
        QStringLiteral("a"),
        QStringLiteral("-a"),
        QStringLiteral("a -b"),
        QStringLiteral("-a b"),
        QStringLiteral("-a -b id"),
        QStringLiteral("b a -id"),
        QStringLiteral("-c"),
        QStringLiteral("c -d"),
        QStringLiteral("-c d id"),
        QStringLiteral("-b c -a d"),
        QStringLiteral("d a"),
        QStringLiteral("c -a -id"),
    };
    for (const QString &order : orders)
        QTest::newRow(qPrintable(u'[' + order + u']'))
            << walked() << order.split(u' ', Qt::SkipEmptyParts);
    QTest::newRow("without a key") << keyless() << QStringList{QStringLiteral("-a")};
}

/// Every page after the first row's key on, forwards and backwards, is a window of the full order.
void tst_server::walks()
{
    QFETCH(schema::Table, table);
    QFETCH(QStringList, order);
    QList<Sort> sorts;
    for (const QString &name : order)
        sorts << sortBy(table, alias, name.startsWith(u'-') ? name.mid(1) : name,
                        name.startsWith(u'-'));
    Select page = pageOf(table, alias, sorts);
    const QList<Row> all = fetch(page);
    QVERIFY(all.size() >= 50);
    page.limit = pageSize;
    for (qsizetype at = 0; at < all.size(); ++at) {
        page.after = keysetOf(page, all.at(at), false);
        QCOMPARE(fetch(page), all.mid(at + 1, pageSize));
        page.after = keysetOf(page, all.at(at), true);
        const qsizetype first = std::max(qsizetype(0), at - pageSize);
        QCOMPARE(fetch(page), all.mid(first, at - first));
    }
}

void tst_server::operators_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value"); // the row's own value
    QTest::addColumn<bool>("known");
    // Without the type the server says that json, point and xml have no comparison.
    const QStringList needType{QStringLiteral("json"), QStringLiteral("point"),
                               QStringLiteral("xml")};
    const auto row = [&](const char *type, const char *value) {
        for (const bool known : {true, false}) {
            if (!known && needType.contains(QLatin1String(type)))
                continue;
            QTest::addRow("%s, type %s", type, known ? "known" : "unknown")
                << QString::fromLatin1(type) << QString::fromUtf8(value) << known;
        }
    };
    row("text", "Ärger_100%");
    row("varchar(20)", "abc");
    row("char(3)", "EUR");
    row("integer", "42");
    row("smallint", "-7");
    row("bigint", "9007199254740993");
    row("numeric(12, 2)", "12.50");
    row("double precision", "1.5");
    row("real", "0.25");
    row("boolean", "true");
    row("uuid", "7f2a0000-0000-4000-8000-000000000001");
    row("date", "2026-03-01");
    row("time", "12:30:00");
    row("timestamp", "2026-03-01 12:30:00.123456");
    row("timestamp with time zone", "2026-03-01 12:30:00+00");
    row("interval", "1 day");
    row("jsonb", "{\"a\": [1, null]}");
    row("json", "{\"b\":1,  \"a\":2}");
    row("text[]", "{a,\"b c\"}");
    row("integer[]", "{1,2}");
    row("mood", "happy");
    row("inet", "10.0.0.1");
    row("bytea", "\\x00ff");
    row("int4range", "[1,5)");
    row("point", "(1,2)");
    row("tsvector", "'a':1");
    row("xml", "<a/>");
}

/// Each operator runs, and says the right thing about a row that holds the value and one that is
/// NULL.
void tst_server::operators()
{
    QFETCH(QString, type);
    QFETCH(QString, value);
    QFETCH(bool, known);
    m_server->run(m_pool->settings(), "DROP TABLE IF EXISTS typed; DROP TYPE IF EXISTS mood;");
    QCOMPARE(m_server->run(m_pool->settings(),
                           "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE typed (x " +
                               type.toUtf8() + "); INSERT INTO typed VALUES (NULL), ('" +
                               value.toUtf8().replace("'", "''") + "')"),
             QString());

    const std::pair<Operator, int> expected[]{
        {Operator::Equal, 1},       {Operator::NotEqual, 0},   {Operator::Less, 0},
        {Operator::LessOrEqual, 1}, {Operator::Greater, 0},    {Operator::GreaterOrEqual, 1},
        {Operator::In, 1},          {Operator::IsNull, 1},     {Operator::IsNotNull, 1},
        {Operator::Contains, 1},    {Operator::StartsWith, 1},
    };
    for (const auto &[op, count] : expected) {
        Select select;
        select.from = {{{}, QStringLiteral("typed")}, QStringLiteral("typed")};
        Filter filter{
            {QStringLiteral("typed"), QStringLiteral("x")}, op, {value}, known ? type : QString()};
        if (op == Operator::In)
            filter.values = {value, value};
        if (op == Operator::Contains || op == Operator::StartsWith) {
            const QList<Row> shown =
                fetch({.from = select.from, .filters = {{filter.column, Operator::IsNotNull, {}}}});
            const QString text = QString::fromUtf8(*shown.first().first()).trimmed();
            const QString wanted = type == QLatin1String("boolean") ? QStringLiteral("tru") : text;
            filter.values = {op == Operator::Contains ? wanted.mid(1) : wanted.left(3).toUpper()};
        }
        select.filters = {filter};
        const QList<Row> found = fetch(select);
        QVERIFY2(found.size() == count, qPrintable(QStringLiteral("operator %1").arg(int(op))));
    }
    if (!isSortable(type))
        return; // no equality either
    const ColumnRef x{QStringLiteral("typed"), QStringLiteral("x")};
    Select select{.from = {{{}, QStringLiteral("typed")}, QStringLiteral("typed")},
                  .among = Among{{x}, {{value}, {value}}}};
    if (!type.endsWith(QStringLiteral("[]"))) // there are no arrays of arrays
        QCOMPARE(fetch(select).size(), 1);
    select.among = Among{{x, x}, {{value, value}, {value, value}}};
    QCOMPARE(fetch(select).size(), 1);
    select.among = Among{{x}, {}};
    QCOMPARE(fetch(select).size(), 0);
}

/// Those that one type has: which of the rows they keep. Each column is NULL in row 3.
void tst_server::operatorsOfTypes_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("type");
    QTest::addColumn<Operator>("op");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QByteArray>("ids");
    const auto row = [](const char *column, const char *type, Operator op,
                        const QStringList &values, const char *ids) {
        QTest::addRow("%s %d %s", column, int(op), qPrintable(values.join(u'|')))
            << QString::fromLatin1(column) << QString::fromLatin1(type) << op << values
            << QByteArray(ids);
    };
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    using enum Operator;
    row("name", "text", Matches, {s("_da%")}, "1");
    row("name", "text", Matches, {s("ada")}, "1");
    row("name", "text", Distinct, {s("Ada")}, "2 3");
    row("name", "text", NotEqual, {s("Ada")}, "2");
    row("size", "numeric(9, 2)", Between, {s("1.5"), s("1.5")}, "1");
    row("size", "numeric(9, 2)", Between, {s("1"), s("3")}, "1 2");
    row("size", "numeric(9, 2)", Between, {s("1")}, "");
    row("at", "timestamp with time zone", LastDays, {s("7")}, "1");
    row("at", "timestamp with time zone", LastDays, {s("20")}, "1 2");
    row("local", "timestamp without time zone", LastDays, {s("7")}, "1");
    row("day", "date", LastDays, {s("1")}, "1");
    row("day", "date", LastDays, {s("10")}, "1"); // the eleventh day is today's date less ten
    row("day", "date", LastDays, {s("11")}, "1 2");
    row("day", "date", LastDays, {}, "");
    row("tags", "text[]", HasAll, {s("a"), s("b c")}, "1");
    row("tags", "text[]", HasAll, {s("d\"\\,")}, "2");
    row("tags", "text[]", Overlaps, {s("d\"\\,"), s("a")}, "1 2");
    row("numbers", "integer[]", Overlaps, {s("2"), s("9")}, "1");
    row("extra", "jsonb", HasKey, {s("k")}, "1");
    row("extra", "jsonb", PathEquals, {s("k.0.x"), s("5")}, "1");
    row("extra", "jsonb", PathEquals, {s("k.0.x"), s("6")}, "");
    row("raw", "json", HasKey, {s("k")}, "2");
    row("raw", "json", PathEquals, {s("k"), s("v")}, "2");
    row("raw", "json", Distinct, {s("{}")}, "2 3");
}

void tst_server::operatorsOfTypes()
{
    QFETCH(QString, column);
    QFETCH(QString, type);
    QFETCH(Operator, op);
    QFETCH(QStringList, values);
    QFETCH(QByteArray, ids);
    QCOMPARE(m_server->run(m_pool->settings(), manyScript), QString());
    const ColumnRef id{QStringLiteral("many"), QStringLiteral("id")};
    Select select{.from = {{{}, QStringLiteral("many")}, QStringLiteral("many")},
                  .columns = {id},
                  .filters = {{{QStringLiteral("many"), column}, op, values, type}},
                  .sorts = {{id}}};
    QByteArrayList found;
    for (const Row &row : fetch(select))
        found << *row.first();
    QCOMPARE(found.join(' '), ids);
}

void tst_server::leftJoinKeepsItsRows()
{
    const TableRef outer{{{}, QStringLiteral("walked")}, QStringLiteral("o")};
    const TableRef inner{{{}, QStringLiteral("walked")}, QStringLiteral("i")};
    Select select;
    select.from = outer;
    select.columns = {{QStringLiteral("o"), QStringLiteral("id")},
                      {QStringLiteral("i"), QStringLiteral("id")}};
    select.joins = {{JoinKind::Left, inner, {{select.columns.at(0), select.columns.at(1)}}}};
    select.scopes = {{{QStringLiteral("i"), QStringLiteral("c")}, QStringLiteral("2")}};
    QList<Row> rows = fetch(select);
    QCOMPARE(rows.size(), 100);
    QCOMPARE(std::ranges::count_if(rows, [](const Row &row) { return row.at(1).has_value(); }), 17);
    select.joins.first().kind = JoinKind::Inner;
    QCOMPARE(fetch(select).size(), 17);
}

void tst_server::wildcardsAreText()
{
    QCOMPARE(m_server->run(m_pool->settings(),
                           "CREATE TABLE wild (x text); INSERT INTO wild VALUES "
                           "('50% off'), ('500 off'), ('a_b'), ('axb'), ('c\\d')"),
             QString());
    const auto found = [&](Operator op, const char *text) {
        Select select;
        select.from = {{{}, QStringLiteral("wild")}, QStringLiteral("wild")};
        select.filters = {
            {{QStringLiteral("wild"), QStringLiteral("x")}, op, {QString::fromLatin1(text)}}};
        QByteArrayList values;
        for (const Row &row : fetch(select))
            values << *row.first();
        return values.join('|');
    };
    QCOMPARE(found(Operator::Contains, "0%"), QByteArray("50% off"));
    QCOMPARE(found(Operator::Contains, "a_"), QByteArray("a_b"));
    QCOMPARE(found(Operator::StartsWith, "C\\"), QByteArray("c\\d"));
    QCOMPARE(found(Operator::StartsWith, "off"), QByteArray());
}

void tst_server::counts()
{
    Select select = pageOf(walked(), alias);
    select.filters = {{{alias, QStringLiteral("a")}, Operator::Equal, {QStringLiteral("1")}}};
    select.limit = 3;
    const auto page = base::await(m_pool->run(renderCount(select).statement));
    QVERIFY(page);
    QCOMPARE(page->text(0, 0), QStringLiteral("20"));
}

QTEST_GUILESS_MAIN(tst_server)
#include "tst_server.moc"
