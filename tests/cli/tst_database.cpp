// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/smallproject.h"
#include "support/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;
using testsupport::words;

namespace
{
const QString people = QStringLiteral(
    "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), age: %1, "
    "mail: pg.text()%2 });");

/// What others have made on the table, each with everything that making it anew would lose.
const QByteArray strangers =
    "create role tst_database_reader; create role tst_database_owner;"
    "create view adults with (security_barrier=true) as select id, age from people where age > 17;"
    "comment on view adults is 'of age'; comment on column adults.age is 'in years';"
    "grant select on adults to tst_database_reader; grant select (id) on adults to public;"
    "alter view adults owner to tst_database_owner;"
    "create view old_adults as select id from adults where age > 70;"
    "create materialized view ages as select age, count(*) as n from people group by age;"
    "create unique index ages_age on ages (age); comment on index ages_age is 'one an age';"
    "alter materialized view ages set (fillfactor=70);"
    "create function noted() returns trigger language plpgsql as 'begin return new; end';"
    "create trigger aged before update of age on people for each row when (new.age > 99) "
    "execute function noted(); comment on trigger aged on people is 'a hundred';";

QByteArray dropRoles()
{
    return "drop owned by tst_database_reader, tst_database_owner cascade;"
           "drop role tst_database_reader, tst_database_owner";
}

QStringList dumped(const QString &url)
{
    QProcess process;
    process.start(QStringLiteral("pg_dump"), {QStringLiteral("-s"), QStringLiteral("-d"), url,
                                              QStringLiteral("-N"), QStringLiteral("drizzle")});
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        return {QString::fromUtf8(process.readAllStandardError())};
    QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n');
    // Newer releases fence a dump with a random word.
    lines.removeIf([](const QString &line) {
        return line.startsWith(QLatin1String("\\restrict")) ||
               line.startsWith(QLatin1String("\\unrestrict"));
    });
    lines.sort(); // rights come in the order in which they were given
    return lines;
}
} // namespace

/// The commands where a database is known: what others have made there, how large it is, and which
/// of its rows stand in the way.
class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void restoresWhatOthersMade();
    void saysHowMuchIsTouched();
    void rowsStopMigrate_data();
    void rowsStopMigrate();
    void rowsThatAreMendedDoNot_data();
    void rowsThatAreMendedDoNot();
    void nothingIsHalfApplied();
    void whatFailsIsNamed_data();
    void whatFailsIsNamed();
    void rowsStopASeries_data();
    void rowsStopASeries();
    void safeTypeCutsNothing();
    void whatIsAppliedIsSaid();
    void diffShowsTheRows();
    void checkReadsTheLedger();

private:
    Run migrate(const QStringList &options = {}) const
    {
        return sluice(QStringList{QStringLiteral("migrate"), m_project->path()} + options, m_url);
    }
    void start(const QString &schema, const QByteArray &rows)
    {
        m_project->setSchema(schema);
        QCOMPARE(m_project->generate(words("--name init")).error, QString());
        QCOMPARE(migrate().error, QString());
        QCOMPARE(m_server->run(m_database, rows), QString());
    }
    QString unlessHolds(const QString &expression)
    {
        return m_server->run(
            m_database,
            QStringLiteral("do $test$ begin assert (%1); end $test$").arg(expression).toUtf8());
    }

    std::unique_ptr<testsupport::Server> m_server;
    std::unique_ptr<SmallProject> m_project;
    pg::Settings m_database;
    QString m_url;
};

void TestDatabase::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestDatabase::init()
{
    m_project = std::make_unique<SmallProject>();
    QVERIFY(m_project->isValid());
    m_database = m_server->createDatabase(QStringLiteral("database"));
    m_url = m_server->tcpUrl(m_database);
}

