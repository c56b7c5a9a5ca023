// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "load/catalog.h"
#include "query/paging.h"
#include "session/commitedits.h"
#include "session/export.h"
#include "session/import.h"
#include "session/scopedquery.h"
#include "session/tenantnames.h"
#include "session/written.h"
#include "support/printed.h"
#include "support/server.h"
#include "tenant/condition.h"
#include "tenant/settings.h"

#include <QTemporaryDir>
#include <QTest>

using testsupport::isAs;
using testsupport::printed;

namespace
{
const char *const script = R"(
create table organizations (id int primary key, name text not null, main_project_id int);
create table countries (code text primary key);
create table members (id int primary key, organization_id int not null references organizations,
    name text not null);
create table projects (id int primary key, organization_id int not null references organizations,
    name text not null, owner_id int references members);
alter table organizations add foreign key (main_project_id) references projects;
create table lists (id int primary key, project_id int not null references projects, title text);
create table tasks (id int primary key, list_id int not null references lists on delete cascade,
    member_id int references members, title text unique);
create table files (id int primary key, organization_id int not null references organizations,
    project_id int references projects, name text);
create table memos (id int primary key, organization_id int not null references organizations,
    project_id int references projects, name text);
create table links (id int primary key, organization_id int not null references organizations,
    project_id int not null references projects, task_id int not null references tasks
    on delete cascade, list_id int references lists on delete set null);
create table seats (id int primary key, organization_id int not null references organizations,
    list_id int, member_id int references members on delete cascade);
create table hints (id int primary key, project_id int, name text);
insert into organizations values (1, 'Globex'), (2, 'Initech');
insert into countries values ('de');
insert into members values (1, 1, 'Ada'), (2, 2, 'Grace');
insert into projects values (1, 1, 'Alpha', 1), (2, 1, 'Beta', 1), (3, 2, 'Alpha', 2),
    (4, 1, 'Twin', null), (5, 1, 'Twin', null);
update organizations set main_project_id = id;
insert into lists values (1, 1, 'ours'), (2, 2, 'secret Beta'), (3, 3, 'secret Initech'),
    (4, 1, 'ours too');
insert into tasks values (1, 1, 1, 'ours 1'), (2, 2, 1, 'secret 2'), (3, 3, 2, 'secret 3'),
    (4, 4, null, 'ours 4');
insert into files values (1, 1, 1, 'ours'), (2, 1, 2, 'secret'), (3, 1, null, 'secret of all'),
    (4, 2, 3, 'secret');
insert into memos values (1, 1, 1, 'ours'), (2, 1, 2, 'secret'), (3, 1, null, 'for all'),
    (4, 2, null, 'secret');
insert into links values (1, 1, 1, 1, 1), (2, 1, 2, 2, 1), (3, 1, 1, 4, null);
insert into seats values (1, 1, 1, 1);
insert into hints values (1, 1, 'secret');
create view task_titles as select t.title, l.project_id from tasks t join lists l on l.id = t.list_id;
create materialized view list_names as select l.project_id, p.organization_id, l.title
    from lists l join projects p on p.id = l.project_id;
create materialized view member_names as select organization_id, name from members;
create materialized view sums as select organization_id, count(*) from projects group by 1;
)";

const char *const settings = R"({"tenant": {"column": "organization_id",
    "nested": {"column": "project_id", "label": "name"},
    "tables": {"memos": {"shared": "shown"}}}})";

schema::Name named(const char *table)
{
    return {{}, QString::fromLatin1(table)};
}

tenant::Classification classificationOf(const schema::Database &database, const QByteArray &said)
{
    const auto read = tenant::settingsFrom(said, QStringLiteral("sluice.json"));
    return tenant::classify(database, read ? *read : tenant::Settings());
}
} // namespace

