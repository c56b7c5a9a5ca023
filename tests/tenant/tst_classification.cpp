// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/classification.h"
#include "tenant/schemas.h"
#include "tenant/scope.h"
#include "tenant/settings.h"

#include <QTest>

namespace
{

/// "contacts(id!, organization_id>organizations, note?)": '!' is the primary key, '?' can be NULL,
/// '>' names the table that a foreign key refers to (its id). "auth.users(…)" is in a schema.
schema::Table tableFrom(const QString &text)
{
    schema::Table table;
    const QString name = text.section(u'(', 0, 0);
    table.name = {name.contains(u'.') ? name.section(u'.', 0, 0) : QString(),
                  name.section(u'.', -1)};
    const QString inner = text.section(u'(', 1).chopped(1);
    for (QString part : inner.split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
        schema::Column column;
        column.type = QStringLiteral("text");
        column.notNull = !part.contains(u'?');
        column.primaryKey = part.contains(u'!');
        part.remove(u'?').remove(u'!');
        column.name = part.section(u'>', 0, 0);
        if (part.contains(u'>')) {
            schema::ForeignKey key;
            key.columns = {column.name};
            const QString target = part.section(u'>', 1);
            key.targetSchema = target.contains(u'.') ? target.section(u'.', 0, 0) : QString();
            key.targetTable = target.section(u'.', -1);
            key.targetColumns = {QStringLiteral("id")};
            table.foreignKeys << key;
        }
        table.columns << column;
    }
    return table;
}

schema::Database databaseFrom(const char *text)
{
    schema::Database database;
    for (const QString &line : QString::fromLatin1(text).split(u'\n', Qt::SkipEmptyParts))
        database.tables << tableFrom(line.trimmed());
    return database;
}

/// "column root.key label | table direct …": what was found, as one text.
QString printed(const schema::Database &database, const tenant::Settings &settings = {})
{
    const tenant::Classification found = tenant::classify(database, settings);
    QStringList items;
    for (const schema::Table &table : database.tables) {
        const tenant::TableScope scope = found.tables.value(table.name);
        QString item = table.name.name + u'=';
        switch (scope.scoping) {
        case tenant::Scoping::BySchema:
            item += scope.schema;
            break;
        case tenant::Scoping::Direct:
            item += scope.column;
            break;
        case tenant::Scoping::ByPath:
            for (const tenant::PathStep &step : scope.path)
                item += u'>' + step.columns.join(u'+') + u':' + step.target.name;
            break;
        case tenant::Scoping::Global:
            item += QStringLiteral("global");
            break;
        case tenant::Scoping::ByQuery:
            item += QStringLiteral("view");
            break;
        case tenant::Scoping::Unscoped:
            item += QStringLiteral("unscoped");
            break;
        }
        items << item;
    }
    const QString head =
        found.known() ? QStringLiteral("%1 %2.%3 %4")
                            .arg(found.column, found.root.name, found.rootKey, found.labelColumn)
                      : QStringLiteral("none");
    return head + QStringLiteral(" | ") + items.join(u' ');
}

} // namespace

class tst_classification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schemas_data();
    void schemas();
    void schemasAreToldApart();
    void corrected_data();
    void corrected();
    void materialized_data();
    void materialized();
    void refusedSettings_data();
    void refusedSettings();
    void sharedRows();
    void doubtedTablesAreNobodys();
    void schemasOfTenants();
    void settingsStayBesideOthers();
};