void TestDatabase::restoresWhatOthersMade()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 20), (2, 80);");
    QCOMPARE(m_server->run(m_database, strangers), QString());
    const QStringList before = dumped(m_url);
    m_project->setSchema(people.arg(QStringLiteral("pg.bigint({ mode: 'number' })"), QString()));

    const Run generated = m_project->generate(
        {QStringLiteral("--name"), QStringLiteral("wide"), QStringLiteral("--url"), m_url});
    QCOMPARE(generated.error, QString());
    QVERIFY2(m_project->read(QStringLiteral("drizzle/0001_wide.sql")).contains("adults"),
             m_project->read(QStringLiteral("drizzle/0001_wide.sql")));
    QCOMPARE(migrate().error, QString());

    QStringList expected = before;
    QCOMPARE(
        expected
            .replaceInStrings(QStringLiteral("    age integer,"), QStringLiteral("    age bigint,"))
            .join(u'\n'),
        dumped(m_url).join(u'\n'));
    QVERIFY(before != expected);
    QCOMPARE(unlessHolds(QStringLiteral("(select count(*) from ages) = 2 and (select string_agg("
                                        "age::text, ' ' order by id) from people) = '20 80'")),
             QString());
    QCOMPARE(m_server->run(m_database, dropRoles()), QString());
}

void TestDatabase::saysHowMuchIsTouched()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people select n, n from generate_series(1, 3000) n; analyze people;");
    m_project->setSchema(people.arg(QStringLiteral("pg.bigint({ mode: 'number' })"), QString()));
    const QString project = m_project->path();
    const QString folder = QStringLiteral("folder:") + project;
    const QString line = QStringLiteral("-- writes public.people anew (about 3,000 rows, ");
    for (const QStringList &sides :
         {QStringList{m_url, project}, {folder, project, QStringLiteral("--url"), m_url}}) {
        const Run sql = sluice(QStringList{QStringLiteral("diff")} + sides);
        QCOMPARE(sql.exitCode, 1);
        QVERIFY2(sql.output.startsWith(line), qPrintable(sql.output + sql.error));
        const Run json =
            sluice(QStringList{QStringLiteral("diff")} + sides + words("--format json"));
        const QJsonObject change = QJsonDocument::fromJson(json.output.toUtf8())
                                       .object()
                                       .value(QLatin1String("changes"))
                                       .toArray()
                                       .first()
                                       .toObject();
        const QJsonObject touched =
            change.value(QLatin1String("touches")).toArray().first().toObject();
        QCOMPARE(touched.value(QLatin1String("rows")).toInt(), 3000);
        QVERIFY(touched.value(QLatin1String("bytes")).toInt() > 0);
        QCOMPARE(touched.value(QLatin1String("relation")).toString(),
                 QStringLiteral("public.people"));
    }
    // Nobody is asked who was not named.
    QVERIFY(!sluice({QStringLiteral("diff"), folder, project}, m_url).output.contains(line));
    const Run both =
        sluice({QStringLiteral("diff"), m_url, project, QStringLiteral("--url"), m_url});
    QCOMPARE(both.exitCode, 2);
}

void TestDatabase::rowsStopMigrate_data()
{
    QTest::addColumn<QString>("age");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("options"); ///< of generate
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *age, const char *more, const char *options,
                        const char *said) {
        QTest::newRow(name) << QString::fromLatin1(age) << QString::fromLatin1(more)
                            << QString::fromLatin1(options) << QString::fromLatin1(said);
    };
    row("NOT NULL", "pg.integer().notNull()", "", "", "public.people.age is NULL (rows: 1)");
    row("NOT NULL, safely", "pg.integer().notNull()", "", "--safe",
        "public.people.age is NULL (rows: 1)");
    row("unique", "pg.integer().unique()", "", "",
        "public.people.age occurs more than once (rows: 2)");
    row("reference, safely", "pg.integer().references((): pg.AnyPgColumn => people.id)", "",
        "--safe", "public.people.age points at a row of public.people that is not there (rows: 2)");
    row("new column", "pg.integer()", ", town: pg.text().notNull()", "",
        "public.people.town is NOT NULL and has no default, and the table has rows (rows: 3)");
    row("type", "pg.smallint()", "", "", "public.people.age does not fit smallint (rows: 2)");
    row("unique, safely", "pg.integer().unique()", "", "--safe",
        "public.people.age occurs more than once (rows: 2)");
    row("type, safely", "pg.smallint()", "", "--safe",
        "public.people.age does not fit smallint (rows: 2)");
    row("unique index, safely", "pg.integer()",
        "}, function (t) { return { one: pg.uniqueIndex('one').on(t.age) }", "--safe",
        "public.people.age occurs more than once (rows: 2)");
    row("check, safely", "pg.integer()",
        "}, function (t) { return { young: pg.check('young', sql`${t.age} < 200`) }", "--safe",
        "public.people does not pass the check young (rows: 2)");
}