/// Rows of one project of an organization: what is shown of them and written, and why not.
class TestNestedTenant : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void standing_data();
    void standing();
    void unfit_data();
    void unfit();
    void reads_data();
    void reads();
    void writes_data();
    void writes();
    void queries_data();
    void queries();
    void exports();
    void edited_data();
    void edited();
    void newRows();
    void imports_data();
    void imports();
    void names_data();
    void names();

private:
    base::Result<rows::Page> ask(const QString &sql, bool write);
    QString unscoped(const QString &sql);
    QString rowsOf(std::initializer_list<const char *> tables);
    QString ownRows();
    QString othersRows();
    edits::Reach reach() const { return {.classification = m_classification, .tenant = m_id}; }

    const tenant::TenantId m_id{QStringLiteral("1"), QStringLiteral("1")};
    testsupport::Server m_server;
    std::shared_ptr<pg::Pool> m_pool;
    QString m_before; ///< all rows, as they were made
    schema::Database m_database;
    tenant::Classification m_classification;
};

void TestNestedTenant::initTestCase()
{
    QVERIFY2(m_server.error().isEmpty(), qPrintable(m_server.error()));
    init();
    const auto catalog = base::await(load::catalog(m_pool, {}));
    QVERIFY(catalog.ok());
    m_database = catalog->schema;
    m_classification = classificationOf(m_database, settings);
    QVERIFY2(m_classification.nested, qPrintable(m_classification.whyNotNested));
    QCOMPARE(m_classification.nested->root, named("projects"));
    QCOMPARE(m_classification.nested->rootKey, QStringLiteral("id"));
    QCOMPARE(m_classification.nested->labelColumn, QStringLiteral("name"));
}

/// What a test has written is not there for the next one.
void TestNestedTenant::init()
{
    if (!m_pool || m_before != othersRows() + ownRows()) {
        m_pool = std::make_shared<pg::Pool>(
            m_server.createDatabase(QStringLiteral("nestedtenant"), script));
        m_before = othersRows() + ownRows();
    }
}

base::Result<rows::Page> TestNestedTenant::ask(const QString &sql, bool write)
{
    return base::await(session::runScoped(m_pool, {sql, m_id, m_classification, write}));
}

QString TestNestedTenant::unscoped(const QString &sql)
{
    return printed(base::await(m_pool->run({sql, {}}, pg::Access::Write)));
}

QString TestNestedTenant::rowsOf(std::initializer_list<const char *> tables)
{
    QStringList parts;
    for (const char *table : tables)
        parts << unscoped(QStringLiteral("select string_agg(t::text, ' ' order by t::text) from ") +
                          QLatin1String(table));
    return parts.join(u'\n');
}

QString TestNestedTenant::ownRows()
{
    return rowsOf({"projects t", "lists t", "tasks t", "files t", "memos t", "links t"});
}

/// All rows that are not the project's own, as one text.
QString TestNestedTenant::othersRows()
{
    return rowsOf(
        {"organizations t", "countries t", "members t", "projects t where id <> 1",
         "lists t where project_id <> 1",
         "tasks t where not exists (select from lists l where l.id = list_id and project_id = 1)",
         "files t where project_id is distinct from 1",
         "memos t where project_id is distinct from 1", "links t where project_id <> 1", "seats t",
         "hints t"});
}

void TestNestedTenant::standing_data()
{
    QTest::addColumn<int>("outer");
    QTest::addColumn<int>("inner");
    QTest::addColumn<int>("expected");
    using enum tenant::Scoping;
    using enum tenant::Standing;
    const auto row = [](const char *table, tenant::Scoping outer, tenant::Scoping inner,
                        tenant::Standing expected) {
        QTest::newRow(table) << int(outer) << int(inner) << int(expected);
    };
    row("organizations", Direct, Global, Whole); // though it points at a project
    row("countries", Global, Global, None);
    row("members", Direct, Global, Whole);
    row("projects", Direct, Direct, Own);
    row("lists", ByPath, Direct, Own);
    row("tasks", ByPath, ByPath, Own);
    row("files", Direct, Direct, Own);
    row("memos", Direct, Direct, Own);
    row("links", Direct, Direct, Own);
    row("seats", Direct, Unscoped, Whole); // no key leads to a project
    row("hints", Unscoped, Direct, None);  // not everybody's: it names a project
    row("task_titles", ByQuery, ByQuery, None);
    row("list_names", Direct, Direct, Own);
    row("member_names", Direct, Global, Whole);
    row("sums", Direct, ByQuery, Unproven);
}

