// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "edits/statements.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "session/commitedits.h"
#include "session/export.h"
#include "session/namedtable.h"
#include "session/scopedquery.h"
#include "session/tenantnames.h"
#include "session/written.h"
#include "support/printed.h"
#include "support/server.h"
#include "tenant/audit.h"
#include "tenant/schemas.h"
#include "tenant/scope.h"

#include <QTest>

#include <algorithm>

namespace
{
using tenant::Scoping;
using testsupport::isAs;
using testsupport::printed;

/// What every tenant has; %1 is its schema, %2 what its values begin with.
const char *const ofTenant = R"(
create schema %1;
create table %1.customers (id int primary key, name text, email text unique);
create table %1.orders (id serial primary key, customer_id int references %1.customers
    on delete cascade, plan text references public.plans, note text);
create table %1.parts (id int primary key, note text) partition by range (id);
create table %1.parts_1 partition of %1.parts for values from (0) to (10);
insert into %1.customers values (1, '%2 Ada', 'a@%1'), (2, '%2 Alan', 'b@%1');
insert into %1.orders (customer_id, plan, note) values (1, 'free', '%2 1'), (2, 'paid', '%2 2');
insert into %1.parts values (1, '%2 part');
create view %1.names as select name from %1.customers;
create materialized view %1.totals as select count(*) as n, min(name) as first from %1.customers;
)";

const char *const shared = R"(
create table plans (code text primary key, name text);
create table orders (id int primary key, note text);
insert into plans values ('free', 'Free'), ('paid', 'Paid');
insert into orders values (9, 'secret pattern');
)";

const char *const between = R"(
create table links (id int primary key, customer_id int references globex.customers);
create table link_notes (link_id int references links, note text);
create table events (id int, tenant text, note text) partition by list (tenant);
create table acme.events_acme partition of events for values in ('acme');
create table globex.events_globex partition of events for values in ('globex');
create table globex_rest (like globex.parts);
alter table globex.parts attach partition globex_rest for values from (100) to (200);
create table acme.kept (id int primary key, note text);
create table globex.heir () inherits (acme.kept);
create table acme.crossing (id int primary key, customer_id int references globex.customers);
create table globex.watching (id int primary key, customer_id int references acme.customers
    on delete cascade, note text);
create table acme.watched (id int primary key, note text);
insert into links values (1, 1);
insert into link_notes values (1, 'secret note');
insert into events values (1, 'acme', 'acme event'), (2, 'globex', 'secret event');
insert into globex_rest values (101, 'secret rest');
insert into acme.kept values (1, 'acme kept');
insert into globex.heir values (2, 'secret heir');
insert into globex.watching values (1, 2, 'secret watch');
insert into acme.watched values (1, 'acme watched');
create view everybodys as select name from acme.customers union all select name from globex.customers;
create view plan_names as select name from plans;
create view acme.peek as select name from globex.customers;
create view globex.harmless as select code from public.plans;
create materialized view acme.stolen as select name from globex.customers;
create materialized view stolen as select name from globex.customers;
create materialized view plan_count as select count(*) from plans;
create function acme.spy() returns text language sql stable as
    'select name from globex.customers limit 1';
create function acme.touch() returns trigger language plpgsql as 'begin
    update globex.customers set name = ''touched''; return new; end';
create trigger touched before update on acme.watched for each row execute function acme.touch();
create table acme.far (id int primary key, note text);
create table mid () inherits (acme.far);
create table globex.far_heir () inherits (mid);
insert into acme.far values (1, 'acme far');
insert into globex.far_heir values (2, 'secret far');
create table acme.tree (id int, k int, note text) partition by range (id);
create table acme.tree_low partition of acme.tree for values from (0) to (100)
    partition by range (k);
create table acme.tree_low_own partition of acme.tree_low for values from (0) to (10);
create table globex.tree_low_other partition of acme.tree_low for values from (10) to (20);
create table acme.tree_high partition of acme.tree for values from (100) to (200)
    partition by range (k);