void TestDatabase::rowsStopMigrate()
{
    QFETCH(QString, age);
    QFETCH(QString, more);
    QFETCH(QString, options);
    QFETCH(QString, said);
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 70707), (2, 70707), (3, null);");
    m_project->setSchema(people.arg(age, more));
    QCOMPARE(m_project->generate(words("--name next") + words(qPrintable(options))).error,
             QString());
    const QStringList before = dumped(m_url);

    const Run rehearsed = migrate(words("--dry-run"));
    QCOMPARE(rehearsed.exitCode, 2);
    QVERIFY2(rehearsed.error.contains(said), qPrintable(rehearsed.error));
    QVERIFY(rehearsed.output.contains(QLatin1String("\"people\"")));

    const Run stopped = migrate();
    QCOMPARE(stopped.exitCode, 2);
    QCOMPARE(stopped.output, QString());
    QVERIFY2(stopped.error.startsWith(QStringLiteral("sluice: ") + said),
             qPrintable(stopped.error));
    QVERIFY(stopped.error.contains(QLatin1String("sluice: Nothing was applied: rows stand in the "
                                                 "way (000")));
    // Where no person looks, no value is shown.
    QVERIFY2(!stopped.error.contains(QLatin1String("70707")), qPrintable(stopped.error));
    QCOMPARE(dumped(m_url), before);

    const Run shown = migrate(words("--show-rows"));
    QCOMPARE(shown.exitCode, 2);
    static const QRegularExpression header(QStringLiteral("\\n *id( |\\n)"));
    QVERIFY2(shown.error.contains(header) && !stopped.error.contains(header),
             qPrintable(shown.error));
    const Run unasked = migrate(words("--unasked"));
    QCOMPARE(unasked.exitCode, 2);
    QVERIFY(!unasked.error.contains(QLatin1String("Nothing was applied")));
}

void TestDatabase::rowsThatAreMendedDoNot_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("by an UPDATE") << QByteArray("UPDATE people SET age = 1 WHERE age IS NULL;");
    QTest::newRow("by a block") << QByteArray(
        "DO $$ BEGIN UPDATE people SET age = 1 WHERE age IS NULL; END $$;");
    QTest::newRow("by a function")
        << QByteArray("CREATE FUNCTION mend() RETURNS void LANGUAGE sql AS 'UPDATE people SET age "
                      "= 1 WHERE age IS NULL'; SELECT mend();");
    QTest::newRow("by a new column")
        << QByteArray("ALTER TABLE people DROP COLUMN age; ALTER TABLE people ADD COLUMN age int "
                      "DEFAULT 1;");
}

/// What a migration puts right itself is none of the rows that stop it.
void TestDatabase::rowsThatAreMendedDoNot()
{
    QFETCH(QByteArray, before);
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 1), (3, null);");
    m_project->setSchema(people.arg(QStringLiteral("pg.integer().notNull()"), QString()));
    QCOMPARE(m_project->generate(words("--name next")).error, QString());
    const QByteArray written = m_project->read(QStringLiteral("drizzle/0001_next.sql"));
    m_project->write(QStringLiteral("drizzle/0001_next.sql"),
                     before + "--> statement-breakpoint\n" + written);
    const Run run = migrate();
    QCOMPARE(run.error, QString());
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(unlessHolds(QStringLiteral("(select count(*) from people where age = 1) = 2")),
             QString());
}

