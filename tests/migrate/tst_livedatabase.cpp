// SPDX-License-Identifier: GPL-3.0-or-later
#include "../diff/fixture.h"
#include "../load/schematext.h"
#include "../load/surroundingstext.h"
#include "base/receive.h"
#include "load/catalog.h"
#include "migrate/plan.h"
#include "migrate/renames.h"
#include "servers/servers.h"

#include <QProcess>
#include <QtTest>

using namespace fixture;

namespace
{
constexpr int newestDump = 15; ///< the major version of the pg_dump on this machine

const char *const start =
    "CREATE TYPE mood AS ENUM ('ok', 'sad');"
    "CREATE TABLE people (id integer PRIMARY KEY, age integer, mail text, m mood,"
    " twice integer GENERATED ALWAYS AS (id * 2) STORED);"
    "CREATE INDEX people_twice ON people (twice);"
    "CREATE TABLE pets (id integer PRIMARY KEY, owner integer);"
    "INSERT INTO people VALUES (1, 20, 'a', 'ok'), (2, 80, 'b', 'sad');"
    "CREATE VIEW adults WITH (security_barrier=true) AS SELECT id, age, mail AS address FROM people"
    " WHERE age > 17 AND m = 'ok';"
    "COMMENT ON VIEW adults IS 'of age'; COMMENT ON COLUMN adults.age IS 'in years';"
    "GRANT SELECT ON adults TO reader; GRANT SELECT (id) ON adults TO PUBLIC;"
    "ALTER VIEW adults OWNER TO holder;"
    "CREATE VIEW owners AS SELECT p.age, pets.id FROM people p JOIN pets ON pets.owner = p.id"
    " WHERE EXISTS (SELECT 1 FROM people WHERE people.id = pets.owner AND people.age = p.age);"
    "CREATE VIEW oldest AS SELECT adults.id FROM adults WHERE adults.age > 70;"
    "CREATE MATERIALIZED VIEW ages WITH (fillfactor=70) AS"
    " SELECT people.age, count(*) AS n FROM people GROUP BY people.age;"
    "CREATE UNIQUE INDEX ages_age ON ages (age); COMMENT ON INDEX ages_age IS 'one an age';"
    "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
    "CREATE TRIGGER aged BEFORE UPDATE OF age ON people FOR EACH ROW WHEN (new.age > 99)"
    " EXECUTE FUNCTION noted(); COMMENT ON TRIGGER aged ON people IS 'a hundred';";
} // namespace

/// Plans for a database of which everything is known, run on servers of every version.
class TestLiveDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typeUnderStrangers_data();
    void typeUnderStrangers();
    void generatedExpression_data();
    void generatedExpression();
    void valuesThatDoNotFit_data();
    void valuesThatDoNotFit();
    void safeTypeKeepsTheColumn_data();
    void safeTypeKeepsTheColumn();
    void keysSeeTheirOwnTable_data();
    void keysSeeTheirOwnTable();