create table acme.tree_high_own partition of acme.tree_high for values from (0) to (10);
insert into acme.tree values (1, 1, 'acme low'), (2, 11, 'secret low'), (101, 1, 'acme high');
create schema umbrella;
create table umbrella.customers (id int primary key, name text);
create table umbrella.parts (id int primary key, note text) partition by range (id);
create table umbrella.parts_1 partition of umbrella.parts for values from (0) to (10);
create table umbrella.links (id int primary key, customer_id int references umbrella.customers);
create table umbrella.fees (code text);
create table acme.lent (id int primary key, note text);
create table umbrella.lent_heir () inherits (acme.lent);
insert into umbrella.customers values (1, 'secret Una');
insert into umbrella.parts values (1, 'secret part');
insert into umbrella.links values (1, 1);
insert into umbrella.fees values ('fee');
insert into umbrella.lent_heir values (1, 'secret lent');
create view umbrella.names as select name from umbrella.customers;
create materialized view umbrella.totals as select min(name) as first from umbrella.customers;
)";

schema::Name name(const char *schema, const char *table)
{
    return {QString::fromLatin1(schema), QString::fromLatin1(table)};
}
} // namespace

/// Where each tenant has a schema of its own, nothing of another schema is read or changed.
class TestTenantSchemas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void standing_data();
    void standing();
    void viewsAsTheyCome_data();
    void viewsAsTheyCome();
    void queries();
    void exports();
    void edited();
    void named();
    void audited();
    void missing();

private:
    base::Result<rows::Page> ask(const QString &sql, bool write);
    QString unscoped(const QString &sql);
    QString othersRows();

    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    schema::Database m_database;
    tenant::Classification m_classification;
};

void TestTenantSchemas::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    QByteArray script = shared;
    for (const auto &[schema, mark] :
         {std::pair("acme", "acme"), std::pair("globex", "secret"), std::pair("initech", "secret")})
        script +=
            QString::fromLatin1(ofTenant).arg(QLatin1String(schema), QLatin1String(mark)).toUtf8();
    script += between;
    m_pool = std::make_shared<pg::Pool>(m_server.createDatabase(QStringLiteral("each"), script));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
    // Nothing is taken for a tenant before somebody says so.
    QVERIFY(tenant::classify(m_database, {}).schemas.isEmpty());
    tenant::Settings settings;
    settings.schemas = {QStringLiteral("acme"), QStringLiteral("glob*"), QStringLiteral("initech")};
    m_classification = tenant::classify(m_database, settings, catalog->surroundings.tables);
    QCOMPARE(
        m_classification.schemas,
        QStringList({QStringLiteral("acme"), QStringLiteral("globex"), QStringLiteral("initech")}));
    QVERIFY(m_classification.known());
    QCOMPARE(m_classification.unlisted, QStringList(QStringLiteral("umbrella")));
}

base::Result<rows::Page> TestTenantSchemas::ask(const QString &sql, bool write)
{
    return base::await(
        session::runScoped(m_pool, {sql, QStringLiteral("acme"), m_classification, write}));
}

QString TestTenantSchemas::unscoped(const QString &sql)
{
    return printed(base::await(m_pool->run({sql, {}}, pg::Access::Write)));
}

/// All rows that are not acme's.
QString TestTenantSchemas::othersRows()
{
    QStringList parts;
    for (const char *table :
         {"public.plans", "public.orders", "public.links", "globex.customers", "globex.orders",
          "globex.parts", "globex.heir", "globex.far_heir", "globex.watching", "umbrella.customers",
          "globex.events_globex", "initech.customers", "initech.orders", "initech.parts"})
        parts << QStringLiteral("select '%1' || t::text as r from %1 t").arg(QLatin1String(table));
    return unscoped(QStringLiteral("select string_agg(r, ';' order by r) from (%1) x")
                        .arg(parts.join(QStringLiteral(" union all "))));
}