/// Not even the migrations before the one that would fail run.
void TestDatabase::nothingIsHalfApplied()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 1), (3, null);");
    const QString town = QStringLiteral(", town: pg.text()");
    m_project->setSchema(people.arg(QStringLiteral("pg.integer()"), town));
    QCOMPARE(m_project->generate(words("--name town")).error, QString());
    m_project->setSchema(people.arg(QStringLiteral("pg.integer().notNull()"), town));
    QCOMPARE(m_project->generate(words("--name age")).error, QString());
    const Run stopped = migrate();
    QCOMPARE(stopped.exitCode, 2);
    QVERIFY2(stopped.error.contains(QLatin1String("migration: 0002_age")),
             qPrintable(stopped.error));
    QCOMPARE(unlessHolds(QStringLiteral("not exists (select from pg_attribute where attrelid = "
                                        "'people'::regclass and attname = 'town')")),
             QString());
    QCOMPARE(m_server->run(m_database, "update people set age = 2 where age is null"), QString());
    const Run applied = migrate();
    QCOMPARE(applied.error, QString());
    QCOMPARE(applied.output.count(u'\n'), 2);
}

void TestDatabase::whatFailsIsNamed_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("plainly") << QString();
    QTest::newRow("safely") << QStringLiteral("--safe");
}

/// Not what goes out of the way before it.
void TestDatabase::whatFailsIsNamed()
{
    QFETCH(QString, options);
    const QString schema = QStringLiteral(
        "export const mood = pg.pgEnum('mood', ['calm', 'wild'%1]);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood(), n: "
        "pg.%2() });\n"
        "export const seen = pg.pgView('seen').as((q) => q.select().from(days));");
    start(schema.arg(QStringLiteral(", 'sad'"), QStringLiteral("integer")),
          "insert into days values (1, 'sad', 70707), (2, 'calm', 1);");
    m_project->setSchema(schema.arg(QString(), QStringLiteral("smallint")));
    const Run differs = sluice({QStringLiteral("diff"), m_url, m_project->path()});
    QCOMPARE(
        m_project->generate(words("--name next") + options.split(u' ', Qt::SkipEmptyParts)).error,
        QString());
    const Run stopped = migrate();
    QCOMPARE(stopped.exitCode, 2);
    for (const Run &run : {differs, stopped}) {
        for (const char *fails :
             {"would fail: ALTER TABLE \"days\" ALTER COLUMN \"is\" SET DATA TYPE "
              "\"public\".\"mood\" USING \"is\"::text::\"public\".\"mood\";",
              "would fail: ALTER TABLE \"days\" ALTER COLUMN \"n\" SET DATA TYPE smallint;"})
            QVERIFY2(run.error.contains(QLatin1String(fails)), qPrintable(run.error));
    }
}

void TestDatabase::rowsStopASeries_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("fails");
    QTest::newRow("a value that is too long")
        << QByteArray("insert into orders values (1, 'DE123', 1, 1, 7)")
        << QStringLiteral("public.orders.vat does not fit varchar(3) (rows: 1)")
        << QStringLiteral("DO 'DECLARE");
    QTest::newRow("no value") << QByteArray("insert into orders values (1, 'DE', null, 1, 7)")
                              << QStringLiteral("public.orders.paid is NULL (rows: 1)")
                              << QStringLiteral("ALTER TABLE \"orders\" VALIDATE CONSTRAINT "
                                                "\"orders_paid_not_null\";");
    QTest::newRow("a value twice")
        << QByteArray("insert into orders values (1, 'DE', 1, 1, 7), (2, 'DE', 1, 1, 7)")
        << QStringLiteral("public.orders.nr occurs more than once (rows: 2)")
        << QStringLiteral("CREATE UNIQUE INDEX CONCURRENTLY \"orders_nr_unique\"");
    QTest::newRow("partners stand together")
        << QByteArray("insert into orders values (1, 'DE', 1, 1, 7), (2, 'DE', 1, 2, 7), (3, 'DE', "
                      "1, 1, 7), (0, 'DE', 1, 2, 7)")
        << QStringLiteral("public.orders.nr occurs more than once (rows: 4)")
        << QStringLiteral("CREATE UNIQUE INDEX CONCURRENTLY \"orders_nr_unique\" ON \"orders\" "
                          "USING btree (\"nr\");\n  list them: SELECT \"id\", \"nr\" FROM "
                          "\"orders\" WHERE \"nr\" IS NOT NULL AND (\"nr\") IN (SELECT \"nr\" FROM "
                          "\"orders\" WHERE \"nr\" IS NOT NULL GROUP BY \"nr\" HAVING count(*) > 1 "
                          "LIMIT 20) ORDER BY \"nr\" LIMIT 20");
    QTest::newRow("a row that is not there")
        << QByteArray("insert into orders values (1, 'DE', 9, 1, 7)")
        << QStringLiteral("public.orders.paid points at a row of public.orders that is not there "
                          "(rows: 1)")
        << QStringLiteral(
               "ALTER TABLE \"orders\" VALIDATE CONSTRAINT \"orders_paid_orders_id_fk\"");
    QTest::newRow("a check")
        << QByteArray("insert into orders values (1, 'DE', 1, 1, 3)")
        << QStringLiteral("public.orders does not pass the check many (rows: 1)")
        << QStringLiteral("ALTER TABLE \"orders\" VALIDATE CONSTRAINT \"many\";");
}

