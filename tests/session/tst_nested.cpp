// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "query/nested.h"
#include "session/project.h"
#include "support/server.h"

#include <QTest>

#include <algorithm>

namespace
{
constexpr int patience = 20'000; // ms; a signal ends the wait
constexpr qint64 most = 3;

/// Three tenants: rows with the column, along a path, without a key, with a key of two columns, of
/// everybody; some refer to another tenant's rows.
const QByteArray script = R"sql(
CREATE TABLE organizations (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO organizations VALUES (1, 'Globex'), (2, 'Initech'), (3, 'Hooli');
CREATE TABLE countries (code text PRIMARY KEY, name text);
INSERT INTO countries SELECT 'c' || n, 'Country ' || n FROM generate_series(1, 9) n;
CREATE TABLE people (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations,
    country text REFERENCES countries, name text, boss_id integer REFERENCES people);
INSERT INTO people SELECT n, n % 3 + 1, CASE WHEN n % 4 > 0 THEN 'c' || n % 9 + 1 END,
    'of ' || n % 3 + 1, CASE WHEN n > 5 THEN n / 2 END FROM generate_series(1, 90) n;
CREATE TABLE desks (organization_id integer NOT NULL REFERENCES organizations, number integer NOT NULL,
    title text, PRIMARY KEY (organization_id, number));
INSERT INTO desks SELECT o, n, 'of ' || o FROM generate_series(1, 3) o, generate_series(1, 6) n;
CREATE TABLE orders (id integer PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations,
    person_id integer REFERENCES people, desk integer, body text,
    FOREIGN KEY (organization_id, desk) REFERENCES desks);
INSERT INTO orders SELECT n, n % 3 + 1, (n * 7) % 90 + 1, n % 6 + 1,
    'of ' || n % 3 + 1 || CASE WHEN n % 10 = 0 THEN repeat('x', 5000) ELSE '' END
    FROM generate_series(1, 700) n;
CREATE TABLE items (id integer PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, label text);
INSERT INTO items SELECT n, (n * 11) % 700 + 1, 'of ' || ((n * 11) % 700 + 1) % 3 + 1
    FROM generate_series(1, 900) n;
CREATE TABLE marks (order_id integer NOT NULL REFERENCES orders, mark text);
INSERT INTO marks SELECT (n * 13) % 700 + 1, 'of ' || ((n * 13) % 700 + 1) % 3 + 1
    FROM generate_series(1, 900) n;
CREATE VIEW names AS SELECT id, boss_id, name FROM people;
ANALYZE;
)sql";

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QStringList texts(const rows::Page &page, qsizetype row, qsizetype columns)
{
    QStringList cells;
    for (qsizetype column = 0; column < columns; ++column) {
        const auto value = page.cell(row, column);
        cells << (value ? QString::fromUtf8(*value) : s("NULL"));
    }
    return cells;
}
} // namespace

/// Rows of relations for many rows at once against what single statements return, for each tenant.
class TestNested : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void relations_data();
    void relations();
    void views();
    void manyKeysAndNone();
    void failures();

private:
    base::Result<rows::Page> nested(const query::Select &select);
    base::Result<rows::Page> wait(QFuture<base::Result<rows::Page>> future);
    void choose(int tenant);
    QList<QStringList> keysOf(const query::Relation &relation, const QString &table);
    void compare(const query::Select &select, int tenant);

    testsupport::Server m_server;
    pg::Settings m_database;
    std::unique_ptr<session::Project> m_project;
};

void TestNested::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_project = std::make_unique<session::Project>(
        base::installationOf(QStringLiteral(SLUICE_BUILD_DIR "/bin")));
    m_database = m_server.createDatabase(QStringLiteral("nested"), script);
    m_project->setUrl(m_server.tcpUrl(m_database));
    m_project->connectDatabase();
    QTRY_VERIFY_WITH_TIMEOUT(m_project->database().value && m_project->tenants().value, patience);
    QCOMPARE(m_project->tenantColumn(), s("organization_id"));
}

base::Result<rows::Page> TestNested::wait(QFuture<base::Result<rows::Page>> future)
{
    return base::await(std::move(future));
}

base::Result<rows::Page> TestNested::nested(const query::Select &select)
{
    return wait(m_project->fetchNested(select));
}

void TestNested::choose(int tenant)
{
    m_project->setTenant(tenant == 0 ? std::nullopt
                                     : std::optional(session::Tenant{QString::number(tenant), {}}));
}

/// Of all rows of the table, whoever they belong to: also those that the tenant must not see.
QList<QStringList> TestNested::keysOf(const query::Relation &relation, const QString &table)
{
    m_project->setTenant({});
    query::Select select{.from = {{{}, table}, table}};
    for (const QString &column : relation.keyColumns) {
        select.columns << query::ColumnRef{table, column};
        select.filters << query::Filter{{table, column}, query::Operator::IsNotNull, {}};
    }
    const auto page = wait(m_project->fetch(select));
    QList<QStringList> keys;
    for (qsizetype row = 0; page && row < page->rowCount() && keys.size() < 60; ++row) {
        const QStringList key = texts(*page, row, relation.keyColumns.size());
        if (!keys.contains(key))
            keys << key;
    }
    return keys;
}

