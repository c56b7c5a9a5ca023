// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "session/scopedquery.h"
#include "support/printed.h"
#include "support/server.h"
#include "tenant/audit.h"

#include <QTest>

#include <algorithm>

using testsupport::isAs;
using testsupport::printed;

namespace
{
const char *const script = R"(
create table organizations (id int primary key, name text not null);
create table countries (code text primary key, name text);
create table contacts (id int primary key, organization_id int references organizations,
    name text, age text, email text unique);
create table orders (id int primary key, organization_id int not null references organizations,
    contact_id int references contacts on delete cascade);
create table items (id int primary key, order_id int not null references orders on delete cascade
    on update cascade, label text);
create table visits (id int primary key, organization_id int references organizations, room int,
    during int4range, exclude using gist (during with &&));
create table watched (id int primary key, organization_id int references organizations, name text);
create table log (id int, organization_id int references organizations, at timestamptz)
    partition by range (id);
create table log_1 partition of log for values from (0) to (100);
create table notes (id int not null, organization_id int not null references organizations,
    contact_id int references contacts on delete cascade, text text, primary key (id))
    partition by range (id);
create table notes_1 partition of notes for values from (0) to (10);
create table notes_2 partition of notes for values from (10) to (100) partition by range (id);
create table notes_3 partition of notes_2 for values from (10) to (50);
create table marks (note_id int not null references notes on delete cascade, mark text)
    partition by list (mark);
create table marks_a partition of marks for values in ('a', 'secret');
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into countries values ('de', 'Germany');
insert into contacts values (1, 1, 'Ada', '36', 'a@x'), (2, 2, 'Grace', 'secret', 'g@x'),
    (3, 1, 'Alan', '41', 'b@x'), (4, null, 'Nobody', 'secret', 'n@x'), (5, 1, 'Edsger', '50', 'e@x');
insert into orders values (1, 1, 1), (2, 2, 2), (3, 1, 3), (4, 2, 3);
insert into notes values (1, 1, 1, 'n1'), (2, 2, 2, 'secret'), (11, 1, 3, 'n11'),
    (12, 2, 2, 'secret');
insert into marks values (1, 'a'), (2, 'secret'), (11, 'a');
insert into items values (1, 1, 'ours'), (2, 2, 'secret'), (3, 3, 'ours');
insert into visits values (1, 1, 1, '[1,5)'), (2, 2, 1, '[10,20)');
insert into watched values (1, 1, 'w');
insert into log values (1, 1, now()), (2, 2, now());
create view contact_names as select name from contacts;
create view country_names as select name from countries;
create view totals as select count(*) as contacts, min(name) as first from contacts;
create view ranked as select name, rank() over (order by name) as place from contacts;
create view firsts as select name from contacts order by name limit 1;
create view of_views as select i.label, n.name from contact_names n
    join (select name as called, id from contacts) c on c.called = n.name
    join orders o on o.contact_id = c.id join items i on i.order_id = o.id;
create view ages (older) as select age::int + 1 from contacts;
create table rates (id int primary key, rate int) partition by range (id);
create table rates_1 partition of rates for values from (0) to (10);
create table rates_2 partition of rates for values from (10) to (100) partition by range (id);
create table rates_3 partition of rates_2 for values from (10) to (50);
insert into rates values (1, 7), (11, 8);
create view rate_view as select rate from rates;
create materialized view said as select organization_id as org, name from contacts;
create materialized view shared_said as select code from countries;
create materialized view places as select count(*) from contacts;
create function names() returns setof text language sql stable as 'select name from contacts';
create function lower(int) returns text language plpgsql as
    'begin return (select string_agg(name, '','') from contacts); end';
create view behind_a_function as select lower(id) as name from contacts;
create function total(orders) returns text language plpgsql as
    'begin return (select string_agg(name, '','') from contacts); end';
create function touch() returns trigger language plpgsql as 'begin
    update contacts set name = new.name where true; return new; end';
create trigger touched before update on watched for each row execute function touch();
)";

} // namespace

/// Statements of a person for the tenant 1, on a server: what they show, and why they are refused.
class TestScoped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void sharedRows_data();
    void sharedRows();
    void waysThatDisagree();
    void triggers_data();
    void triggers();
    void usesTheIndex();
    void saysWhere();

private:
    base::Result<rows::Page> ask(const QString &sql, bool write);
    QString unscoped(const char *sql);

    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    tenant::Classification m_classification;
};

