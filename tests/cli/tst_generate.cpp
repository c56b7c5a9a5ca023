// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/smallproject.h"
#include "oracle/drizzlekit.h"
#include "support/server.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;
using testsupport::words;

/// What is generated from a change of the code is applied to a server with rows in it, and then
/// code, folder, ledger and database agree.
class TestGenerate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fromCodeToDatabase_data();
    void fromCodeToDatabase();
    void renameIsAskedOnce();
    void custom();
    void customContradicts_data();
    void customContradicts();
    void refused();
    void everyQuestionIsAsked();
    void branchesComeFirst_data();
    void branchesComeFirst();
    void stepsOfADiff();
    void checkOfAFolder();
    void firstOfVersion1();
    void hazardsOfWhatIsPending();
    void saysWhatIsNotSafe_data();
    void saysWhatIsNotSafe();
    void hazardsOfASafeSeries();
    void brokenFolderIsNoEmptyOne();
    void urlThatIsNone();

private:
    /// Whether the boolean \a expression holds in the database; else what the server says.
    QString unlessHolds(const pg::Settings &database, const QString &expression)
    {
        return m_server->run(
            database,
            QStringLiteral("do $test$ begin assert (%1); end $test$").arg(expression).toUtf8());
    }

    std::unique_ptr<testsupport::Server> m_server;
};

