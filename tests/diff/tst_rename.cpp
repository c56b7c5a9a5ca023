// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "diff/names.h"
#include "diff/sqlnames.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;
Q_DECLARE_METATYPE(Edit)
Q_DECLARE_METATYPE(schema::Name)

namespace
{
using diff::Kind;

/// crm() with something of every kind that mentions contacts and its columns.
schema::Database rich()
{
    schema::Database made = crm();
    made.schemas << q("auth");
    made.roles << schema::Role{q("app"), false, false, true, {}};
    made.sequences << schema::Sequence{{{}, q("numbers")}, {.increment = q("1")}, {}};
    auto users = table("users", {key("id")}, "auth");
    made.tables << users;
    auto &contacts = tableOf(made, "contacts");
    contacts.columns << column("position", "serial", true);
    auto parts = index("contacts_lower_index", "lower(\"nickname\")");
    parts.columns[0].isExpression = true;
    parts.where = q("\"contacts\".\"nickname\" is not null");
    contacts.indexes << parts;
    schema::Policy own;
    own.name = q("own");
    own.roles << q("app");
    own.usingExpression =
        q("exists (select 1 from \"contacts\" where \"contacts\".\"nickname\" = 'nickname')");
    contacts.policies << own;
    columnOf(made, "contacts", "kind").defaultValue =
        schema::Default{schema::Default::Form::Sql, q("'person'")};
    columnOf(made, "contacts", "position").defaultValue.reset();
    auto notes = table("notes", {key("id"), column("contact_id", "uuid")});
    notes.foreignKeys << foreignKey("notes_contact_id_contacts_id_fk", "contact_id", "contacts",
                                    "id");
    made.tables << notes;
    schema::View people;
    people.name = {{}, q("people")};
    people.definition = q("select \"id\" from \"contacts\" where \"contacts\".\"nickname\" <> ''");
    people.columns << column("id", "uuid");
    made.views << people;
    return made;
}
} // namespace

class TestRename : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void questions_data();
    void questions();
    void scores();
    void evidence();
    void answers_data();
    void answers();
    void changingPlaces_data();
    void changingPlaces();
    void droppedLongAgo();
    void manyPairs();
    void generated_data();
    void generated();
    void texts();
};

void TestRename::questions_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *title, const Edit &edit, const QStringList &expected) {
        QTest::newRow(title) << edit << expected;
    };
    row("only added", [](auto &db) { tableOf(db, "contacts").columns << column("alias", "text"); },
        {});
    row("column of the same type and place",
        [](auto &db) { columnOf(db, "contacts", "nickname").name = q("alias"); },
        {q("column public.contacts.nickname is gone and public.contacts.alias is new: same type "
           "text, same position")});
    row("column with a similar name",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "contacts").columns << column("nicknames", "text[]");
        },
        {q("column public.contacts.nickname is gone and public.contacts.nicknames is new: similar "
           "name")});
    row("nothing speaks for it",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "contacts").columns << column("amount", "integer");
        },
        {});
    row("column that a foreign key leaves from",
        [](auto &db) {
            removeColumn(db, "contacts", "organization_id");
            tableOf(db, "contacts").columns << column("firm", "text");
            tableOf(db, "contacts").foreignKeys[0].columns = {q("firm")};
        },
        {q("column public.contacts.organization_id is gone and public.contacts.firm is new: both "
           "point at public.organizations.id")});
    row("columns of two tables",
        [](auto &db) {
            removeColumn(db, "contacts", "nickname");
            tableOf(db, "organizations").columns << column("nickname", "text");
        },
        {});
    row("table with the same columns",
        [](auto &db) {
            tableOf(db, "contacts").name.name = q("people_we_know");
            tableOf(db, "notes").foreignKeys[0].targetTable = q("people_we_know");
        },
        {q("table public.contacts is gone and public.people_we_know is new: 6 of 6 columns are "
           "the same, the same foreign keys point at it")});
    row("table moved", [](auto &db) { tableOf(db, "notes").name.schema = q("auth"); },
        {q("table public.notes is gone and auth.notes is new: 2 of 2 columns are the same, same "
           "name in another schema")});
    row("another table",
        [](auto &db) {
            db.tables.removeLast();
            db.tables << table("bills",
                               {key("nr"), column("total", "integer"), column("due", "date")});
        },
        {});
    row("schema: its tables are not asked about",
        [](auto &db) {
            db.schemas = {q("login")};
            tableOf(db, "users").name.schema = q("login");
        },
        {q("schema auth is gone and login is new: 1 of 1 tables have the same name")});
    row("enum",
        [](auto &db) {
            db.enums[0].name.name = q("sort");
            columnOf(db, "contacts", "kind").type = q("sort");
        },
        {q("enum public.kind is gone and public.sort is new: 2 of 2 values are the same, the same "
           "columns have it")});
    row("enum moved", [](auto &db) { db.enums[0].name.schema = q("auth"); },
        {q("enum public.kind is gone and auth.kind is new: 2 of 2 values are the same, same name "
           "in another schema")});
    row("enum value",
        [](auto &db) {
            db.enums[0].values = {q("person"), q("firm")};
        },
        {q("enum value public.kind.company is gone and public.kind.firm is new: same position")});
    row("view", [](auto &db) { db.views[0].name.name = q("everybody"); },
        {q("view public.people is gone and public.everybody is new: same definition")});
    row("sequence", [](auto &db) { db.sequences[0].name.name = q("counter"); },
        {q("sequence public.numbers is gone and public.counter is new: same options")});
    row("role",
        [](auto &db) {
            db.roles[0].name = q("service");
            tableOf(db, "contacts").policies[0].roles = {q("service")};
        },
        {q("role app is gone and service is new: the same policies are for it")});
    row("view declared as existing",
        [](auto &db) {
            db.views[0].name.name = q("everybody");
            db.views[0].existing = true;
        },
        {});
}