void TestScoped::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    m_pool = std::make_shared<pg::Pool>(m_server.createDatabase(QStringLiteral("scoped"), script));
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    tenant::Settings settings;
    settings.tables = {
        {{{}, QStringLiteral("said")}, {tenant::Scoping::Direct, QStringLiteral("org")}},
        {{{}, QStringLiteral("shared_said")}, {tenant::Scoping::Global, {}}},
        {{{}, QStringLiteral("totals")}, {tenant::Scoping::Global, {}}}}; // a view: nothing to say
    m_classification = tenant::classify(catalog->schema, settings);
    QCOMPARE(m_classification.column, QStringLiteral("organization_id"));
}

base::Result<rows::Page> TestScoped::ask(const QString &sql, bool write)
{
    return base::await(
        session::runScoped(m_pool, {sql, QStringLiteral("1"), m_classification, write}));
}

QString TestScoped::unscoped(const char *sql)
{
    return printed(base::await(m_pool->run({QString::fromLatin1(sql), {}}, pg::Access::Write)));
}

void TestScoped::reads_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected"); // rows, or a part of the refusal
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(expected);
    };
    row("select name from contacts order by id", "Ada|Alan|Edsger");
    row("select id from items order by 1", "1|3");
    row("select name from country_names", "Germany");
    row("select name from contact_names order by name", "Ada|Alan|Edsger");
    row("table contact_names order by 1", "Ada|Alan|Edsger");
    row("select public.contact_names.name from contact_names where name like 'A%' order by 1",
        "Ada|Alan");
    row("with contacts as (select 'shadow' as name) select name from contact_names order by 1",
        "Ada|Alan|Edsger");
    row("with countries as (select 'shadow' as name) select name from country_names", "Germany");
    row("select n.x from contact_names n (x) order by 1 limit 1", "Ada");
    // Computed across rows: of the tenant's rows alone.
    row("select contacts, first from totals", "3,Ada");
    row("select name, place from ranked order by 2", "Ada,1|Alan,2|Edsger,3");
    row("select name from firsts", "Ada");
    row("select label, name from of_views order by 1, 2", "ours,Ada|ours,Alan");
    row("select name from behind_a_function", "public.lower): the function may read");
    row("select * from places", "a materialized view");
    row("select * from places", "say which of its columns holds the tenant");
    row("select name from said order by 1", "Ada|Alan|Edsger");
    row("select count(*) from said s join contacts c using (name)", "3");
    row("select code from shared_said", "de");
    row("insert into contact_names values ('x')", "it is a view");
    row("select id, rate from rates order by 1", "1,7|11,8");
    row("select id from rates_2", "11");
    row("select rate from rate_view order by 1", "7|8");
    row("select id from only rates", "");
    row("select name from contact_names for update", "cannot be locked");
    row("select * from contact_names tablesample system (10)", "cannot be sampled");
    row("select viewname from pg_views", "catalogs hold");
    row("select older from ages order by 1", "37|42|51");
    row("select * from names()", "may read rows of other tenants");
    row("select id, lower(id) from contacts", "function of its own");
    row("select id, pg_catalog.lower(name) from contacts where id = 1", "1,ada");
    row("select o.total from orders o", "function of its own");
    row("select id from log", "1");
    row("select id from log_1", "1");
    row("select id from notes order by id", "1|11");
    row("select id from notes_2", "11");
    row("select id from only notes", "");
    row("select n.id from notes_3 n where text like 'n%'", "11");
    row("select note_id from marks order by 1", "1|11");
    row("select note_id from marks_a order by 1", "1|11");
    // The filter fails on another tenant's row first, if the planner likes.
    row("select id from contacts where age::int > 40 order by id", "3|5");
    row("select sum(age::int) from contacts", "127");
    row("select id from items where label::int > 0",
        "invalid input syntax for type integer: \"ours\"");
    // Casts look names up while they run, and quote what they did not find.
    row("select id from items where case when id = 2 then label::regclass end is not null", "");
    row("select id from items where case when id = 2 then label::regnamespace end is not null", "");
    row("select id from items where case when id = 2 then label::jsonpath end is not null", "");
    row("select id from items where case when id = 2 then to_tsquery(label || ' &') end is not "
        "null",
        "");
    row("select id from items where label::regtype is not null", "type \"ours\" does not exist");
    row("select name from contacts group by id", "name every column in GROUP BY");
    row("select contacts.name from contacts, public.contacts", "an alias of its own");
    row("select pg_typeof(c) from contacts c limit 1", "record");
    row("select (c).name, to_jsonb(c)->>'age' from contacts c where id = 1", "Ada,36");
    row("select c.ctid from contacts c", "no system columns");
    row("values (1), (2)", "1|2");
    row("table countries", "de,Germany");
    row("select id from contacts for update", "read-only transaction");
    row("delete from contacts", "is not a statement that only reads");
    row("select nope from contacts", "column \"nope\" does not exist");
}