void TestTenantSchemas::reads_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected"); // rows, or a part of the refusal
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(expected);
    };
    const char *const elsewhere = "in the schema of another tenant";
    row("select name from customers order by id", "acme Ada|acme Alan");
    row("select name from acme.customers order by id", "acme Ada|acme Alan");
    row("select \"acme\".customers.name from customers order by 1 limit 1", "acme Ada");
    row("select name from globex.customers", elsewhere);
    row("select name from \"initech\".\"customers\"", elsewhere);
    row("table globex.customers", elsewhere);
    row("select (select max(name) from globex.customers)", elsewhere);
    row("with x as (select * from globex.customers) select count(*) from x", elsewhere);
    row("select c.name from customers c join lateral (select 1 from globex.orders o) o on true",
        elsewhere);
    row("explain select * from globex.customers", elsewhere);
    row("select note from orders order by id", "acme 1|acme 2");
    row("select note from public.orders", "the pattern of the tenants' tables");
    row("select p.name, o.note from orders o join plans p on p.code = o.plan order by 2",
        "Free,acme 1|Paid,acme 2");
    row("select count(*) from public.plans", "2");
    row("with customers as (select 'shadow' as name) select name from customers", "shadow");
    row("with orders as (select * from customers) select count(*) from orders", "2");
    // Nothing stands for the table: whatever SQL says of it works.
    row("select c.id, c.name, count(o.id) from customers c join orders o on o.customer_id = c.id "
        "group by c.id order by 1",
        "1,acme Ada,1|2,acme Alan,1");
    row("select tableoid::regclass::text from customers where ctid = '(0,1)'", "customers");
    row("select c from customers c order by id limit 1", "(1,\"acme Ada\",a@acme)");
    row("select name from customers tablesample system (100) order by 1", "acme Ada|acme Alan");
    row("select note from parts", "acme part");
    row("select note from parts_1", "acme part");
    row("select note from only parts", "");
    row("select name from names order by 1", "acme Ada|acme Alan");
    row("select name from acme.names order by 1", "acme Ada|acme Alan");
    row("select name from plan_names order by 1", "Free|Paid");
    row("select name from globex.names", elsewhere);
    row("select code from globex.harmless", elsewhere);
    row("select name from everybodys", elsewhere);
    row("select name from peek", elsewhere);
    row("select n, first from totals", "2,acme Ada");
    row("select name from acme.stolen", "a materialized view");
    row("select name from stolen", "a materialized view");
    row("select count from plan_count", "2");
    row("select * from globex.totals", elsewhere);
    // Beside the schemas of tenants.
    row("select * from links", "it lies beside the tenants' schemas");
    row("select * from link_notes", "it lies beside the tenants' schemas");
    row("select * from events", elsewhere);
    row("select note from acme.events_acme", "it lies beside the tenants' schemas");
    row("select note from only events", elsewhere);
    row("select note from globex_rest", elsewhere);
    row("select note from globex.events_globex", elsewhere);
    row("select note from kept", elsewhere); // has another tenant's rows
    row("select note from only kept", elsewhere);
    row("select note from far", elsewhere); // also where there is one between
    // Made later, and in no pattern.
    const char *const unlisted = "nobody said whether the schema umbrella is a tenant's";
    row("select name from umbrella.customers", unlisted);
    row("select count(*) from umbrella.parts", unlisted);
    row("select note from umbrella.parts_1", unlisted);
    row("select id from umbrella.links", unlisted);
    row("select name from umbrella.names", unlisted);
    row("select first from umbrella.totals", "a materialized view");
    row("select note from lent", elsewhere); // has some of its rows
    // A part of a part is another tenant's: nothing of the whole is a tenant's own.
    row("select note from tree", elsewhere);
    row("select note from tree_low", elsewhere);
    row("select note from tree_low_own", elsewhere);
    row("select note from tree_high", elsewhere);
    row("select note from globex.tree_low_other", elsewhere);
    row("select code from umbrella.fees", "fee");
    // Ways around.
    row("set search_path = globex", "Settings of the session cannot be changed");
    row("select set_config('search_path', 'globex', false)", "acts outside the transaction");
    row("select spy()", "the function");
    row("select acme.spy()", "the function");
    row("select query_to_xml('select * from globex.customers', true, true, '')",
        "acts outside the transaction");
    row("select most_common_vals from pg_stats", "the server's catalogs");
    row("select * from pg_catalog.pg_stat_user_tables", "the server's catalogs");
    row("select * from information_schema.tables", "the server's catalogs");
    row("select * from globex.nowhere", elsewhere);
    row("select * from nowhere", "it is no table of this database's schema");
    row("select email::int from customers where id = 1", "invalid input syntax");
}

void TestTenantSchemas::reads()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    const QString given = printed(ask(sql, false));
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")), qPrintable(given));
}

