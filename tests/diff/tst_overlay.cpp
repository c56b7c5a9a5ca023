// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/overlay.h"
#include "fixture.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;
Q_DECLARE_METATYPE(Edit)

namespace
{
QString mark(diff::Presence presence)
{
    switch (presence) {
    case diff::Presence::Unknown:
        return q("?");
    case diff::Presence::Both:
        return q("=");
    case diff::Presence::InCode:
        return q("+");
    case diff::Presence::InDatabase:
        return q("-");
    case diff::Presence::Differs:
        break;
    }
    return q("~");
}

/// The nodes as an indented text; those that are in both and say nothing only with \a all.
QString print(const QList<diff::OverlayNode> &nodes, bool all, int depth = 0)
{
    QString text;
    for (const diff::OverlayNode &node : nodes) {
        if (all || node.presence != diff::Presence::Both || !node.note.isEmpty()) {
            text += QString(depth * 2, u' ') + mark(node.presence) + u' ' + node.name;
            if (!node.note.isEmpty())
                text += q(" | ") + node.note;
            text += u'\n';
        }
        text += print(node.children, all, depth + 1);
    }
    return text;
}

QList<diff::OverlayNode> overlaid(const schema::Database &code, const schema::Database &database,
                                  const QList<diff::RenameAnswer> &answers = {})
{
    const diff::Difference difference = diff::compare(database, code, answers);
    return diff::overlay(&code, &database, &difference);
}

QList<diff::OverlayNode> codeOnly(const schema::Database &code)
{
    return diff::overlay(&code, nullptr, nullptr);
}

schema::Policy policy(const char *name, const char *command)
{
    schema::Policy made;
    made.name = q(name);
    made.command = q(command);
    made.roles = {q("public")};
    return made;
}

schema::View view(const char *name, const char *definition)
{
    schema::View made;
    made.name = {{}, q(name)};
    made.definition = q(definition);
    return made;
}

schema::Relation relation(const char *from, const char *name, const char *to,
                          schema::Relation::Kind kind)
{
    schema::Relation made;
    made.table = {{}, q(from)};
    made.name = q(name);
    made.kind = kind;
    made.target = {{}, q(to)};
    return made;
}
} // namespace

class TestOverlay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differences_data();
    void differences();
    void codeAlone();
    void databaseAlone();
    void answeredRenames();
    void nothingCompared();
    void details();
};