private:
    struct Live {
        testsupport::VersionedServer *server = nullptr;
        pg::Settings settings;
        load::Catalog catalog;
    };

    /// The database of a row: its name is the version.
    Live liveOf(const QString &name, const QByteArray &script)
    {
        Live live;
        live.server = m_servers.version(
            QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0).toInt());
        if (!live.server)
            return live;
        for (const char *role : {"reader", "holder"})
            live.server->run(live.server->settings(), QByteArray("CREATE ROLE ") + role);
        live.settings = live.server->createDatabase(name, script);
        live.catalog = read(live.settings);
        return live;
    }

    static load::Catalog read(const pg::Settings &settings)
    {
        const auto catalog = base::await(load::catalog(std::make_shared<pg::Pool>(settings), {}));
        if (!catalog)
            QTest::qFail(qPrintable(base::toLine(catalog.error())), __FILE__, __LINE__);
        return catalog ? *catalog : load::Catalog();
    }

    static void eachVersion(int since = 0)
    {
        for (const int version : testsupport::Servers::versions()) {
            if (version >= since)
                QTest::newRow(qPrintable(QString::number(version))) << version;
        }
    }

    static migrate::Plan planOf(const Live &live, const schema::Database &to,
                                const QStringList &renames = {}, bool safe = false)
    {
        schema::Database from = live.catalog.schema;
        from.views.clear(); // others made them
        const auto answered = migrate::compareAnswered(from, to, {}, {.renames = renames});
        if (!answered)
            QTest::qFail(qPrintable(base::toLine(answered.error())), __FILE__, __LINE__);
        return migrate::plan(answered->difference, from, to,
                             {.safe = safe,
                              .surroundings = &live.catalog.surroundings,
                              .serverVersion = live.catalog.serverVersion});
    }

    static QByteArray scriptOf(const migrate::Plan &plan)
    {
        return migrate::fileText(plan, false).toUtf8();
    }

    /// What there is: as pg_dump has it, where ours knows the server, else as we read it.
    static QStringList contents(const Live &live)
    {
        if (live.server->majorVersion() > newestDump) {
            const load::Catalog catalog = read(live.settings);
            return testsupport::printed(catalog.schema).split(u'\n') +
                   testsupport::printedLines(catalog.surroundings);
        }
        QProcess process;
        process.start(QStringLiteral("pg_dump"),
                      {QStringLiteral("-s"), QStringLiteral("-d"), live.settings.url});
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            return {QString::fromUtf8(process.readAllStandardError())};
        QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n');
        lines.removeIf([](const QString &line) {
            return line.startsWith(QLatin1String("\\restrict")) ||
                   line.startsWith(QLatin1String("\\unrestrict"));
        });
        return lines;
    }

    static QStringList sorted(QStringList lines)
    {
        lines.sort(); // rights come in the order in which they were given
        return lines;
    }

    testsupport::Servers m_servers;
};

void TestLiveDatabase::typeUnderStrangers_data()
{
    QTest::addColumn<QStringList>("renames");
    QTest::addColumn<QByteArray>("natively");
    for (const int version : testsupport::Servers::versions()) {
        const auto row = [version](const char *name, const QStringList &renames,
                                   const char *natively) {
            QTest::addRow("%d %s", version, name) << renames << QByteArray(natively);
        };
        row("as it is", {}, "");
        row("of a renamed table", {QStringLiteral("table:people=staff")},
            "ALTER TABLE people RENAME TO staff;"
            "ALTER TABLE staff RENAME CONSTRAINT people_pkey TO staff_pkey;");
        row("of a renamed column", {QStringLiteral("column:people.age=years")},
            "ALTER TABLE people RENAME COLUMN age TO years;");
        row("of both",
            {QStringLiteral("table:people=staff"), QStringLiteral("column:staff.age=years")},
            "ALTER TABLE people RENAME TO staff;"
            "ALTER TABLE staff RENAME CONSTRAINT people_pkey TO staff_pkey;"
            "ALTER TABLE staff RENAME COLUMN age TO years;");
    }
}

void TestLiveDatabase::typeUnderStrangers()
{
    QFETCH(QStringList, renames);
    QFETCH(QByteArray, natively);
    Live planned = liveOf(QStringLiteral("planned"), start);
    if (!planned.server)
        QSKIP("not on this machine");
    schema::Database to = planned.catalog.schema;
    to.views.clear();
    schema::Table &table = tableOf(to, "people");
    const bool staff = natively.contains("staff");
    const bool years = natively.contains("years");
    if (staff)
        table.name.name = q("staff");
    schema::Column &age = table.columns[1];
    age.type = q("bigint");
    if (years)
        age.name = q("years");
    const migrate::Plan plan = planOf(planned, to, renames);
    QVERIFY(plan.questions.isEmpty());
    QVERIFY2(plan.errors.isEmpty(),
             plan.errors.isEmpty() ? "" : qPrintable(base::toLine(plan.errors.first())));
    const QByteArray script = scriptOf(plan);
    QVERIFY2(script.contains("adults") && script.contains("owners"), script);
    const QString failure = planned.server->run(planned.settings, script);
    QVERIFY2(failure.isEmpty(), failure.toUtf8() + '\n' + script);

    // PostgreSQL itself keeps what others have made in step with a name; the type it does not.
    const Live expected = liveOf(QStringLiteral("expected"), start + natively);
    QStringList lines = contents(expected);
    const QString name = years ? QStringLiteral("years") : QStringLiteral("age");
    lines.replaceInStrings(QStringLiteral("    %1 integer,").arg(name),
                           QStringLiteral("    %1 bigint,").arg(name));
    lines.replaceInStrings(QStringLiteral("  %1 integer").arg(name),
                           QStringLiteral("  %1 bigint").arg(name));
    QStringList found = contents(planned);
    found.replaceInStrings(QStringLiteral("planned"), QStringLiteral("expected"));
    const QStringList want = sorted(lines);
    QStringList missing = want, surplus = sorted(found);
    for (const QString &line : want) {
        if (surplus.removeOne(line))
            missing.removeOne(line);
    }
    QVERIFY2(missing.isEmpty() && surplus.isEmpty(),
             qPrintable(QStringLiteral("- ") + missing.join(QStringLiteral("\n- ")) +
                        QStringLiteral("\n+ ") + surplus.join(QStringLiteral("\n+ ")) + u'\n' +
                        QString::fromUtf8(script)));
}

