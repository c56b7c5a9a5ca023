// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "query/cuts.h"
#include "query/paging.h"
#include "support/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace query;

namespace
{
/// Values of every way to cut, from none to much longer than fits; `big` are too long to be read
/// for a page; `wide` has more columns than a function takes arguments.
constexpr char script[] = R"sql(
CREATE TYPE mood AS ENUM ('happy', 'so so');
CREATE DOMAIN note AS text;
CREATE TYPE address AS (street text, number integer);
CREATE TABLE parents (code text PRIMARY KEY);
INSERT INTO parents VALUES ('a');
CREATE TABLE cells (id int NOT NULL, part text NOT NULL, parent text REFERENCES parents, sorted text,
    score int, words text, short varchar(40), varying varchar(9000), padded char(600), bytes bytea,
    doc jsonb, raw json, tags text[], numbers int[], mood mood, moods mood[], note note, home address,
    vector tsvector, markup xml, price numeric, PRIMARY KEY (id, part));
INSERT INTO cells SELECT i, 'p', 'a', repeat('s', 3000) || i % 3, nullif(i % 4, 0), w, 'short', w, left(w, 600),
    convert_to(w, 'UTF8'), jsonb_build_object('a', w), json_build_array(w), ARRAY[w, NULL, 'b'],
    ARRAY(SELECT generate_series(1, n)), 'happy', ARRAY['so so']::mood[], w, ROW(w, 1)::address,
    to_tsvector('simple', n::text), xmlelement(name a, w), 1.10
  FROM (SELECT i, i * 170 AS n, repeat('ä€""x', i * 43) || E'\n' AS w FROM generate_series(0, 40) i) s;
INSERT INTO cells (id, part) VALUES (90, 'p'), (90, 'q');
CREATE TABLE placed (id int PRIMARY KEY, "disc%2" text, "%1%3" jsonb, "a%4" bytea);
INSERT INTO placed VALUES (1, repeat('w', 3000), jsonb_build_object('a', repeat('d', 3000)),
    convert_to(repeat('b', 3000), 'UTF8')), (2, 'w', '1', 'b');
CREATE TABLE keyless (words text);
INSERT INTO keyless VALUES (repeat('k', 5000)), ('k');
CREATE TABLE big (id int PRIMARY KEY, words text, bytes bytea, doc jsonb);
INSERT INTO big SELECT 1, w, decode(w, 'hex'), to_jsonb(w)
  FROM (SELECT string_agg(md5(i::text), '') AS w FROM generate_series(1, 200000) i) s;
)sql";

QByteArray wideScript()
{
    QByteArray columns;
    for (int i = 0; i < 230; ++i)
        columns += ", c" + QByteArray::number(i) + " text";
    return "CREATE TABLE wide (id int PRIMARY KEY" + columns +
           ");INSERT INTO wide (id, c0, c120, c229) VALUES (1, 'a', repeat('b', 2049), repeat('c', "
           "4000));";
}

using Row = QList<sql::Parameter>;

QList<Row> rowsOf(const rows::Page &page)
{
    QList<Row> result;
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        Row values;
        for (qsizetype column = 0; column < page.columns().size(); ++column) {
            const auto cell = page.cell(row, column);
            values << (cell ? sql::Parameter(QByteArray("") + cell->toByteArray())
                            : sql::Parameter());
        }
        result << values;
    }
    return result;
}

ColumnRef column(const char *table, const char *name)
{
    return {QString::fromLatin1(table), QString::fromLatin1(name)};
}
} // namespace

class tst_cuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ways_data();
    void ways();
    void sizes_data();
    void sizes();
    void keepsWhatRowsAreKnownBy();
    void pages_data();
    void pages();
    void wide();
    void namesLikePlaces();
    void readsTheBeginningOnly();
    void wholeByKey();
    void wholeByPlace();
    void cleanupTestCase();

private:
    QList<Row> fetch(const Select &select);
    Select pageWithCuts(const char *table, const QList<Sort> &sorts = {}) const;

    std::unique_ptr<testsupport::Server> m_server;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_database;
};

void tst_cuts::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_pool = std::make_shared<pg::Pool>(
        m_server->createDatabase(QStringLiteral("cuts"), script + wideScript()));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
}