void TestScoped::reads()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    const QString given = printed(ask(sql, false));
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")) && !given.contains(QLatin1String("Grace")),
             qPrintable(given));
}

void TestScoped::writes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(expected);
    };
    row("update contacts set name = 'x' where true", "3 changed");
    row("update contacts c set name = c.name || '!' where id in (1, 2) returning id, name", "1,x!");
    row("update contacts set organization_id = 2 where id = 1", "would not belong to the tenant");
    row("update contacts set organization_id = null where id = 1",
        "would not belong to the tenant");
    row("update orders set contact_id = 2 where id = 1", "point at a row of another tenant");
    row("update items set order_id = 2 where id = 1", "would not belong to the tenant");
    row("update items set label = 'x' where label::int > 0", "type integer: \"ours\"");
    row("update contacts set age = '1' where age::int > 49", "1 changed");
    row("update items set label = 'x' where case when id = 2 then label::regclass end is not null",
        "0 changed");
    row("delete from contacts where id = 2", "0 changed");
    row("delete from contacts where id = 3", "carries the change on to a row of another tenant");
    row("delete from orders using contacts c where c.id = contact_id and orders.id = 1 returning "
        "orders.id",
        "1");
    row("insert into contacts values (10, 1, 'New')", "1 changed");
    row("insert into contacts values (11, 2, 'New')", "would not belong to the tenant");
    row("insert into contacts (id, name) values (12, 'New')", "would not belong to the tenant");
    row("insert into items values (10, 2, 'x')", "would not belong to the tenant");
    row("insert into items select 20 + id, order_id, label from items returning id", "23");
    row("insert into contacts values (2, 1, 'Theft') on conflict (id) do update set name = 'Theft'",
        "is another tenant's");
    row("insert into contacts values (2, 1, 'x') on conflict do nothing", "0 changed");
    row("insert into contacts values (10, 1, 'x') on conflict (id) do update set name = "
        "excluded.name "
        "returning name",
        "x");
    row("insert into contacts values (13, 1, 'x', '1', 'g@x')",
        "duplicate key value violates unique constraint \"contacts_email_key\"");
    row("insert into visits values (3, 1, 1, '[12,13)')",
        "conflicting key value violates exclusion constraint");
    row("update watched set name = 'x' where id = 1", "can change any row");
    row("insert into contact_names values ('x')", "it is a view");
    row("delete from said where true", "it is a view");
    row("update rates set rate = 9 where true", "the same for all tenants");
    row("update countries set name = 'x' where true", "the same for all tenants");
    row("update notes set text = text || '!' where id < 3 returning id", "1");
    row("update notes_3 set text = 'x' where id > 0 returning id", "11");
    row("update notes_2 set contact_id = 2 where id = 11", "point at a row of another tenant");
    row("update notes_3 set contact_id = 2 where id = 11", "point at a row of another tenant");
    row("update notes_3 set organization_id = 2 where id = 11", "would not belong to the tenant");
    row("insert into notes values (13, 2, 2, 'x')", "would not belong to the tenant");
    row("insert into notes_1 values (5, 1, 1, 'x') returning id", "5");
    row("insert into notes_1 values (6, 1, 2, 'x')", "point at a row of another tenant");
    row("update marks_a set note_id = 2 where note_id = 1", "would not belong to the tenant");
    row("insert into marks_a values (2, 'a')", "would not belong to the tenant");
    row("delete from notes_1 where id = 2", "0 changed");
    row("delete from notes_1 where id = 1 returning id", "1");
    row("delete from notes where id = 5 returning id", "5");
    row("update log set at = now() where true returning id", "1");
    row("merge into contacts c using (values (1), (2)) as v (id) on c.id = v.id when matched then "
        "update set name = 'Merged'",
        "1 changed");
    row("merge into contacts c using (values (2)) as v (id) on c.id = v.id when not matched then "
        "insert values (14, 2, 'x')",
        "would not belong to the tenant");
    row("with gone as (delete from items where id = 3 returning id) select * from gone", "3");
    row("with new as (insert into contacts values (15, 2, 'x') returning id) select * from new",
        "would not belong to the tenant");
    row("select id from contacts where id < 4 order by id for update", "1|3");
    row("truncate contacts", "can be scoped");
    row("drop table contacts", "can be scoped");
    row("create table c as select * from contacts", "can be scoped");
    row("select * into c from contacts", "can be scoped");
}