void TestLiveDatabase::generatedExpression_data()
{
    QTest::addColumn<int>("version");
    eachVersion();
}

/// From 17 on the column stays where it is, with all that is on it.
void TestLiveDatabase::generatedExpression()
{
    QFETCH(int, version);
    const Live live = liveOf(QStringLiteral("generated"), start);
    if (!live.server)
        QSKIP("not on this machine");
    schema::Database to = live.catalog.schema;
    to.views.clear();
    tableOf(to, "people").columns[4].generated->expression = q("id * 3 -- thrice");
    const QByteArray script = scriptOf(planOf(live, to));
    QCOMPARE(script.contains("SET EXPRESSION AS"), version >= 17);
    QCOMPARE(script.toLower().contains("drop column"), version < 17);
    QCOMPARE(live.server->run(live.settings, script), QString());
    QCOMPARE(live.server->run(live.settings,
                              "do $$ begin assert (select sum(twice) from people) = 9 and "
                              "to_regclass('people_twice') is not null; end $$"),
             QString());
}

void TestLiveDatabase::valuesThatDoNotFit_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<int>("bad"); ///< -1: only a newer server can tell
    for (const int version : testsupport::Servers::versions()) {
        const auto row = [version](const char *type, const char *values, int bad, int since = 0) {
            QTest::addRow("%d %s", version, type)
                << QString::fromLatin1(type) << QByteArray(values) << (version < since ? -1 : bad);
        };
        row("integer", "(1,'7'),(2,'x'),(3,'99999999999'),(4,null)", 2);
        row("uuid", "(1,'0189d5b2-0000-7000-8000-000000000000'),(2,'x')", 1);
        row("inet", "(1,'10.0.0.1'),(2,'10.0.0.1000'),(3,null)", 1, 16);
        row("interval", "(1,'3 days'),(2,'some days')", 1, 16);
    }
}

void TestLiveDatabase::valuesThatDoNotFit()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, values);
    QFETCH(int, bad);
    const Live live =
        liveOf(QStringLiteral("values"), "CREATE TABLE t (id integer PRIMARY KEY, s text);"
                                         "INSERT INTO t VALUES " +
                                             values);
    if (!live.server)
        QSKIP("not on this machine");
    schema::Database to = live.catalog.schema;
    columnOf(to, "t", "s").type = type;
    const migrate::Plan plan = planOf(live, to);
    if (bad < 0) {
        for (const migrate::PreCheck &check : plan.preChecks)
            QVERIFY2(!check.sql.contains(QLatin1String("pg_input_is_valid")),
                     qPrintable(check.sql));
        return;
    }
    QCOMPARE(plan.preChecks.size(), 1);
    pg::Pool pool(live.settings);
    const auto rows = base::await(pool.run({.text = plan.preChecks.first().sql, .parameters = {}}));
    QVERIFY2(rows, rows ? "" : qPrintable(base::toLine(rows.error()) + plan.preChecks.first().sql));
    QCOMPARE(rows->rowCount(), bad);
    const auto count =
        base::await(pool.run({.text = plan.preChecks.first().countSql, .parameters = {}}));
    QVERIFY(count);
    QCOMPARE(count->text(0, 0).toInt(), bad);
}

