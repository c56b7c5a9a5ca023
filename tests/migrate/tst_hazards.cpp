// SPDX-License-Identifier: GPL-3.0-or-later
#include "../diff/fixture.h"
#include "migrate/plan.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;
Q_DECLARE_METATYPE(Edit)

namespace
{
QString letter(migrate::Hazard::Severity severity)
{
    return QStringLiteral("SAWL").mid(int(severity), 1);
}
} // namespace

/// What each kind of statement is said to lock, rewrite or lose.
class TestHazards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severities_data();
    void severities();
    void rules_data();
    void rules();
};

void TestHazards::severities_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("expected"); ///< a line a hazard: Safe, Advice, Warning or Loss, text
    const auto row = [](const char *name, const Edit &edit, const char *expected) {
        QTest::newRow(name) << edit << q(expected);
    };
    const auto alter = [](const char *columnName, const char *type) {
        return [=](schema::Database &db) { columnOf(db, "contacts", columnName).type = q(type); };
    };
    const auto newTable = [](schema::Database &db) {
        schema::Table orders = table("orders", {key("id"), column("contact_id", "uuid")});
        orders.indexes << index("orders_contact", "contact_id");
        db.tables << orders;
    };

    row("new table on its own", newTable,
        "S locks nothing that is in use\n"
        "S locks nothing that is in use\n");
    row(
        "new table that points to an old one",
        [=](auto &db) {
            newTable(db);
            tableOf(db, "orders").foreignKeys
                << foreignKey("orders_contact_fk", "contact_id", "contacts", "id");
        },
        "S locks nothing that is in use\n"
        "A SHARE ROW EXCLUSIVE · at once\n"
        "A nobody can write into public.contacts meanwhile\n"
        "S locks nothing that is in use\n");
    row(
        "table dropped", [](auto &db) { db.tables.removeLast(); },
        "A ACCESS EXCLUSIVE · at once\n"
        "L loses the table with its rows\n"
        "W CASCADE also drops what is not named here\n");
    row(
        "plain column",
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text"); },
        "A ACCESS EXCLUSIVE · at once\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "column with now()",
        [](auto &db) {
            tableOf(db, "contacts").columns << column("at", "timestamp with time zone", true);
            columnOf(db, "contacts", "at").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("now()")};
        },
        "A ACCESS EXCLUSIVE · at once\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "column with a value of its own in every row",
        [](auto &db) {
            tableOf(db, "contacts").columns << column("token", "uuid", true);
            columnOf(db, "contacts", "token").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("gen_random_uuid()")};
        },
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W writes a value into every row\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "serial", [](auto &db) { tableOf(db, "contacts").columns << column("n", "serial", true); },
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W writes a value into every row\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "NOT NULL without default",
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text", true); },
        "W ACCESS EXCLUSIVE · scans the table\n"
        "W fails when the table has rows: NOT NULL without a default\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "column dropped", [](auto &db) { removeColumn(db, "contacts", "nickname"); },
        "A ACCESS EXCLUSIVE · at once\n"
        "L loses the column's values\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row("varchar wider", alter("email", "varchar(320)"),
        "A ACCESS EXCLUSIVE · at once\n"
        "A the stored rows stay as they are\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row("varchar to text", alter("email", "text"),
        "A ACCESS EXCLUSIVE · at once\n"
        "A the stored rows stay as they are\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row("varchar narrower", alter("email", "varchar(80)"),
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W needs the table's size once more on the disk while it runs\n"
        "W fails when a value does not fit\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row("text to integer", alter("nickname", "integer"),
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W needs the table's size once more on the disk while it runs\n"
        "W fails when a value does not fit\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
    row(
        "SET NOT NULL", [](auto &db) { columnOf(db, "contacts", "nickname").notNull = true; },
        "W ACCESS EXCLUSIVE · scans the table\n"
        "W fails when a row is NULL\n");
    row(
        "DROP NOT NULL", [](auto &db) { columnOf(db, "contacts", "email").notNull = false; },
        "A ACCESS EXCLUSIVE · at once\n"
        "A readers may not expect NULL\n");
    row(
        "default",
        [](auto &db) {
            columnOf(db, "contacts", "nickname").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("'x'")};
        },
        "A ACCESS EXCLUSIVE · at once\n"
        "A only new rows get it\n");
    row(
        "index", [](auto &db) { tableOf(db, "contacts").indexes << index("i", "nickname"); },
        "W SHARE · builds an index\n"
        "W nobody can write while the index is built\n");
    row(
        "unique index concurrently",
        [](auto &db) {
            schema::Index made = index("i", "nickname", true);
            made.concurrently = true;
            tableOf(db, "contacts").indexes << made;
        },
        "A SHARE UPDATE EXCLUSIVE · builds an index\n"
        "W cannot run inside a transaction, so drizzle-kit migrate fails on it\n"
        "W fails when there are duplicates\n");
    row(
        "index dropped", [](auto &db) { tableOf(db, "contacts").indexes.clear(); },
        "A ACCESS EXCLUSIVE · at once\n"
        "W queries that used it get slow\n");
    row(
        "unique dropped, check dropped",
        [](auto &db) {
            tableOf(db, "contacts").uniques.clear();
            tableOf(db, "contacts").checks.clear();
        },
        "A ACCESS EXCLUSIVE · at once\n"
        "W queries that used it get slow\n"
        "A ACCESS EXCLUSIVE · at once\n");
    row(
        "unique and check",
        [](auto &db) {
            tableOf(db, "contacts").uniques << schema::Unique{q("u"), {q("nickname")}, false, {}};
            tableOf(db, "contacts").checks << schema::Check{q("c"), q("true"), {}};
        },
        "W ACCESS EXCLUSIVE · builds an index\n"
        "W fails when there are duplicates\n"
        "W ACCESS EXCLUSIVE · scans the table\n"
        "W fails when a row does not pass\n");
    row(
        "foreign key",
        [](auto &db) {
            tableOf(db, "contacts").foreignKeys << foreignKey("f", "id", "organizations", "id");
        },
        "W SHARE ROW EXCLUSIVE · scans the table\n"
        "W fails when a row has no target\n");
    row(
        "foreign key dropped", [](auto &db) { tableOf(db, "contacts").foreignKeys.clear(); },
        "A ACCESS EXCLUSIVE · at once\n"
        "W rows without a target become possible\n");
    row(
        "enum value", [](auto &db) { db.enums[0].values << q("robot"); },
        "S locks nothing that is in use\n"
        "A at the end: where others added values too, the order may differ\n");
    row(
        "enum value that is used at once",
        [](auto &db) {
            db.enums[0].values << q("robot");
            columnOf(db, "contacts", "kind").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("'robot'")};
        },
        "S locks nothing that is in use\n"
        "A at the end: where others added values too, the order may differ\n"
        "W the new value is used right away, so it has a migration of its own\n"
        "A ACCESS EXCLUSIVE · at once\n"
        "A only new rows get it\n");
}