void TestNestedTenant::standing()
{
    QFETCH(int, outer);
    QFETCH(int, inner);
    QFETCH(int, expected);
    const schema::Name table = named(QTest::currentDataTag());
    QCOMPARE(int(m_classification.tables.value(table).scoping), outer);
    QCOMPARE(int(m_classification.nested->tables.value(table).scoping), inner);
    QCOMPARE(int(tenant::standing(table, m_classification, m_id)), expected);
    using tenant::SharedRows;
    if (table == named("files"))
        QCOMPARE(m_classification.nested->tables.value(table).shared, SharedRows::Unsaid);
    if (table == named("memos"))
        QCOMPARE(m_classification.nested->tables.value(table).shared, SharedRows::Shown);
}

void TestNestedTenant::unfit_data()
{
    QTest::addColumn<QByteArray>("nested");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *nested, const char *expected) {
        QTest::newRow(name) << QByteArray(nested) << QString::fromLatin1(expected);
    };
    row("a column that is nowhere", R"({"column": "project"})", "no table has the column project");
    row("a table that is not there", R"({"column": "project_id", "root": "works"})",
        "there is no table public.works");
    row("no key tells the table", R"({"column": "title"})",
        "no foreign key of title says which table lists them");
    row("a table of no tenant", R"({"column": "project_id", "root": "countries"})",
        "public.countries has no organization_id and no path to one");
    row("the tenants themselves", R"({"column": "project_id", "root": "organizations"})",
        "public.organizations has no organization_id");
}

/// What does not fit the schema is said, and nobody can be chosen by it.
void TestNestedTenant::unfit()
{
    QFETCH(QByteArray, nested);
    QFETCH(QString, expected);
    const tenant::Classification found = classificationOf(
        m_database, R"({"tenant": {"column": "organization_id", "nested": )" + nested + "}}");
    QVERIFY2(found.whyNotNested.contains(expected), qPrintable(found.whyNotNested));
    QVERIFY(!found.nested);
    const auto wanted = session::tenantId(*m_pool, found, m_id);
    QVERIFY(!wanted && wanted.error().detail == found.whyNotNested);
    // Nor does a choice from before show the organization's rows.
    const auto page = base::await(
        session::runScoped(m_pool, {QStringLiteral("select 1 from members"), m_id, found}));
    QVERIFY(!page && page.error().kind == base::ErrorKind::Refused);
    const auto counted = base::await(session::runSelect(
        m_pool,
        {.from = {named("countries"), QStringLiteral("c")},
         .joins = {{query::JoinKind::Left, {named("lists"), QStringLiteral("l")}, {}}}},
        &query::renderCount, {m_id, found}));
    QVERIFY(!counted && counted.error().kind == base::ErrorKind::Refused);
}

void TestNestedTenant::reads_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(expected);
    };
    row("select id from lists order by id", "1|4");
    row("select id from tasks order by id", "1|4");
    row("select id, name from projects", "1,Alpha");
    row("select id from members", "1");
    row("select code from countries", "de");
    row("select id from files", "1");
    row("select id from memos order by id", "1|3");
    row("select id from links order by id", "1|3");
    row("select title from task_titles order by 1", "ours 1|ours 4");
    row("select title from list_names order by 1", "ours|ours too");
    row("select name from member_names", "Ada");
    row("select * from sums", "which of its columns|sluice.json");
    row("select name from hints", "it unscoped");
    row("select id from lists where title::int > 0",
        "invalid input syntax for type integer: \"ours");
    row("select p.name from organizations o join projects p on p.organization_id = o.id", "Alpha");
    row("with recursive r as (select id from tasks union select t.id from r join tasks t on true) "
        "select count(*) from r",
        "2");
    row("select l.title from lists l where exists (select from tasks t where t.list_id <> l.id and "
        "t.title ~ 'secret')",
        "");
}