void TestLiveDatabase::safeTypeKeepsTheColumn_data()
{
    QTest::addColumn<int>("version");
    eachVersion();
}

/// The column that takes the place of the old one has its rights, its comment and its settings.
void TestLiveDatabase::safeTypeKeepsTheColumn()
{
    QFETCH(int, version);
    Q_UNUSED(version);
    const Live live = liveOf(
        QStringLiteral("beside"),
        "CREATE TABLE t (id integer PRIMARY KEY, a text, b varchar(9) COLLATE \"C\");"
        "INSERT INTO t VALUES (1, '7', 'x'); COMMENT ON COLUMN t.a IS 'how many';"
        "GRANT SELECT (a), UPDATE (b) ON t TO reader; ALTER TABLE t ALTER a SET STATISTICS 77;"
        "ALTER TABLE t ALTER a SET STORAGE EXTERNAL; ALTER TABLE t ALTER b SET STORAGE EXTERNAL;");
    if (!live.server)
        QSKIP("not on this machine");
    schema::Database to = live.catalog.schema;
    columnOf(to, "t", "a").type = q("integer");
    columnOf(to, "t", "b").type = q("varchar(5)");
    const migrate::Plan plan = planOf(live, to, {}, true);
    QVERIFY(plan.steps.size() > 2);
    for (const migrate::PlanStep &step : plan.steps) {
        const QByteArray script = migrate::fileText(plan, step, false).toUtf8();
        QVERIFY2(live.server->run(live.settings, script).isEmpty(), script);
    }
    QCOMPARE(
        live.server->run(
            live.settings,
            "do $$ begin assert (select a = 7 and b = 'x' from t);"
            "assert col_description('t'::regclass, (select attnum from pg_attribute where "
            "attrelid = 't'::regclass and attname = 'a')) = 'how many';"
            "assert has_column_privilege('reader', 't', 'a', 'select');"
            "assert has_column_privilege('reader', 't', 'b', 'update');"
            "assert (select attstattarget from pg_attribute where attrelid = 't'::regclass and "
            "attname = 'a') = 77;"
            "assert (select attstorage = 'e' and (select collname = 'C' from pg_collation "
            "where oid = attcollation) from "
            "pg_attribute where attrelid = 't'::regclass and attname = 'b'); end $$"),
        QString());
}

void TestLiveDatabase::keysSeeTheirOwnTable_data()
{
    QTest::addColumn<int>("version");
    eachVersion();
}

/// Rows of a table that inherits are no reason against a key.
void TestLiveDatabase::keysSeeTheirOwnTable()
{
    QFETCH(int, version);
    Q_UNUSED(version);
    const Live live =
        liveOf(QStringLiteral("heirs"), "CREATE TABLE t (id integer PRIMARY KEY, a integer);"
                                        "CREATE TABLE child () INHERITS (t);"
                                        "INSERT INTO t VALUES (1, 7); INSERT INTO child VALUES (2, "
                                        "7), (3, 7);");
    if (!live.server)
        QSKIP("not on this machine");
    schema::Database to = live.catalog.schema;
    tableOf(to, "t").uniques << schema::Unique{q("u"), {q("a")}, false, {}};
    const migrate::Plan plan = planOf(live, to);
    QCOMPARE(plan.preChecks.size(), 1);
    pg::Pool pool(live.settings);
    const auto count =
        base::await(pool.run({.text = plan.preChecks.first().countSql, .parameters = {}}));
    QVERIFY2(count, count ? "" : qPrintable(base::toLine(count.error())));
    QCOMPARE(count->text(0, 0).toInt(), 0);
    QCOMPARE(live.server->run(live.settings, scriptOf(plan)), QString());
}

QTEST_GUILESS_MAIN(TestLiveDatabase)
#include "tst_livedatabase.moc"