void tst_classification::schemas_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<schema::Database>("database");
    const auto row = [](const char *name, const char *tables, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(expected) << databaseFrom(tables);
    };
    row("direct, by path, global",
        "organizations(id!, slug, name)\n"
        "contacts(id!, organization_id>organizations, country>countries)\n"
        "orders(id!, organization_id>organizations, contact_id>contacts)\n"
        "order_items(id!, order_id>orders)\n"
        "item_notes(id!, item_id>order_items)\n"
        "countries(id!)\n"
        "exchange_rates(id!, country>countries)",
        "organization_id organizations.id name | organizations=id contacts=organization_id "
        "orders=organization_id order_items=>order_id:orders "
        "item_notes=>item_id:order_items>order_id:orders countries=global exchange_rates=global");
    row("tenant_id without foreign keys",
        "tenants(id!, title)\na(id!, tenant_id)\nb(id!, tenant_id?)\nc(id!)",
        "tenant_id tenants.id title | tenants=id a=tenant_id b=tenant_id c=global");
    row("no table lists the tenants", "a(id!, tenant_id)\nb(id!, tenant_id)",
        "tenant_id .  | a=tenant_id b=tenant_id");
    row("camel case", "workspaces(id!, name)\ndocs(id!, workspaceId>workspaces)\nusers(id!)",
        "workspaceId workspaces.id name | workspaces=id docs=workspaceId users=global");
    row("the name that more tables have wins",
        "companies(id!, name)\nteams(id!, company_id>companies)\n"
        "a(id!, company_id>companies)\nb(id!, company_id>companies)\nc(id!, team_id>teams)",
        "company_id companies.id name | companies=id teams=company_id a=company_id b=company_id "
        "c=>team_id:teams");
    row("a surer name wins over a more frequent one",
        "orgs(id!, name)\nteams(id!, org_id>orgs)\na(id!, org_id>orgs, team_id>teams)\n"
        "b(id!, team_id>teams)\nc(id!, team_id>teams)\nd(id!, org_id>orgs)",
        "org_id orgs.id name | orgs=id teams=org_id a=org_id b=>team_id:teams c=>team_id:teams "
        "d=org_id");
    row("an uncommon name that most tables share",
        "farms(id!, label)\na(id!, farm_id>farms)\nb(id!, farm_id>farms)\nc(id!, farm_id>farms)\n"
        "d(id!, farm_id>farms)\ne(id!)",
        "farm_id farms.id label | farms=id a=farm_id b=farm_id c=farm_id d=farm_id e=global");
    row("who did it is not whose it is",
        "users(id!)\na(id!, created_by_id>users, user_id>users)\nb(id!, created_by_id>users, "
        "user_id>users)\n"
        "c(id!, created_by_id>users, user_id>users)\nd(id!, created_by_id>users, user_id>users)",
        "none | users=global a=global b=global c=global d=global");
    row("none recognised", "posts(id!)\ntags(id!, post_id>posts)",
        "none | posts=global tags=global");
    row("nothing at all", "", "none | ");
    row("the shorter of two paths",
        "tenants(id!, name)\na(id!, tenant_id>tenants)\nb(id!, a_id>a)\nc(id!, b_id>b, a_id>a)",
        "tenant_id tenants.id name | tenants=id a=tenant_id b=>a_id:a c=>a_id:a");
    row("a path that cannot be NULL, though longer",
        "tenants(id!, name)\na(id!, tenant_id>tenants)\nb(id!, a_id>a)\nc(id!, a_id?>a, b_id>b)",
        "tenant_id tenants.id name | tenants=id a=tenant_id b=>a_id:a c=>b_id:b>a_id:a");
    row("a path that can be NULL where there is no other",
        "tenants(id!, name)\na(id!, tenant_id>tenants)\nb(id!, a_id?>a)",
        "tenant_id tenants.id name | tenants=id a=tenant_id b=>a_id:a");
    row("a reference to the root under another name is a path",
        "tenants(id!, name)\na(id!, tenant_id>tenants)\nsettings(id!>tenants)",
        "tenant_id tenants.id name | tenants=id a=tenant_id settings=>id:tenants");
    row("circles end",
        "tenants(id!, name)\na(id!, tenant_id>tenants, a_id?>a)\nb(id!, c_id>c, a_id>a)\nc(id!, "
        "b_id>b)\n"
        "x(id!, y_id>y)\ny(id!, x_id>x)",
        "tenant_id tenants.id name | tenants=id a=tenant_id b=>a_id:a c=>b_id:b>a_id:a x=global "
        "y=global");
    row("a name that leads to a tenant's table without a foreign key",
        "tenants(id!, name)\norders(id!, tenant_id>tenants)\nlog(id!, order_id, text)",
        "tenant_id tenants.id name | tenants=id orders=tenant_id log=unscoped");
    row("no label: a text that is never NULL, else the key",
        "tenants(id!, motto?, city)\na(id!, tenant_id>tenants)",
        "tenant_id tenants.id city | tenants=id a=tenant_id");
}