void TestRename::questions()
{
    QFETCH(Edit, edit);
    QFETCH(QStringList, expected);
    schema::Database to = rich();
    edit(to);
    QStringList found;
    for (const diff::RenameCandidate &candidate : diff::compare(rich(), to).questions)
        found << diff::describe(candidate);
    QCOMPARE(found.join(u'\n'), expected.join(u'\n'));
}

void TestRename::scores()
{
    schema::Database to = rich();
    auto &contacts = tableOf(to, "contacts");
    columnOf(to, "contacts", "nickname").name = q("nick");
    contacts.columns << column("remark", "text");
    const auto asked = diff::compare(rich(), to).questions;
    QCOMPARE(asked.size(), 2);
    QCOMPARE(asked[0].to.name, q("nick"));
    QVERIFY(asked[0].score > asked[1].score);
    QVERIFY(asked[0].score <= 1);
}

void TestRename::evidence()
{
    schema::Database to = rich();
    tableOf(to, "notes").name.name = q("remarks");
    const diff::Evidence known{.rows = {{name("notes"), 42}}};
    const auto asked = diff::compare(rich(), to, {}, known).questions;
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0].evidence.last(), q("42 rows would be lost"));
}

void TestRename::answers_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Answers>("given");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *title, const Edit &edit, const Answers &given,
                        const QStringList &expected) {
        QTest::newRow(title) << edit << given << expected;
    };
    const Edit columnEdit = [](auto &db) {
        columnOf(db, "contacts", "nickname").name = q("alias");
        auto &contacts = tableOf(db, "contacts");
        contacts.indexes[1].columns[0].expression = q("lower(\"alias\")");
        contacts.indexes[1].where = q("\"contacts\".\"alias\" is not null");
        contacts.policies[0].usingExpression =
            q("exists (select 1 from \"contacts\" where \"contacts\".\"alias\" = 'nickname')");
        db.views[0].definition =
            q("select \"id\" from \"contacts\" where \"contacts\".\"alias\" <> ''");
    };
    row("column: expressions follow", columnEdit,
        {answer(Kind::Column, name("nickname"), name("alias"), name("contacts"))},
        {q("rename column public.contacts.nickname → public.contacts.alias")});
    row("column and its type",
        [=](auto &db) {
            columnEdit(db);
            columnOf(db, "contacts", "alias").type = q("varchar(40)");
        },
        {answer(Kind::Column, name("nickname"), name("alias"), name("contacts"))},
        {q("rename column public.contacts.nickname → public.contacts.alias"),
         q("alter column public.contacts.alias: type: text → varchar(40)")});
    row("column that a foreign key points at",
        [](auto &db) {
            columnOf(db, "organizations", "id").name = q("key");
            auto &key = tableOf(db, "contacts").foreignKeys[0];
            key.targetColumns = {q("key")};
            key.name = q("contacts_organization_id_organizations_key_fk");
        },
        {answer(Kind::Column, name("id"), name("key"), name("organizations"))},
        {q("rename column public.organizations.id → public.organizations.key"),
         q("rename foreign key public.contacts.contacts_organization_id_organizations_id_fk → "
           "public.contacts.contacts_organization_id_organizations_key_fk")});
    row("column of a unique constraint",
        [](auto &db) {
            columnOf(db, "contacts", "email").name = q("mail");
            auto &contacts = tableOf(db, "contacts");
            contacts.uniques[0].columns = {q("organization_id"), q("mail")};
            contacts.indexes[0] = index("contacts_mail_index", "mail");
            contacts.checks[0].expression = q("\"contacts\".\"mail\" <> ''");
        },
        {answer(Kind::Column, name("email"), name("mail"), name("contacts"))},
        {q("rename column public.contacts.email → public.contacts.mail"),
         q("rename index public.contacts.contacts_email_index → "
           "public.contacts.contacts_mail_index")});
    row("serial column", [](auto &db) { columnOf(db, "contacts", "position").name = q("place"); },
        {answer(Kind::Column, name("position"), name("place"), name("contacts"))},
        {q("rename column public.contacts.position → public.contacts.place"),
         q("rename sequence public.contacts_position_seq → public.contacts_place_seq")});
    row("column, really dropped", columnEdit,
        {answer(Kind::Column, name("nickname"), {}, name("contacts"))},
        {q("drop index public.contacts.contacts_lower_index"),
         q("add index public.contacts.contacts_lower_index"),
         q("drop column public.contacts.nickname: text"),
         q("add column public.contacts.alias: text"), q("alter policy public.contacts.own"),
         q("alter view public.people")});
    const Edit tableEdit = [](auto &db) {
        auto &contacts = tableOf(db, "contacts");
        contacts.name.name = q("persons");
        contacts.indexes[0].name = q("persons_email_index");
        contacts.indexes[1].name = q("persons_lower_index");
        contacts.indexes[1].where = q("\"persons\".\"nickname\" is not null");
        contacts.uniques[0].name = q("persons_email_unique");
        contacts.foreignKeys[0].name = q("persons_organization_id_organizations_id_fk");
        contacts.checks[0].expression = q("\"persons\".\"email\" <> ''");
        contacts.policies[0].usingExpression =
            q("exists (select 1 from \"persons\" where \"persons\".\"nickname\" = 'nickname')");
        auto &notes = tableOf(db, "notes");
        notes.foreignKeys[0] =
            foreignKey("notes_contact_id_persons_id_fk", "contact_id", "persons", "id");
        db.views[0].definition =
            q("select \"id\" from \"persons\" where \"persons\".\"nickname\" <> ''");
    };
    const QStringList tableExpected{
        q("rename table public.contacts → public.persons"),
        q("rename sequence public.contacts_position_seq → public.persons_position_seq"),
        q("rename primary key public.persons.contacts_pkey → public.persons.persons_pkey"),
        q("rename unique constraint public.persons.contacts_email_unique → "
          "public.persons.persons_email_unique"),
        q("rename foreign key public.persons.contacts_organization_id_organizations_id_fk → "
          "public.persons.persons_organization_id_organizations_id_fk"),
        q("rename index public.persons.contacts_email_index → "
          "public.persons.persons_email_index"),
        q("rename index public.persons.contacts_lower_index → "
          "public.persons.persons_lower_index"),
        q("rename foreign key public.notes.notes_contact_id_contacts_id_fk → "
          "public.notes.notes_contact_id_persons_id_fk")};
    row("table: what is generated of its name follows", tableEdit,
        {answer(Kind::Table, name("contacts"), name("persons"))}, tableExpected);
    row(
        "table and column, both named as before",
        [=](auto &db) {
            tableEdit(db);
            columnOf(db, "persons", "kind").name = q("sort");
        },
        {answer(Kind::Table, name("contacts"), name("persons")),
         answer(Kind::Column, name("kind"), name("sort"), name("contacts"))},
        QStringList(tableExpected.first(3))
            << q("rename column public.persons.kind → public.persons.sort")
            << tableExpected.mid(3));
    row("table moved", [](auto &db) { tableOf(db, "notes").name.schema = q("auth"); },
        {answer(Kind::Table, name("notes"), name("notes", "auth"))},
        {q("rename table public.notes → auth.notes")});
    row("table moved and renamed",
        [](auto &db) {
            auto &notes = tableOf(db, "notes");
            notes.name = name("remarks", "auth");
            notes.foreignKeys[0].name = q("remarks_contact_id_contacts_id_fk");
        },
        {answer(Kind::Table, name("notes"), name("remarks", "auth"))},
        {q("rename table public.notes → auth.remarks"),
         q("rename primary key auth.remarks.notes_pkey → auth.remarks.remarks_pkey"),
         q("rename foreign key auth.remarks.notes_contact_id_contacts_id_fk → "
           "auth.remarks.remarks_contact_id_contacts_id_fk")});
    row("schema",
        [](auto &db) {
            db.schemas = {q("login")};
            tableOf(db, "users").name.schema = q("login");
        },
        {answer(Kind::Schema, name("auth"), name("login"))}, {q("rename schema auth → login")});
    row("schema and table, named as before",
        [](auto &db) {
            db.schemas = {q("login")};
            tableOf(db, "users").name = name("accounts", "login");
        },
        {answer(Kind::Schema, name("auth"), name("login")),
         answer(Kind::Table, name("users", "auth"), name("accounts", "login"))},
        {q("rename schema auth → login"), q("rename table login.users → login.accounts"),
         q("rename primary key login.accounts.users_pkey → login.accounts.accounts_pkey")});
    row("enum",
        [](auto &db) {
            db.enums[0].name = name("sort", "auth");
            auto &kind = columnOf(db, "contacts", "kind");
            kind.type = q("sort");
            kind.typeSchema = q("auth");
        },
        {answer(Kind::Enum, name("kind"), name("sort", "auth"))},
        {q("rename enum public.kind → auth.sort")});
    row("enum value: its default follows",
        [](auto &db) {
            db.enums[0].values = {q("human"), q("company")};
            columnOf(db, "contacts", "kind").defaultValue->text = q("'human'");
        },
        {answer(Kind::EnumValue, name("person"), name("human"), name("kind"))},
        {q("rename enum value public.kind.person → public.kind.human")});
    row("enum value, and one more",
        [](auto &db) {
            db.enums[0].values = {q("human"), q("robot"), q("company")};
            columnOf(db, "contacts", "kind").defaultValue->text = q("'human'");
        },
        {answer(Kind::EnumValue, name("person"), name("human"), name("kind"))},
        {q("rename enum value public.kind.person → public.kind.human"),
         q("add value robot to enum public.kind before company")});
    row("view", [](auto &db) { db.views[0].name.name = q("everybody"); },
        {answer(Kind::View, name("people"), name("everybody"))},
        {q("rename view public.people → public.everybody")});
    row("sequence", [](auto &db) { db.sequences[0].name = name("counter", "auth"); },
        {answer(Kind::Sequence, name("numbers"), name("counter", "auth"))},
        {q("rename sequence public.numbers → auth.counter")});
    row("role",
        [](auto &db) {
            db.roles[0].name = q("service");
            tableOf(db, "contacts").policies[0].roles = {q("service")};
        },
        {answer(Kind::Role, name("app"), name("service"))}, {q("rename role app → service")});
    row("policy that changes too",
        [](auto &db) {
            auto &own = tableOf(db, "contacts").policies[0];
            own.name = q("mine");
            own.withCheck = q("true");
        },
        {answer(Kind::Policy, name("own"), name("mine"), name("contacts"))},
        {q("rename policy public.contacts.own → public.contacts.mine"),
         q("alter policy public.contacts.mine")});
    row("index, really dropped",
        [](auto &db) { tableOf(db, "contacts").indexes[0].name = q("by_email"); },
        {answer(Kind::Index, name("contacts_email_index"), {}, name("contacts"))},
        {q("drop index public.contacts.contacts_email_index"),
         q("add index public.contacts.by_email")});
    row("about another state: ignored", [](auto &) {},
        {answer(Kind::Table, name("contacts"), name("persons")),
         answer(Kind::Column, name("nickname"), name("alias"), name("contacts"))},
        {});
}

