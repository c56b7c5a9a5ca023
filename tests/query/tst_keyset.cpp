// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "pg/pool.h"
#include "query/paging.h"
#include "support/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace query;

namespace
{
constexpr qsizetype pageSize = 6;
constexpr int ordersOfATable = 24;
const QString alias = QStringLiteral("r");

using Row = QList<sql::Parameter>;

schema::Column column(const QString &name, const char *type, bool notNull, bool primaryKey = false)
{
    schema::Column column;
    column.name = name;
    column.type = QString::fromLatin1(type);
    column.notNull = notNull;
    column.primaryKey = primaryKey;
    return column;
}

/// A type and a value of it for a small number, with ties.
struct Kind {
    const char *type;
    const char *value;
};
constexpr Kind kinds[] = {
    {"integer", "n"},
    {"text", "chr(97 + n)"},
    {"numeric(8, 2)", "n * 1.25"},
    {"boolean", "n % 2 = 0"},
    {"timestamp with time zone", "timestamptz '2026-01-01' + n * interval '1 microsecond'"},
    {"uuid", "md5(n::text)::uuid"},
    {"date", "date '2026-01-01' + n"},
};

/// A table of few values, many ties and NULLs; with a key of one column, of two, or none.
struct RandomTable {
    explicit RandomTable(quint32 seed)
        : random(seed)
    {
        definition.name.name = QStringLiteral("random_%1").arg(seed);
        const int keyColumns = int(seed % 3);
        QByteArrayList columns, values;
        for (int i = 0; i < 4; ++i) {
            const Kind &kind = kinds[random.bounded(int(std::size(kinds)))];
            const bool notNull = random.bounded(3) == 0;
            const QString name = QStringLiteral("c%1").arg(i);
            definition.columns << column(name, kind.type, notNull);
            columns << name.toUtf8() + ' ' + kind.type + (notNull ? " NOT NULL" : "");
            const QByteArray spread = QByteArray::number(2 + random.bounded(4));
            const QByteArray value = "(SELECT " + QByteArray(kind.value) + " FROM (SELECT (i * " +
                                     QByteArray::number(7 + random.bounded(60)) + " / 11) % " +
                                     spread + " AS n) s)";
            values << (notNull ? value
                               : "CASE WHEN i % " + QByteArray::number(2 + random.bounded(4)) +
                                     " = 0 THEN NULL ELSE " + value + " END");
        }
        for (int i = 0; i < keyColumns; ++i) {
            const QString name = QStringLiteral("k%1").arg(i);
            definition.columns << column(name, "integer", true, true);
            columns << name.toUtf8() + " integer NOT NULL";
            values << (i == 0 && keyColumns == 2 ? "i / 5" : "i");
        }
        const QByteArray name = definition.name.name.toUtf8();
        script = "CREATE TABLE " + name + " (" + columns.join(", ") + "); INSERT INTO " + name +
                 " SELECT " + values.join(", ") + " FROM generate_series(1, 60) i;";
    }

    QList<Sort> order()
    {
        QList<Sort> sorts;
        const int count = random.bounded(4);
        while (sorts.size() < count) {
            const QString name =
                definition.columns.at(random.bounded(int(definition.columns.size()))).name;
            const auto same = [&](const Sort &sort) { return sort.column.column == name; };
            if (std::ranges::any_of(sorts, same))
                continue;
            sorts << sortBy(definition, alias, name, random.bounded(2) == 0);
            sorts.last().nulls = static_cast<Nulls>(random.bounded(3));
        }
        return sorts;
    }

    QRandomGenerator random;
    schema::Table definition;
    QByteArray script;
};

QString printed(const Select &select)
{
    QStringList parts;
    for (const Sort &sort : select.sorts)
        parts << sort.column.column + (sort.descending ? QStringLiteral(" desc") : QString()) +
                     (sort.nulls == Nulls::First  ? QStringLiteral(" nulls first")
                      : sort.nulls == Nulls::Last ? QStringLiteral(" nulls last")
                                                  : QString());
    return parts.join(QStringLiteral(", "));
}

/// The scans in a plan: each node that reads a table or an index.
QList<QJsonObject> scansOf(const QJsonObject &plan)
{
    QList<QJsonObject> found;
    if (plan.value(QStringLiteral("Node Type")).toString().contains(QStringLiteral("Scan")) &&
        plan.contains(QStringLiteral("Relation Name")))
        found << plan;
    const QJsonArray parts = plan.value(QStringLiteral("Plans")).toArray();
    for (const QJsonValue &part : parts)
        found << scansOf(part.toObject());
    return found;
}
} // namespace

class KeysetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void randomTables_data();
    void randomTables();
    void soughtByAnIndex_data();
    void soughtByAnIndex();
    void blocksAreReadAlone();
    void partitionsHaveRowsAtTheSamePlace();

private:
    rows::Page run(const sql::Statement &statement);
    QList<Row> fetch(const Select &select);
    void comparePages(const Select &page, const QList<Row> &all, qsizetype at);
    void compareBounds(const Select &page, const QList<Row> &all, qsizetype at, qsizetype length);
    QJsonObject plan(const Select &select);

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<pg::Pool> m_pool;
};

