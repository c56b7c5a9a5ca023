// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "query/plan.h"
#include "query/search.h"
#include "session/written.h"
#include "support/server.h"

#include <QTest>

namespace
{
const char *const script = R"(
create table organizations (id int primary key, name text not null);
create table contacts (id int primary key, organization_id int not null references organizations,
    name text, age text, note text);
create table orders (id int primary key, organization_id int not null references organizations,
    contact_id int references contacts);
create table items (id int primary key, order_id int not null references orders, label text);
create table loose (n int, organization_id int not null references organizations);
create index on contacts using gin (to_tsvector('english', note));
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into contacts values (1, 1, 'Ada', '36', 'runs'), (2, 2, 'Grace', 'secret', 'runs'),
    (3, 1, 'Alan', '41', 'walks'), (4, 1, 'Edsger', '50', 'running');
insert into orders values (1, 1, 1), (2, 2, 1), (3, 2, 2);
insert into items values (1, 1, 'ours'), (2, 2, 'secret');
insert into loose values (1, 1), (2, 2);
create view totals as select count(*) as contacts, string_agg(name, ' ' order by id) as names
    from contacts;
create view ages as select id, age::int as age from contacts where age <> '';
create materialized view kept as select name from contacts;
create materialized view sorted as select organization_id, name from contacts;
create schema other;
create table other.contacts (id int, organization_id int, name text);
insert into other.contacts values (9, 1, 'other''s');
create function peek(int) returns bool language plpgsql stable as
    'begin return exists (select 1 from contacts where organization_id = 2 and id = $1); end';
create view behind as select peek(2) as seen;
)";
} // namespace

/// Conditions of a person in the grid's queries, for the tenant 1.
class TestWritten : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void conditions_data();
    void conditions();
    void everyRendering();
    void withFiltersAndSearch();
    void unscoped();
    void views_data();
    void views();
    void searchPathMeansNothing();

private:
    query::Select contacts(const QString &condition) const;
    QString ask(const query::Select &select, session::Rendering rendering,
                const std::optional<QString> &tenant);

    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_database;
};

void TestWritten::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_pool = std::make_shared<pg::Pool>(m_server.createDatabase(QStringLiteral("written"), script));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
}

query::Select TestWritten::contacts(const QString &condition) const
{
    const QString alias = QStringLiteral("contacts");
    query::Select select = query::pageOf(*m_database.table({{}, alias}), alias);
    select.columns = {{alias, QStringLiteral("id")}};
    select.written = {condition};
    return select;
}

QString TestWritten::ask(const query::Select &select, session::Rendering rendering,
                         const std::optional<QString> &tenant)
{
    const auto page = base::await(
        session::runWritten(m_pool, select, rendering, {tenant, tenant::classify(m_database, {})}));
    if (!page) {
        QString text = base::toLine(page.error());
        if (page.error().span)
            text += QStringLiteral(" @%1").arg(page.error().span->offset);
        return text;
    }
    QStringList cells;
    for (qsizetype row = 0; row < page->rowCount(); ++row)
        cells << page->text(row, 0);
    return cells.join(u' ');
}

void TestWritten::conditions_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("expected"); // ids, or a part of the refusal
    const auto row = [](const char *condition, const char *expected) {
        QTest::newRow(condition) << QString::fromUtf8(condition) << QString::fromUtf8(expected);
    };
    row("true", "1 3 4");
    row("true -- all of them", "1 3 4");
    row("organization_id = 2 or id = 2", "");
    row("contacts.age::int > 40", "3 4"); // fails on another tenant's row first
    row("age::int > 40 and 10 / (id - 2) > 0", "3 4");
    row("exists (select 1 from orders o where o.contact_id = contacts.id)", "1");
    row("id = (select contact_id from orders where organization_id = 2 limit 1)", "");
    row("name in (select c.name from contacts c)", "1 3 4");
    row("exists (select from items where label = 'secret')", "");
    row("exists (select from public.contacts c where c.organization_id = 2)", "");
    row("true) or (true", "a ) without its (");
    row("id = 1 union select id from contacts", "syntax error");
    row("id = $1", "A parameter has no value here");
    row("peek(2)", "may read rows of other tenants");
    row("exists (select from pg_stats)", "catalogs hold what belongs to all tenants");
    row("name", "argument of WHERE must be type boolean, not type text");
    row("nope > 1", "column \"nope\" does not exist");
    row("id > 0 and nope > 1", "@11");
    row("name::int > 0", "invalid input syntax for type integer: \"Ada\"");
}

void TestWritten::conditions()
{
    QFETCH(QString, condition);
    QFETCH(QString, expected);
    const QString answer = ask(contacts(condition), &query::render, QStringLiteral("1"));
    QVERIFY2(!answer.contains(QLatin1String("secret")) && !answer.contains(QLatin1String("Grace")),
             qPrintable(answer));
    const bool isRows = expected.isEmpty() || expected.front().isDigit();
    QVERIFY2(isRows ? answer == expected : answer.contains(expected), qPrintable(answer));
}

/// A page before a key, the count and the plan carry the condition like the first page.
void TestWritten::everyRendering()
{
    query::Select select = contacts(QStringLiteral("age::int > 40"));
    const std::optional<QString> tenant = QStringLiteral("1");
    QCOMPARE(ask(select, &query::renderCount, tenant), QStringLiteral("2"));
    QVERIFY(ask(select, &query::renderExplain, tenant).contains(QLatin1String("Plan Rows")));
    select.limit = 1;
    select.after = query::Keyset{.values = {QByteArray("9")}, .backwards = true};
    QCOMPARE(ask(select, &query::render, tenant), QStringLiteral("4"));
}