void TestGenerate::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestGenerate::fromCodeToDatabase_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("written");
    QTest::addColumn<QString>("holds");
    const auto row = [](const char *name, const char *before, const char *rows, const char *after,
                        const char *options, const QStringList &written, const char *holds) {
        QTest::newRow(name) << QString::fromUtf8(before) << QByteArray(rows)
                            << QString::fromUtf8(after) << words(options) << written
                            << QString::fromUtf8(holds);
    };
    const QString next = QStringLiteral("next");
    const char *people =
        "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), "
        "mail: pg.text(), boss: pg.integer() });";
    const char *peopleRows = "insert into people values (1, 'a@x', null), (2, 'b@x', 1)";

    row("an enum's value is added and used",
        "export const mood = pg.pgEnum('mood', ['calm']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: "
        "mood().notNull().default('calm') });",
        "insert into days values (1, 'calm')",
        "export const mood = pg.pgEnum('mood', ['calm', 'wild']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: "
        "mood().notNull().default('wild') });",
        "", {QStringLiteral("next_add_wild"), next},
        "(insert_day()).is = 'wild' and (select \"is\" from days where id = 1) = 'calm'");
    row("an enum's value is added and nothing uses it",
        "export const mood = pg.pgEnum('mood', ['calm']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood() });",
        "insert into days values (1, 'calm')",
        "export const mood = pg.pgEnum('mood', ['calm', 'wild']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood(), note: "
        "pg.text() });",
        "", {next}, "(select \"is\" from days where id = 1) = 'calm'");
    row("NOT NULL without making others wait", people, peopleRows,
        "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), mail: "
        "pg.text().notNull(), boss: pg.integer() });",
        "--safe",
        {QStringLiteral("next_hold_mail"), QStringLiteral("next_validate_mail"),
         QStringLiteral("next_set_not_null_mail")},
        "(select count(*) = 2 from people) and (select attnotnull from pg_attribute where attrelid "
        "= 'people'::regclass and attname = 'mail') and not exists (select from pg_constraint "
        "where conrelid = 'people'::regclass and contype = 'c')");
    row("an index, a key and a reference without making others wait", people, peopleRows,
        "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), mail: "
        "pg.text().unique(), boss: pg.integer().references((): pg.AnyPgColumn => people.id) }, (t) "
        "=> [pg.index('people_boss_idx').on(t.boss)]);",
        "--safe", {},
        "(select count(*) = 2 from people) and (select bool_and(convalidated) and count(*) = 3 "
        "from pg_constraint where conrelid = 'people'::regclass and contype in ('p', 'f', 'u')) "
        "and (select bool_and(indisvalid) and count(*) = 3 from pg_index where indrelid = "
        "'people'::regclass)");
    row("a type without making others wait",
        "export const things = pg.pgTable('things', { id: pg.integer().primaryKey(), n: "
        "pg.integer() });",
        "insert into things values (1, 7), (2, null)",
        "export const things = pg.pgTable('things', { id: pg.integer().primaryKey(), n: "
        "pg.bigint({ mode: 'number' }) });",
        "--safe", {},
        "(select n from things where id = 1) = 7 and (select n from things where id = 2) is null");
    row("a key that was an index, without a moment without either",
        "export const pairs = pg.pgTable('pairs', { id: pg.serial().primaryKey(), a: "
        "pg.integer().notNull(), b: pg.integer().notNull() }, (t) => "
        "[pg.uniqueIndex('ab').on(t.a, t.b)]);\n"
        "export const others = pg.pgTable('others', { id: pg.integer().primaryKey(), c: "
        "pg.integer() });",
        "insert into pairs values (1, 1, 1), (2, 1, 2)",
        "export const pairs = pg.pgTable('pairs', { a: pg.integer().notNull(), b: "
        "pg.integer().notNull() }, (t) => [pg.primaryKey({ columns: [t.a, t.b] })]);\n"
        "export const others = pg.pgTable('others', { id: pg.integer().primaryKey(), c: "
        "pg.integer() }, (t) => [pg.index('others_c').on(t.c)]);",
        "--safe --accept-drops",
        {QStringLiteral("next_others_c"), QStringLiteral("next_build_pairs_a_b_pk"), next,
         QStringLiteral("next_drop_ab")},
        "(select count(*) = 2 from pairs) and (select count(*) = 1 from pg_index where indrelid = "
        "'pairs'::regclass)");
    row("a table and a column are renamed", people, peopleRows,
        "export const staff = pg.pgTable('staff', { id: pg.integer().primaryKey(), email: "
        "pg.text(), boss: pg.integer() });",
        "--rename table:people=staff --rename column:staff.mail=email", {next},
        "(select string_agg(email, ' ' order by id) from staff) = 'a@x b@x' and "
        "to_regclass('people') is null");
    row("an enum's value is renamed",
        "export const mood = pg.pgEnum('mood', ['calm', 'wild']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood() });",
        "insert into days values (1, 'wild')",
        "export const mood = pg.pgEnum('mood', ['calm', 'stormy']);\n"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood() });",
        "--rename enum-value:mood.wild=stormy", {next},
        "(select \"is\"::text from days) = 'stormy'");
    row("a role is new", people, "drop role if exists tst_generate_reader",
        "export const reader = pg.pgRole('tst_generate_reader', { createDb: true });\n"
        "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), mail: "
        "pg.text(), boss: pg.integer() });",
        "", {next}, "(select rolcreatedb from pg_roles where rolname = 'tst_generate_reader')");
    row("a view changes",
        "export const people = pg.pgTable('people', { id: pg.integer().primaryKey(), mail: "
        "pg.text(), boss: pg.integer() });\n"
        "export const chiefs = pg.pgView('chiefs').as((qb) => "
        "qb.select({ id: people.id }).from(people));",
        peopleRows,
        "export const people = pg.pgTable('people', { id: pg.bigint({ mode: 'number' })"
        ".primaryKey(), mail: pg.text(), boss: pg.integer() });\n"
        "export const chiefs = pg.pgView('chiefs').as((qb) => "
        "qb.select({ id: people.id, mail: people.mail }).from(people).where(sql`${people.boss} is "
        "null`));",
        "", {next}, "(select string_agg(mail, ' ') from chiefs) = 'a@x'");
    row("a policy changes",
        "export const notes = pg.pgTable('notes', { id: pg.integer().primaryKey() }, () => "
        "[pg.pgPolicy('own', { for: 'select', to: 'public', using: sql`id = 1` })]);",
        "insert into notes values (1), (2)",
        "export const notes = pg.pgTable('notes', { id: pg.integer().primaryKey() }, () => "
        "[pg.pgPolicy('own', { for: 'select', to: 'public', using: sql`id = 2` }), "
        "pg.pgPolicy('add', { for: 'insert', withCheck: sql`id > 2` })]);",
        "", {next},
        "(select count(*) = 2 from pg_policy) and (select pg_get_expr(polqual, polrelid) from "
        "pg_policy where polname = 'own') = '(id = 2)'");
    row("a sequence changes",
        "export const numbers = pg.pgSequence('numbers', { startWith: 1, increment: 1, maxValue: "
        "1000, cycle: true });",
        "select nextval('numbers'), nextval('numbers')",
        "export const numbers = pg.pgSequence('numbers', { startWith: 1, increment: 10, maxValue: "
        "5000, cycle: false });",
        "", {next},
        "(select not seqcycle and seqmax = 5000 and seqincrement = 10 from pg_sequence where "
        "seqrelid = 'numbers'::regclass) and nextval('numbers') = 12");
    row("a primary key becomes composite",
        "export const lines = pg.pgTable('lines', { bill: pg.integer().primaryKey(), nr: "
        "pg.integer().notNull() });",
        "insert into lines values (1, 1), (2, 1)",
        "export const lines = pg.pgTable('lines', { bill: pg.integer().notNull(), nr: "
        "pg.integer().notNull() }, (t) => [pg.primaryKey({ columns: [t.bill, t.nr] })]);",
        "", {next},
        "(select array_length(conkey, 1) = 2 from pg_constraint where conrelid = "
        "'lines'::regclass and contype = 'p') and (select count(*) = 2 from lines)");
    row("a composite primary key becomes one column",
        "export const lines = pg.pgTable('lines', { bill: pg.integer(), nr: pg.integer() }, (t) "
        "=> [pg.primaryKey({ columns: [t.bill, t.nr] })]);",
        "insert into lines values (1, 1), (2, 1)",
        "export const lines = pg.pgTable('lines', { bill: pg.integer().primaryKey(), nr: "
        "pg.integer() });",
        "", {next},
        "(select array_length(conkey, 1) = 1 from pg_constraint where conrelid = "
        "'lines'::regclass and contype = 'p') and (select not attnotnull from pg_attribute where "
        "attrelid = 'lines'::regclass and attname = 'nr')");
}

