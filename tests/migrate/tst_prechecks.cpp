// SPDX-License-Identifier: GPL-3.0-or-later
#include "../diff/fixture.h"
#include "base/receive.h"
#include "migrate/plan.h"
#include "support/server.h"

#include <QtTest>

#include <functional>

using namespace fixture;

using Edit = std::function<void(schema::Database &)>;

namespace
{
/// t(id, n, s, m), a(id), target(id, o), bare(n); t's rows and a's are given, target and bare have
/// t's.
schema::Database startingPoint()
{
    schema::Database made;
    schema::Column id = column("id", "integer", true);
    id.primaryKey = true;
    made.enums << schema::Enum{{{}, q("mood")}, {q("ok"), q("sad")}, {}};
    schema::Column mood = column("m", "mood");
    mood.typeSchema = q("public");
    made.tables << table("a", {id}) << table("bare", {column("n", "bigint")})
                << table("target", {id, column("o", "bigint")})
                << table("t", {id, column("n", "bigint"), column("s", "text"), mood});
    return made;
}
} // namespace

/// The questions before a plan find the rows that would make it fail, those and no others.
class TestPreChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsTheRows_data();
    void findsTheRows();
    void asksOnTheSafeWay();

private:
    QStringList ask(const pg::Settings &database, const QList<migrate::PreCheck> &checks);

    std::unique_ptr<testsupport::Server> m_server;
};