QList<Row> tst_cuts::fetch(const Select &select)
{
    const sql::Statement statement = render(select).statement;
    const auto page = base::await(m_pool->run(statement));
    if (page)
        return rowsOf(*page);
    QTest::qFail(qPrintable(base::toLine(page.error()) + u'\n' + statement.text), __FILE__,
                 __LINE__);
    return {};
}

Select tst_cuts::pageWithCuts(const char *table, const QList<Sort> &sorts) const
{
    const QString name = QString::fromLatin1(table);
    const schema::Table *found = m_database.table({{}, name});
    Select select = pageOf(*found, name, sorts);
    select.cuts = cutsOf(select, *found, m_database);
    return select;
}

void tst_cuts::ways_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("way"); // -1: never long
    const auto row = [](const char *type, int way) {
        QTest::newRow(type) << QString::fromLatin1(type) << way;
    };
    using enum Cut::Way;
    for (const char *type : {"integer",
                             "int8",
                             "numeric(12, 2)",
                             "numeric",
                             "boolean",
                             "uuid",
                             "date",
                             "timestamp(3) with time zone",
                             "timestamptz",
                             "time",
                             "interval",
                             "inet",
                             "point",
                             "\"char\"",
                             "name",
                             "varchar(512)",
                             "character varying(40)",
                             "char(8)",
                             "character(512)",
                             "tstzrange",
                             "regclass",
                             "bigserial"})
        row(type, -1);
    row("text", int(Characters));
    row("varchar", int(Characters));
    row("varchar(513)", int(Characters));
    row("bytea", int(Bytes));
    for (const char *type : {"json", "jsonb", "text[]", "integer[]", "uuid[][]", "xml", "tsvector",
                             "tsquery", "char(600)", "bpchar", "path", "polygon", "bit varying",
                             "int4multirange", "jsonpath", "geometry(Point,4326)", "hstore"})
        row(type, int(Printed));
}

void tst_cuts::ways()
{
    QFETCH(QString, type);
    QFETCH(int, way);
    schema::Column column;
    column.type = type;
    const std::optional<Cut::Way> found = cutWay(column, {});
    QCOMPARE(found ? int(*found) : -1, way);
}