void TestNestedTenant::reads()
{
    QFETCH(QString, expected);
    const QString given = printed(ask(QString::fromLatin1(QTest::currentDataTag()), false));
    const bool isRefusal = expected.contains(u' ');
    QVERIFY2(given == expected || (isRefusal && given.contains(expected.section(u'|', -1))),
             qPrintable(given));
    QVERIFY2(!given.contains(QLatin1String("secret")), qPrintable(given));
}

void TestNestedTenant::writes_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *sql, const char *expected) {
        QTest::newRow(sql) << QString::fromLatin1(expected);
    };
    row("update lists set title = 'new' where true", "2 changed");
    row("update tasks set title = title || '!' where id < 10", "2 changed");
    row("insert into lists values (10, 1, 'new')", "1 changed");
    row("insert into lists values (10, 2, 'theirs')", "would not belong to the project_id 1");
    row("insert into lists values (10, 3, 'theirs')", "would not belong to the tenant");
    row("update lists set project_id = 2 where id = 1", "would not belong to the project_id 1");
    row("insert into tasks values (10, 2, 1, 'theirs')", "would not belong to the project_id 1");
    row("insert into tasks values (10, 1, 1, 'new')", "1 changed");
    row("insert into files values (10, 1, 1, 'new')", "1 changed");
    row("insert into files values (10, 1, null, 'all')", "would not belong to the project_id 1");
    row("insert into files values (10, 2, 1, 'theirs')", "would not belong to the tenant");
    row("update memos set name = 'new' where true", "1 changed"); // shown, but nobody writes it
    row("delete from memos where id = 3", "0 changed");
    row("insert into links values (10, 1, 1, 2, null)",
        "a row of another project_id in public.tasks");
    row("insert into links values (10, 1, 1, 3, null)", "a row of another tenant in public.tasks");
    row("insert into members values (10, 1, 'new')",
        "the tenant as a whole, not of one project_id");
    row("update organizations set name = 'new' where true", "the tenant as a whole");
    row("update countries set code = 'fr' where true", "the same for all tenants");
    row("delete from tasks where id = 4", "1 changed"); // with the link to it
    row("delete from lists where id = 4", "1 changed");
    row("delete from tasks where id = 1", "1 changed");
    // The cascade would take the list from a link of another project.
    row("delete from lists where id = 1", "would not belong to the project_id 1");
    row("delete from tasks where id = 2", "0 changed");
    row("update projects set name = 'new' where true", "1 changed");
    row("insert into projects values (10, 1, 'new')", "would not belong to the project_id 1");
    row("insert into tasks values (2, 1, 1, 'mine') on conflict (id) do update set list_id = 1",
        "another tenant");
    row("merge into lists l using tasks t on t.list_id = l.id when matched then update set title = "
        "'new'",
        "2 changed");
}

void TestNestedTenant::writes()
{
    QFETCH(QString, expected);
    const QString sql = QString::fromLatin1(QTest::currentDataTag());
    const QString before = othersRows();
    const QString given = printed(ask(sql, true));
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QCOMPARE(othersRows(), before);
}

void TestNestedTenant::queries_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *table, const char *expected) {
        QTest::newRow(table) << QString::fromLatin1(expected);
    };
    row("organizations", "1");
    row("members", "1");
    row("projects", "1");
    row("lists", "2");
    row("tasks", "2");
    row("files", "1");
    row("memos", "2");
    row("task_titles", "2");
    row("list_names", "2");
    row("countries", "1");
    row("hints", "1"); // of which nothing says whose they are; this one names the project
    row("sums", "say of it which column holds project_id");
}