void tst_classification::schemas()
{
    QFETCH(QString, expected);
    QFETCH(schema::Database, database);
    QCOMPARE(printed(database), expected);
}

void tst_classification::schemasAreToldApart()
{
    const schema::Database database = databaseFrom(
        "tenants(id!, name)\na(id!, tenant_id>tenants)\naudit.a(id!)\naudit.b(id!, a_id>a)");
    const tenant::Classification found = tenant::classify(database, {});
    const QString audit = QStringLiteral("audit");
    QCOMPARE(found.tables.value({{}, QStringLiteral("a")}).scoping, tenant::Scoping::Direct);
    QCOMPARE(found.tables.value({audit, QStringLiteral("a")}).scoping, tenant::Scoping::Global);
    QCOMPARE(found.tables.value({audit, QStringLiteral("b")}).scoping, tenant::Scoping::ByPath);
}

void tst_classification::corrected_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QStringList>("unknown");
    const auto row = [](const char *name, const char *settings, const char *expected,
                        const QStringList &unknown = {}) {
        QTest::newRow(name) << QByteArray(settings) << QString::fromLatin1(expected) << unknown;
    };
    const char *guessed = "organization_id organizations.id name | organizations=id teams=org "
                          "a=organization_id b=organization_id c=>a_id:a d=global";
    row("nothing", "",
        "organization_id organizations.id name | organizations=id "
        "teams=organization_id a=organization_id b=organization_id c=>a_id:a "
        "d=global");
    row("other keys", R"({"editor": "vim", "tenant": {}})",
        "organization_id organizations.id name | organizations=id teams=organization_id "
        "a=organization_id b=organization_id c=>a_id:a d=global");
    row("a table by another column", R"({"tenant": {"tables": {"teams": {"column": "org"}}}})",
        guessed);
    row("a table of all tenants", R"({"tenant": {"tables": {"public.a": "global"}}})",
        "organization_id organizations.id name | organizations=id teams=organization_id a=global "
        "b=organization_id c=global d=global");
    row("a table of nobody knows whom",
        R"({"tenant": {"tables": {"c": "unknown", "d": "unknown"}}})",
        "organization_id organizations.id name | organizations=id teams=organization_id "
        "a=organization_id b=organization_id c=unscoped d=unscoped");
    row("another tenant column", R"({"tenant": {"column": "team_id"}})",
        "team_id teams.id title | organizations=global teams=id a=team_id b=global "
        "c=>a_id:a d=global");
    row("shared rows",
        R"({"tenant": {"tables": {"a": {"shared": "shown"}, "teams": {"column": "org",
        "shared": "hidden"}, "gone": {"shared": "shown"}}}})",
        guessed, {QStringLiteral("gone")});
    row("a column that ends like none", R"({"tenant": {"column": "org"}})",
        "org .  | organizations=global teams=org a=>team_id:teams b=global c=>a_id:a>team_id:teams "
        "d=global");
    row("root and label", R"({"tenant": {"column": "org", "root": "organizations",
        "label": "slug"}})",
        "org organizations.id slug | organizations=id teams=org "
        "a=>organization_id:organizations b=>organization_id:organizations "
        "c=>a_id:a>organization_id:organizations "
        "d=global");
    row("tenants within a tenant", R"({"tenant": {"nested": {"column": "team_id", "root": "teams",
        "label": "none", "tables": {"b": "global", "x": {"column": "y"}}}}})",
        "organization_id organizations.id name | organizations=id teams=organization_id "
        "a=organization_id b=organization_id c=>a_id:a d=global",
        {QStringLiteral("teams.none"), QStringLiteral("x")});
    row("what is not there", R"({"tenant": {"column": "x", "root": "y", "label": "z",
        "tables": {"v": "global", "a": {"column": "w"}}}})",
        "organization_id organizations.id name | organizations=id teams=organization_id "
        "a=organization_id b=organization_id c=>a_id:a d=global",
        {QStringLiteral("a.w"), QStringLiteral("v"), QStringLiteral("x"), QStringLiteral("y")});
}

