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
    void renames_data();
    void renames();
    void dropsKeyBeforeItsTable();
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
    row("schema dropped", [](auto &db) { db.schemas << q("auth"); }, none,
        {q("not supported yet: schema auth: dropped")});
    row("table added", none, [](auto &db) { db.tables << table("orders", {key("id")}); },
        {q("add table public.orders")});
    row("table dropped", [](auto &db) { db.tables << table("orders", {key("id")}); }, none,
        {q("drop table public.orders")});
    row(
        "table moved", [](auto &db) { db.tables << table("orders", {key("id")}); },
        [](auto &db) { db.tables << table("orders", {key("id")}, "shop"); },
        {q("not supported yet: table public.orders: moves to shop.orders")});
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
        {q("not supported yet: column public.contacts.nickname: the type changes from integer to "
           "serial, which moves a sequence")});
    row("identity", none,
        [](auto &db) { columnOf(db, "contacts", "nickname").identity = schema::Identity(); },
        {q("not supported yet: column public.contacts.nickname: the identity changes")});
    row("generated", none,
        [](auto &db) {
            columnOf(db, "contacts", "nickname").generated = schema::Generated{q("upper(email)")};
        },
        {q("not supported yet: column public.contacts.nickname: the generated expression "
           "changes")});
    row("primary key", none, [](auto &db) { columnOf(db, "contacts", "id").primaryKey = false; },
        {q("not supported yet: primary key public.contacts: the primary key changes from (id) to "
           "none")});
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
        {q("not supported yet: primary key public.tags: the primary key's name or form changes")});
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
    row("enum value renamed", none,
        [](auto &db) {
            db.enums[0].values = {q("person"), q("firm")};
        },
        {q("not supported yet: enum values public.kind: values are dropped or renamed: company")});
    row("enum values reordered", none,
        [](auto &db) {
            db.enums[0].values = {q("company"), q("person")};
        },
        {q("not supported yet: enum values public.kind: the order of the values changes to "
           "company, person")});
    row("policy added", none,
        [](auto &db) {
            schema::Policy own;
            own.name = q("own");
            tableOf(db, "contacts").policies << own;
        },
        {q("not supported yet: policy public.contacts.own: the policy is added")});
    row("row-level security", none,
        [](auto &db) { tableOf(db, "contacts").rowLevelSecurity = true; },
        {q("not supported yet: policy public.contacts: row-level security is switched on")});
    row("view", none,
        [](auto &db) {
            schema::View view;
            view.name = {{}, q("people")};
            db.views << view;
        },
        {q("not supported yet: view public.people: added")});
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
        {q("not supported yet: sequence public.s: dropped"),
         q("not supported yet: role app: added")});
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
    QVERIFY(difference.renameCandidates.isEmpty());
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

void TestCompare::renames_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const Edit &edit, const QStringList &expected) {
        QTest::newRow(name) << edit << expected;
    };
    row("only added", [](auto &db) { tableOf(db, "contacts").columns << column("alias", "text"); },
        {});
    row("column of the same type and place",
        [](auto &db) { columnOf(db, "contacts", "nickname").name = q("alias"); },
        {q("public.contacts nickname → alias: same type text, same position")});
    row("column with a similar name",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "contacts").columns << column("nicknames", "text[]");
        },
        {q("public.contacts nickname → nicknames: similar name")});
    row("nothing speaks for it",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "contacts").columns << column("amount", "integer");
        },
        {});
    row("columns of two tables",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "organizations").columns << column("nickname", "text");
        },
        {});
    row("table with the same columns",
        [](auto &db) { tableOf(db, "contacts").name.name = q("people"); },
        {q("public.contacts contacts → people: 5 of 5 columns are the same")});
    row("another table",
        [](auto &db) {
            db.tables.removeLast();
            db.tables << table("invoices",
                               {key("id"), column("total", "integer"), column("due", "date")});
        },
        {});
}

void TestCompare::renames()
{
    QFETCH(Edit, edit);
    QFETCH(QStringList, expected);
    schema::Database to = crm();
    edit(to);
    QStringList found;
    for (const diff::RenameCandidate &candidate : diff::compare(crm(), to).renameCandidates)
        found << QStringLiteral("%1 %2 → %3: %4")
                     .arg(candidate.table.qualified(), candidate.from, candidate.to,
                          candidate.evidence);
    QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
}

void TestCompare::dropsKeyBeforeItsTable()
{
    schema::Database to = crm();
    to.tables.removeFirst();
    tableOf(to, "contacts").foreignKeys.clear();
    const QList<diff::Change> changes = diff::compare(crm(), to).changes;
    QCOMPARE(changes.size(), 2);
    QVERIFY(std::holds_alternative<diff::DropForeignKey>(changes[0]));
    QVERIFY(std::holds_alternative<diff::DropTable>(changes[1]));
}

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