void TestGenerate::fromCodeToDatabase()
{
    QFETCH(QString, before);
    QFETCH(QByteArray, rows);
    QFETCH(QString, after);
    QFETCH(QStringList, options);
    QFETCH(QStringList, written);
    QFETCH(QString, holds);
    SmallProject project;
    QVERIFY(project.isValid());
    const pg::Settings database = m_server->createDatabase(QStringLiteral("generate"));
    const QString url = m_server->tcpUrl(database);
    const auto migrate = [&] {
        return sluice({QStringLiteral("migrate"), project.path()}, url).error;
    };

    project.setSchema(before);
    QCOMPARE(project.generate({QStringLiteral("--name"), QStringLiteral("init")}).error, QString());
    QCOMPARE(migrate(), QString());
    QCOMPARE(m_server->run(database, rows), QString());

    project.setSchema(after);
    const Run generated =
        project.generate(QStringList{QStringLiteral("--name"), QStringLiteral("next")} + options);
    QCOMPARE(generated.error, QString());
    QCOMPARE(generated.exitCode, 0);
    const QStringList names = project.migrations().mid(1);
    if (written.isEmpty())
        QVERIFY2(names.size() > 1, qPrintable(generated.output));
    else
        QCOMPARE(names, written);
    // A line for each file.
    QCOMPARE(generated.output.count(QLatin1String("Wrote ")), names.size());
    for (const QString &name : names)
        QVERIFY2(generated.output.contains(name + QStringLiteral(".sql (statements: ")),
                 qPrintable(generated.output));

    QCOMPARE(migrate(), QString());
    const Run status = sluice({QStringLiteral("status"), project.path()}, url);
    QCOMPARE(status.error, QString());
    QCOMPARE(status.output.section(u'\n', 1), QStringLiteral("code ↔ folder: in step\n"
                                                             "folder ↔ ledger: in step\n"
                                                             "ledger ↔ database: in step\n"));
    QCOMPARE(status.exitCode, 0);
    for (const QStringList &sides :
         {QStringList{project.path(), url}, QStringList{url, project.path()}}) {
        const Run same = sluice(QStringList{QStringLiteral("diff")} + sides);
        QCOMPARE(same.error, QString());
        QCOMPARE(same.output, QString());
    }
    if (holds.contains(QLatin1String("insert_day")))
        QCOMPARE(m_server->run(database, "create function insert_day() returns days language sql "
                                         "as 'insert into days (id) values (2) returning *'"),
                 QString());
    QCOMPARE(unlessHolds(database, holds), QString());
    QCOMPARE(project.generate().output, QStringLiteral("No schema changes, nothing to generate\n"));
}