void tst_classification::corrected()
{
    QFETCH(QByteArray, settings);
    const schema::Database database =
        databaseFrom("organizations(id!, name, slug)\n"
                     "teams(id!, title, org, organization_id>organizations)\n"
                     "a(id!, organization_id>organizations, team_id>teams)\n"
                     "b(id!, organization_id>organizations)\nc(id!, a_id>a)\nd(id!)");
    const auto read = tenant::settingsFrom(settings, QStringLiteral("sluice.json"));
    QVERIFY2(read.ok(), read ? "" : qPrintable(base::toLine(read.error())));
    QTEST(printed(database, *read), "expected");
    QTEST(tenant::unknownNames(*read, database), "unknown");
    // Written and read again it is the same.
    const auto written = tenant::withSettings(settings, *read, QStringLiteral("sluice.json"));
    QVERIFY(written.ok());
    const auto again = tenant::settingsFrom(*written, QStringLiteral("sluice.json"));
    QVERIFY(again.ok());
    QCOMPARE(*again, *read);
}

void tst_classification::materialized_data()
{
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QString>("expected"); // the column, "global", or a part of the reason
    const auto row = [](const char *definition, const char *expected) {
        QTest::newRow(definition) << QString::fromLatin1(definition)
                                  << QString::fromLatin1(expected);
    };
    const char *const joined = "joined without saying that both are the same tenant's";
    row("SELECT * FROM contacts", "organization_id");
    row("SELECT contacts.organization_id AS org, count(*) AS n FROM public.contacts GROUP BY "
        "contacts.organization_id",
        "org");
    row("SELECT id AS org, name FROM organizations", "org");
    row("SELECT c.name, n.code FROM countries c JOIN countries n ON n.name = c.name", "global");
    row("SELECT c.organization_id, n.name FROM contacts c LEFT JOIN countries n ON n.code = c.name",
        "organization_id");
    row("SELECT name FROM contacts", "none of its columns");
    row("SELECT max(organization_id) AS organization_id FROM contacts", "none of its columns");
    row("SELECT coalesce(organization_id, id) AS organization_id FROM contacts", "none of its");
    // Joins
    row("SELECT o.organization_id, c.name FROM orders o JOIN contacts c ON c.id = o.contact_id",
        joined);
    row("SELECT o.organization_id, c.name FROM orders o, contacts c", joined);
    row("SELECT o.organization_id, c.name FROM orders o JOIN contacts c ON c.id = o.contact_id AND "
        "o.organization_id = c.organization_id",
        "organization_id");
    row("SELECT o.organization_id, c.name FROM orders o, contacts c WHERE c.id > 3 AND "
        "(c.organization_id = o.organization_id)",
        "organization_id");
    row("SELECT o.organization_id, c.name FROM orders o, contacts c WHERE c.id > 3 OR "
        "(c.organization_id = o.organization_id)",
        joined);
    row("SELECT o.organization_id, c.name FROM orders o, contacts c WHERE NOT (c.organization_id = "
        "o.organization_id)",
        joined);
    row("SELECT organization_id, c.name FROM orders o JOIN contacts c USING (organization_id)",
        "organization_id");
    row("SELECT o.organization_id, c.name FROM orders o LEFT JOIN contacts c ON c.organization_id "
        "= o.organization_id",
        "organization_id");
    row("SELECT c.organization_id, o.id FROM orders o LEFT JOIN contacts c ON c.organization_id = "
        "o.organization_id",
        "none of its columns");
    row("SELECT o.organization_id, o.id FROM orders o RIGHT JOIN contacts c ON c.organization_id = "
        "o.organization_id",
        "none of its columns");
    row("SELECT o.organization_id, o.id FROM orders o FULL JOIN contacts c ON c.organization_id = "
        "o.organization_id",
        "not understood");
    // What an outer join's ON says of the side that stays drops none of its rows.
    row("SELECT o.organization_id, c.name FROM (orders o CROSS JOIN contacts c) LEFT JOIN "
        "countries n ON c.organization_id = o.organization_id",
        joined);
    row("SELECT o.organization_id, i.id FROM items i JOIN orders o ON o.id = i.order_id",
        "organization_id");
    row("SELECT o.organization_id, p.id FROM parts p JOIN items i ON p.item_id = i.id JOIN orders "
        "o ON o.id = i.order_id",
        "organization_id");
    row("SELECT o.organization_id, i.id FROM items i JOIN orders o ON o.id > i.order_id", joined);
    row("SELECT i.id FROM items i", "none of its columns");
    row("SELECT o.organization_id, i.id FROM items i (a, b) JOIN orders o ON o.id = i.b", joined);
    row("SELECT c.organization_id, t.t FROM contacts c, unnest(string_to_array(c.name, ',')) t (t)",
        "organization_id");
    // Across rows
    row("SELECT organization_id, rank() OVER (ORDER BY name) AS n FROM contacts",
        "rank() looks at the rows of all tenants");
    row("SELECT organization_id, rank() OVER (PARTITION BY organization_id ORDER BY name) AS n "
        "FROM contacts",
        "organization_id");
    row("SELECT organization_id, rank() OVER w AS n FROM contacts WINDOW w AS (PARTITION BY name)",
        "looks at the rows of all tenants");
    row("SELECT organization_id, rank() OVER w AS n FROM contacts WINDOW w AS (PARTITION BY "
        "organization_id)",
        "organization_id");
    row("SELECT DISTINCT ON (name) organization_id, name FROM contacts", "chooses among the rows");
    row("SELECT DISTINCT organization_id, name FROM contacts", "organization_id");
    row("SELECT organization_id, name FROM contacts LIMIT 5", "takes a number of rows");
    row("SELECT organization_id, count(*) AS n FROM contacts GROUP BY ROLLUP (organization_id)",
        "adds up over all tenants");
    row("SELECT organization_id, (SELECT max(o.id) FROM orders o) AS n FROM contacts",
        "a subquery looks at the rows of all tenants");
    row("SELECT organization_id, name FROM contacts WHERE EXISTS (SELECT 1 FROM orders)",
        "a subquery looks at");
    row("SELECT organization_id, name FROM contacts WHERE name IN (SELECT code FROM countries)",
        "organization_id");
    row("SELECT organization_id, audit.look(id) AS n FROM contacts", "what audit.look() reads");
    row("SELECT organization_id, name OPERATOR(public.~>) 'x' AS n FROM contacts",
        "an operator of the project's own");
    // Parts
    row("SELECT organization_id, name FROM contacts UNION SELECT organization_id, 'x' FROM orders",
        "organization_id");
    row("SELECT organization_id, name FROM contacts UNION ALL SELECT id, 'x' FROM orders",
        "a part of it does not say");
    row("SELECT organization_id, name FROM contacts UNION ALL VALUES (1, 'x')",
        "a part of it does not say");
    row("SELECT s.org FROM (SELECT organization_id AS org FROM contacts) s", "org");
    row("SELECT s.org FROM (SELECT id, organization_id FROM contacts) s (org, id)", "none of its");
    row("SELECT s.id AS org FROM (SELECT id, organization_id FROM contacts) s (org, id)", "org");
    row("WITH x (org, n) AS (SELECT organization_id, name FROM contacts) SELECT x.org FROM x",
        "org");
    row("WITH RECURSIVE x AS (SELECT organization_id FROM contacts) SELECT * FROM x",
        "it is recursive");
    row("SELECT * FROM names", "organization_id");
    row("SELECT id FROM log", "nothing says whose the rows of public.log are");
    row("SELECT n FROM pg_catalog.pg_stats", "is no table of this schema");
    row("SELECT FROM", "cannot be understood");
}