void TestPreChecks::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestPreChecks::findsTheRows_data()
{
    QTest::addColumn<schema::Database>("after");
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QStringList>("found"); ///< ids
    const auto row = [](const char *name, const Edit &edit, const char *values,
                        const QStringList &found) {
        schema::Database after = startingPoint();
        edit(after);
        QTest::newRow(name) << after << QByteArray(values) << found;
    };
    const auto list = [](const char *ids) { return q(ids).split(u' ', Qt::SkipEmptyParts); };
    const auto type = [](const char *name, const char *wanted) -> Edit {
        return [=](schema::Database &db) { columnOf(db, "t", name).type = q(wanted); };
    };
    row(
        "NULL", [](auto &db) { columnOf(db, "t", "n").notNull = true; }, "(1,1),(2,NULL)",
        list("2"));
    row("no NULL", [](auto &db) { columnOf(db, "t", "n").notNull = true; }, "(1,1)", {});
    row(
        "new column without a value",
        [](auto &db) { tableOf(db, "t").columns << column("x", "text", true); }, "(1,1),(2,2)",
        list("1 2"));
    row(
        "duplicates, NULL is none",
        [](auto &db) {
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("n")}, false, {}};
        },
        "(1,1),(2,1),(3,2),(4,NULL),(5,NULL)", list("1 2"));
    row(
        "duplicates, NULL is one",
        [](auto &db) {
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("n")}, true, {}};
        },
        "(1,1),(2,2),(4,NULL),(5,NULL)", list("4 5"));
    row(
        "new column with one value that has to differ",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "text");
            tableOf(db, "t").columns.last().defaultValue = schema::Default{{}, q("'it''s'")};
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("n"), q("x")}, false, {}};
        },
        "(1,1),(2,1),(3,2)", list("1 2"));
    row(
        "new column without a value, NULL is one",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "text");
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("x")}, true, {}};
        },
        "(1,1),(2,2)", list("1 2"));
    row("new column without a value, NULL is none",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "text");
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("x")}, false, {}};
        },
        "(1,1),(2,2)", {});
    row("new column that is another in each row",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "uuid");
            tableOf(db, "t").columns.last().defaultValue =
                schema::Default{{}, q("gen_random_uuid()")};
            tableOf(db, "t").uniques << schema::Unique{q("u"), {q("x")}, false, {}};
        },
        "(1,1),(2,2)", {});
    row(
        "new column whose value does not pass a check",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "integer", true);
            tableOf(db, "t").columns.last().defaultValue =
                schema::Default{schema::Default::Form::Number, q("0")};
            tableOf(db, "t").checks << schema::Check{q("c"), q("\"t\".\"x\" > 0"), {}};
        },
        "(1,1)", list("1"));
    row(
        "new column that points at nothing",
        [](auto &db) {
            tableOf(db, "t").columns << column("x", "integer");
            tableOf(db, "t").columns.last().defaultValue =
                schema::Default{schema::Default::Form::Number, q("9")};
            tableOf(db, "t").foreignKeys << foreignKey("f", "x", "a", "id");
        },
        "(1,1)", list("1"));
    row(
        "duplicates of a partial index over an expression",
        [](auto &db) {
            schema::Index made = index("i", "lower(\"s\")", true);
            made.columns[0].isExpression = true;
            made.where = q("\"n\" = 1");
            tableOf(db, "t").indexes << made;
        },
        "(1,1,'A'),(2,1,'a'),(3,2,'a')", list("1 2"));
    row(
        "orphans",
        [](auto &db) { tableOf(db, "t").foreignKeys << foreignKey("f", "n", "a", "id"); },
        "(1,1),(2,7),(3,NULL)", list("2"));
    row(
        "orphans of a table with a name of ours",
        [](auto &db) { tableOf(db, "target").foreignKeys << foreignKey("f", "o", "a", "id"); },
        "(1,1),(2,7),(3,NULL)", list("2"));
    row(
        "a new key that is the same in each row",
        [](auto &db) {
            tableOf(db, "bare").columns << column("k", "integer", true);
            tableOf(db, "bare").columns.last().primaryKey = true;
            tableOf(db, "bare").columns.last().defaultValue =
                schema::Default{schema::Default::Form::Number, q("5")};
        },
        "(1,1),(2,7)", list("5 5"));
    row(
        "check that ends in a comment",
        [](auto &db) {
            tableOf(db, "t").checks << schema::Check{q("c"), q("\"t\".\"n\" > 1 -- why"), {}};
        },
        "(1,1),(2,2)", list("1"));
    row(
        "check, NULL passes",
        [](auto &db) {
            tableOf(db, "t").checks << schema::Check{q("c"), q("\"t\".\"n\" > 1"), {}};
        },
        "(1,1),(2,2),(3,NULL)", list("1"));
    row("text that is no integer", type("s", "integer"),
        "(1,1,'12'),(2,1,' -3 '),(3,1,'x'),(4,1,''),(5,1,'3000000000'),(6,1,NULL),(7,1,'1.5')",
        list("3 4 5 7"));
    row("text that is no uuid", type("s", "uuid"),
        "(1,1,'0189d5b2-0000-7000-8000-000000000000'),(2,1,'{0189d5b20000700080000000000000aa}'),"
        "(3,1,'0189d5b2')",
        list("3"));
    row("text that is no boolean", type("s", "boolean"), "(1,1,'yes'),(2,1,' OFF'),(3,1,'o')",
        list("3"));
    row("text that is no date", type("s", "date"),
        "(1,1,'2024-02-29'),(2,1,'2023-02-29'),(3,1,'soon'),(4,1,' Tomorrow '),(5,1,'Jan 5 2020'),"
        "(6,1,NULL),(7,1,'1999-13-01'),(8,1,'2000-04-31'),(9,1,'')",
        list("2 3 7 8 9"));
    row("texts that are dates", type("s", "timestamp with time zone"),
        "(1,1,'2024-02-29T10:00:00Z'),(2,1,'-infinity'),(3,1,'20240229'),(4,1,NULL)", {});
    row("text that is no interval", type("s", "interval"), "(1,1,'1 day'),(2,1,'P1D'),(3,1,'soon')",
        list("3"));
    row("text that is no double", type("s", "double precision"),
        "(1,1,'1e-3'),(2,1,'NaN'),(3,1,'-Infinity'),(4,1,'0x1p3'),(5,1,'half')", list("5"));
    row("numeric without bounds", type("s", "numeric"), "(1,1,'NaN'),(2,1,'1e5'),(3,1,'-.5')", {});
    row("text that is no jsonb", type("s", "jsonb"),
        R"((1,1,'{'),(2,1,'{"a": [1, -2.5e3, {"b": null}], "": {}}'),(3,1,' "x" '),(4,1,'NaN'),)"
        R"((5,1,'01'),(6,1,'[1,]'),(7,1,'{"a":1 "b":2}'),(8,1,'"a\x"'),(9,1,'"\"\\{["'),)"
        R"((10,1,''),(11,1,'[[[[]]]]'),(12,1,'{1:2}'),(13,1,'"\u0000"'),(14,1,'"\uD83D\ude00"'),)"
        R"((15,1,'"\ude00"'),(16,1,NULL),(17,1,'true false'),(18,1,E'\x01'),(19,1,E'"a\tb"'))",
        list("1 10 12 13 15 17 18 19 4 5 6 7 8"));
    row("text that is no json", type("s", "json"),
        R"((1,1,'"\u0000"'),(2,1,'{"a":1}x'),(3,1,E' [ 1 , 2 ]\n'))", list("2"));
    row("text that is too long", type("s", "varchar(3)"), "(1,1,'abc'),(2,1,'abcd'),(3,1,'ab    ')",
        list("2"));
    row("text that does not fit numeric", type("s", "numeric(4, 2)"),
        "(1,1,'12.345'),(2,1,'99.996'),(3,1,'1e1'),(4,1,'.5'),(5,1,'x'),(6,1,' NaN'),"
        "(7,1,'Infinity')",
        list("2 5 7"));
    row(
        "enum that is no number",
        [](auto &db) {
            columnOf(db, "t", "m").type = q("integer");
            columnOf(db, "t", "m").typeSchema.clear();
        },
        "(1,1,'','ok'),(2,1,'',NULL)", list("1"));
    row("bigint that is no smallint", type("n", "smallint"), "(1,32767),(2,32768),(3,-32769)",
        list("2 3"));
    row(
        "enum value that goes", [](auto &db) { db.enums[0].values.removeAll(q("sad")); },
        "(1,1,'','ok'),(2,1,'','sad'),(3,1,'',NULL)", list("2"));
    row(
        "text that is no value of an enum",
        [](auto &db) {
            columnOf(db, "t", "s").type = q("mood");
            columnOf(db, "t", "s").typeSchema = q("public");
        },
        "(1,1,'ok'),(2,1,'mad')", list("2"));
    row("nothing to ask", [](auto &db) { tableOf(db, "t").columns << column("x", "text"); },
        "(1,1)", {});
}

