// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/change.h"
#include "fixture.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;
Q_DECLARE_METATYPE(Edit)

class TestCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data();
    void changes();
    void ledgerIsNoDifference();
    void originIsNoDifference();
};

void TestCompare::changes_data()
{
    QTest::addColumn<Edit>("before");
    QTest::addColumn<Edit>("after");
    QTest::addColumn<QStringList>("expected");
    const Edit none = [](schema::Database &) {};
    const auto row = [](const char *name, const Edit &before, const Edit &after,
                        const QStringList &expected) {
        QTest::newRow(name) << before << after << expected;
    };

    row("identical", none, none, {});
    row("schema added", none, [](auto &db) { db.schemas << q("auth"); }, {q("add schema auth")});
    row("schema dropped", [](auto &db) { db.schemas << q("auth"); }, none, {q("drop schema auth")});
    row("table added", none, [](auto &db) { db.tables << table("orders", {key("id")}); },
        {q("add table public.orders")});
    row("table dropped", [](auto &db) { db.tables << table("orders", {key("id")}); }, none,
        {q("drop table public.orders")});
    row("column added", none,
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text"); },
        {q("add column public.contacts.phone: text")});
    row("column dropped", none, [](auto &db) { removeColumn(db, "contacts", "nickname"); },
        {q("drop column public.contacts.nickname: text")});
    row("type", none, [](auto &db) { columnOf(db, "contacts", "email").type = q("varchar(320)"); },
        {q("alter column public.contacts.email: type: varchar(255) → varchar(320)")});
    row(
        "type spelled with a blank",
        [](auto &db) { columnOf(db, "contacts", "email").type = q("timestamp (3)"); },
        [](auto &db) { columnOf(db, "contacts", "email").type = q("timestamp(3)"); }, {});
    row("not null and default", none,
        [](auto &db) {
            auto &nickname = columnOf(db, "contacts", "nickname");
            nickname.notNull = true;
            nickname.defaultValue = schema::Default{schema::Default::Form::Sql, q("'x'")};
        },
        {q("alter column public.contacts.nickname: default: none → 'x'; null: NULL → NOT NULL")});
    row(
        "integer to serial",
        [](auto &db) { columnOf(db, "contacts", "nickname").type = q("integer"); },
        [](auto &db) { columnOf(db, "contacts", "nickname").type = q("serial"); },
        {q("alter column public.contacts.nickname: type: integer → serial")});
    row("identity", none,
        [](auto &db) { columnOf(db, "contacts", "nickname").identity = schema::Identity(); },
        {q("alter column public.contacts.nickname: identity: none → BY DEFAULT ()")});
    row("generated", none,
        [](auto &db) {
            columnOf(db, "contacts", "nickname").generated = schema::Generated{q("upper(email)")};
        },
        {q("alter column public.contacts.nickname: generated: none → upper(email)")});
    row("primary key", none, [](auto &db) { columnOf(db, "contacts", "id").primaryKey = false; },
        {q("drop primary key public.contacts: (id)")});
    row(
        "composite primary key renamed",
        [](auto &db) {
            auto made = table("tags", {column("a", "text", true), column("b", "text", true)});
            made.primaryKeys << schema::PrimaryKey{q("pk1"), {q("a"), q("b")}};
            db.tables << made;
        },
        [](auto &db) {
            auto made = table("tags", {column("a", "text", true), column("b", "text", true)});
            made.primaryKeys << schema::PrimaryKey{q("pk2"), {q("a"), q("b")}};
            db.tables << made;
        },
        {q("rename primary key public.tags.pk1 → public.tags.pk2")});
    row(
        "first primary key with its column",
        [](auto &db) { db.tables << table("notes", {column("body", "text")}); },
        [](auto &db) {
            db.tables << table("notes", {column("body", "text"), key("id")});
        },
        {q("add column public.notes.id: uuid PRIMARY KEY")});
    row("index changed", none, [](auto &db) { tableOf(db, "contacts").indexes[0].isUnique = true; },
        {q("drop index public.contacts.contacts_email_index"),
         q("add index public.contacts.contacts_email_index")});
    row("foreign key changed", none,
        [](auto &db) { tableOf(db, "contacts").foreignKeys[0].onDelete = q("cascade"); },
        {q("drop foreign key public.contacts.contacts_organization_id_organizations_id_fk: "
           "(organization_id) → public.organizations(id)"),
         q("add foreign key public.contacts.contacts_organization_id_organizations_id_fk: "
           "(organization_id) → public.organizations(id)")});
    row("foreign key's action in capitals", none,
        [](auto &db) { tableOf(db, "contacts").foreignKeys[0].onDelete = q("NO ACTION"); }, {});
    row("unique dropped", none, [](auto &db) { tableOf(db, "contacts").uniques.clear(); },
        {q("drop unique public.contacts.contacts_email_unique: (organization_id, email)")});
    row("check changed", none,
        [](auto &db) { tableOf(db, "contacts").checks[0].expression = q("true"); },
        {q("drop check public.contacts.email_check: \"contacts\".\"email\" <> ''"),
         q("add check public.contacts.email_check: true")});
    row("enum added", none,
        [](auto &db) {
            db.enums << schema::Enum{{q("auth"), q("role")}, {q("a"), q("b")}, {}};
        },
        {q("add enum auth.role: a, b")});
    row("enum dropped",
        [](auto &db) {
            db.enums << schema::Enum{{q("auth"), q("role")}, {q("a")}, {}};
        },
        none, {q("drop enum auth.role")});
    row("enum values added", none,
        [](auto &db) {
            db.enums[0].values = {q("robot"), q("person"), q("cat"), q("company"), q("dog")};
        },
        {q("add value robot to enum public.kind before person"),
         q("add value cat to enum public.kind before company"),
         q("add value dog to enum public.kind")});
    row("enum value dropped", none, [](auto &db) { db.enums[0].values = {q("person")}; },
        {q("rebuild enum public.kind: person, company → person")});
    row("enum value dropped and others added", none,
        [](auto &db) {
            db.enums[0].values = {q("company"), q("one"), q("two")};
        },
        {q("rebuild enum public.kind: person, company → company, one, two")});
    row("enum values reordered", none,
        [](auto &db) {
            db.enums[0].values = {q("company"), q("person")};
        },
        {q("rebuild enum public.kind: person, company → company, person")});
    row("policy added", none,
        [](auto &db) {
            schema::Policy own;
            own.name = q("own");
            tableOf(db, "contacts").policies << own;
        },
        {q("switch row-level security on: public.contacts"), q("add policy public.contacts.own")});
    row("row-level security", none,
        [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = true; },
        {q("switch row-level security on: public.contacts")});
    row("view", none,
        [](auto &db) {
            schema::View view;
            view.name = {{}, q("people")};
            db.views << view;
        },
        {q("add view public.people")});
    row("existing view", none,
        [](auto &db) {
            schema::View view;
            view.existing = true;
            db.views << view;
        },
        {});
    row(
        "sequence and role",
        [](auto &db) {
            db.sequences << schema::Sequence{{{}, q("s")}, {}, {}};
        },
        [](auto &db) {
            db.roles << schema::Role{q("app"), false, false, true, {}};
        },
        {q("add role app"), q("drop sequence public.s")});
    row("key of one column to one of two", none,
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys
                << schema::PrimaryKey{q("contacts_pk"), {q("id"), q("email")}};
        },
        {q("drop primary key public.contacts: (id)"),
         q("add primary key public.contacts: (id, email)")});
    row("key of two columns to one of one",
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys
                << schema::PrimaryKey{q("contacts_pk"), {q("id"), q("email")}};
        },
        none,
        {q("drop primary key public.contacts: (id, email)"),
         q("add primary key public.contacts: (id)")});
    row(
        "order of a key's columns",
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys
                << schema::PrimaryKey{q("k"), {q("email"), q("id")}};
        },
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys
                << schema::PrimaryKey{q("k"), {q("id"), q("email")}};
        },
        {q("drop primary key public.contacts: (email, id)"),
         q("add primary key public.contacts: (id, email)")});
    row("marked key gets a name", none,
        [](auto &db) {
            columnOf(db, "contacts", "id").primaryKey = false;
            tableOf(db, "contacts").primaryKeys << schema::PrimaryKey{q("k"), {q("id")}};
        },
        {q("rename primary key public.contacts.contacts_pkey → public.contacts.k")});
    row("key goes with its column", none, [](auto &db) { removeColumn(db, "contacts", "id"); },
        {q("drop column public.contacts.id: uuid PRIMARY KEY")});
    row("key moves to a new column", none,
        [](auto &db) {
            removeColumn(db, "organizations", "id");
            auto number = key("number");
            number.type = q("integer");
            tableOf(db, "organizations").columns = {column("name", "text", true),
                                                    column("city", "text"), number};
        },
        {q("drop column public.organizations.id: uuid PRIMARY KEY"),
         q("add column public.organizations.city: text"),
         q("add column public.organizations.number: integer PRIMARY KEY"),
         q("drop primary key public.organizations: (id)"),
         q("add primary key public.organizations: (number)")});
    const auto part = [&](const char *name, const std::function<void(schema::Index &)> &edit) {
        row(name, none, [edit](auto &db) { edit(tableOf(db, "contacts").indexes[0]); },
            {q("drop index public.contacts.contacts_email_index"),
             q("add index public.contacts.contacts_email_index")});
    };
    part("index: descending", [](auto &index) { index.columns[0].ascending = false; });
    part("index: nulls first", [](auto &index) { index.columns[0].nulls = q("first"); });
    part("index: operator class",
         [](auto &index) { index.columns[0].operatorClass = q("varchar_pattern_ops"); });
    part("index: predicate", [](auto &index) { index.where = q("true"); });
    part("index: method", [](auto &index) { index.method = q("gin"); });
    part("index: storage parameter",
         [](auto &index) { index.with.emplaceBack(q("fillfactor"), q("70")); });
    part("index: expression", [](auto &index) {
        index.columns[0].isExpression = true;
        index.columns[0].expression = q("lower(\"email\")");
    });
    row(
        "index: quotes around a storage parameter",
        [](auto &db) {
            tableOf(db, "contacts").indexes[0].with.emplaceBack(q("fillfactor"), q("70"));
        },
        [](auto &db) {
            tableOf(db, "contacts").indexes[0].with.emplaceBack(q("fillfactor"), q("'70'"));
        },
        {});
    row("index renamed", none,
        [](auto &db) { tableOf(db, "contacts").indexes[0].name = q("by_email"); },
        {q("rename index public.contacts.contacts_email_index → public.contacts.by_email")});
    row(
        "two indexes fit one: no rename",
        [](auto &db) { tableOf(db, "contacts").indexes << index("twin", "email"); },
        [](auto &db) { tableOf(db, "contacts").indexes[0].name = q("by_email"); },
        {q("drop index public.contacts.contacts_email_index"), q("drop index public.contacts.twin"),
         q("add index public.contacts.by_email")});
    row("index renamed and changed", none,
        [](auto &db) { tableOf(db, "contacts").indexes[0] = index("by_email", "email", true); },
        {q("drop index public.contacts.contacts_email_index"),
         q("add index public.contacts.by_email")});
    row("constraints renamed", none,
        [](auto &db) {
            auto &contacts = tableOf(db, "contacts");
            contacts.uniques[0].name = q("u");
            contacts.checks[0].name = q("c");
            contacts.foreignKeys[0].name = q("f");
        },
        {q("rename unique constraint public.contacts.contacts_email_unique → public.contacts.u"),
         q("rename check public.contacts.email_check → public.contacts.c"),
         q("rename foreign key public.contacts.contacts_organization_id_organizations_id_fk → "
           "public.contacts.f")});
    row("unique: nulls not distinct", none,
        [](auto &db) { tableOf(db, "contacts").uniques[0].nullsNotDistinct = true; },
        {q("drop unique public.contacts.contacts_email_unique: (organization_id, email)"),
         q("add unique public.contacts.contacts_email_unique: (organization_id, email)")});
    row(
        "identity: options",
        [](auto &db) { columnOf(db, "contacts", "nickname").identity = schema::Identity(); },
        [](auto &db) {
            schema::Identity identity;
            identity.kind = schema::Identity::Kind::Always;
            identity.options.increment = q("5");
            identity.options.cycle = true;
            columnOf(db, "contacts", "nickname").identity = identity;
        },
        {q("alter column public.contacts.nickname: identity: BY DEFAULT () → ALWAYS (5 CYCLE)")});
    row(
        "identity: its sequence is renamed",
        [](auto &db) {
            schema::Identity identity;
            identity.sequenceName = q("s1");
            columnOf(db, "contacts", "nickname").identity = identity;
        },
        [](auto &db) {
            schema::Identity identity;
            identity.sequenceName = q("s2");
            columnOf(db, "contacts", "nickname").identity = identity;
        },
        {q("rename sequence public.s1 → public.s2")});
    row(
        "sequence altered",
        [](auto &db) {
            db.sequences << schema::Sequence{{{}, q("s")}, {.increment = q("1")}, {}};
        },
        [](auto &db) {
            db.sequences << schema::Sequence{{{}, q("s")}, {.increment = q("2")}, {}};
        },
        {q("alter sequence public.s")});
    row(
        "role altered",
        [](auto &db) {
            db.roles << schema::Role{q("app"), false, false, true, {}};
        },
        [](auto &db) {
            db.roles << schema::Role{q("app"), true, false, true, {}};
        },
        {q("alter role app")});
    const auto policy = [](const char *name) {
        schema::Policy made;
        made.name = q(name);
        made.usingExpression = q("true");
        return made;
    };
    row(
        "policy altered", [=](auto &db) { tableOf(db, "contacts").policies << policy("own"); },
        [=](auto &db) {
            auto own = policy("own");
            own.roles << q("app");
            own.usingExpression.reset();
            tableOf(db, "contacts").policies << own;
        },
        {q("alter policy public.contacts.own")});
    row(
        "policy for another command",
        [=](auto &db) { tableOf(db, "contacts").policies << policy("own"); },
        [=](auto &db) {
            auto own = policy("own");
            own.command = q("SELECT");
            tableOf(db, "contacts").policies << own;
        },
        {q("drop policy public.contacts.own"), q("add policy public.contacts.own")});
    row(
        "policy renamed", [=](auto &db) { tableOf(db, "contacts").policies << policy("own"); },
        [=](auto &db) { tableOf(db, "contacts").policies << policy("mine"); },
        {q("rename policy public.contacts.own → public.contacts.mine")});
    row("last policy dropped", [=](auto &db) { tableOf(db, "contacts").policies << policy("own"); },
        none,
        {q("switch row-level security off: public.contacts"),
         q("drop policy public.contacts.own")});
    const auto linked = [=](const char *on) {
        auto made = policy("own");
        made.onSchema = q("auth");
        made.on = q(on);
        return made;
    };
    row("linked policy added", none,
        [=](auto &db) { db.linkedPolicies << linked("\"auth\".\"users\""); },
        {q("add policy auth.users.own")});
    row(
        "linked policy altered",
        [=](auto &db) { db.linkedPolicies << linked("\"auth\".\"users\""); },
        [=](auto &db) {
            db.linkedPolicies << linked("auth.users");
            db.linkedPolicies[0].withCheck = q("true");
        },
        {q("alter policy auth.users.own")});
    const auto view = [](const char *definition) {
        schema::View made;
        made.name = {{}, q("people")};
        made.definition = q(definition);
        made.columns << column("id", "uuid");
        return made;
    };
    row("view dropped", [=](auto &db) { db.views << view("select 1"); }, none,
        {q("drop view public.people")});
    row(
        "view: definition", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) { db.views << view("select 2"); }, {q("alter view public.people")});
    row(
        "view: options", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) {
            db.views << view("select 1");
            db.views[0].with.emplaceBack(q("securityInvoker"), q("true"));
        },
        {q("alter view public.people")});
    row(
        "view: materialized", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) {
            db.views << view("select 1");
            db.views[0].materialized = true;
        },
        {q("alter view public.people")});
    row(
        "view: columns", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) {
            db.views << view("select 1");
            db.views[0].columns << column("name", "text");
        },
        {q("alter view public.people")});
    row(
        "view: whether it was filled is no state", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) {
            db.views << view("select 1");
            db.views[0].withNoData = true;
        },
        {});
    row(
        "view becomes somebody else's", [=](auto &db) { db.views << view("select 1"); },
        [=](auto &db) {
            db.views << view("");
            db.views[0].existing = true;
        },
        {});
    row("public written out", none,
        [](auto &db) {
            columnOf(db, "contacts", "kind").typeSchema.clear();
            tableOf(db, "contacts").foreignKeys[0].targetSchema = q("public");
        },
        {});
}

void TestCompare::changes()
{
    QFETCH(Edit, before);
    QFETCH(Edit, after);
    QFETCH(QStringList, expected);
    schema::Database from = crm();
    schema::Database to = crm();
    before(from);
    after(to);
    QStringList described;
    const diff::Difference difference = diff::compare(from, to);
    for (const diff::Change &change : difference.changes)
        described << diff::describe(change);
    QCOMPARE(described.join(u'\n'), expected.join(u'\n'));
    QVERIFY(difference.questions.isEmpty());
    QCOMPARE(difference.empty(), expected.isEmpty());
}

void TestCompare::ledgerIsNoDifference()
{
    schema::Database database = crm();
    database.schemas << q("drizzle");
    database.tables << table("__drizzle_migrations", {column("hash", "text")}, "drizzle");
    QVERIFY(diff::compare(crm(), database).empty());
    QVERIFY(diff::compare(database, crm()).empty());
}

void TestCompare::originIsNoDifference()
{
    schema::Database code = crm();
    code.tables[0].origin = {q("organizations"), {q("schema/a.ts"), 3, 1}};
    code.relations << schema::Relation();
    QVERIFY(diff::compare(crm(), code).empty());
}

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