/// Without an answer nothing is written; the answer given to generate holds for others as well.
void TestGenerate::renameIsAskedOnce()
{
    SmallProject project;
    project.setSchema(QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer()"
                                     ".primaryKey(), phone: pg.text() });"));
    QCOMPARE(project.generate().exitCode, 0);
    project.setSchema(QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer()"
                                     ".primaryKey(), telephone: pg.text() });"));
    const Run asked = project.generate();
    QCOMPARE(asked.exitCode, 2);
    QVERIFY2(asked.error.contains(QLatin1String("--rename column:public.a.phone=telephone")),
             qPrintable(asked.error));
    QCOMPARE(project.migrations().size(), 1);
    const Run answered = project.generate(words("--rename column:a.phone=telephone --name tel"));
    QCOMPARE(answered.error, QString());
    QCOMPARE(project.read(QStringLiteral("drizzle/0001_tel.sql")),
             QByteArray("ALTER TABLE \"a\" RENAME COLUMN \"phone\" TO \"telephone\";"));
    QVERIFY(project.read(QStringLiteral("drizzle/meta/_sluice.json")).contains("telephone"));
}

/// A file for SQL by hand, whether or not code and folder differ; the next one goes on behind it.
void TestGenerate::custom()
{
    SmallProject project;
    project.setSchema(
        QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer().primaryKey() });"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    const Run custom = project.generate(words("--custom --name fill"));
    QCOMPARE(custom.error, QString());
    QCOMPARE(custom.exitCode, 0);
    QCOMPARE(custom.output, QStringLiteral("Wrote %1, for your own SQL\n")
                                .arg(project.filePath(QStringLiteral("drizzle/0001_fill.sql"))));
    QCOMPARE(project.read(QStringLiteral("drizzle/0001_fill.sql")),
             QByteArray("-- Custom SQL migration file, put your code below! --"));
    const auto snapshot = [&](const char *name) {
        return QJsonDocument::fromJson(project.read(QLatin1String(name))).object();
    };
    QJsonObject first = snapshot("drizzle/meta/0000_snapshot.json");
    QJsonObject second = snapshot("drizzle/meta/0001_snapshot.json");
    QCOMPARE(second.value(QLatin1String("prevId")), first.value(QLatin1String("id")));
    for (const QString &key : {QStringLiteral("id"), QStringLiteral("prevId")}) {
        first.remove(key);
        second.remove(key);
    }
    QCOMPARE(second, first);

    // What the code has besides is left for the next one, even when it cannot be read right now.
    project.setSchema(QStringLiteral("export const broken = ;"));
    QCOMPARE(project.generate(words("--custom --name again")).error, QString());
    const QString longName = QString(299, QChar(0xe4));
    QCOMPARE(
        project.generate({QStringLiteral("--custom"), QStringLiteral("--name"), longName}).error,
        QString());
    project.setSchema(QStringLiteral(
        "export const a = pg.pgTable('a', { id: pg.integer().primaryKey(), b: pg.text() });"));
    QCOMPARE(project.generate(words("--name add_b")).exitCode, 0);
    QCOMPARE(project.migrations(),
             QStringList({QStringLiteral("init"), QStringLiteral("fill"), QStringLiteral("again"),
                          longName.first(100), QStringLiteral("add_b")}));
    const testsupport::ToolRun kit =
        testsupport::drizzleKit(project.path(), {QStringLiteral("generate")});
    QVERIFY2(kit.output.contains(QLatin1String("No schema changes")), qPrintable(kit.output));
}

void TestGenerate::customContradicts_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("--safe") << words("--custom --safe");
    QTest::newRow("--rename") << words("--custom --rename table:a=b");
    QTest::newRow("--accept-drops") << words("--custom --accept-drops");
    QTest::newRow("--url") << words("--custom --url postgres://nowhere/db");
}

void TestGenerate::customContradicts()
{
    QFETCH(QStringList, options);
    SmallProject project;
    const Run run = project.generate(options);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.error,
             QStringLiteral("sluice: A migration for SQL by hand holds none of the code's changes "
                            "(--custom); leave out --safe, --url, --rename and --accept-drops\n"));
    QVERIFY(!QDir(project.filePath(QStringLiteral("drizzle"))).exists());
}

/// One run is enough to learn all that has to be answered.
void TestGenerate::everyQuestionIsAsked()
{
    SmallProject project;
    const QString code = QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer()"
                                        ".primaryKey(), %1: pg.text() });\nexport const b = "
                                        "pg.pgTable('b', { id: pg.integer().primaryKey(), %2: "
                                        "pg.text() });");
    project.setSchema(code.arg(QStringLiteral("phone"), QStringLiteral("town")));
    QCOMPARE(project.generate().exitCode, 0);
    project.setSchema(code.arg(QStringLiteral("telephone"), QStringLiteral("city")));
    const Run asked = project.generate();
    QCOMPARE(asked.exitCode, 2);
    QVERIFY2(asked.error.contains(QLatin1String("--rename column:public.a.phone=telephone --rename "
                                                "column:public.b.town=city")),
             qPrintable(asked.error));
    QCOMPARE(project
                 .generate(words("--rename column:public.a.phone=telephone --rename "
                                 "column:public.b.town=city"))
                 .exitCode,
             0);
}