void TestHazards::severities()
{
    QFETCH(Edit, edit);
    QFETCH(QString, expected);
    const schema::Database from = crm();
    schema::Database to = from;
    edit(to);
    QString found;
    for (const migrate::PlanLine &line : migrate::plan(diff::compare(from, to), from, to).lines) {
        for (const migrate::Hazard &hazard : line.hazards)
            found += letter(hazard.severity) + u' ' + hazard.text + u'\n';
    }
    QCOMPARE(found, expected);
}

namespace
{
using Renames = QList<diff::RenameAnswer>;

schema::Surroundings surroundingsWith(const char *index, qint64 scans, bool valid)
{
    schema::Surroundings live;
    schema::IndexTraits traits;
    traits.table = {{}, q("contacts")};
    traits.scans = scans;
    traits.valid = valid;
    live.indexes.insert({{}, q(index)}, traits);
    return live;
}

/// A database with publication news, and contacts of 100 MB.
schema::Surroundings publishedAndLarge()
{
    schema::Surroundings live = surroundingsWith("contacts_email_index", 0, true);
    live.indexes.begin()->bytes = 20'000'000;
    live.unmanaged << schema::ObjectId{schema::ObjectKind::Publication, {{}, q("news")}, {}};
    live.tables[{{}, q("contacts")}].bytes = 100'000'000;
    return live;
}

schema::View reader(const char *definition, bool materialized)
{
    schema::View made;
    made.name = {{}, q("reader")};
    made.definition = q(definition);
    made.materialized = materialized;
    return made;
}

schema::Policy policyFor(const char *uses)
{
    schema::Policy made;
    made.name = q("p");
    made.as = q("PERMISSIVE");
    made.command = q("ALL");
    made.roles << q("public");
    made.usingExpression = q(uses);
    return made;
}
} // namespace
Q_DECLARE_METATYPE(Renames)