void TestRename::answers()
{
    QFETCH(Edit, edit);
    QFETCH(Answers, given);
    QFETCH(QStringList, expected);
    schema::Database to = rich();
    edit(to);
    const diff::Difference difference = diff::compare(rich(), to, given);
    QCOMPARE(listOf(difference), expected.join(u'\n'));
    QVERIFY(difference.questions.isEmpty());
    // What is left after the renames is what the other changes say.
    const auto rest = diff::compare(diff::renamed(rich(), difference.changes), to, given);
    qsizetype others = 0;
    for (const diff::Change &change : difference.changes)
        others += std::holds_alternative<diff::Rename>(change) ? 0 : 1;
    QCOMPARE(rest.changes.size(), others);
}

void TestRename::changingPlaces_data()
{
    QTest::addColumn<Answers>("given");
    QTest::addColumn<QStringList>("renames");
    const auto to = [](const char *from, const char *after) {
        return answer(Kind::Column, name(from), name(after), name("t"));
    };
    const auto kept = [](Answers answers) {
        for (diff::RenameAnswer &one : answers)
            one.kept = true;
        return answers;
    };
    const Answers circle{to("x", "y"), to("y", "x")};
    QTest::newRow("circle") << circle << QStringList{q("x x_moving"), q("y x"), q("x_moving y")};
    QTest::newRow("chain") << Answers{to("x", "y"), to("y", "z")}
                           << QStringList{q("y z"), q("x y")};
    QTest::newRow("a new one in its place") << Answers{to("x", "z")} << QStringList{q("x z")};
    QTest::newRow("to a name that stays") << Answers{to("x", "y")} << QStringList();
    QTest::newRow("circle, answered long ago") << kept(circle) << QStringList();
    QTest::newRow("in its place, long ago") << kept({to("x", "z")}) << QStringList();
}