void TestNested::relations_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("relation");
    const auto row = [](const char *table, const char *relation) {
        QTest::addRow("%s.%s", table, relation) << s(table) << s(relation);
    };
    row("people", "orders");
    row("people", "people");
    row("people", "boss");
    row("people", "countries");
    row("countries", "people");
    row("orders", "items");
    row("orders", "marks");
    row("orders", "person");
    row("items", "order");
    row("desks", "orders");
}

void TestNested::relations()
{
    QFETCH(QString, table);
    QFETCH(QString, relation);
    const schema::Database &database = *m_project->database().value;
    const QList<query::Relation> all = query::relationsOf({{}, table}, database, {});
    const auto found = std::ranges::find(all, relation, &query::Relation::name);
    QStringList names;
    for (const query::Relation &known : all)
        names << known.name;
    QVERIFY2(found != all.end(), qPrintable(names.join(u' ')));
    query::Select select = query::nestedOf(*found, *database.table(found->target), database, most);
    select.among->keys = keysOf(*found, table);
    QVERIFY(select.among->keys.size() > 5);
    for (int tenant = 0; tenant <= 3; ++tenant) {
        choose(tenant);
        compare(select, tenant);
    }
    choose(0);
}

void TestNested::compare(const query::Select &select, int tenant)
{
    const auto page = nested(select);
    QVERIFY2(page.ok(), qPrintable(page ? QString() : base::toLine(page.error())));
    QCOMPARE(page->columns().constLast().name, query::nestedCountColumn);
    const qsizetype columns = page->columns().size() - 2;
    qsizetype row = 0;
    for (qsizetype key = 0; key < select.among->keys.size(); ++key) {
        query::Select single = select;
        single.among->keys = {select.among->keys.at(key)};
        const auto expected = wait(m_project->fetch(single));
        const auto count = wait(m_project->count(single));
        QVERIFY(expected.ok() && count.ok());
        for (qsizetype i = 0; i < expected->rowCount(); ++i, ++row) {
            QVERIFY(row < page->rowCount());
            QCOMPARE(texts(*page, row, columns), texts(*expected, i, columns));
            QCOMPARE(page->text(row, columns).toLongLong(), key);
            QCOMPARE(page->text(row, columns + 1), count->text(0, 0));
        }
    }
    QCOMPARE(page->rowCount(), row);
    // Whose a row is stands in its texts.
    for (qsizetype i = 0; tenant > 0 && i < page->rowCount(); ++i) {
        for (const QString &cell : texts(*page, i, columns))
            QVERIFY2(!cell.startsWith(s("of ")) || cell.startsWith(s("of %1").arg(tenant)),
                     qPrintable(cell));
    }
}

/// A view's query runs in its place for one tenant, in each part of the statement.
void TestNested::views()
{
    query::Select select{.from = {{{}, s("names")}, s("names")},
                         .columns = {{s("names"), s("id")}, {s("names"), s("name")}},
                         .among = query::Among{{{s("names"), s("boss_id")}}, {}},
                         .sorts = {{.column = {s("names"), s("id")}}},
                         .limit = most};
    for (int boss = 3; boss < 40; ++boss)
        select.among->keys << QStringList{QString::number(boss)};
    for (int tenant = 0; tenant <= 3; ++tenant) {
        choose(tenant);
        compare(select, tenant);
    }
    choose(0);
}

void TestNested::manyKeysAndNone()
{
    choose(1);
    const schema::Database &database = *m_project->database().value;
    const auto all = query::relationsOf({{}, s("people")}, database, {});
    const auto orders = std::ranges::find(all, s("orders"), &query::Relation::name);
    query::Select select =
        query::nestedOf(*orders, *database.table(orders->target), database, most);
    for (int key = 1; key <= 90; ++key)
        select.among->keys << QStringList{QString::number(key)};
    const auto page = nested(select);
    QVERIFY(page.ok());
    QVERIFY(page->rowCount() > 30);
    select.among->keys = {};
    const auto nothing = nested(select);
    QVERIFY(nothing.ok());
    QCOMPARE(nothing->rowCount(), 0);
    QCOMPARE(nothing->columns(), page->columns());
    choose(0);
}

void TestNested::failures()
{
    query::Select select{.from = {{{}, s("orders")}, s("orders")},
                         .columns = {{s("orders"), s("nope")}},
                         .among = query::Among{{{s("orders"), s("person_id")}}, {{s("1")}}},
                         .limit = most};
    const auto refused = nested(select);
    QVERIFY(!refused.ok());
    QVERIFY2(base::toLine(refused.error()).contains(s("nope")),
             qPrintable(base::toLine(refused.error())));
    m_project->requireTenant();
    QCOMPARE(nested(select).error().kind, base::ErrorKind::Ambiguous);
}

QTEST_GUILESS_MAIN(TestNested)
#include "tst_nested.moc"
