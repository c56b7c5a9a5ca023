// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "query/plan.h"
#include "query/search.h"
#include "support/server.h"

#include <QTest>

namespace
{
/// Enough rows for an index to be worth it; one table for each way to search.
constexpr char script[] = R"(
CREATE EXTENSION pg_trgm;
CREATE TABLE kept (id int PRIMARY KEY, title text, body text,
    words tsvector GENERATED ALWAYS AS (to_tsvector('german', coalesce(body, ''))) STORED);
CREATE TABLE computed (id int PRIMARY KEY, title text, body text);
CREATE TABLE bare (id int PRIMARY KEY, words tsvector);
CREATE TABLE trigrams (id int PRIMARY KEY, name varchar(80), note text);
CREATE TABLE partly (id int PRIMARY KEY, name text);
CREATE TABLE plain (id int PRIMARY KEY, name text, note varchar(40), size int);
CREATE TABLE silent (id int PRIMARY KEY, size int);
INSERT INTO kept (id, title, body) SELECT i, 'a', md5(i::text) || repeat(' x', 60) FROM generate_series(1, 8000) i;
INSERT INTO kept (id, title, body) VALUES (0, 'x', 'Die Häuser am Berg');
INSERT INTO computed SELECT i, 'a', md5(i::text) || repeat(' x', 60) FROM generate_series(1, 8000) i;
INSERT INTO computed VALUES (0, 'Running', 'a marathon 100% done'), (-1, 'Running', 'late');
INSERT INTO bare VALUES (0, to_tsvector('simple', 'alpha')), (1, to_tsvector('simple', 'beta'));
INSERT INTO trigrams SELECT i, md5(i::text), repeat('globex ', 30) FROM generate_series(1, 8000) i;
INSERT INTO trigrams VALUES (0, 'The Globex 100% Company', 'x');
INSERT INTO partly VALUES (0, 'Globex');
INSERT INTO plain VALUES (0, 'Globex', NULL, 1), (1, NULL, 'to globex', 2), (2, 'Initech', '', 3);
INSERT INTO silent VALUES (0, 1);
CREATE INDEX ON kept USING gin (words);
CREATE INDEX ON computed USING gin (to_tsvector('english', title || ' ' || body));
CREATE INDEX ON trigrams USING gin (name gin_trgm_ops);
CREATE INDEX ON partly USING gin (name gin_trgm_ops) WHERE id > 10;
ANALYZE;
)";
} // namespace

class tst_search : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void finds_data();
    void finds();
    void nothingToSearch();

private:
    QString ask(const query::Rendered &rendered);

    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_database;
};

void tst_search::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_pool = std::make_shared<pg::Pool>(m_server.createDatabase(QStringLiteral("search"), script));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
}

QString tst_search::ask(const query::Rendered &rendered)
{
    const auto page = base::await(m_pool->run(rendered.statement));
    if (!page)
        return base::toLine(page.error());
    QStringList cells;
    for (qsizetype row = 0; row < page->rowCount(); ++row)
        cells << page->text(row, 0);
    return cells.join(u' ');
}

void tst_search::finds_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("text");
    QTest::addColumn<query::Search::Way>("way");
    QTest::addColumn<QString>("ids");
    QTest::addColumn<bool>("byIndex");
    const auto row = [](const char *table, const char *text, query::Search::Way way,
                        const char *ids, bool byIndex) {
        QTest::addRow("%s: %s", table, text)
            << QString::fromLatin1(table) << QString::fromUtf8(text) << way
            << QString::fromLatin1(ids) << byIndex;
    };
    using enum query::Search::Way;
    row("kept", "Haus", FullText, "0", true); // the index's own language
    row("kept", "Haus -Berg", FullText, "", true);
    row("computed", "runs", FullText, "-1 0", true);
    row("computed", "runs marathon", FullText, "0", true);
    row("computed", "\"late marathon\" OR 'y", FullText, "", true);
    row("bare", "beta", FullText, "1", false);
    row("trigrams", "globex", Trigrams, "0", true);
    row("trigrams", "100% c", Trigrams, "0", true);
    row("partly", "globex", Scan, "0", false);
    row("plain", "globex", Scan, "0 1", false);
    row("plain", "%", Scan, "", false);
    row("plain", "a' OR 'b", Scan, "", false);
}

void tst_search::finds()
{
    QFETCH(QString, table);
    QFETCH(QString, text);
    QFETCH(query::Search::Way, way);
    QFETCH(QString, ids);
    QFETCH(bool, byIndex);
    const schema::Table *searched = m_database.table({{}, table});
    QVERIFY(searched);
    const auto search = query::searchOf(*searched, table, text);
    QVERIFY(search);
    QCOMPARE(search->way, way);
    QCOMPARE(search->isIndexed, byIndex);
    const query::ColumnRef id{table, QStringLiteral("id")};
    query::Select select{
        .from = {{{}, table}, table}, .columns = {id}, .search = search, .sorts = {{id}}};
    QCOMPARE(ask(query::render(select)), ids);
    select.sorts.clear();
    const QString plan = ask(query::renderExplain(select));
    QVERIFY2(plan.contains(QLatin1String("Bitmap Index Scan")) == byIndex, qPrintable(plan));
}

void tst_search::nothingToSearch()
{
    const schema::Table *silent = m_database.table({{}, QStringLiteral("silent")});
    QVERIFY(silent);
    QVERIFY(!query::searchOf(*silent, QStringLiteral("silent"), QStringLiteral("x")));
    QVERIFY(!query::searchOf(*m_database.table({{}, QStringLiteral("plain")}),
                             QStringLiteral("plain"), QStringLiteral("  ")));
}

QTEST_GUILESS_MAIN(tst_search)
#include "tst_search.moc"