void TestTenantSchemas::writes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(expected);
    };
    const char *const elsewhere = "in the schema of another tenant";
    row("insert into customers values (7, 'acme new', null) returning name", "acme new");
    row("insert into orders (customer_id, note) values (7, 'acme made') returning note",
        "acme made");
    row("insert into customers values (7, 'again', null) on conflict (id) do update set name = "
        "excluded.name returning name",
        "again");
    row("update customers c set name = 'acme changed' where c.ctid is not null and id = 7 "
        "returning c.name",
        "acme changed");
    row("update parts set note = 'acme new part' where true", "1 changed");
    row("merge into customers c using orders o on c.id = o.customer_id and c.id = 7 when matched "
        "then update set name = o.note",
        "1 changed");
    row("with gone as (delete from orders where customer_id = 7 returning note) select note from "
        "gone",
        "acme made");
    row("delete from customers where id = 7", "1 changed");
    row("insert into globex.customers values (8, 'x', null)", elsewhere);
    row("update globex.customers set name = 'x' where true", elsewhere);
    row("delete from globex.orders where true", elsewhere);
    row("delete from orders using globex.orders g where g.id = orders.id", elsewhere);
    row("update customers set name = (select name from globex.customers limit 1) where id = 1",
        elsewhere);
    row("insert into customers select id + 100, name, null from globex.customers", elsewhere);
    row("update public.plans set name = 'x' where true", "the same for all tenants");
    row("insert into plans values ('x', 'x')", "the same for all tenants");
    row("insert into public.orders values (1, 'x')", "the pattern of the tenants' tables");
    row("insert into globex_rest values (102, 'x')", elsewhere);
    row("insert into events values (3, 'globex', 'x')", elsewhere);
    row("insert into crossing values (1, 1)", "would point at a row of another tenant");
    // A row of globex hangs on this one.
    row("delete from customers where id = 2", "carries the change on to a row of another tenant");
    row("update kept set note = 'x' where true", elsewhere);
    row("update watched set note = 'x' where true", "runs code that can change any row");
    row("update umbrella.customers set name = 'x' where true",
        "nobody said whether the schema umbrella is a tenant's");
    row("truncate customers", "only SELECT, VALUES");
    row("create table globex.mine (id int)", "only SELECT, VALUES");
    row("set local search_path = globex", "Settings of the session cannot be changed");
    row("refresh materialized view globex.totals", "only SELECT, VALUES");
}

void TestTenantSchemas::writes()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    const QString before = othersRows();
    QVERIFY2(before.contains(QLatin1String("secret")), qPrintable(before));
    const QString given = printed(ask(sql, true));
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")), qPrintable(given));
    QCOMPARE(othersRows(), before);
}

void TestTenantSchemas::standing_data()
{
    QTest::addColumn<schema::Name>("table");
    QTest::addColumn<Scoping>("scoping");
    QTest::addColumn<schema::Name>("placed");
    const auto row = [](const schema::Name &table, Scoping scoping, const schema::Name &placed) {
        QTest::newRow(qPrintable(table.qualified())) << table << scoping << placed;
    };
    row(name("acme", "orders"), Scoping::BySchema, name("acme", "orders"));
    row(name("globex", "orders"), Scoping::BySchema, name("globex", "orders"));
    row(name("", "orders"), Scoping::BySchema, name("acme", "orders"));
    row(name("", "customers"), Scoping::Unscoped, name("acme", "customers")); // in the code only
    row(name("", "names"), Scoping::Unscoped, name("acme", "names"));
    row(name("", "plans"), Scoping::Global, name("", "plans"));
    row(name("", "links"), Scoping::Unscoped, name("", "links"));
    row(name("", "link_notes"), Scoping::Unscoped, name("", "link_notes"));
    row(name("", "events"), Scoping::Unscoped, name("", "events"));
    row(name("acme", "kept"), Scoping::BySchema, name("acme", "kept"));
    row(name("", "globex_rest"), Scoping::Unscoped, name("", "globex_rest"));
    row(name("umbrella", "customers"), Scoping::BySchema, name("umbrella", "customers"));
    row(name("umbrella", "links"), Scoping::Unscoped, name("umbrella", "links"));
    row(name("umbrella", "fees"), Scoping::Global, name("umbrella", "fees"));
    row(name("acme", "totals"), Scoping::BySchema, name("acme", "totals"));
    row(name("acme", "stolen"), Scoping::ByQuery, name("acme", "stolen"));
    row(name("", "plan_count"), Scoping::Global, name("", "plan_count"));
}