void KeysetTest::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_pool = std::make_unique<pg::Pool>(m_server->createDatabase(QStringLiteral("keyset")));
}

void KeysetTest::cleanupTestCase()
{
    m_pool.reset();
    m_server.reset();
}

rows::Page KeysetTest::run(const sql::Statement &statement)
{
    const auto page = base::await(m_pool->run(statement));
    if (page)
        return *page;
    QTest::qFail(qPrintable(toLine(page.error()) + u'\n' + statement.text), __FILE__, __LINE__);
    return {};
}

QList<Row> KeysetTest::fetch(const Select &select)
{
    const rows::Page page = run(render(select).statement);
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

void KeysetTest::randomTables_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 9; ++seed)
        QTest::addRow("%u", seed) << seed;
}

/// What the server gives when it sorts everything is what the pages are cut from.
void KeysetTest::randomTables()
{
    QFETCH(quint32, seed);
    RandomTable table(seed);
    QCOMPARE(m_server->run(m_pool->settings(), table.script), QString());
    for (int i = 0; i < ordersOfATable; ++i) {
        Select page = pageOf(table.definition, alias, table.order());
        const QList<Row> all = fetch(page);
        QCOMPARE(all.size(), 60);
        page.limit = pageSize;
        for (int tries = 0; tries < 5; ++tries) {
            const qsizetype at = table.random.bounded(60);
            comparePages(page, all, at);
            compareBounds(page, all, at, 1 + table.random.bounded(int(page.sorts.size())));
            QVERIFY2(!QTest::currentTestFailed(),
                     qPrintable(QStringLiteral("seed %1, order %2, row %3")
                                    .arg(seed)
                                    .arg(printed(page))
                                    .arg(at)));
        }
        page.after = Keyset{.values = {}, .backwards = true};
        QCOMPARE(fetch(page), all.last(pageSize));
    }
}

void KeysetTest::comparePages(const Select &page, const QList<Row> &all, qsizetype at)
{
    for (const qsizetype offset : {0, 3}) {
        Select select = page;
        select.offset = offset;
        select.after = keysetOf(page, all.at(at), false);
        QCOMPARE(fetch(select), all.mid(at + 1 + offset, pageSize));
        select.after = keysetOf(page, all.at(at), true);
        const qsizetype end = std::max(qsizetype(0), at - offset);
        const qsizetype first = std::max(qsizetype(0), end - pageSize);
        QCOMPARE(fetch(select), all.mid(first, end - first));
    }
}

/// Rows that begin with the first \a length values of a key, and what follows or comes before.
void KeysetTest::compareBounds(const Select &page, const QList<Row> &all, qsizetype at,
                               qsizetype length)
{
    Select select = page;
    select.after = keysetOf(page, all.at(at), false);
    select.after->values = select.after->values.first(length);
    select.after->inclusive = true;
    const auto begins = [&](const Row &row) {
        return keysetOf(page, row, false)->values.first(length) == select.after->values;
    };
    const auto first = std::distance(all.begin(), std::ranges::find_if(all, begins));
    QCOMPARE(fetch(select), all.mid(first, pageSize));
    select.after->backwards = true;
    const auto last =
        all.size() - std::distance(all.rbegin(), std::find_if(all.rbegin(), all.rend(), begins));
    const qsizetype from = std::max(qsizetype(0), last - pageSize);
    QCOMPARE(fetch(select), all.mid(from, last - from));
    select.after->inclusive = false;
    const qsizetype before = std::max(qsizetype(0), first - pageSize);
    QCOMPARE(fetch(select), all.mid(before, first - before));
}

QJsonObject KeysetTest::plan(const Select &select)
{
    sql::Statement statement = render(select).statement;
    statement.text.prepend(QStringLiteral("EXPLAIN (FORMAT JSON, ANALYZE, TIMING OFF) "));
    const rows::Page page = run(statement);
    return QJsonDocument::fromJson(page.text(0, 0).toUtf8())
        .array()
        .first()
        .toObject()
        .value(QStringLiteral("Plan"))
        .toObject();
}

void KeysetTest::soughtByAnIndex_data()
{
    QTest::addColumn<bool>("nullable");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<bool>("keyDescending");
    QTest::addColumn<Nulls>("nulls");
    for (const bool nullable : {false, true}) {
        for (const bool descending : {false, true}) {
            for (const bool keyDescending : {false, true}) {
                for (const Nulls nulls : {Nulls::First, Nulls::Last}) {
                    QTest::addRow("%s %s nulls %s, key %s", nullable ? "nullable" : "not null",
                                  descending ? "desc" : "asc",
                                  nulls == Nulls::First ? "first" : "last",
                                  keyDescending ? "desc" : "asc")
                        << nullable << descending << keyDescending << nulls;
                }
            }
        }
    }
}