void TestScoped::writes()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    const char *const others = "select string_agg(r, ';' order by r) from (select c::text from "
                               "contacts c where organization_id is distinct from 1 union all "
                               "select o::text from orders o where organization_id <> 1 union all "
                               "select i::text from items i where order_id in (2, 4) union all "
                               "select v::text from visits v where organization_id <> 1 union all "
                               "select n::text from notes n where organization_id = 2 union all "
                               "select m::text from marks m where note_id in (2, 12) union all "
                               "select l::text from log l where organization_id = 2 union all "
                               "select n::text from countries n) as x (r)";
    const QString before = unscoped(others);
    const QString given = printed(ask(sql, true));
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")) && !given.contains(QLatin1String("10,20")),
             qPrintable(given));
    QCOMPARE(unscoped(others), before);
}

void TestScoped::sharedRows_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("hidden"); // rows, or a part of the refusal
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *sql, const char *hidden, const char *shown) {
        QTest::newRow(sql) << QString::fromLatin1(sql) << QString::fromLatin1(hidden)
                           << QString::fromLatin1(shown);
    };
    row("select id from labels order by 1", "1", "1|3");
    row("select text from tags order by 1", "mine", "everybody's|mine");
    row("select count(*) from label_view", "1", "2");
    row("select l.id, t.text from tags t join labels l on l.id = t.label_id order by 1", "1,mine",
        "1,mine|3,everybody's");
    row("update labels set name = 'x' where true returning id", "1", "1");
    row("update labels set name = 'x' where id = 3", "0 changed", "0 changed");
    row("update tags set text = 'x' where label_id = 3", "0 changed", "0 changed");
    row("delete from labels where id = 3", "0 changed", "0 changed");
    row("insert into labels values (9, null, 'x')", "would not belong to the tenant",
        "would not belong to the tenant");
    row("insert into labels values (3, 1, 'x') on conflict (id) do update set name = 'x'",
        "is another tenant's", "is another tenant's");
    row("update labels set organization_id = null where id = 1", "would not belong to the tenant",
        "would not belong to the tenant");
    // What is everybody's may be pointed at, by what is the tenant's all the same.
    row("insert into uses values (1, 1, 3) returning id", "point at a row of another tenant", "1");
    row("insert into uses values (2, 1, 2)", "point at a row of another tenant",
        "point at a row of another tenant");
    row("insert into tags values (9, 3, 'x')", "would not belong to the tenant",
        "would not belong to the tenant");
}

/// Rows of nobody are shown to everybody where a person said so, and written by none.
void TestScoped::sharedRows()
{
    QFETCH(QString, sql);
    QFETCH(QString, hidden);
    QFETCH(QString, shown);
    const char *const made =
        "create table if not exists labels (id int primary key, organization_id int references "
        "organizations, name text);"
        "create table if not exists tags (id int primary key, label_id int not null references "
        "labels, text text);"
        "create table if not exists uses (id int primary key, organization_id int not null "
        "references organizations, label_id int references labels);"
        "truncate labels, tags, uses;"
        "insert into labels values (1, 1, 'ours'), (2, 2, 'secret'), (3, null, 'everybody''s');"
        "insert into tags values (1, 1, 'mine'), (2, 2, 'secret'), (3, 3, 'everybody''s');"
        "create or replace view label_view as select name from labels";
    const char *const others =
        "select string_agg(r, ';' order by r) from (select l::text from labels l where "
        "organization_id is distinct from 1 union all select t::text from tags t where label_id <> "
        "1) as x (r)";
    for (const bool isShown : {false, true}) {
        QCOMPARE(m_server.run(m_pool->settings(), made), QString());
        const auto catalog = base::await(load::catalog(m_pool, {}));
        QVERIFY(catalog.ok());
        tenant::Settings settings;
        if (isShown)
            settings.shared = {{{{}, QStringLiteral("labels")}, tenant::SharedRows::Shown}};
        const tenant::Classification classification = tenant::classify(catalog->schema, settings);
        const bool isWrite = !sql.startsWith(QLatin1String("select"));
        const QString before = unscoped(others);
        const QString given = printed(base::await(
            session::runScoped(m_pool, {sql, QStringLiteral("1"), classification, isWrite})));
        const QString expected = isShown ? shown : hidden;
        QVERIFY2(isAs(given, expected), qPrintable(given));
        QVERIFY2(!given.contains(QLatin1String("secret")), qPrintable(given));
        QCOMPARE(unscoped(others), before);
    }
}