void TestTenantSchemas::standing()
{
    QFETCH(schema::Name, table);
    QFETCH(Scoping, scoping);
    QFETCH(schema::Name, placed);
    QCOMPARE(m_classification.tables.value(table).scoping, scoping);
    QCOMPARE(tenant::placed(table, m_classification, QStringLiteral("acme")), placed);
    QCOMPARE(tenant::placed(table, m_classification, {}), table); // of all tenants
}

/// What the grid, its counts, labels and conditions ask.
void TestTenantSchemas::viewsAsTheyCome_data()
{
    QTest::addColumn<schema::Name>("view");
    QTest::addColumn<Scoping>("scoping");
    QTest::addColumn<QString>("reason");
    const auto row = [](const schema::Name &view, Scoping scoping, const char *reason = "") {
        QTest::newRow(qPrintable(view.qualified())) << view << scoping << QString::fromUtf8(reason);
    };
    row(name("acme", "names"), Scoping::BySchema);
    row(name("globex", "names"), Scoping::BySchema);
    row(name("globex", "harmless"), Scoping::BySchema);
    row(name("", "plan_names"), Scoping::Global);
    row(name("acme", "peek"), Scoping::ByQuery, "it reads rows in globex");
    row(name("", "everybodys"), Scoping::ByQuery, "it reads rows in");
    row(name("umbrella", "names"), Scoping::ByQuery, "it reads rows in umbrella");
}

/// A view whose rows another role sees is a tenant's when its query reads nothing of others.
void TestTenantSchemas::viewsAsTheyCome()
{
    QFETCH(schema::Name, view);
    QFETCH(QString, reason);
    const auto known = std::ranges::find(m_database.views, view, &schema::View::name);
    QVERIFY(known != m_database.views.cend());
    const tenant::TableScope scope =
        tenant::scopeOfSchemaView(*known, m_database, m_classification);
    QTEST(scope.scoping, "scoping");
    QCOMPARE(scope.reason.isEmpty(), reason.isEmpty());
    QVERIFY2(reason.isEmpty() || scope.reason.startsWith(reason), qPrintable(scope.reason));
    if (scope.scoping != Scoping::BySchema)
        return;
    QCOMPARE(scope.schema, view.schema);
    // As the rows of a role are selected.
    tenant::Classification together = m_classification;
    together.tables.insert(view, scope);
    const query::Select rows = tenant::scoped({.from = {view, QStringLiteral("v")}, .columns = {}},
                                              together, QStringLiteral("acme"));
    QCOMPARE(rows.from.table, view);
    QCOMPARE(rows.scopes.isEmpty(), view.schema == QLatin1String("acme"));
}

void TestTenantSchemas::queries()
{
    const session::WrittenScope scope{QStringLiteral("acme"), m_classification};
    const auto shown = [&](const query::Select &select, session::Rendering rendering) {
        return printed(base::await(session::runSelect(m_pool, select, rendering, scope)));
    };
    const auto of = [](const schema::Name &table, const char *column) {
        return query::Select{
            .from = {table, QStringLiteral("t")},
            .joins = {},
            .columns = {{QStringLiteral("t"), QString::fromLatin1(column)}},
            .sorts = {{{QStringLiteral("t"), QString::fromLatin1(column)}}},
        };
    };
    QCOMPARE(shown(of(name("", "orders"), "note"), &query::render),
             QStringLiteral("acme 1|acme 2"));
    QCOMPARE(shown(of(name("acme", "orders"), "note"), &query::renderCount), QStringLiteral("2"));
    QCOMPARE(shown(of(name("globex", "orders"), "note"), &query::render), QString());
    QCOMPARE(shown(of(name("globex", "orders"), "note"), &query::renderCount), QStringLiteral("0"));
    QCOMPARE(shown(of(name("", "names"), "name"), &query::render),
             QStringLiteral("acme Ada|acme Alan"));
    QVERIFY(shown(of(name("globex", "names"), "name"), &query::render)
                .contains(QLatin1String("in the schema of another tenant")));
    QCOMPARE(shown(of(name("", "plans"), "name"), &query::render), QStringLiteral("Free|Paid"));
    // It has rows of another tenant among its own.
    QCOMPARE(shown(of(name("acme", "kept"), "note"), &query::render), QString());
    QCOMPARE(shown(of(name("acme", "far"), "note"), &query::render), QString());
    QCOMPARE(shown(of(name("acme", "lent"), "note"), &query::render), QString());
    // Nobody said whose they are.
    QCOMPARE(shown(of(name("umbrella", "customers"), "name"), &query::render), QString());
    QCOMPARE(shown(of(name("umbrella", "customers"), "name"), &query::renderCount),
             QStringLiteral("0"));
    QVERIFY(shown(of(name("umbrella", "parts_1"), "note"), &query::render)
                .contains(QLatin1String("nobody said whether the schema umbrella")));
    QCOMPARE(shown(of(name("umbrella", "links"), "id"), &query::render), QString());

    query::Select written = of(name("", "orders"), "note");
    written.written = {QStringLiteral("exists (select 1 from customers c where c.id = customer_id "
                                      "and c.name like '%Ada')")};
    QCOMPARE(shown(written, &query::render), QStringLiteral("acme 1"));
    written.written = {QStringLiteral("exists (select 1 from globex.customers)")};
    QVERIFY(
        shown(written, &query::render).contains(QLatin1String("in the schema of another tenant")));

    // A label from another tenant's table stays empty; the row is there.
    query::Select joined = of(name("acme", "customers"), "name");
    joined.joins = {{query::JoinKind::Left,
                     {name("globex", "customers"), QStringLiteral("g")},
                     {{{QStringLiteral("t"), QStringLiteral("id")},
                       {QStringLiteral("g"), QStringLiteral("id")}}}}};
    joined.columns << query::ColumnRef{QStringLiteral("g"), QStringLiteral("name")};
    QCOMPARE(shown(joined, &query::render), QStringLiteral("acme Ada,|acme Alan,"));
}