void TestWritten::withFiltersAndSearch()
{
    const QString alias = QStringLiteral("contacts");
    query::Select select = contacts(QStringLiteral("name <> 'Nobody'"));
    select.filters = {{{alias, QStringLiteral("id")},
                       query::Operator::In,
                       {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")}}};
    select.search = query::searchOf(*m_database.table({{}, alias}), alias, QStringLiteral("run"));
    QCOMPARE(select.search->way, query::Search::Way::FullText);
    QCOMPARE(ask(select, &query::render, QStringLiteral("1")), QStringLiteral("1"));
    QCOMPARE(ask(select, &query::render, QStringLiteral("2")), QStringLiteral("2"));
}

void TestWritten::unscoped()
{
    QCOMPARE(ask(contacts(QStringLiteral("id < 3")), &query::render, {}), QStringLiteral("1 2"));
    const QString refused =
        ask(contacts(QStringLiteral("pg_terminate_backend(1)")), &query::render, {});
    QVERIFY2(refused.contains(QLatin1String("pg_terminate_backend")), qPrintable(refused));
}

void TestWritten::views_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("expected"); // for the tenants 1 and 2, or a part of the refusal
    QTest::addColumn<QString>("count");
    const auto row = [](const char *view, const char *column, const char *expected,
                        const char *count) {
        QTest::newRow(view) << QString::fromLatin1(view) << QString::fromLatin1(column)
                            << QString::fromLatin1(expected) << QString::fromLatin1(count);
    };
    row("totals", "names", "Ada Alan Edsger,Grace", "1,1");
    row("ages", "age", "36 41 50,invalid input syntax for type integer: \"secret\"", "3,1");
    row("behind", "seen", "may read rows of other tenants", "may read rows of other tenants");
    row("kept", "name", "none of its columns says whose a row is", "a materialized view");
    row("sorted", "name", "Ada Alan Edsger,Grace", "3,1");
}

/// A view of the grid shows what it computes from the tenant's rows alone, and so do its count, its
/// plan and its errors.
void TestWritten::views()
{
    QFETCH(QString, view);
    QFETCH(QString, column);
    query::Select select{.from = {{{}, view}, view}, .columns = {{view, column}}};
    if (view == QLatin1String("ages") || view == QLatin1String("sorted"))
        select.sorts = {{.column = {view, column}}};
    const tenant::Classification classification = tenant::classify(m_database, {});
    const auto ask = [&](session::Rendering rendering, const std::optional<QString> &tenant) {
        const auto page =
            base::await(session::runSelect(m_pool, select, rendering, {tenant, classification}));
        if (!page)
            return base::toLine(page.error());
        QStringList cells;
        for (qsizetype row = 0; row < page->rowCount(); ++row)
            cells << page->text(row, 0);
        return cells.join(u' ');
    };
    QFETCH(QString, expected);
    QFETCH(QString, count);
    for (const int tenant : {1, 2}) {
        const auto wanted = [&](const QString &both) {
            return both.contains(u',') ? both.section(u',', tenant - 1, tenant - 1) : both;
        };
        const QString id = QString::number(tenant);
        for (const auto &[rendering, both] :
             {std::pair(&query::render, expected), std::pair(&query::renderCount, count)}) {
            const QString answer = ask(rendering, id);
            QVERIFY2(answer == wanted(both) ||
                         (wanted(both).contains(u' ') && answer.contains(wanted(both))),
                     qPrintable(answer));
            QVERIFY2(tenant == 2 || (!answer.contains(QLatin1String("secret")) &&
                                     !answer.contains(QLatin1String("Grace"))),
                     qPrintable(answer));
        }
    }
    // For all tenants it is the view itself.
    if (view == QLatin1String("totals"))
        QCOMPARE(ask(&query::render, {}), QStringLiteral("Ada Grace Alan Edsger"));
}

/// A name of public is that of public, whatever the session's search path finds first.
void TestWritten::searchPathMeansNothing()
{
    const auto set = [this](const char *path) {
        QCOMPARE(m_server.run(m_pool->settings(),
                              QByteArray("do $$ begin execute format('alter database %I set "
                                         "search_path = ") +
                                  path + "', current_database()); end $$"),
                 QString());
        m_pool = std::make_shared<pg::Pool>(m_pool->settings());
    };
    set("other, public");
    const QString alias = QStringLiteral("contacts");
    query::Select select = query::pageOf(*m_database.table({{}, alias}), alias);
    select.columns = {{alias, QStringLiteral("name")}};
    const tenant::Classification classification = tenant::classify(m_database, {});
    for (const char *condition : {"", "name <> ''"}) {
        select.written = *condition ? QStringList{QString::fromLatin1(condition)} : QStringList();
        const auto page = base::await(session::runSelect(m_pool, select, &query::render,
                                                         {QStringLiteral("2"), classification}));
        QVERIFY(page);
        QCOMPARE(page->rowCount(), 1);
        QCOMPARE(page->text(0, 0), QStringLiteral("Grace"));
    }
    set("public");
}

QTEST_GUILESS_MAIN(TestWritten)
#include "tst_written.moc"