/// Names that are on both sides: only what is answered now is about them.
void TestRename::changingPlaces()
{
    QFETCH(Answers, given);
    QFETCH(QStringList, renames);
    schema::Database from, to;
    from.tables << table("t", {key("id"), column("x", "text"), column("y", "integer")});
    to.tables << table(
        "t", {key("id"), column("x", "integer"), column("y", "text"), column("z", "text")});
    QStringList found;
    for (const diff::Change &change : diff::compare(from, to, given).changes) {
        if (const auto *rename = std::get_if<diff::Rename>(&change))
            found << rename->from.name + u' ' + rename->to.name;
    }
    QCOMPARE(found, renames);
}

/// What was dropped once says nothing of another thing that has the same name later.
void TestRename::droppedLongAgo()
{
    schema::Database from, to;
    from.tables << table("t", {key("id"), column("m", "text")});
    to.tables << table("t", {key("id"), column("mm", "text")});
    diff::RenameAnswer drop = answer(Kind::Column, name("m"), name(""), name("t"));
    QCOMPARE(diff::compare(from, to, {drop}).questions.size(), 0);
    drop.kept = true;
    QCOMPARE(diff::compare(from, to, {drop}).questions.size(), 1);
}

/// Every table has another name: what is asked stays readable, and is found in bearable time.
void TestRename::manyPairs()
{
    schema::Database from, to;
    for (int i = 0; i < 500; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QList<schema::Column> columns{key("id"), column("column_" + number, "text")};
        from.tables << table("before_" + number, columns);
        to.tables << table("after_" + number, columns);
    }
    QElapsedTimer timer;
    timer.start();
    const diff::Difference difference = diff::compare(from, to);
    QCOMPARE(difference.questions.size(), 500);
    QVERIFY(timer.elapsed() < 5'000);
}

void TestRename::generated_data()
{
    // As a server of version 15 names them.
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("name");
    QTest::newRow("short") << q("contacts") << q("id") << q("contacts_id_seq");
    QTest::newRow("long table") << QString(63, u't') << q("id") << QString(56, u't') + q("_id_seq");
    QTest::newRow("long column") << q("t") << QString(63, u'c')
                                 << q("t_") + QString(57, u'c') + q("_seq");
    QTest::newRow("both long") << QString(63, u't') << QString(63, u'c')
                               << QString(29, u't') + u'_' + QString(29, u'c') + q("_seq");
}

void TestRename::generated()
{
    QFETCH(QString, table);
    QFETCH(QString, column);
    QTEST(diff::generatedName(table, column, q("seq")), "name");
}

void TestRename::texts()
{
    using namespace diff;
    const schema::Name users{q("auth"), q("users")};
    QCOMPARE(
        renameTableIn(q("\"auth\".\"users\".\"id\" = \"users\".\"id\" -- \"auth\".\"users\"\n"),
                      users, {q("auth"), q("people")}),
        q("\"auth\".\"people\".\"id\" = \"users\".\"id\" -- \"auth\".\"users\"\n"));
    QCOMPARE(
        renameTableIn(q("select users from Users u join public.users on 'users' = users.users"),
                      {{}, q("users")}, {{}, q("people")}),
        q("select users from people u join people on 'users' = people.users"));
    QCOMPARE(renameColumnIn(q("email <> 'email' and lower(email) <> other.email and email(1) and "
                              "$$email$$ <> x::email"),
                            {{}, q("t")}, q("email"), q("mail"), ColumnScope::Own),
             q("mail <> 'email' and lower(mail) <> other.email and email(1) and "
               "$$email$$ <> x::email"));
    QCOMPARE(
        renameTableIn(q("auth.uid() = auth.id and auth.t.id = 1 and exists (select from auth.t, "
                        "auth a) and other.auth.id = 1"),
                      {{}, q("auth")}, {{}, q("login")}),
        q("auth.uid() = login.id and auth.t.id = 1 and exists (select from auth.t, "
          "login a) and other.auth.id = 1"));
    QCOMPARE(renameColumnIn(q("a.t.email = public.t.email and t.email = '' and cast(x as email) = "
                              "email 'x' and extract(email from y) = email"),
                            {{}, q("t")}, q("email"), q("mail"), ColumnScope::Own),
             q("a.t.email = public.t.mail and t.mail = '' and cast(x as email) = "
               "email 'x' and extract(email from y) = mail"));
    QCOMPARE(renameColumnIn(q("t.email = \"email\""), {{}, q("t")}, q("email"), q("user"),
                            ColumnScope::Own),
             q("t.\"user\" = \"user\""));
    QCOMPARE(
        renameColumnIn(q("t.email = 1"), {{}, q("t")}, q("email"), q("eMail"), ColumnScope::Own),
        q("t.\"eMail\" = 1"));
    QCOMPARE(renameColumnIn(q("email = \"t\".\"email\" /* t.email */"), {{}, q("t")}, q("email"),
                            q("a\"b"), ColumnScope::Qualified),
             q("email = \"t\".\"a\"\"b\" /* t.email */"));
    QCOMPARE(renameSchemaIn(q("auth.uid() = \"auth\".x and x.auth.y"), q("auth"), q("login")),
             q("login.uid() = \"login\".x and x.auth.y"));
    QCOMPARE(renameTypeIn(q("'mood'::mood = x.mood::\"public\".\"mood\""), {{}, q("mood")},
                          {q("a"), q("b")}),
             q("'mood'::a.b = x.mood::\"a\".\"b\""));
    const EnumColumns own{{{}, q("t")}, {q("m")}, ColumnScope::Own};
    QCOMPARE(renameValueIn(q("m <> 'a' or 'a' = \"t\".\"m\" or m in ('b', 'a') or n = 'a' or "
                             "o.m = 'a' or m not in ('a') or f('a') or \"t\".\"m\" = 'ab'"),
                           {{}, q("mood")}, own, q("a"), q("it's")),
             q("m <> 'it''s' or 'it''s' = \"t\".\"m\" or m in ('b', 'it''s') or n = 'a' or "
               "o.m = 'a' or m not in ('it''s') or f('a') or \"t\".\"m\" = 'ab'"));
    QCOMPARE(renameValueIn(q("'a'::mood = 'a'::other and x = any (ARRAY['b', 'a']::app.mood[]) or "
                             "m = 'a' or t.m = 'a'"),
                           {q("app"), q("mood")}, {{{}, q("t")}, {q("m")}, ColumnScope::Qualified},
                           q("a"), q("c")),
             q("'a'::mood = 'a'::other and x = any (ARRAY['b', 'c']::app.mood[]) or "
               "m = 'a' or t.m = 'c'"));
    QCOMPARE(renameSequenceIn(q("nextval('public.numbers'::regclass) + nextval('other')"),
                              {{}, q("numbers")}, {q("a"), q("b'c")}),
             q("nextval('\"a\".\"b''c\"'::regclass) + nextval('other')"));
}

QTEST_GUILESS_MAIN(TestRename)
#include "tst_rename.moc"