void TestTenantSchemas::exports()
{
    const auto exported = [&](const query::Select &select) {
        QByteArray text;
        const auto rows = base::await(session::exportRows(m_pool,
                                                          {.select = select,
                                                           .table = {},
                                                           .tenantId = QStringLiteral("acme"),
                                                           .classification = m_classification},
                                                          [&text](const QByteArray &piece) {
                                                              text += piece;
                                                              return base::Done{};
                                                          }));
        return rows ? QString::fromUtf8(text) : base::toLine(rows.error());
    };
    const query::ColumnRef column{QStringLiteral("t"), QStringLiteral("name")};
    const auto of = [&](const char *schema, const char *table) {
        return query::Select{.from = {name(schema, table), QStringLiteral("t")},
                             .joins = {},
                             .columns = {column},
                             .sorts = {{column}}};
    };
    QCOMPARE(exported(of("", "customers")), QStringLiteral("name\nacme Ada\nacme Alan\n"));
    QCOMPARE(exported(of("globex", "customers")), QStringLiteral("name\n"));
    QCOMPARE(exported(of("umbrella", "customers")), QStringLiteral("name\n"));
    QCOMPARE(exported(of("", "names")), QStringLiteral("name\nacme Ada\nacme Alan\n"));
    QVERIFY(exported(of("", "everybodys")).contains(QLatin1String("schema of another tenant")));
}

/// Staged edits of the tenant's own tables are written, of others' refused.
void TestTenantSchemas::edited()
{
    const edits::Reach reach{.classification = m_classification, .tenant = QStringLiteral("acme")};
    QVERIFY(!edits::whyClosed(*m_database.table(name("acme", "customers")), reach));
    for (const schema::Name &table : {name("globex", "customers"), name("umbrella", "customers"),
                                      name("", "orders"), name("", "plans"), name("", "links")})
        QVERIFY2(edits::whyClosed(*m_database.table(table), reach), qPrintable(table.qualified()));
    const auto commit = [&](const char *schema) {
        const edits::RowId row{
            .table = name(schema, "customers"), .keyColumns = {QStringLiteral("id")}, .key = {"1"}};
        const edits::Staged staged = edits::withCell(
            {}, row, reach.tenant,
            {.column = QStringLiteral("email"),
             .before = edits::OldValue::of(
                 sql::parameter(QStringLiteral("a@%1").arg(QLatin1String(schema)))),
             .after = edits::NewValue::of(sql::parameter(QStringLiteral("new@x")))});
        const auto answer = base::await(session::commitEdits(m_pool, staged, m_database, reach));
        return answer ? QStringLiteral("%1 written, %2 conflicts")
                            .arg(answer->written.size())
                            .arg(answer->conflicts.size())
                      : base::toLine(answer.error());
    };
    const QString before = othersRows();
    QCOMPARE(commit("acme"), QStringLiteral("1 written, 0 conflicts"));
    QVERIFY2(commit("globex").contains(QLatin1String("schema of the chosen tenant")),
             qPrintable(commit("globex")));
    QCOMPARE(othersRows(), before);
    QCOMPARE(unscoped(QStringLiteral("select email from acme.customers where id = 1")),
             QStringLiteral("new@x"));
}