/// What the grid and the builder ask.
void TestNestedTenant::queries()
{
    QFETCH(QString, expected);
    const QString table = QString::fromLatin1(QTest::currentDataTag());
    const QString given =
        printed(base::await(session::runSelect(m_pool, {.from = {{{}, table}, QStringLiteral("t")}},
                                               &query::renderCount, {m_id, m_classification})));
    QVERIFY2(isAs(given, expected), qPrintable(given));
}

void TestNestedTenant::exports()
{
    QTemporaryDir folder;
    const auto exported = [&](const char *name, const char *condition) {
        const schema::Table table = *m_database.table(named(name));
        session::ExportRequest request{.select = query::pageOf(table, table.name.name),
                                       .table = table,
                                       .tenantId = m_id,
                                       .classification = m_classification};
        if (*condition)
            request.select.written = {QString::fromLatin1(condition)};
        const QString path = folder.filePath(QStringLiteral("rows.csv"));
        const auto rows = base::await(session::exportFile(m_pool, request, path));
        QFile file(path);
        return !rows                             ? base::toLine(rows.error())
               : !file.open(QIODevice::ReadOnly) ? file.errorString()
                                                 : QString::fromUtf8(file.readAll());
    };
    QCOMPARE(exported("lists", ""),
             QStringLiteral("id,project_id,title\n1,1,ours\n4,1,ours too\n"));
    QCOMPARE(exported("lists", "id <> 4"), QStringLiteral("id,project_id,title\n1,1,ours\n"));
    QCOMPARE(exported("files", "true"),
             QStringLiteral("id,organization_id,project_id,name\n1,1,1,ours\n"));
}

void TestNestedTenant::edited_data()
{
    QTest::addColumn<QString>("stagedIn");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *stagedIn, const char *table, const char *key,
                        const char *column, const char *value, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(stagedIn) << QString::fromLatin1(table)
                            << QByteArray(key) << QString::fromLatin1(column) << QByteArray(value)
                            << QString::fromLatin1(expected);
    };
    row("own", "1", "lists", "1", "title", "ours", "1 written, 0 conflicts");
    row("own by path", "1", "tasks", "1", "title", "ours 1", "1 written, 0 conflicts");
    row("staged without a project", "", "lists", "1", "title", "ours", "1 written, 0 conflicts");
    row("staged in another", "2", "lists", "1", "title", "x", "it was staged in the project_id 2");
    row("another project's", "1", "lists", "2", "title", "x", "0 written, 1 conflicts");
    row("of the organization", "1", "members", "1", "name", "x", "the tenant as a whole");
    row("moved", "1", "lists", "1", "project_id", "2", "would not belong to the chosen project_id");
    row("moved to no project", "1", "files", "1", "project_id", "2",
        "would not belong to the chosen project_id");
    row("moved along a path", "1", "tasks", "1", "list_id", "2",
        "would not belong to the project_id 1");
}

/// Staged edits: each is of the project, or refused with the reason.
void TestNestedTenant::edited()
{
    QFETCH(QString, stagedIn);
    QFETCH(QString, table);
    QFETCH(QByteArray, key);
    QFETCH(QString, column);
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    const QString before = othersRows();
    const edits::RowId row{
        .table = {{}, table}, .keyColumns = {QStringLiteral("id")}, .key = {key}};
    const edits::Staged staged = edits::withCell(
        {}, row, {QStringLiteral("1"), stagedIn},
        {column, {.text = {}, .isDigest = false, .isUnknown = true}, edits::NewValue::of(value)});
    const auto answer = base::await(session::commitEdits(m_pool, staged, m_database, reach()));
    const QString given = answer ? QStringLiteral("%1 written, %2 conflicts")
                                       .arg(answer->written.size())
                                       .arg(answer->conflicts.size())
                                 : base::toLine(answer.error());
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QCOMPARE(othersRows(), before);
}

