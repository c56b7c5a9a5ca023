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
        "    ~ email | type: varchar(255) in code, varchar(320) in database; NOT NULL only in "
        "code\n");
    row(
        "key columns are never null",
        [](auto &db) { columnOf(db, "contacts", "id").notNull = false; }, none, "");
    row(
        "serial", [](auto &db) { columnOf(db, "contacts", "nickname").type = q("bigserial"); },
        [](auto &db) { columnOf(db, "contacts", "nickname").type = q("bigint"); }, "");
    row(
        "another spelling of the type",
        [](auto &db) {
            columnOf(db, "contacts", "email").type = q("timestamp (3) with time zone");
        },
        [](auto &db) { columnOf(db, "contacts", "email").type = q("timestamptz(3)"); }, "");
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
        "    ~ kind | order of the values: company, person in code, person, company in "
        "database\n");
    row(
        "index", [](auto &db) { tableOf(db, "contacts").indexes[0].isUnique = true; }, none,
        "~ public | different: contacts\n"
        "  ~ contacts | different: contacts_email_index\n"
        "    ~ contacts_email_index | columns: unique (email) in code, (email) in database\n");
    row(
        "unique constraint in code, unique index in database",
        [](auto &db) { tableOf(db, "contacts").uniques[0].columns = {q("email")}; },
        [](auto &db) {
            tableOf(db, "contacts").uniques.clear();
            tableOf(db, "contacts").indexes << index("contacts_email_unique", "email", true);
        },
        "");
    row(
        "foreign key under another name", none,
        [](auto &db) { tableOf(db, "contacts").foreignKeys[0].name = q("fk1"); },
        "~ public | different: contacts\n"
        "  ~ contacts | different: contacts_organization_id_organizations_id_fk\n"
        "    ~ contacts_organization_id_organizations_id_fk | name: "
        "contacts_organization_id_organizations_id_fk in code, fk1 in database\n");
    row(
        "name cut to 63 bytes",
        [](auto &db) { tableOf(db, "contacts").indexes[0].name = QString(70, u'x'); },
        [](auto &db) { tableOf(db, "contacts").indexes[0].name = QString(63, u'x'); }, "");
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
    QCOMPARE(print(diff::overlay(code, database), false), expected);
}

void TestOverlay::codeAlone()
{
    const QList<diff::OverlayNode> nodes = diff::overlay(crm(), std::nullopt);
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
    QCOMPARE(print(diff::overlay(std::nullopt, database), true), q("- public\n"
                                                                   "  - orders\n"
                                                                   "    - id\n"));
    QVERIFY(diff::overlay(std::nullopt, std::nullopt).isEmpty());
}

void TestOverlay::details()
{
    schema::Database code = crm();
    tableOf(code, "contacts").origin = {q("contacts"), {q("schema/contacts.ts"), 7, 1}};
    const QList<diff::OverlayNode> nodes = diff::overlay(code, std::nullopt);
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