/// Whose the rows of a materialized view are is found by following its columns.
void tst_classification::materialized()
{
    QFETCH(QString, definition);
    QFETCH(QString, expected);
    schema::Database database =
        databaseFrom("organizations(id!, name)\n"
                     "contacts(id!, organization_id>organizations, name)\n"
                     "orders(id!, organization_id>organizations, contact_id>contacts)\n"
                     "items(id!, order_id>orders)\n"
                     "parts(id!, item_id>items)\n"
                     "countries(code!, name)\n"
                     "log(id!, contact_id)");
    const auto add = [&](const char *name, const QString &text, bool isMaterialized) {
        schema::View view{.name = {{}, QString::fromLatin1(name)}, .materialized = isMaterialized};
        view.definition = text;
        for (const char *column : {"organization_id", "org", "id", "name", "n", "code", "t"})
            view.columns << schema::Column{.name = QString::fromLatin1(column)};
        database.views << view;
    };
    add("names", QStringLiteral("SELECT contacts.organization_id, contacts.name FROM contacts"),
        false);
    add("kept", definition, true);
    const schema::Name kept{{}, QStringLiteral("kept")};
    const tenant::TableScope scope = tenant::classify(database, {}).tables.value(kept);
    switch (scope.scoping) {
    case tenant::Scoping::Direct:
        QCOMPARE(scope.column, expected);
        break;
    case tenant::Scoping::Global:
        QCOMPARE(expected, QStringLiteral("global"));
        break;
    default:
        QVERIFY2(expected.contains(QLatin1Char(' ')) && scope.reason.contains(expected),
                 qPrintable(scope.reason));
    }
    // What a person says of it goes before.
    tenant::Settings settings;
    settings.tables = {{kept, {tenant::Scoping::Direct, QStringLiteral("n")}}};
    QCOMPARE(tenant::classify(database, settings).tables.value(kept).column, QStringLiteral("n"));
    settings.tables = {{kept, {tenant::Scoping::Unscoped, {}}}};
    QCOMPARE(tenant::classify(database, settings).tables.value(kept).scoping,
             tenant::Scoping::ByQuery);
}