/// A new row has both columns from the start.
void TestNestedTenant::newRows()
{
    const auto filled = [&](const char *table) {
        QStringList cells;
        for (const edits::CellEdit &cell : edits::tenantCells(named(table), reach()))
            cells << cell.column + u'=' + QString::fromUtf8(cell.after.text);
        return cells.join(u' ');
    };
    QCOMPARE(filled("files"), QStringLiteral("organization_id=1 project_id=1"));
    QCOMPARE(filled("lists"), QStringLiteral("project_id=1"));
    QCOMPARE(filled("tasks"), QString());
    QCOMPARE(filled("members"), QStringLiteral("organization_id=1"));
}

void TestNestedTenant::imports_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *table, const char *content,
                        const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(table) << QByteArray(content)
                            << QString::fromLatin1(expected);
    };
    row("filled in", "files", "id,name\n20,a\n21,b\n", "2 good, written");
    row("own", "files", "id,name,project_id\n22,a,1\n", "1 good, written");
    row("another project's", "files", "id,name,project_id\n23,a,2\n",
        "project_id: a row it writes would not belong to the project_id 1");
    row("another tenant's", "files", "id,name,organization_id\n23,a,2\n",
        "organization_id: a row it writes would not belong to the tenant");
    row("by path", "tasks", "id,list_id,title\n20,1,a\n", "1 good, written");
    row("pointing at another project's", "tasks", "id,list_id,title\n23,2,a\n",
        "list_id: a row it writes would point at a row of another project_id");
    row("pointing at another tenant's", "tasks", "id,list_id,title\n23,3,a\n",
        "list_id: a row it writes would point at a row of another tenant");
    row("of the organization", "members", "id,name\n20,a\n", "the tenant as a whole");
}

void TestNestedTenant::imports()
{
    QFETCH(QString, table);
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("rows.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    session::ImportRequest request{.file = {.path = file.fileName(), .format = {}},
                                   .table = *m_database.table({{}, table}),
                                   .reach = reach()};
    const auto preview = session::previewOf(request.file, 1);
    QVERIFY(preview);
    request.columns = session::mappingByName(preview->titles, request.table, nullptr).columns;
    const QString before = othersRows();
    const auto report = base::await(session::importFile(m_pool, request));
    QString given;
    if (!report) {
        given = base::toLine(report.error());
    } else {
        given = QStringLiteral("%1 good%2")
                    .arg(report->good())
                    .arg(report->isWritten ? QStringLiteral(", written") : QString());
        for (const session::BadRow &bad : report->badRows)
            given += QStringLiteral("; %1: %2").arg(bad.column, bad.reason);
    }
    QVERIFY2(isAs(given, expected), qPrintable(given));
    QCOMPARE(othersRows(), before);
}

void TestNestedTenant::names_data()
{
    QTest::addColumn<QString>("tenant");
    QTest::addColumn<QString>("nested");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tenant, const char *nested, const char *expected) {
        QTest::addRow("%s, %s", tenant, nested)
            << QString::fromLatin1(tenant) << QString::fromLatin1(nested)
            << QString::fromLatin1(expected);
    };
    row("Globex", "Alpha", "1/1");
    row("Initech", "Alpha", "2/3"); // the same label in another tenant
    row("1", "2", "1/2");
    row("Globex", "3", "The tenant has no '3'"); // which is Initech's
    row("Globex", "Gamma", "The tenant has no 'Gamma'");
    row("Globex", "Twin", "More than one of the tenant's is called 'Twin'");
    row("Globex", "", "1/");
}

/// What a person calls them: the nested one is looked for among the tenant's own.
void TestNestedTenant::names()
{
    QFETCH(QString, tenant);
    QFETCH(QString, nested);
    QFETCH(QString, expected);
    const auto id = session::tenantId(*m_pool, m_classification, {tenant, nested});
    const QString given = id ? id->tenant + u'/' + id->nested : base::toLine(id.error());
    QVERIFY2(isAs(given, expected), qPrintable(given));
}

QTEST_GUILESS_MAIN(TestNestedTenant)
#include "tst_nestedtenant.moc"