void tst_cuts::sizes_data()
{
    QTest::addColumn<QByteArray>("sizes");
    QTest::addColumn<int>("column");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<bool>("isStored");
    QTest::newRow("none") << QByteArray() << 0 << qint64(0) << false;
    QTest::newRow("one") << QByteArray("3:2049") << 3 << qint64(2049) << false;
    QTest::newRow("another") << QByteArray("3:2049") << 4 << qint64(0) << false;
    QTest::newRow("not 13") << QByteArray("13:2049") << 3 << qint64(0) << false;
    QTest::newRow("later") << QByteArray("3:2049 13:5000000000") << 13 << qint64(5'000'000'000)
                           << false;
    QTest::newRow("stored") << QByteArray("1:2049 2:~131073") << 2 << qint64(131'073) << true;
    QTest::newRow("after a gap") << QByteArray("  7:2100") << 7 << qint64(2100) << false;
    QTest::newRow("nonsense") << QByteArray("a:b :") << 0 << qint64(0) << false;
}

void tst_cuts::sizes()
{
    QFETCH(QByteArray, sizes);
    QFETCH(int, column);
    QFETCH(qint64, bytes);
    QFETCH(bool, isStored);
    QCOMPARE(cutSize(sizes, column), (CutSize{bytes, isStored}));
}

void tst_cuts::keepsWhatRowsAreKnownBy()
{
    const auto isCut = [](const Select &select, const char *name) {
        return std::ranges::any_of(
            select.cuts, [&](const Cut &cut) { return cut.column == column("cells", name); });
    };
    Select page = pageWithCuts("cells");
    for (const char *name : {"part", "parent", "short", "mood", "score", "price"})
        QVERIFY2(!isCut(page, name), name);
    for (const char *name : {"sorted", "words", "varying", "padded", "bytes", "doc", "raw", "tags",
                             "numbers", "moods", "note", "home", "vector", "markup"})
        QVERIFY2(isCut(page, name), name);
    page = pageWithCuts("cells", {{.column = column("cells", "sorted")}});
    QVERIFY(isCut(page, "sorted")); // whole is only what one pages by
    QVERIFY(isCut(page, "words"));
}

void tst_cuts::pages_data()
{
    QTest::addColumn<QString>("sort");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<bool>("backwards");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("by key") << QString() << false << false << false;
    QTest::newRow("by key, turned") << QString() << false << true << false;
    QTest::newRow("long texts") << QStringLiteral("sorted") << true << false << false;
    QTest::newRow("NULLs: a union") << QStringLiteral("score") << false << false << false;
    QTest::newRow("NULLs, turned") << QStringLiteral("score") << true << true << false;
    QTest::newRow("a condition by hand") << QStringLiteral("score") << false << false << true;
}

/// Page by page there are the same rows as without cuts, and each value is whole or its beginning.
void tst_cuts::pages()
{
    QFETCH(QString, sort);
    QFETCH(bool, descending);
    QFETCH(bool, backwards);
    QFETCH(bool, isWritten);
    QList<Sort> sorts;
    if (!sort.isEmpty())
        sorts << sortBy(*m_database.table({{}, QStringLiteral("cells")}), QStringLiteral("cells"),
                        sort, descending);
    Select select = pageWithCuts("cells", sorts);
    select.limit = 7;
    if (isWritten)
        select.written = {QStringLiteral("length(words) <> 1000")};
    if (backwards)
        select.after = Keyset{.values = {}, .backwards = true};
    qsizetype seen = 0, cut = 0;
    while (true) {
        Select uncut = select;
        uncut.cuts.clear();
        const QList<Row> wholes = fetch(uncut);
        const QList<Row> rows = fetch(select);
        QCOMPARE(rows.size(), wholes.size());
        if (rows.isEmpty())
            break;
        for (qsizetype row = 0; row < rows.size(); ++row) {
            const QByteArray sizes = rows.at(row).last().value_or("");
            QCOMPARE(rows.at(row).size(), wholes.at(row).size() + 1);
            for (qsizetype i = 0; i < wholes.at(row).size(); ++i) {
                const sql::Parameter &whole = wholes.at(row).at(i);
                const sql::Parameter &value = rows.at(row).at(i);
                const CutSize size = cutSize(sizes, i);
                if (!size.isCut()) {
                    QCOMPARE(value, whole);
                    const bool isHex = whole && whole->startsWith("\\x");
                    QVERIFY(!whole || whole->size() <= (isHex ? 2 : 1) * mostUncut + 2);
                    continue;
                }
                ++cut;
                QVERIFY(value && whole && whole->startsWith(*value));
                const bool isBytes = select.columns.at(i) == column("cells", "bytes");
                QCOMPARE(size, (CutSize{isBytes ? (whole->size() - 2) / 2 : whole->size()}));
                QVERIFY(size.bytes > mostUncut);
                QCOMPARE(isBytes ? qint64(value->size() - 2) / 2
                                 : qint64(QString::fromUtf8(*value).size()),
                         keptOfCut);
            }
        }
        seen += rows.size();
        select.after = keysetOf(select, backwards ? wholes.first() : wholes.last(), backwards);
        QVERIFY(select.after);
    }
    QCOMPARE(seen, isWritten ? 41 : 43);
    QVERIFY(cut > 200);
}

void tst_cuts::wide()
{
    const Select select = pageWithCuts("wide");
    QCOMPARE(select.cuts.size(), 230);
    const QList<Row> rows = fetch(select);
    QCOMPARE(rows.size(), 1);
    const QByteArray sizes = *rows.first().last();
    QCOMPARE(cutSize(sizes, 1), CutSize());
    QCOMPARE(cutSize(sizes, 121), (CutSize{2049}));
    QCOMPARE(cutSize(sizes, 230), (CutSize{4000}));
    QCOMPARE(*rows.first().at(230), QByteArray(keptOfCut, 'c'));
}

/// Columns are called what people like to call them.
void tst_cuts::namesLikePlaces()
{
    Select select = pageWithCuts("placed");
    QCOMPARE(select.cuts.size(), 3);
    const QList<Row> rows = fetch(select);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(*rows.first().at(1), QByteArray(keptOfCut, 'w'));
    QCOMPARE(cutSize(*rows.first().last(), 1), (CutSize{3000}));
    QVERIFY(rows.first().at(2)->startsWith("{\"a\": \"ddd"));
    QVERIFY(cutSize(*rows.first().last(), 2).bytes > 3000);
    QCOMPARE(cutSize(*rows.first().last(), 3), (CutSize{3000}));
    QCOMPARE(rows.last().mid(0, 3), (Row{"2", "w", "1"}));
    for (Cut &cut : select.cuts)
        cut.way = Cut::Way::Digest;
    QCOMPARE(fetch(select).first().at(1)->size(), 32);
}

/// Six megabytes stay where they are: a page reads less than 50 blocks of 8 kB.
void tst_cuts::readsTheBeginningOnly()
{
    const Select select = pageWithCuts("big");
    const QList<Row> rows = fetch(select);
    const QByteArray sizes = *rows.first().last();
    QCOMPARE(cutSize(sizes, 1), (CutSize{6'400'000}));
    QCOMPARE(cutSize(sizes, 2), (CutSize{3'200'000}));
    QVERIFY(cutSize(sizes, 3).isStored);
    QVERIFY(cutSize(sizes, 3).bytes > 3'000'000);
    QCOMPARE(*rows.first().at(3), QByteArray(""));

    sql::Statement explain = render(select).statement;
    explain.text.prepend(QStringLiteral("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "));
    const auto plan = base::await(m_pool->run(explain));
    QVERIFY2(plan.ok(), plan ? "" : qPrintable(base::toLine(plan.error())));
    const QJsonObject top = QJsonDocument::fromJson(plan->text(0, 0).toUtf8())
                                .array()
                                .first()
                                .toObject()
                                .value(u"Plan")
                                .toObject();
    const int blocks =
        top.value(u"Shared Hit Blocks").toInt() + top.value(u"Shared Read Blocks").toInt();
    QVERIFY2(blocks > 0 && blocks < 50, qPrintable(QString::number(blocks)));
}

void tst_cuts::wholeByKey()
{
    const Select page = pageWithCuts("cells");
    const Among rows{
        rowKey(*m_database.table({{}, QStringLiteral("cells")}), QStringLiteral("cells")),
        {{QStringLiteral("40"), QStringLiteral("p")},
         {QStringLiteral("90"), QStringLiteral("q")},
         {QStringLiteral("7"), QStringLiteral("p")},
         {QStringLiteral("7"), QStringLiteral("none")}}};
    const QList<ColumnRef> columns{column("cells", "words"), column("cells", "doc")};
    const auto text = [&](const char *sql) {
        const auto read = base::await(m_pool->run({QString::fromLatin1(sql), {}}));
        return read ? read->text(0, 0).toUtf8() : base::toLine(read.error()).toUtf8();
    };
    const QList<Row> whole = fetch(wholeOf(page, rows, columns));
    QCOMPARE(whole.size(), 3);
    for (const Row &row : whole) {
        QCOMPARE(row.size(), 4);
        const bool isNull = *row.at(0) == "90";
        QCOMPARE(row.at(2).has_value(), !isNull);
        if (*row.at(0) == "40") {
            QCOMPARE(*row.at(2), text("SELECT words FROM cells WHERE id = 40"));
            QCOMPARE(*row.at(3), text("SELECT doc FROM cells WHERE id = 40"));
        }
    }
    for (const Row &row : fetch(wholeOf(page, rows, columns, Cut::Way::Digest))) {
        QCOMPARE(row.size(), 4);
        if (*row.at(0) == "40") {
            QCOMPARE(*row.at(2), text("SELECT md5(words) FROM cells WHERE id = 40"));
            QCOMPARE(*row.at(3), text("SELECT md5(doc::text) FROM cells WHERE id = 40"));
        }
        QCOMPARE(row.at(3).has_value(), *row.at(0) != "90");
    }
    QVERIFY(fetch(wholeOf(page, {rows.columns, {}}, columns)).isEmpty());
}

void tst_cuts::wholeByPlace()
{
    Select page = pageWithCuts("keyless");
    page.limit = 10;
    const QList<Row> rows = fetch(page);
    QCOMPARE(rows.size(), 2);
    const Among first{
        rowKey(*m_database.table({{}, QStringLiteral("keyless")}), QStringLiteral("keyless")),
        {{QString::fromUtf8(*rows.first().at(1))}}};
    const QList<Row> whole = fetch(wholeOf(page, first, {column("keyless", "words")}));
    QCOMPARE(whole.size(), 1);
    QCOMPARE(*whole.first().at(1), QByteArray(5000, 'k'));
}

void tst_cuts::cleanupTestCase()
{
    m_pool.reset();
    m_server.reset();
}

QTEST_GUILESS_MAIN(tst_cuts)
#include "tst_cuts.moc"