void tst_classification::refusedSettings_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *settings, const char *error) {
        QTest::newRow(settings) << QByteArray(settings) << QString::fromUtf8(error);
    };
    row("[]", "/ is not what it should be (sluice.json); write an object there");
    row("{\n  \"tenant\": {\n    \"column\"\n  }\n}",
        "This is no JSON (sluice.json:4); mend it, or remove it: it says whose rows are whose");
    row("{\"most\": 1e999}",
        "This is no JSON (sluice.json): [json.exception.out_of_range.406] number overflow parsing "
        "'1e999'; mend it, or remove it: it says whose rows are whose");
    row(R"({"tenant": 1})", "tenant is not what it should be (sluice.json); write an object there");
    row(R"({"tenant": {"column": 1}})",
        "tenant.column is not what it should be (sluice.json); write a text there");
    row(R"({"tenant": {"tables": {"a": "mine"}}})",
        "tenant.tables.a is not what it should be (sluice.json); write \"global\", \"unknown\" or "
        "{\"column\": \"…\", \"shared\": \"shown\"} there");
    row(R"({"tenant": {"schemas": []}})",
        "tenant.schemas is not what it should be (sluice.json); write a text or a list of texts "
        "there");
    row(R"({"tenant": {"schemas": ["a"], "column": "b"}})",
        "tenant is not what it should be (sluice.json); write either \"schemas\" or \"column\" and "
        "\"root\" there");
    row(R"({"tenant": {"nested": {"root": "a"}}})",
        "tenant.nested.column is not what it should be (sluice.json); write the column that names "
        "a tenant within a tenant there");
    row(R"({"tenant": {"nested": "a"}})",
        "tenant.nested is not what it should be (sluice.json); write an object there");
    row(R"({"tenant": {"schemas": ["a"], "nested": {"column": "b"}}})",
        "tenant is not what it should be (sluice.json); write either \"schemas\" or \"nested\" "
        "there");
    row(R"({"tenant": {"nested": {"column": "b", "tables": {"a": {"shared": "shown"}}}}})",
        "tenant.nested.tables.a is not what it should be (sluice.json); write \"shared\" in "
        "tenant.tables there");
    row(R"({"tenant": {"declared": "a"}})",
        "tenant is not what it should be (sluice.json); write \"schemas\" beside \"declared\" "
        "there");
    row(R"({"tenant": {"tables": {"a": {"shared": "yes"}}}})",
        "tenant.tables.a.shared is not what it should be (sluice.json); write \"shown\" or "
        "\"hidden\" there");
}