/// A row that two ways lead to two tenants is nobody's, and the audit lists it.
void TestScoped::waysThatDisagree()
{
    QCOMPARE(m_server.run(m_pool->settings(),
                          "create table deals (id int primary key, contact_id int not null "
                          "references contacts, seller int not null references organizations);"
                          "create table lines (id int primary key, deal_id int not null references "
                          "deals);"
                          "insert into contacts values (21, 1, 'x'), (22, 2, 'x') on conflict do "
                          "nothing;"
                          "insert into deals values (1, 21, 1), (2, 21, 2), (3, 22, 2);"
                          "insert into lines values (1, 1), (2, 2), (3, 3)"),
             QString());
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    const tenant::Classification classification = tenant::classify(catalog->schema, {});
    for (const auto &[tenant, table, ids] :
         {std::tuple("1", "deals", "1"), std::tuple("2", "deals", "3"),
          std::tuple("1", "lines", "1"), std::tuple("2", "lines", "3")})
        QCOMPARE(printed(base::await(session::runScoped(
                     m_pool, {QStringLiteral("select id from %1").arg(QLatin1String(table)),
                              QString::fromLatin1(tenant), classification}))),
                 QString::fromLatin1(ids));

    const schema::Name deals{{}, QStringLiteral("deals")};
    QList<tenant::AuditKey> keys = tenant::auditKeys(catalog->schema, classification);
    keys.removeIf([&](const tenant::AuditKey &key) { return key.table != deals; });
    QCOMPARE(keys.size(), 1);
    const auto counted = base::await(m_pool->run(tenant::auditCount(keys.first(), classification)));
    QCOMPARE(printed(counted), QStringLiteral("1,0"));
    const auto rows = base::await(m_pool->run(tenant::auditRows(
        keys.first(), *catalog->schema.table(deals), classification, QStringLiteral("1"))));
    QVERIFY(rows);
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->text(0, 0), QStringLiteral("2"));
    // Contacts have one tenant of their own, and may name others.
    QVERIFY(std::ranges::none_of(
        tenant::auditKeys(catalog->schema, classification),
        [](const tenant::AuditKey &key) { return key.table.name == QLatin1String("contacts"); }));
    unscoped("drop table lines, deals");
}

void TestScoped::triggers_data()
{
    QTest::addColumn<QString>(
        "function"); // its text; what is behind BEFORE … ON, else for each row
    QTest::addColumn<QString>("trigger");
    QTest::addColumn<QString>("expected"); // rows, or a part of the refusal
    const auto row = [](const char *function, const char *trigger, const char *expected) {
        QTest::addRow("%s %s", function, trigger)
            << QString::fromLatin1(function) << QString::fromLatin1(trigger)
            << QString::fromLatin1(expected);
    };
    const char *const plain = "before insert or update on stamped for each row";
    const char *const more = "more than to set columns";
    row("begin new.label := 'stamped'; return new; end", plain, "new,stamped");
    row("begin if new.name is distinct from old.name then new.label = upper(new.name); end if; "
        "return new; end",
        plain, "new,NEW");
    row("begin return null; end", plain, "");
    row("begin new.organization_id := 2; return new; end", plain, "would not belong to the tenant");
    row("begin new.parent := 2; return new; end", plain, "point at a row of another tenant");
    row("begin new.label := (select name from contacts where id = 2); return new; end", plain,
        "it reads contacts");
    row("begin new.label := max(name) from contacts; return new; end", plain, "it reads contacts");
    row("begin new.label := names(); return new; end", plain, "it calls names()");
    row("begin new.label := lower(new.name); return new; end", plain,
        "is code of the project's own");
    row("begin new.label := lower(2); return new; end", plain, "is code of the project's own");
    row("begin update contacts set name = 'x' where true; return new; end", plain, more);
    row("begin perform names(); return new; end", plain, more);
    row("begin execute 'delete from contacts'; return new; end", plain, more);
    row("declare x text := names(); begin new.label := x; return new; end", plain,
        "variables of its own");
    row("begin new.label := 'x'; return new; end",
        "before update on stamped for each row when (lower(new.id) is null)", "without WHEN");
    // Before the server's own function the condition runs, too.
    row("begin return new; end",
        "before update on stamped for each row when (lower(new.id) is null) execute function "
        "suppress_redundant_updates_trigger(); create trigger other before insert on stamped for "
        "each row",
        "without WHEN");
    row("begin return new; end",
        "before insert on stamped for each row execute function stamp(); create extension if not "
        "exists moddatetime; create trigger other before update on stamped for each row when "
        "(lower(new.id) is null) execute function moddatetime(label); create trigger third before "
        "insert on stamped for each row",
        "without WHEN");
    row("begin return new; end",
        "before update on stamped for each row execute function "
        "suppress_redundant_updates_trigger(); create trigger other before update on stamped for "
        "each row",
        "new,");
    row("begin new.label := 'x'; return new; end", "after update on stamped for each row",
        "only a BEFORE");
    row("begin return null; end", "before update on stamped", "only a BEFORE");
    row("begin new.label := new.name::int; return new; end", plain, "invalid input syntax");
}