void TestOverlay::differences_data()
{
    QTest::addColumn<Edit>("inCode");
    QTest::addColumn<Edit>("inDatabase");
    QTest::addColumn<QString>("expected");
    const Edit none = [](schema::Database &) {};
    const auto row = [](const char *name, const Edit &inCode, const Edit &inDatabase,
                        const char *expected) {
        QTest::newRow(name) << inCode << inDatabase << q(expected);
    };

    row("the same", none, none, "");
    row(
        "ledger", none,
        [](auto &db) {
            db.schemas << q("drizzle");
            db.tables << table("__drizzle_migrations", {column("hash", "text")}, "drizzle");
        },
        "");
    row(
        "column only in code",
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text"); }, none,
        "~ public | different: contacts\n"
        "  ~ contacts | only in code: phone\n"
        "    + phone\n");
    row(
        "type and null", [](auto &db) { columnOf(db, "contacts", "email").notNull = true; },
        [](auto &db) {
            columnOf(db, "contacts", "email").type = q("varchar(320)");
            columnOf(db, "contacts", "email").notNull = false;
        },
        "~ public | different: contacts\n"
        "  ~ contacts | different: email\n"
        "    ~ email | type: varchar(255) in code, varchar(320) in database; null: NOT NULL "
        "in code, NULL in database\n");
    row(
        "tables", [](auto &db) { db.tables << table("orders", {key("id")}); },
        [](auto &db) { db.tables << table("old", {key("id")}); },
        "~ public | only in code: orders; only in database: old\n"
        "  - old\n"
        "    - id\n"
        "  + orders\n"
        "    + id\n");
    row(
        "schema only in database", none,
        [](auto &db) { db.tables << table("sessions", {key("id")}, "auth"); },
        "- auth\n"
        "  - sessions\n"
        "    - id\n");
    row(
        "enum values", [](auto &db) { db.enums[0].values << q("robot"); }, none,
        "~ public | different: Enums\n"
        "  ~ Enums | different: kind\n"
        "    ~ kind | only in code: robot\n"
        "      + robot\n");
    row(
        "order of enum values",
        [](auto &db) {
            db.enums[0].values = {q("company"), q("person")};
        },
        none,
        "~ public | different: Enums\n"
        "  ~ Enums | different: kind\n"
        "    ~ kind | values: company, person in code, person, company in "
        "database\n");
    row(
        "index", [](auto &db) { tableOf(db, "contacts").indexes[0].isUnique = true; }, none,
        "~ public | different: contacts\n"
        "  ~ contacts | different: contacts_email_index\n"
        "    ~ contacts_email_index | UNIQUE: yes in code, none in database\n");
    row(
        "foreign key under another name", none,
        [](auto &db) { tableOf(db, "contacts").foreignKeys[0].name = q("fk1"); },
        "~ public | different: contacts\n"
        "  ~ contacts | different: contacts_organization_id_organizations_id_fk\n"
        "    ~ contacts_organization_id_organizations_id_fk | name: "
        "contacts_organization_id_organizations_id_fk in code, fk1 in database\n");
    row(
        "columns of an index",
        [](auto &db) { tableOf(db, "contacts").indexes[0].columns[0].ascending = false; }, none,
        "~ public | different: contacts\n"
        "  ~ contacts | different: contacts_email_index\n"
        "    ~ contacts_email_index | columns: (email DESC NULLS LAST) in code, (email) in "
        "database\n");
    row(
        "default",
        [](auto &db) {
            columnOf(db, "contacts", "nickname").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("'x'")};
        },
        none,
        "~ public | different: contacts\n"
        "  ~ contacts | different: nickname\n"
        "    ~ nickname | default: 'x' in code, none in database\n");
    row(
        "check", [](auto &db) { tableOf(db, "contacts").checks[0].expression = q("true"); }, none,
        "~ public | different: contacts\n"
        "  ~ contacts | different: email_check\n"
        "    ~ email_check | condition: true in code, \"contacts\".\"email\" <> '' in database\n");
    row(
        "primary key",
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys << schema::PrimaryKey{{}, {q("id"), q("email")}};
        },
        none,
        "~ public | different: contacts\n"
        "  ~ contacts | primary key: (id, email) in code, (id) in database\n");
    row(
        "row-level security", [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = true; },
        none,
        "~ public | different: contacts\n"
        "  ~ contacts | row-level security: on in code, off in database\n");
    row(
        "policy", [](auto &db) { tableOf(db, "contacts").policies << policy("mine", "SELECT"); },
        [](auto &db) {
            tableOf(db, "contacts").policies << policy("mine", "ALL") << policy("old", "ALL");
        },
        "~ public | different: contacts\n"
        "  ~ contacts | only in database: old; different: mine\n"
        "    ~ mine | command: SELECT in code, ALL in database\n"
        "    - old\n");
    row(
        "view, sequence and role",
        [](auto &db) {
            db.views << view("busy", "select 1");
            db.sequences << schema::Sequence{{{}, q("numbers")}, {.increment = q("2")}, {}};
            db.roles << schema::Role{.name = q("auditor"), .createDb = true, .origin = {}};
        },
        [](auto &db) {
            db.views << view("busy", "select 2") << view("gone", "select 3");
            db.sequences << schema::Sequence{{{}, q("numbers")}, {.increment = q("1")}, {}};
            db.roles << schema::Role{.name = q("auditor"), .origin = {}};
        },
        "~ public | different: Views, Sequences\n"
        "  ~ Views | only in database: gone; different: busy\n"
        "    ~ busy | definition: select 1 in code, select 2 in database\n"
        "    - gone\n"
        "  ~ Sequences | different: numbers\n"
        "    ~ numbers | INCREMENT: 2 in code, 1 in database\n"
        "~ Roles | different: auditor\n"
        "  ~ auditor | CREATEDB: yes in code, no in database\n");
    row(
        "somebody else's view",
        [](auto &db) {
            db.views << view("theirs", "");
            db.views[0].existing = true;
        },
        none, "");
    row(
        "relations",
        [](auto &db) {
            using Kind = schema::Relation::Kind;
            db.relations << relation("contacts", "organization", "organizations", Kind::One)
                         << relation("organizations", "contacts", "contacts", Kind::Many)
                         << relation("contacts", "twin", "contacts", Kind::One);
        },
        none,
        "    = organization | foreign key contacts_organization_id_organizations_id_fk\n"
        "    + twin | the database has no foreign key for this relation\n"
        "    = contacts | foreign key contacts_organization_id_organizations_id_fk\n");
}