/// 30,000 rows with only 6 values in the sorted column: no scan reads more than a page, and each is
/// led by a condition of the index.
void KeysetTest::soughtByAnIndex()
{
    QFETCH(bool, nullable);
    QFETCH(bool, descending);
    QFETCH(bool, keyDescending);
    QFETCH(Nulls, nulls);
    schema::Table table;
    table.name.name = QStringLiteral("sought");
    table.columns = {column(QStringLiteral("id"), "integer", true, true),
                     column(QStringLiteral("a"), "integer", !nullable)};
    const QByteArray order = QByteArray(descending ? " DESC" : " ASC") +
                             (nulls == Nulls::First ? " NULLS FIRST" : " NULLS LAST");
    QCOMPARE(m_server->run(
                 m_pool->settings(),
                 "DROP TABLE IF EXISTS sought; CREATE TABLE sought (id int NOT NULL, "
                 "a int" +
                     QByteArray(nullable ? "" : " NOT NULL") + "); INSERT INTO sought SELECT i, " +
                     (nullable ? "nullif(i % 6, 3)" : "i % 6") +
                     " FROM generate_series(1, 30000) i; CREATE INDEX ON sought (a" + order +
                     ", id" + (keyDescending ? " DESC" : "") + "); ANALYZE sought;"),
             QString());
    QList<Sort> sorts{sortBy(table, alias, QStringLiteral("a"), descending),
                      sortBy(table, alias, QStringLiteral("id"), keyDescending)};
    sorts.first().nulls = nulls;
    Select page = pageOf(table, alias, sorts);
    page.limit = 50;
    QList<sql::Parameter> values{sql::Parameter("2")};
    if (nullable)
        values << sql::Parameter();
    for (const sql::Parameter &value : std::as_const(values)) {
        for (const bool backwards : {false, true}) {
            page.after = Keyset{{value, sql::Parameter("15002")}, backwards};
            const QList<QJsonObject> scans = scansOf(plan(page));
            QVERIFY(!scans.isEmpty());
            for (const QJsonObject &scan : scans) {
                const QByteArray shown = QJsonDocument(scan).toJson();
                QVERIFY2(scan.value(QStringLiteral("Index Cond"))
                             .toString()
                             .contains(QRegularExpression(QStringLiteral("\\ba\\b"))),
                         shown.constData());
                QVERIFY2(!scan.contains(QStringLiteral("Filter")), shown.constData());
                QVERIFY2(scan.value(QStringLiteral("Actual Rows")).toDouble() <= 50,
                         shown.constData());
            }
        }
    }
}

void KeysetTest::blocksAreReadAlone()
{
    schema::Table table;
    table.name.name = QStringLiteral("heap");
    table.columns = {column(QStringLiteral("a"), "integer", false)};
    QCOMPARE(m_server->run(m_pool->settings(), "CREATE TABLE heap (a int); INSERT INTO heap SELECT "
                                               "generate_series(1, 20000); ANALYZE heap"),
             QString());
    Select page = pageOf(table, alias);
    QVERIFY(isByPlace(page));
    const QList<Row> all = fetch(page);
    page.limit = 10;
    const QList<sql::Parameter> key = keysetOf(page, all.at(15000), false)->values;
    const qint64 block = blockOf(key.first());
    QVERIFY(block > 0);
    page.after = Keyset{key};
    page.blocks = Blocks{block, 2};
    QCOMPARE(fetch(page), all.mid(15001, 10));
    page.after->backwards = true;
    page.blocks = Blocks{block - 1, 2};
    QCOMPARE(fetch(page), all.mid(14990, 10));
    const QList<QJsonObject> scans = scansOf(plan(page));
    QCOMPARE(scans.size(), 1);
    QCOMPARE(scans.first().value(QStringLiteral("Node Type")).toString(),
             QStringLiteral("Tid Range Scan"));
    page.after.reset();
    page.blocks = Blocks{0, 1};
    QCOMPARE(fetch(page), all.first(10));
    QCOMPARE(blockOf(sql::Parameter("(12,3)")), 12);
    QCOMPARE(blockOf(sql::Parameter()), -1);
}

void KeysetTest::partitionsHaveRowsAtTheSamePlace()
{
    schema::Table table;
    table.name.name = QStringLiteral("parted");
    table.columns = {column(QStringLiteral("a"), "integer", false)};
    QCOMPARE(m_server->run(m_pool->settings(),
                           "CREATE TABLE parted (a int) PARTITION BY HASH (a);"
                           "CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, "
                           "REMAINDER 0);"
                           "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, "
                           "REMAINDER 1);"
                           "INSERT INTO parted SELECT i / 3 FROM generate_series(1, 80) i"),
             QString());
    Select page = pageOf(table, alias, {sortBy(table, alias, QStringLiteral("a"), true)},
                         Storage::Partitions);
    QVERIFY(!isByPlace(page));
    const QList<Row> all = fetch(page);
    QCOMPARE(all.size(), 80);
    page.limit = pageSize;
    for (qsizetype at = 0; at < all.size(); at += 7)
        comparePages(page, all, at);
}

QTEST_GUILESS_MAIN(KeysetTest)
#include "tst_keyset.moc"