/// A trigger of the project's own runs where its text shows that it only sets columns of the row.
void TestScoped::triggers()
{
    QFETCH(QString, function);
    QFETCH(QString, trigger);
    QFETCH(QString, expected);
    const QString made =
        QStringLiteral(
            "drop table if exists stamped; drop function if exists stamp();"
            "create table stamped (id int primary key, organization_id int not null references "
            "organizations, parent int references stamped on update cascade, name text, label "
            "text);"
            "insert into stamped values (1, 1, null, 'ours', null), (2, 2, null, 'secret', null);"
            "create function stamp() returns trigger language plpgsql as $f$ %1 $f$;"
            "create trigger stamped %2 execute function stamp();")
            .arg(function, trigger);
    QCOMPARE(m_server.run(m_pool->settings(), made.toUtf8()), QString());
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    const tenant::Classification classification = tenant::classify(catalog->schema, {});
    const auto write = [&](const char *sql) {
        return printed(base::await(session::runScoped(
            m_pool, {QString::fromLatin1(sql), QStringLiteral("1"), classification, true})));
    };
    const char *const others =
        "select string_agg(r, ';' order by r) from (select c::text from contacts c union all "
        "select s::text from stamped s where id = 2) as x (r)";
    const QString before = unscoped(others);
    const QString given =
        write("update stamped set name = 'new' where id = 1 returning name, label");
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")), qPrintable(given));
    QCOMPARE(unscoped(others), before);
    if (expected.contains(QLatin1Char(' ')))
        return;
    // Where a key could carry the change on to another tenant's row, it runs for nobody.
    QCOMPARE(m_server.run(m_pool->settings(), "set session_replication_role = replica;"
                                              "update stamped set parent = 1 where id = 2"),
             QString());
    const QString carried = write("update stamped set id = 9 where id = 1");
    QVERIFY2(carried.contains(QLatin1String("carry the change on")), qPrintable(carried));
}

void TestScoped::usesTheIndex()
{
    const QString made = unscoped(
        "create table big as select i as id, i % 1000 as organization_id, i % 7 as kind from "
        "generate_series(1, 100000) i");
    QVERIFY(made.contains(QLatin1String("changed")));
    unscoped("alter table big add primary key (id)");
    unscoped(
        "alter table big add foreign key (organization_id) references organizations not valid");
    unscoped("create index by_tenant on big (organization_id, kind)");
    unscoped("analyze big");
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    const QString plan = printed(base::await(session::runScoped(
        m_pool, {QStringLiteral("explain select b.id from big b where b.kind = 3 and b.id > 5"),
                 QStringLiteral("1"), tenant::classify(catalog->schema, {})})));
    QVERIFY2(plan.contains(QLatin1String("by_tenant")) && plan.contains(QLatin1String("kind = 3")),
             qPrintable(plan));
}

void TestScoped::saysWhere()
{
    const QString sql = QStringLiteral("select a.id from contacts a, orders b where b.nope = 1");
    const base::Result<rows::Page> page = ask(sql, false);
    QVERIFY(!page);
    QVERIFY(page.error().span);
    QCOMPARE(sql.mid(page.error().span->offset, 6), QStringLiteral("b.nope"));
}

QTEST_GUILESS_MAIN(TestScoped)
#include "tst_scoped.moc"