QStringList TestPreChecks::ask(const pg::Settings &database, const QList<migrate::PreCheck> &checks)
{
    pg::Pool pool(database);
    QStringList found;
    for (const migrate::PreCheck &check : checks) {
        auto future = pool.run({check.sql, {}});
        const base::Result<rows::Page> page = base::await(future);
        if (!page)
            return {page.error().detail + page.error().text, check.sql};
        for (qsizetype i = 0; i < page->rowCount(); ++i)
            found << QString::fromUtf8(page->cell(i, 0).value_or(QByteArrayView()));
    }
    found.sort();
    return found;
}

void TestPreChecks::findsTheRows()
{
    QFETCH(schema::Database, after);
    QFETCH(QByteArray, rows);
    QFETCH(QStringList, found);
    const schema::Database nothing;
    const schema::Database before = startingPoint();
    const pg::Settings database = m_server->createDatabase(q("prechecks"));
    for (const migrate::PlanLine &line :
         migrate::plan(diff::compare(nothing, before), nothing, before).lines)
        QCOMPARE(m_server->run(database, line.statement.toUtf8()), QString());
    QCOMPARE(m_server->run(database, "INSERT INTO a VALUES (1), (2);"), QString());
    QCOMPARE(m_server->run(database, "INSERT INTO t VALUES " + rows), QString());
    QCOMPARE(m_server->run(database, "INSERT INTO target SELECT id, n FROM t;"
                                     "INSERT INTO bare SELECT n FROM t;"),
             QString());
    const migrate::Plan plan = migrate::plan(diff::compare(before, after), before, after);
    QCOMPARE(ask(database, plan.preChecks).join(u' '), found.join(u' '));

    // The judge: without such rows the plan runs, with them it fails.
    QString error;
    for (const migrate::PlanLine &line : plan.lines) {
        if (error.isEmpty())
            error = m_server->run(database, line.statement.toUtf8());
    }
    QCOMPARE(error.isEmpty(), found.isEmpty());
}

/// Which makes two changes of one.
void TestPreChecks::asksOnTheSafeWay()
{
    const schema::Database before = startingPoint();
    schema::Database after = before;
    schema::Column &column = columnOf(after, "t", "n");
    column.notNull = true;
    column.defaultValue = schema::Default{schema::Default::Form::Number, q("1")};
    const migrate::Plan plan =
        migrate::plan(diff::compare(before, after), before, after, {.safe = true});
    QCOMPARE(plan.preChecks.size(), 1);
    // The check is there for new rows first; those that are there fail its validation.
    QVERIFY(plan.lines[plan.preChecks[0].line].statement.contains(q("VALIDATE CONSTRAINT")));
}

QTEST_GUILESS_MAIN(TestPreChecks)
#include "tst_prechecks.moc"