void TestGenerate::branchesComeFirst_data()
{
    QTest::addColumn<bool>("right"); ///< whose snapshot survived the merge
    QTest::addColumn<bool>("custom");
    QTest::newRow("the left one's snapshot") << false << false;
    QTest::newRow("the right one's snapshot") << true << false;
    QTest::newRow("the left one's snapshot, with SQL by hand on top") << false << true;
    QTest::newRow("the right one's snapshot, with SQL by hand on top") << true << true;
}

/// Two branches whose journal was merged by hand: the last snapshot has the changes of one alone.
void TestGenerate::branchesComeFirst()
{
    QFETCH(bool, right);
    QFETCH(bool, custom);
    SmallProject project;
    const QString code =
        QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer().primaryKey()%1 });");
    const QString journal = QStringLiteral("drizzle/meta/_journal.json");
    const QString snapshot = QStringLiteral("drizzle/meta/0001_snapshot.json");
    project.setSchema(code.arg(QString()));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    const QByteArray start = project.read(journal);
    project.setSchema(code.arg(QStringLiteral(", x: pg.text()")));
    QCOMPARE(project.generate(words("--name left")).exitCode, 0);
    const QByteArray ofLeft = project.read(snapshot);
    QJsonObject merged = QJsonDocument::fromJson(project.read(journal)).object();
    project.write(journal, start);
    QVERIFY(QFile::remove(project.filePath(snapshot)));
    const QString left = project.filePath(QStringLiteral("drizzle/0001_left.sql"));
    QVERIFY(QFile::rename(left, project.filePath(QStringLiteral("left.sql"))));
    project.setSchema(code.arg(QStringLiteral(", y: pg.text()")));
    QCOMPARE(project.generate(words("--name right")).exitCode, 0);
    if (custom)
        QCOMPARE(project.generate(words("--custom --name fill")).exitCode, 0);
    QJsonArray entries = merged.value(QLatin1String("entries")).toArray();
    const QJsonArray theirs = QJsonDocument::fromJson(project.read(journal))
                                  .object()
                                  .value(QLatin1String("entries"))
                                  .toArray();
    for (qsizetype i = 1; i < theirs.size(); ++i)
        entries << theirs[i];
    merged.insert(QLatin1String("entries"), entries);
    project.write(journal, QJsonDocument(merged).toJson());
    if (!right)
        project.write(snapshot, ofLeft);
    QVERIFY(QFile::rename(project.filePath(QStringLiteral("left.sql")), left));

    project.setSchema(code.arg(QStringLiteral(", x: pg.text(), y: pg.text(), z: pg.text()")));
    const QStringList before = project.migrations();
    const Run refused = project.generate(words("--name next"));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.error.contains(QLatin1String("sluice check --rebase")),
             qPrintable(refused.error));
    QCOMPARE(project.migrations(), before);
}

/// What PostgreSQL would cut to the same name cannot be made: both commands say so, and how often.
void TestGenerate::refused()
{
    SmallProject project;
    const QString name(63, u'x');
    project.setSchema(QStringLiteral("const id = () => ({ id: pg.integer() });\n"
                                     "export const a = pg.pgTable('%1a', id());\n"
                                     "export const b = pg.pgTable('%1b', id());\n"
                                     "export const c = pg.pgTable('%1c', id());\n")
                          .arg(name));
    for (const QStringList &command :
         {QStringList{QStringLiteral("generate"), project.path()},
          QStringList{QStringLiteral("diff"), QStringLiteral("folder:") + project.path(),
                      project.path()}}) {
        const Run run = sluice(command);
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.output, QString());
        QVERIFY2(run.error.contains(name) && run.error.contains(QLatin1String("and another error")),
                 qPrintable(run.error));
    }
    QVERIFY(!QDir(project.filePath(QStringLiteral("drizzle"))).exists());
}