void tst_classification::refusedSettings()
{
    QFETCH(QByteArray, settings);
    const QString file = QStringLiteral("sluice.json");
    const auto read = tenant::settingsFrom(settings, file);
    QVERIFY(!read.ok());
    QTEST(base::toLine(read.error()), "error");
    // Nor is it overwritten.
    QVERIFY(!tenant::withSettings(settings, {}, file).ok());
}

/// Only where the tenant's column can be NULL there is something to say.
void tst_classification::sharedRows()
{
    using tenant::SharedRows;
    const schema::Database database = databaseFrom("tenants(id!, name)\n"
                                                   "a(id!, tenant_id>tenants)\n"
                                                   "b(id!, tenant_id?>tenants)\n"
                                                   "c(tenant_id!?>tenants)\n"
                                                   "d(id!, b_id?>b)");
    tenant::Settings settings;
    const auto shared = [&](const char *table) {
        return tenant::classify(database, settings)
            .tables.value({{}, QString::fromLatin1(table)})
            .shared;
    };
    QCOMPARE(shared("tenants"), SharedRows::None);
    QCOMPARE(shared("a"), SharedRows::None);
    QCOMPARE(shared("b"), SharedRows::Unsaid);
    QCOMPARE(shared("c"), SharedRows::None);
    QCOMPARE(shared("d"), SharedRows::None);
    for (const char *table : {"a", "b", "d"})
        settings.shared.insert({{}, QString::fromLatin1(table)}, SharedRows::Shown);
    QCOMPARE(shared("a"), SharedRows::None);
    QCOMPARE(shared("b"), SharedRows::Shown);
    QCOMPARE(shared("d"), SharedRows::None);
}

void tst_classification::doubtedTablesAreNobodys()
{
    const auto found = tenant::doubted(
        tenant::classify(databaseFrom("tenants(id!, name)\na(id!, tenant_id>tenants)"
                                      "\nplans(id!)"),
                         {}));
    QCOMPARE(found.tables.value({{}, QStringLiteral("a")}).scoping, tenant::Scoping::Direct);
    QCOMPARE(found.tables.value({{}, QStringLiteral("plans")}).scoping, tenant::Scoping::Unscoped);
}