/// Before the first of what was written safely runs, all of it is asked about.
void TestDatabase::rowsStopASeries()
{
    QFETCH(QByteArray, rows);
    QFETCH(QString, said);
    QFETCH(QString, fails);
    start(QStringLiteral("export const orders = pg.pgTable('orders', { id: "
                         "pg.integer().primaryKey(), vat: pg.text(), paid: pg.integer(), nr: "
                         "pg.integer(), n: pg.integer() });"),
          rows);
    m_project->setSchema(QStringLiteral(
        "export const orders = pg.pgTable('orders', { id: pg.integer().primaryKey(), vat: "
        "pg.varchar({ length: 3 }), paid: pg.integer().notNull().references((): pg.AnyPgColumn => "
        "orders.id), nr: pg.integer().unique(), n: pg.integer() }, (t) => [pg.check('many', "
        "sql`${t.n} > 5`)]);"));
    QCOMPARE(m_project->generate(words("--safe --name next")).error, QString());
    const QStringList before = dumped(m_url);
    const Run stopped = migrate();
    QCOMPARE(stopped.exitCode, 2);
    QCOMPARE(stopped.output, QString());
    QVERIFY2(stopped.error.startsWith(QStringLiteral("sluice: ") + said),
             qPrintable(stopped.error));
    QVERIFY2(stopped.error.contains(QStringLiteral("  would fail: ") + fails),
             qPrintable(stopped.error));
    QVERIFY2(stopped.error.contains(QLatin1String("  list them: SELECT ")),
             qPrintable(stopped.error));
    QCOMPARE(dumped(m_url), before);
    QCOMPARE(m_server->run(m_database, "delete from orders; insert into orders values "
                                       "(4, 'DE  ', 4, 5, 6)"),
             QString());
    QCOMPARE(migrate().error, QString());
    QCOMPARE(unlessHolds(QStringLiteral("(select vat from orders) = 'DE '")), QString());
    QCOMPARE(sluice({QStringLiteral("status"), m_project->path()}, m_url).exitCode, 0);
}

/// Neither what is there nor what is written while the series runs is cut to fit.
void TestDatabase::safeTypeCutsNothing()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 1, 'a long one');");
    m_project->setSchema(people.arg(QStringLiteral("pg.integer()"), QString())
                             .replace(QStringLiteral("mail: pg.text()"),
                                      QStringLiteral("mail: pg.varchar({ length: 3 })")));
    QCOMPARE(m_project->generate(words("--safe --name next")).error, QString());
    const Run unasked = migrate(words("--unasked"));
    QCOMPARE(unasked.exitCode, 2);
    QVERIFY2(unasked.error.contains(QLatin1String("value too long for type character varying(3)")),
             qPrintable(unasked.error));
    QVERIFY(m_server->run(m_database, "insert into people values (2, 1, 'another long one')")
                .contains(QLatin1String("value too long")));
    QCOMPARE(unlessHolds(QStringLiteral("(select mail from people) = 'a long one'")), QString());
}