/// What a person calls a table and a tenant on the command line.
void TestTenantSchemas::named()
{
    const auto table = [&](const char *said) {
        const auto found = session::namedTable(m_database, QString::fromLatin1(said),
                                               m_classification, QStringLiteral("acme"));
        return found ? found->name.qualified() : base::toLine(found.error());
    };
    QCOMPARE(table("orders"), QStringLiteral("acme.orders"));
    QCOMPARE(table("public.orders"), QStringLiteral("acme.orders"));
    QCOMPARE(table("customers"), QStringLiteral("acme.customers"));
    QCOMPARE(table("globex.orders"), QStringLiteral("globex.orders"));
    QVERIFY(table("nowhere").contains(QLatin1String("There is no table")));
    QCOMPARE(session::tenantId(*m_pool, m_classification, QStringLiteral("globex"))->tenant,
             QStringLiteral("globex"));
    const auto unknown = session::tenantId(*m_pool, m_classification, QStringLiteral("public"));
    QVERIFY(!unknown);
    QVERIFY(base::toLine(unknown.error()).contains(QLatin1String("acme, globex, initech")));
    const auto text =
        base::await(session::prepareScoped(m_pool, {QStringLiteral("select 1 from customers"),
                                                    QStringLiteral("acme"), m_classification}));
    QVERIFY(text);
    QCOMPARE(text->text, QStringLiteral("SET LOCAL search_path = acme, public;\n"
                                        "select 1 from customers"));
}

/// Keys from one tenant's schema into another's are listed.
void TestTenantSchemas::audited()
{
    QStringList found;
    for (const tenant::AuditKey &key : tenant::auditKeys(m_database, m_classification)) {
        found << key.text();
        const auto counted = base::await(
            m_pool->run(tenant::auditCount(key, m_classification, QStringLiteral("acme"))));
        QVERIFY2(counted, qPrintable(printed(counted)));
        const auto rows = base::await(m_pool->run(tenant::auditRows(
            key, *m_database.table(key.table), m_classification, QStringLiteral("globex"))));
        QVERIFY2(rows, qPrintable(printed(rows)));
        if (key.table.name == QLatin1String("watching")) {
            QCOMPARE(printed(counted), QStringLiteral("1,0"));
            QCOMPARE(printed(rows), QStringLiteral("1,globex,2,acme,globex,acme"));
        }
    }
    found.sort();
    QCOMPARE(found, QStringList({QStringLiteral("acme.crossing.customer_id → globex.customers"),
                                 QStringLiteral("globex.watching.customer_id → acme.customers")}));
}

/// A tenant that lacks a table does not get the pattern's rows, nor another's.
void TestTenantSchemas::missing()
{
    QCOMPARE(m_server.run(m_pool->settings(), "create schema globalia;"
                                              "create table globalia.customers (id int)"),
             QString());
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    tenant::Settings settings;
    settings.schemas = {QStringLiteral("*")};
    const auto all = tenant::classify(catalog->schema, settings, catalog->surroundings.tables);
    QVERIFY(all.schemas.contains(QStringLiteral("globalia")));
    QVERIFY(!all.schemas.contains(QStringLiteral("public")));
    const auto asked = [&](const char *sql) {
        return printed(base::await(session::runScoped(
            m_pool, {QString::fromLatin1(sql), QStringLiteral("globalia"), all})));
    };
    QCOMPARE(asked("select count(*) from customers"), QStringLiteral("0"));
    QVERIFY(asked("select note from orders").contains(QLatin1String("the pattern")));
    const query::Select orders{.from = {name("", "orders"), QStringLiteral("t")},
                               .joins = {},
                               .columns = {{QStringLiteral("t"), QStringLiteral("note")}}};
    const auto page = base::await(
        session::runSelect(m_pool, orders, &query::render, {QStringLiteral("globalia"), all}));
    QVERIFY(!page);
    QCOMPARE(page.error().sqlState, QStringLiteral("42P01"));
}

QTEST_GUILESS_MAIN(TestTenantSchemas)
#include "tst_tenantschemas.moc"
