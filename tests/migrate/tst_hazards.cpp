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
        "L loses the table with its rows\n");
    row(
        "plain column",
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text"); },
        "A ACCESS EXCLUSIVE · at once\n");
    row(
        "column with now()",
        [](auto &db) {
            tableOf(db, "contacts").columns << column("at", "timestamp with time zone", true);
            columnOf(db, "contacts", "at").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("now()")};
        },
        "A ACCESS EXCLUSIVE · at once\n");
    row(
        "column with a value of its own in every row",
        [](auto &db) {
            tableOf(db, "contacts").columns << column("token", "uuid", true);
            columnOf(db, "contacts", "token").defaultValue =
                schema::Default{schema::Default::Form::Sql, q("gen_random_uuid()")};
        },
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W writes a value into every row\n");
    row(
        "serial", [](auto &db) { tableOf(db, "contacts").columns << column("n", "serial", true); },
        "W ACCESS EXCLUSIVE · rewrites the table and its indexes\n"
        "W writes a value into every row\n");
    row(
        "NOT NULL without default",
        [](auto &db) { tableOf(db, "contacts").columns << column("phone", "text", true); },
        "A ACCESS EXCLUSIVE · at once\n"
        "W fails when the table has rows: NOT NULL without a default\n");
    row(
        "column dropped", [](auto &db) { removeColumn(db, "contacts", "nickname"); },
        "A ACCESS EXCLUSIVE · at once\n"
        "L loses the column's values\n");
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

QTEST_GUILESS_MAIN(TestHazards)
#include "tst_hazards.moc"