void TestHazards::rules_data()
{
    QTest::addColumn<Edit>("first"); ///< of the schema before
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Renames>("answers");
    QTest::addColumn<schema::Surroundings>("live");
    QTest::addColumn<QString>("expected"); ///< what the rules say, without locks and work
    const Edit nothing = [](schema::Database &) {};
    const auto row = [&](const char *name, const Edit &first, const Edit &edit,
                         const char *expected, const Renames &answers = {},
                         const schema::Surroundings &live = {}) {
        QTest::newRow(name) << first << edit << answers << live << q(expected);
    };

    row("column renamed", nothing,
        [](auto &db) { columnOf(db, "contacts", "nickname").name = q("alias"); },
        "W programs that still use the old name fail at once\n"
        "A prepared SELECT * of open connections fails once afterwards\n",
        {{diff::Kind::Column, {{}, q("contacts")}, {{}, q("nickname")}, {{}, q("alias")}}});
    row("table renamed", nothing,
        [](auto &db) {
            tableOf(db, "organizations").name.name = q("companies");
            tableOf(db, "contacts").foreignKeys[0].targetTable = q("companies");
        },
        "W programs that still use the old name fail at once\n",
        {{diff::Kind::Table, {}, {{}, q("organizations")}, {{}, q("companies")}}});
    row("enum value renamed", nothing, [](auto &db) { db.enums[0].values[1] = q("firm"); },
        "W programs that still write the old value fail at once\n",
        {{diff::Kind::EnumValue, {{}, q("kind")}, {{}, q("company")}, {{}, q("firm")}}});
    row(
        "foreign key without an index", nothing,
        [](auto &db) {
            tableOf(db, "contacts").columns << column("boss", "uuid");
            tableOf(db, "contacts").foreignKeys << foreignKey("f", "boss", "contacts", "id");
        },
        "A prepared SELECT * of open connections fails once afterwards\n"
        "W fails when a row has no target\n"
        "A no index begins with boss: deleting a target scans the table\n");
    row(
        "foreign key with an index", nothing,
        [](auto &db) {
            tableOf(db, "contacts").columns << column("boss", "uuid");
            tableOf(db, "contacts").foreignKeys << foreignKey("f", "boss", "contacts", "id");
            tableOf(db, "contacts").indexes << index("i", "boss");
        },
        "A prepared SELECT * of open connections fails once afterwards\n"
        "W fails when a row has no target\n"
        "W nobody can write while the index is built\n");
    row(
        "check on a function of ours", nothing,
        [](auto &db) {
            tableOf(db, "contacts").checks
                << schema::Check{q("c"), q("app.is_fine(\"nickname\")"), {}};
        },
        "W fails when a row does not pass\n"
        "A calls app.is_fine: PostgreSQL does not notice when that changes\n");
    row(
        "check on a function of PostgreSQL", nothing,
        [](auto &db) {
            tableOf(db, "contacts").checks
                << schema::Check{q("c"), q("length(\"nickname\") > 1"), {}};
        },
        "W fails when a row does not pass\n");
    row(
        "index that is in use dropped", nothing,
        [](auto &db) { tableOf(db, "contacts").indexes.clear(); },
        "W queries that used it get slow\n"
        "W the index was used 42 times\n",
        {}, surroundingsWith("contacts_email_index", 42, true));
    row(
        "index changed", nothing,
        [](auto &db) { tableOf(db, "contacts").indexes[0].columns[0].expression = q("nickname"); },
        "W queries that used it get slow\n"
        "W nobody can write while the index is built\n"
        "W until it is built again there is no index\n");
    row(
        "index left behind by a build that failed", nothing,
        [](auto &db) { tableOf(db, "contacts").indexes << index("broken", "nickname"); },
        "W nobody can write while the index is built\n"
        "W index broken is left over from a build that failed\n",
        {}, surroundingsWith("broken", 0, false));
    row(
        "index of four columns", nothing,
        [](auto &db) {
            schema::Index wide = index("wide", "nickname");
            for (const char *name : {"email", "kind", "organization_id"})
                wide.columns << schema::IndexColumn{q(name), false, true, q("last"), {}};
            tableOf(db, "contacts").indexes << wide;
        },
        "W nobody can write while the index is built\n"
        "A an index of more than three columns is rarely used\n");
    row(
        "index that another one begins with", nothing,
        [](auto &db) {
            schema::Index longer = index("longer", "email");
            longer.columns << schema::IndexColumn{q("nickname"), false, true, q("last"), {}};
            tableOf(db, "contacts").indexes << longer;
        },
        "W nobody can write while the index is built\n"
        "A longer and contacts_email_index begin alike: the longer one is enough\n");
    row(
        "key that ends", nothing,
        [](auto &db) {
            schema::Column id = column("id", "integer", true);
            id.primaryKey = true;
            db.tables << table("numbers", {id});
        },
        "A an integer key ends at 2147483647: bigint costs nothing more\n");
    row(
        "types that surprise", nothing,
        [](auto &db) {
            db.tables << table("odd", {column("c", "char(3)"), column("at", "timestamp"),
                                       column("j", "json"), column("fine", "jsonb")});
        },
        "A char(3) is padded with blanks: text with a check does what is meant\n"
        "A timestamp does not say which moment is meant: timestamp with time zone does\n"
        "A json keeps the text as it is: jsonb can be compared and indexed\n");
    row(
        "row security without a policy", nothing,
        [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = true; },
        "W changes who may see or write which rows\n"
        "W without a policy nobody but the owner sees a row\n");
    row(
        "row security off", [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = true; },
        [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = false; },
        "W changes who may see or write which rows\n");
    row(
        "policy loosened", [](auto &db) { tableOf(db, "contacts").policies << policyFor("false"); },
        [](auto &db) { tableOf(db, "contacts").policies[0].usingExpression = q("true"); },
        "W changes who may see or write which rows\n");
    row(
        "policy dropped",
        [](auto &db) {
            tableOf(db, "contacts").rowLevelSecurity = true;
            tableOf(db, "contacts").policies << policyFor("true");
        },
        [](auto &db) { tableOf(db, "contacts").policies.clear(); },
        "W changes who may see or write which rows\n");
    row(
        "view with other columns",
        [](auto &db) { db.views << reader("select \"id\", \"email\" from \"contacts\"", false); },
        [](auto &db) { db.views[0].definition = q("select \"email\" from \"contacts\""); },
        "W the view is made anew: grants and comments that are not known here are lost\n");
    row(
        "materialized view changed",
        [](auto &db) { db.views << reader("select \"id\" from \"contacts\"", true); },
        [](auto &db) { db.views[0].definition = q("select \"email\" from \"contacts\""); },
        "W runs the whole query · indexes that are not known here are lost\n");
    row(
        "rewrite of a table that is large, and published", nothing,
        [](auto &db) { columnOf(db, "contacts", "nickname").type = q("integer"); },
        "W needs the table's size once more on the disk while it runs\n"
        "W fails when a value does not fit\n"
        "A prepared SELECT * of open connections fails once afterwards\n"
        "W publication news does not carry it: subscribers of the table need it as well, or they "
        "stop\n"
        "W needs about 228.88 MiB of free disk, the log of it included\n",
        {}, publishedAndLarge());
    row(
        "a column that a publication does not carry", nothing,
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text"); },
        "W publication news does not carry it: subscribers of the table need it as well, or they "
        "stop\n"
        "A prepared SELECT * of open connections fails once afterwards\n",
        {}, publishedAndLarge());
    row(
        "a table without a key, for a publication", nothing,
        [](auto &db) { db.tables << table("log", {column("n", "bigint")}); },
        "W without a key UPDATE and DELETE fail when publication news has the table\n", {},
        publishedAndLarge());
    row(
        "nothing that a publication would carry", nothing,
        [](auto &db) { columnOf(db, "contacts", "nickname").notNull = true; },
        "W fails when a row is NULL\n", {}, publishedAndLarge());
    row(
        "two tables in one transaction", nothing,
        [](auto &db) {
            tableOf(db, "contacts").columns << column("phone", "text");
            tableOf(db, "contacts").columns << column("fax", "text");
            tableOf(db, "organizations").columns << column("phone", "text");
        },
        "A prepared SELECT * of open connections fails once afterwards\n"
        "A prepared SELECT * of open connections fails once afterwards\n"
        "A public.organizations stays locked meanwhile: a program that locks them in another "
        "order ends in a deadlock\n"
        "A prepared SELECT * of open connections fails once afterwards\n");
}

void TestHazards::rules()
{
    QFETCH(Edit, first);
    QFETCH(Edit, edit);
    QFETCH(Renames, answers);
    QFETCH(schema::Surroundings, live);
    QFETCH(QString, expected);
    schema::Database from = crm();
    first(from);
    schema::Database to = from;
    edit(to);
    migrate::PlanOptions options;
    if (live != schema::Surroundings())
        options.surroundings = &live;
    const migrate::Plan plan = migrate::plan(diff::compare(from, to, answers), from, to, options);
    QVERIFY(plan.questions.isEmpty());
    QString found;
    for (const migrate::PlanLine &line : plan.lines) {
        for (const migrate::Hazard &hazard : line.hazards) {
            if (hazard.rule != migrate::Rule::None)
                found += letter(hazard.severity) + u' ' + hazard.text + u'\n';
        }
    }
    QCOMPARE(found, expected);
}

QTEST_GUILESS_MAIN(TestHazards)
#include "tst_hazards.moc"