/// One schema a tenant: never guessed, suggested where there are several alike.
void tst_classification::schemasOfTenants()
{
    schema::Database database = databaseFrom("plans(code!)\npattern(id!)\nlinks(id!, x>pattern)");
    const auto add = [&](const char *schema, const char *table) {
        schema::Table made = database.tables.first();
        made.name = {QString::fromLatin1(schema), QString::fromLatin1(table)};
        database.tables << made;
    };
    for (const char *schema : {"t_a", "t_b", "other"}) {
        add(schema, "pattern");
        add(schema, "orders");
    }
    add("auth", "users");
    const QStringList alike{QStringLiteral("other"), QStringLiteral("t_a"), QStringLiteral("t_b")};
    const tenant::Classification unsaid = tenant::classify(database, {});
    QVERIFY(!unsaid.known());
    QCOMPARE(unsaid.alike, alike);
    const QByteArray said = R"({"tenant": {"schemas": "t_*"}})";
    const auto read = tenant::settingsFrom(said, QStringLiteral("sluice.json"));
    QVERIFY(read.ok());
    const tenant::Classification found = tenant::classify(database, *read);
    QCOMPARE(found.schemas, QStringList({QStringLiteral("t_a"), QStringLiteral("t_b")}));
    QCOMPARE(found.alike, QStringList());
    const auto scoping = [&](const char *schema, const char *table) {
        return found.tables.value({QString::fromLatin1(schema), QString::fromLatin1(table)})
            .scoping;
    };
    using tenant::Scoping;
    QCOMPARE(scoping("t_a", "orders"), Scoping::BySchema);
    QCOMPARE(scoping("", "pattern"), Scoping::BySchema);
    QCOMPARE(scoping("", "links"), Scoping::Unscoped);
    QCOMPARE(scoping("", "plans"), Scoping::Global);
    QCOMPARE(scoping("auth", "users"), Scoping::Global);
    // It holds the same and nobody listed it: perhaps a tenant that came later.
    QCOMPARE(found.unlisted, QStringList(QStringLiteral("other")));
    const schema::Name later{QStringLiteral("other"), QStringLiteral("orders")};
    const schema::Name theirs{QStringLiteral("t_b"), QStringLiteral("orders")};
    const schema::Name users{QStringLiteral("auth"), QStringLiteral("users")};
    const QString own = QStringLiteral("t_a");
    QVERIFY(tenant::isForeign(later, found, own));
    QVERIFY(!tenant::isForeign(users, found, own));
    tenant::Settings decided = *read;
    for (const char *table : {"orders", "pattern"})
        decided.tables.insert({QStringLiteral("other"), QString::fromLatin1(table)},
                              {Scoping::Global, {}});
    // What lies in another's schema stays another's, whatever column is said to hold the tenant.
    decided.tables.insert(theirs, {Scoping::Direct, QStringLiteral("code")});
    const tenant::Classification settled = tenant::classify(database, decided);
    QCOMPARE(settled.unlisted, QStringList());
    QVERIFY(!tenant::isForeign(later, settled, own));
    const auto closed =
        tenant::scoped({.from = {theirs, QStringLiteral("o")}}, settled, own).scopes;
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().column.column, QString());
    // What is kept says the same, and stays as it was written.
    const auto kept = tenant::withSettings(said, *read, QStringLiteral("sluice.json"));
    QVERIFY(kept.ok());
    QVERIFY2(kept->contains(R"("schemas": "t_*")"), kept->constData());
    tenant::Settings more = *read;
    more.schemas << QStringLiteral("gone");
    more.declared = QStringLiteral("app");
    const auto changed = tenant::withSettings(said, more, QStringLiteral("sluice.json"));
    QVERIFY(changed.ok());
    QCOMPARE(*tenant::settingsFrom(*changed, QStringLiteral("sluice.json")), more);
    QCOMPARE(tenant::unknownNames(more, database), QStringList(QStringLiteral("gone")));
    const auto emptied = tenant::withSettings(*changed, {}, QStringLiteral("sluice.json"));
    QCOMPARE(*tenant::settingsFrom(*emptied, QStringLiteral("sluice.json")), tenant::Settings());
}

void tst_classification::settingsStayBesideOthers()
{
    tenant::Settings settings{
        .column = QStringLiteral("org"), .root = {}, .label = {}, .tables = {}};
    settings.tables.insert({QStringLiteral("auth"), QStringLiteral("b")},
                           {tenant::Scoping::Direct, QStringLiteral("o")});
    settings.tables.insert({{}, QStringLiteral("a")}, {tenant::Scoping::Global, {}});
    const auto written =
        tenant::withSettings(R"({"z": [1, 2], "tenant": {"label": "x", "later": true},
        "b": null})",
                             settings, QStringLiteral("sluice.json"));
    QVERIFY(written.ok());
    QCOMPARE(*written, QByteArray(R"({
  "z": [
    1,
    2
  ],
  "tenant": {
    "later": true,
    "column": "org",
    "tables": {
      "a": "global",
      "auth.b": {
        "column": "o"
      }
    }
  },
  "b": null
}
)"));
}

QTEST_GUILESS_MAIN(tst_classification)
#include "tst_classification.moc"