void TestOverlay::differences()
{
    QFETCH(Edit, inCode);
    QFETCH(Edit, inDatabase);
    QFETCH(QString, expected);
    schema::Database code = crm();
    schema::Database database = crm();
    inCode(code);
    inDatabase(database);
    QCOMPARE(print(overlaid(code, database), false), expected);
}

void TestOverlay::codeAlone()
{
    const QList<diff::OverlayNode> nodes = codeOnly(crm());
    QCOMPARE(print(nodes, true), q("? public\n"
                                   "  ? contacts\n"
                                   "    ? id\n"
                                   "    ? organization_id\n"
                                   "    ? email\n"
                                   "    ? nickname\n"
                                   "    ? kind\n"
                                   "    ? contacts_email_index\n"
                                   "    ? contacts_email_unique\n"
                                   "    ? contacts_organization_id_organizations_id_fk\n"
                                   "    ? email_check\n"
                                   "  ? organizations\n"
                                   "    ? id\n"
                                   "    ? name\n"
                                   "  ? Enums\n"
                                   "    ? kind\n"
                                   "      ? person\n"
                                   "      ? company\n"));
}

void TestOverlay::databaseAlone()
{
    schema::Database database;
    database.tables << table("orders", {key("id")});
    QCOMPARE(print(overlaid({}, database), true), q("- public\n"
                                                    "  - orders\n"
                                                    "    - id\n"));
    QVERIFY(diff::overlay(nullptr, nullptr, nullptr).isEmpty());
}

/// What is one thing under two names is one node.
void TestOverlay::answeredRenames()
{
    schema::Database code = crm();
    tableOf(code, "contacts").columns[3].name = q("alias");
    code.tables[0].name.name = q("companies");
    tableOf(code, "contacts").foreignKeys[0].targetTable = q("companies");
    using diff::Kind;
    QCOMPARE(
        print(
            overlaid(code, crm(),
                     {{Kind::Table, {}, {{}, q("organizations")}, {{}, q("companies")}},
                      {Kind::Column, {{}, q("contacts")}, {{}, q("nickname")}, {{}, q("alias")}}}),
            false),
        q("~ public | different: companies, contacts\n"
          "  ~ companies | name: public.companies in code, public.organizations in database; "
          "primary key name: companies_pkey in code, organizations_pkey in database\n"
          "  ~ contacts | different: alias\n"
          "    ~ alias | name: alias in code, nickname in database\n"));
}

/// Both are known and could not be compared: all is there, and nothing is claimed.
void TestOverlay::nothingCompared()
{
    schema::Database code, database;
    code.tables << table("orders", {key("id")});
    database.tables << table("old", {key("id")});
    QCOMPARE(print(diff::overlay(&code, &database, nullptr), true), q("? public\n"
                                                                      "  ? old\n"
                                                                      "    ? id\n"
                                                                      "  ? orders\n"
                                                                      "    ? id\n"));
}

void TestOverlay::details()
{
    schema::Database code = crm();
    tableOf(code, "contacts").origin = {q("contacts"), {q("schema/contacts.ts"), 7, 1}};
    const QList<diff::OverlayNode> nodes = codeOnly(code);
    const diff::OverlayNode contacts = nodes.first().children.first();
    QCOMPARE(contacts.origin.location.line, 7);
    QCOMPARE(contacts.owner.qualified(), q("public.contacts"));
    const diff::OverlayNode id = contacts.children[0];
    QVERIFY(id.primaryKey && id.notNull);
    QCOMPARE(id.detail, q("uuid"));
    QCOMPARE(contacts.children[6].detail, q("unique (organization_id, email)"));
    QCOMPARE(contacts.children[7].detail, q("(organization_id) → organizations(id)"));
}

QTEST_GUILESS_MAIN(TestOverlay)
#include "tst_overlay.moc"