/// A plan that needs several migrations shows where each begins.
void TestGenerate::stepsOfADiff()
{
    SmallProject project;
    const auto mood = [](const char *values, const char *used) {
        return QStringLiteral("export const mood = pg.pgEnum('mood', [%1]);\nexport const days = "
                              "pg.pgTable('days', { is: mood().default('%2') });")
            .arg(QLatin1String(values), QLatin1String(used));
    };
    project.setSchema(mood("'calm'", "calm"));
    QCOMPARE(project.generate().exitCode, 0);
    project.setSchema(mood("'calm', 'wild'", "wild"));
    const QStringList diff{QStringLiteral("diff"), QStringLiteral("folder:") + project.path(),
                           project.path()};
    QCOMPARE(sluice(diff).output,
             QStringLiteral("ALTER TYPE \"public\".\"mood\" ADD VALUE 'wild';\n"
                            "-- migration 2\n"
                            "ALTER TABLE \"days\" ALTER COLUMN \"is\" SET DEFAULT 'wild';\n"));
    const Run json = sluice(diff + words("--format json"));
    const QJsonArray changes = QJsonDocument::fromJson(json.output.toUtf8())
                                   .object()
                                   .value(QLatin1String("changes"))
                                   .toArray();
    QCOMPARE(changes.size(), 2);
    const QJsonObject first = changes.first().toObject();
    const QJsonObject last = changes.last().toObject();
    QCOMPARE(first.value(QLatin1String("step")).toInt(), 1);
    QCOMPARE(last.value(QLatin1String("step")).toInt(), 2);
    QVERIFY(first.value(QLatin1String("lock")).isNull());
    QCOMPARE(last.value(QLatin1String("lock")).toString(), QStringLiteral("ACCESS EXCLUSIVE"));
    QCOMPARE(last.value(QLatin1String("work")).toString(), QStringLiteral("none"));
    QVERIFY(last.value(QLatin1String("transactional")).toBool());
    QCOMPARE(last.value(QLatin1String("reverse"))
                 .toArray()
                 .first()
                 .toObject()
                 .value(QLatin1String("statement"))
                 .toString(),
             QStringLiteral("ALTER TABLE \"days\" ALTER COLUMN \"is\" SET DEFAULT 'calm';"));
}

/// "Nothing is pending" would let a program start on a database that was never migrated.
void TestGenerate::brokenFolderIsNoEmptyOne()
{
    SmallProject project;
    QVERIFY(project.isValid());
    project.setSchema(QStringLiteral("export const t = pg.pgTable('t', { a: pg.text() });\n"));
    QCOMPARE(project.generate().exitCode, 0);
    const QString database =
        m_server->tcpUrl(m_server->createDatabase(QStringLiteral("broken_folder")));
    const QString journal = QStringLiteral("drizzle/meta/_journal.json");
    const QByteArray whole = project.read(journal);
    project.write(journal, whole.first(whole.size() / 2));
    const auto isRefused = [](const Run &run) {
        return run.exitCode == 2 && run.error.contains(QLatin1String("cannot be relied on"));
    };
    QVERIFY(isRefused(sluice({QStringLiteral("migrate"), project.path()}, database)));
    QVERIFY(isRefused(sluice({QStringLiteral("status"), project.path()}, database)));
    QVERIFY(isRefused(project.generate()));
    QVERIFY(isRefused(sluice(
        {QStringLiteral("diff"), QStringLiteral("folder:") + project.path(), project.path()})));
    project.write(journal, whole);
    // The snapshots are for comparing; what is written to be run can be run without them.
    const QString snapshot = QStringLiteral("drizzle/meta/0000_snapshot.json");
    project.write(snapshot, project.read(snapshot).first(100));
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, database).exitCode, 0);
    QVERIFY(isRefused(sluice({QStringLiteral("status"), project.path()}, database)));
    QVERIFY(isRefused(project.generate()));
}

/// Such a text may hold a password.
void TestGenerate::urlThatIsNone()
{
    const Run run = sluice(
        {QStringLiteral("inspect"), QStringLiteral("mysql://somebody:secret-word@host/base")});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.error.contains(QLatin1String("mysql:")));
    QVERIFY(!(run.error + run.output).contains(QLatin1String("secret-word")));
}

/// drizzle-kit 1.0 refuses a folder with a journal: its project's first migration has none.
void TestGenerate::firstOfVersion1()
{
    SmallProject project;
    QVERIFY(QFile::remove(project.filePath(QStringLiteral("node_modules"))));
    project.write(QStringLiteral("package.json"),
                  R"({ "dependencies": { "drizzle-orm": "^1.0.0" } })");
    project.setSchema(QStringLiteral("export const t = pg.pgTable('t', { a: pg.text() });\n"));
    const Run first = project.generate({QStringLiteral("--name"), QStringLiteral("first")});
    QVERIFY2(first.exitCode == 0, qPrintable(first.error));
    QVERIFY(!QFile::exists(project.filePath(QStringLiteral("drizzle/meta/_journal.json"))));
    const QStringList folders = QDir(project.filePath(QStringLiteral("drizzle")))
                                    .entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(folders.size(), 1);
    QVERIFY(folders.first().endsWith(QLatin1String("_first")));
    QVERIFY(project.generate().output.contains(QLatin1String("No schema changes")));
}