/// What was applied before the one that fails stays, and is said.
void TestDatabase::whatIsAppliedIsSaid()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()), "");
    m_project->setSchema(
        people.arg(QStringLiteral("pg.integer()"), QStringLiteral(", town: pg.text()")));
    QCOMPARE(m_project->generate(words("--name town")).error, QString());
    QCOMPARE(m_project->generate(words("--custom --name wrong")).error, QString());
    m_project->write(QStringLiteral("drizzle/0002_wrong.sql"), "select towns from people;");
    const Run failed = migrate();
    QCOMPARE(failed.exitCode, 2);
    QCOMPARE(failed.output.count(u'\n'), 1);
    QVERIFY2(failed.output.startsWith(QLatin1String("Applied 0001_town to ")),
             qPrintable(failed.output));
    // The server's advice is no reason to keep quiet about what has become of the migration.
    QVERIFY2(failed.error.contains(QLatin1String("Perhaps you meant")), qPrintable(failed.error));
    QVERIFY2(failed.error.contains(QLatin1String("Nothing of this migration was applied")),
             qPrintable(failed.error));
}

void TestDatabase::diffShowsTheRows()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()),
          "insert into people values (1, 1), (3, null);");
    m_project->setSchema(people.arg(QStringLiteral("pg.integer().notNull()"), QString()));
    const QStringList diff{QStringLiteral("diff"), m_url, m_project->path()};
    const Run sql = sluice(diff);
    QCOMPARE(sql.exitCode, 1);
    QCOMPARE(sql.output.section(u'\n', -2),
             QStringLiteral("ALTER TABLE \"people\" ALTER COLUMN \"age\" SET NOT NULL;\n"));
    QVERIFY2(sql.error.contains(QLatin1String("public.people.age is NULL (rows: 1)")) &&
                 sql.error.contains(QLatin1String("list them: SELECT \"id\", \"age\"")),
             qPrintable(sql.error));
    const auto rows = [&](const QStringList &options) {
        const Run run = sluice(diff + words("--format json") + options);
        const QJsonObject found = QJsonDocument::fromJson(run.output.toUtf8())
                                      .object()
                                      .value(QLatin1String("rowsInTheWay"))
                                      .toArray()
                                      .first()
                                      .toObject();
        return found;
    };
    QCOMPARE(rows({}).value(QLatin1String("count")).toInt(), 1);
    QVERIFY(!rows({}).contains(QLatin1String("rows")));
    QCOMPARE(rows(words("--show-rows")).value(QLatin1String("rows")).toArray(),
             QJsonArray(
                 {QJsonObject{{QStringLiteral("id"), 3}, {QStringLiteral("age"), QJsonValue()}}}));
}

/// What the database has applied, and what it lacks, is part of what the doctor says.
void TestDatabase::checkReadsTheLedger()
{
    start(people.arg(QStringLiteral("pg.integer()"), QString()), "select 1");
    const auto check = [&](const QString &url) {
        return sluice({QStringLiteral("check"), m_project->path(), QStringLiteral("--url"), url});
    };
    const Run healthy = check(m_url);
    QCOMPARE(healthy.error, QString());
    QCOMPARE(healthy.exitCode, 0);
    const QByteArray applied = m_project->read(QStringLiteral("drizzle/0000_init.sql"));
    m_project->write(QStringLiteral("drizzle/0000_init.sql"), applied + "\n-- later\n");
    const Run edited = check(m_url);
    QCOMPARE(edited.exitCode, 1);
    QVERIFY2(edited.output.contains(QLatin1String("0000_init")), qPrintable(edited.output));
    // Without the database nobody knows.
    QCOMPARE(sluice({QStringLiteral("check"), m_project->path()}).exitCode, 0);
    const Run nowhere = check(QStringLiteral("postgres://127.0.0.1:1/none"));
    QCOMPARE(nowhere.exitCode, 2);
    QVERIFY(nowhere.error.startsWith(QLatin1String("sluice: ")));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