void TestGenerate::checkOfAFolder()
{
    const Run help = sluice({QStringLiteral("check"), QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY2(help.output.contains(QLatin1String("Usage: sluice check")), qPrintable(help.output));

    SmallProject project;
    project.setSchema(
        QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer().primaryKey() });"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    const QStringList check{QStringLiteral("check"), project.path()};
    const Run healthy = sluice(check);
    QVERIFY2(healthy.output.startsWith(QLatin1String("Nothing is wrong with ")),
             qPrintable(healthy.output + healthy.error));
    QCOMPARE(healthy.exitCode, 0);
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("check")));
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).exitCode, 0);
    QCOMPARE(sluice(check, url).exitCode, 0);

    project.write(QStringLiteral("drizzle/0000_init.sql"), "CREATE TABLE \"b\" (\"id\" integer);");
    const Run edited = sluice(check, url);
    QVERIFY2(edited.output.contains(QLatin1String("0000_init.sql")), qPrintable(edited.output));
    QCOMPARE(edited.exitCode, 1);
    QVERIFY(QFile::remove(project.filePath(QStringLiteral("drizzle/0000_init.sql"))));
    const Run broken = sluice(check);
    QVERIFY2(broken.output.contains(QLatin1String("error: ")) &&
                 broken.output.contains(QLatin1String("0000_init")),
             qPrintable(broken.output));
    QCOMPARE(broken.exitCode, 1);
}

/// What a person wrote is judged as what Sluice writes, and is no fault of the folder.
void TestGenerate::hazardsOfWhatIsPending()
{
    SmallProject project;
    project.setSchema(
        QStringLiteral("export const a = pg.pgTable('a', { id: pg.integer().primaryKey() });"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("pending")));
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).exitCode, 0);
    QCOMPARE(project.generate(words("--custom --name clean")).exitCode, 0);
    project.write(QStringLiteral("drizzle/0001_clean.sql"),
                  "UPDATE public.a SET id = 1;\n--> statement-breakpoint\n"
                  "ALTER TABLE public.a\n  ADD CHECK (id > 0);\n");
    const QStringList check{QStringLiteral("check"), project.path()};
    const Run checked = sluice(check, url);
    QCOMPARE(checked.exitCode, 0);
    const QStringList lines = checked.output.split(u'\n').mid(2);
    QCOMPARE(lines.join(u'\n'),
             QStringLiteral("0001_clean.sql:1: UPDATE public.a SET id = 1\n"
                            "  loss: writes every row: there is no WHERE\n"
                            "    → in batches by the key, each committed\n"
                            "0001_clean.sql:3: ALTER TABLE public.a ADD CHECK (id > 0)\n"
                            "  public.a: nobody can read or write\n"
                            "  warning: ACCESS EXCLUSIVE · scans the table\n"
                            "  warning: fails when a row does not pass\n"
                            "    → NOT VALID, then VALIDATE in another migration\n"));
    const Run json = sluice(check + words("--format json"), url);
    const QJsonArray pending = QJsonDocument::fromJson(json.output.toUtf8())
                                   .object()
                                   .value(QLatin1String("pending"))
                                   .toArray();
    QCOMPARE(pending.size(), 2);
    QCOMPARE(pending.first().toObject().value(QLatin1String("line")).toInt(), 1);
    QCOMPARE(sluice({QStringLiteral("migrate"), project.path()}, url).exitCode, 0);
    QCOMPARE(sluice(check, url).output.count(u'\n'), 2);
}

void TestGenerate::saysWhatIsNotSafe_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("said"); ///< behind what was written
    const QString apply = QStringLiteral("Apply it with \"sluice migrate\": drizzle-kit's own "
                                         "migrator cannot run statements outside of a transaction");
    const QString left = QStringLiteral("No safe variant, written as without --safe: ");
    const QString mood = QStringLiteral("export const mood = pg.pgEnum('mood', ['calm', 'wild']);");
    const QString days = QStringLiteral(
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood(), n: "
        "pg.integer(), m: pg.integer() });");
    const QString seen = QStringLiteral(
        "export const seen = pg.pgView('seen', { n: pg.integer() }).as(sql`select n from days`);");
    const auto row = [&](const char *name, const QString &after, const QString &said,
                         const char *option = "--safe") {
        QTest::newRow(name) << after << QString::fromLatin1(option) << said;
    };
    const auto with = [&](const char *was, const char *is) {
        return mood + QString(days).replace(QString::fromLatin1(was), QString::fromLatin1(is)) +
               seen;
    };
    row("nothing to say", with("m: pg.integer()", "m: pg.integer().notNull()"), QString());
    row("an index", with(" });", " }, (t) => [pg.index('by_m').on(t.m)]);"), apply);
    row("a type", with("m: pg.integer()", "m: pg.smallint()"), apply);
    row("a type beneath a view", with("n: pg.integer()", "n: pg.smallint()"),
        left + QStringLiteral("alter column public.days.n"));
    row("a value of an enum that goes",
        QString(mood).replace(QStringLiteral(", 'wild'"), QString()) + days + seen,
        left + QStringLiteral("rebuild enum public.mood"));
    row("a column without a value",
        with("m: pg.integer()", "m: pg.integer(), o: pg.integer().notNull()"),
        left + QStringLiteral("add column public.days.o"));
    row("another name", with("m: pg.integer()", "o: pg.integer()"),
        left + QStringLiteral("rename column public.days.m"), "--safe --rename column:days.m=o");
    row("another name, plainly", with("m: pg.integer()", "o: pg.integer()"), QString(),
        "--rename column:days.m=o");
}

void TestGenerate::saysWhatIsNotSafe()
{
    QFETCH(QString, after);
    QFETCH(QString, option);
    QFETCH(QString, said);
    SmallProject project;
    project.setSchema(QStringLiteral(
        "export const mood = pg.pgEnum('mood', ['calm', 'wild']);"
        "export const days = pg.pgTable('days', { id: pg.integer().primaryKey(), is: mood(), n: "
        "pg.integer(), m: pg.integer() });"
        "export const seen = pg.pgView('seen', { n: pg.integer() }).as(sql`select n from days`);"));
    QCOMPARE(project.generate(words("--name init")).error, QString());
    project.setSchema(after);
    const Run run = project.generate(words("--name next") + option.split(u' '));
    QCOMPARE(run.error, QString());
    QStringList lines = run.output.split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) {
        return !line.startsWith(QLatin1String("Apply ")) && !line.startsWith(QLatin1String("No "));
    });
    QCOMPARE(lines.size(), said.isEmpty() ? 0 : 1);
    QVERIFY2(lines.join(u'\n').startsWith(said), qPrintable(lines.join(u'\n')));
}

/// What an earlier migration of the series has proved is not looked for again, and nobody is
/// advised to do what the series does.
void TestGenerate::hazardsOfASafeSeries()
{
    SmallProject project;
    project.setSchema(
        QStringLiteral("export const a = pg.pgTable('a', { id: pg.serial().primaryKey(), n: "
                       "pg.integer(), b: pg.integer().notNull(), t: pg.text() });"));
    QCOMPARE(project.generate(words("--name init")).exitCode, 0);
    project.setSchema(QStringLiteral(
        "export const a = pg.pgTable('a', { n: pg.integer().notNull(), b: pg.integer().notNull(), "
        "t: pg.varchar({ length: 3 }) }, (t) => [pg.primaryKey({ columns: [t.b] })]);"));
    QCOMPARE(project.generate(words("--safe --accept-drops --name next")).error, QString());
    const QString url = m_server->tcpUrl(m_server->createDatabase(QStringLiteral("safe_series")));
    const Run checked = sluice({QStringLiteral("check"), project.path()}, url);
    QCOMPARE(checked.exitCode, 0);
    QVERIFY2(checked.output.contains(QLatin1String("CREATE UNIQUE INDEX CONCURRENTLY")),
             qPrintable(checked.output));
    for (const char *never :
         {"search_path", "IF NOT EXISTS", "then the constraint USING INDEX",
          "CONCURRENTLY, in a migration", "fails when a row is NULL", "ACCESS EXCLUSIVE · scans"})
        QVERIFY2(!checked.output.contains(QString::fromUtf8(never)),
                 qPrintable(QString::fromUtf8(never) + u'\n' + checked.output));
}

QTEST_GUILESS_MAIN(TestGenerate)
#include "tst_generate.moc"
