// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/appliedproject.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;
using testsupport::words;

/// A database that was made by the project's own migration and then left alone, or changed behind
/// its back: the first is in step, the second is seen, and the plan that is printed heals it.
class TestLive : public QObject, private testsupport::AppliedProject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void isInStep_data();
    void isInStep();
    void isSeenAndHealed_data();
    void isSeenAndHealed();
    void schemasThatTheCodeGaveUp();
    void whatCannotBeMadeAgain();
    void workOfDomains();
    void extensionsThatTheDatabaseFindsByName();
    void rolesOfWhatIsNotApplied();
    void outputThatCannotBeWritten();
};

void TestLive::initTestCase()
{
    startServer();
}

void TestLive::init()
{
    begin(QStringLiteral("live"));
}

void TestLive::isInStep_data()
{
    QTest::addColumn<QByteArray>("prepare");
    QTest::addColumn<QString>("schema");
    const auto row = [](const char *name, const char *prepare, const char *schema) {
        QTest::newRow(name) << QByteArray(prepare) << QString::fromUtf8(schema);
    };
    const char *doubled =
        "create function doubled(n int) returns int language sql immutable as 'select n * 2'";
    row("a function in a check, an index, a policy and a view", doubled,
        "export const t = pg.pgTable('t', { n: pg.integer() }, (c) => ["
        "pg.check('even', sql`doubled(1) <> ${c.n}`), pg.index('twice').on(sql`doubled(n)`), "
        "pg.pgPolicy('p', { using: sql`doubled(1) = n` })]);"
        "export const v = pg.pgView('v', { n: pg.integer() }).as(sql`select doubled(1) as n`);");
    row("a host's schema of users and its function in a policy",
        "create schema auth; create table auth.users (id uuid primary key);"
        "create function auth.claim() returns text language sql stable as "
        "'select current_setting(''jwt.sub'', true)';"
        "create function auth.uid() returns uuid language plpgsql stable as "
        "'begin return auth.claim()::uuid; end'",
        "export const t = pg.pgTable('t', { owner: pg.uuid() }, (c) => ["
        "pg.pgPolicy('own', { using: sql`(select auth.uid()) = ${c.owner}` }), "
        "pg.pgPolicy('known', { for: 'select', using: "
        "sql`exists (select 1 from auth.users u where u.id=${c.owner})` })]);");
    row("a function in the body of another, by name",
        "create function three() returns int language sql immutable return 3;"
        "create function six() returns int language sql immutable return three() * 2;",
        "export const t = pg.pgTable('t', { n: pg.integer() }, (c) => ["
        "pg.check('small', sql`n<six()`)]);");
    row("a domain", "create domain tag as text check (value <> ''); create domain short_tag as tag",
        "const tag = pg.customType<{ data: string }>({ dataType: () => 'short_tag' });"
        "export const t = pg.pgTable('t', { tag: tag().default(sql`'x'::short_tag`) }, (c) => ["
        "pg.check('other', sql`tag<>'q'`)]);");
    row("a composite type", "create domain cents as int; create type money_of as (amount cents)",
        "const money = pg.customType<{ data: string }>({ dataType: () => 'money_of' });"
        "export const t = pg.pgTable('t', { price: money() }, (c) => ["
        "pg.check('positive', sql`(price).amount>0`)]);");
    row("a sequence of the schema", "",
        "export const numbers = pg.pgSequence('numbers');"
        "export const t = pg.pgTable('t', { n: pg.integer().default(sql`nextval('numbers')`) });");
    row("a sequence that others made", "create schema other; create sequence other.numbers",
        "export const t = pg.pgTable('t', { "
        "n: pg.integer().default(sql`nextval('other.numbers')`) });");
    row("a policy for whoever asks", "",
        "export const t = pg.pgTable('t', { n: pg.integer() }, () => ["
        "pg.pgPolicy('a', { to: 'current_user', using: sql`true` }), "
        "pg.pgPolicy('b', { to: 'session_user', using: sql`true` }), "
        "pg.pgPolicy('c', { to: 'current_role', using: sql`true` })]);");
    row("a function of the server itself",
        "create function one(int) returns int language internal "
        "immutable strict as 'int4abs'",
        "export const t = pg.pgTable('t', { n: pg.integer().default(sql`one(1)`) }, () => ["
        "pg.check('k', sql`one(n)>0`)]);");
    row("a function of an extension that only a superuser can make", "create extension xml2",
        "export const t = pg.pgTable('t', { n: pg.text().default(sql`xpath_string('a','b')`) }, "
        "() => [pg.check('k', sql`xml_valid(n)`)]);");
    row("a function of an extension in a schema of its own",
        "create schema extensions; create extension \"uuid-ossp\" schema extensions",
        "export const t = pg.pgTable('t', { "
        "id: pg.uuid().default(sql`extensions.uuid_generate_v4( )`) });");
    row("a policy for all and for one",
        "do $$ begin create role tst_live_one; exception when duplicate_object then null; end $$",
        "export const t = pg.pgTable('t', { n: pg.integer() }, () => ["
        "pg.pgPolicy('a', { to: ['tst_live_one', 'public'], using: sql`true` })]);");
}

void TestLive::isInStep()
{
    QFETCH(QByteArray, prepare);
    QFETCH(QString, schema);
    apply(prepare, schema);
    const QString project = m_project->path();
    for (const auto &[from, to] : {std::pair(m_url, project), std::pair(project, m_url)}) {
        const Run run = diff(from, to, words("--format tree"));
        QCOMPARE(run.error, QString());
        QCOMPARE(run.output, QString());
    }
    const Run status = sluice({QStringLiteral("status"), project}, m_url);
    QCOMPARE(status.error, QString());
    QVERIFY2(status.output.contains(QStringLiteral("ledger ↔ database: in step")),
             qPrintable(status.output));
}

void TestLive::isSeenAndHealed_data()
{
    QTest::addColumn<QByteArray>("prepare");
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("seen");
    const auto row = [](const char *name, const char *prepare, const char *schema,
                        const char *change, const char *rename, const char *seen) {
        const QString answer = QString::fromUtf8(rename);
        const QStringList options =
            answer.isEmpty() ? QStringList() : QStringList{QStringLiteral("--rename"), answer};
        QTest::newRow(name) << QByteArray(prepare) << QString::fromUtf8(schema)
                            << QByteArray(change) << options << QString::fromUtf8(seen);
    };
    const char *guarded = "export const t = pg.pgTable('t', { n: pg.integer() }, () => ["
                          "pg.pgPolicy('p', { using: sql`n > 1` })])%1;";
    row("policies that are switched off", "", QByteArray(guarded).replace("%1", "").constData(),
        "alter table t disable row level security", "", "switch row-level security on: public.t\n");
    row("policies that are switched off where it is declared twice", "",
        QByteArray(guarded).replace("%1", ".enableRLS()").constData(),
        "alter table t disable row level security", "", "switch row-level security on: public.t\n");
    row("policies that are switched off, and another", "",
        QByteArray(guarded).replace("%1", "").constData(),
        "alter table t disable row level security; alter policy p on t using (n > 2)", "",
        "switch row-level security on: public.t\n"
        "alter policy public.t.p\n");
    row("a policy that is gone while row-level security stays on", "",
        QByteArray(guarded).replace("%1", "").constData(), "drop policy p on t", "",
        "add policy public.t.p\n");
    row("a linked policy that is switched off", "",
        "export const t = pg.pgTable('t', { n: pg.integer() });"
        "export const p = pg.pgPolicy('p', { using: sql`n > 1` }).link(t);",
        "alter table t disable row level security", "", "switch row-level security on: public.t\n");
    row("a default that no scratch server takes",
        "create function one(int) returns int language internal immutable as 'int4abs';"
        "create function other(int) returns int language internal immutable as 'int4abs';",
        "export const t = pg.pgTable('t', { n: pg.integer().default(sql`public.one(1)`) });",
        "alter table t alter n set default other(77)", "",
        "alter column public.t.n: default: public.other(77) → public.one(1)\n");
    row("another sequence in a default", "",
        "export const a = pg.pgSequence('a'); export const b = pg.pgSequence('b');"
        "export const t = pg.pgTable('t', { n: pg.integer().default(sql`nextval('a')`) });",
        "alter table t alter n set default nextval('b')", "",
        "alter column public.t.n: default: nextval('public.b'::regclass) → nextval('a')\n");
    row("an index that is not valid", "",
        "export const t = pg.pgTable('t', { n: pg.integer() }, (c) => ["
        "pg.uniqueIndex('i').on(c.n)]);",
        "insert into t values (1); set allow_system_table_mods = on;"
        "update pg_index set indisvalid = false where indexrelid = 'i'::regclass",
        "", "drop index public.t.i (not valid)\nadd index public.t.i\n");
    row("a check of another name", "",
        "export const t = pg.pgTable('t', { n: pg.integer() }, () => ["
        "pg.check('a', sql`n>1`), pg.check('b', sql`n>2`)]);",
        "alter table t rename constraint a to z", "", "rename check public.t.z → public.t.a\n");
    row("a policy of another name", "",
        "export const t = pg.pgTable('t', { n: pg.integer() }, () => ["
        "pg.pgPolicy('p', { using: sql`n>1` })]);",
        "alter policy p on t rename to z", "", "rename policy public.t.z → public.t.p\n");
    row("an index on an expression, of another name", "",
        "export const t = pg.pgTable('t', { n: pg.text() }, () => ["
        "pg.index('i').on(sql`lower(n)`)]);",
        "alter index i rename to z", "", "rename index public.t.z → public.t.i\n");
    row("a schema of another name", "",
        "export const s = pg.pgSchema('Auth'); export const t = s.table('t', { n: pg.integer() });",
        "alter schema \"Auth\" rename to b", "schema:b=Auth", "rename schema b → Auth\n");
    row("a value of an enum of another name", "",
        "export const st = pg.pgEnum('St at', ['A', 'C']);"
        "export const t = pg.pgTable('t', { s: st().default('A'), "
        "l: st().array().default(sql`ARRAY['A','C']::\"St at\"[]`) }, (c) => ["
        "pg.check('k', sql`s<>'A'`), pg.index('i').on(c.s).where(sql`s='A'`), "
        "pg.pgPolicy('p', { using: sql`s='A'` })]);",
        "alter type \"St at\" rename value 'A' to 'B'", "enum-value:St at.B=A",
        "rename enum value public.St at.B → public.St at.A\n");
}

void TestLive::isSeenAndHealed()
{
    QFETCH(QByteArray, prepare);
    QFETCH(QString, schema);
    QFETCH(QByteArray, change);
    QFETCH(QStringList, options);
    QFETCH(QString, seen);
    apply(prepare, schema);
    QCOMPARE(m_server->run(m_database, change), QString());
    const Run status = sluice({QStringLiteral("status"), m_project->path()}, m_url);
    QVERIFY2(status.output.contains(QStringLiteral("ledger ↔ database: differs")),
             qPrintable(status.output));
    QCOMPARE(status.output.contains(QLatin1String("row-level")),
             seen.contains(QLatin1String("row-level")));
    const Run tree = diff(m_url, m_project->path(), options + words("--format tree"));
    QCOMPARE(tree.output, seen);
    const Run plan = diff(m_url, m_project->path(), options);
    QCOMPARE(m_server->run(m_database, plan.output.toUtf8()), QString());
    const Run healed = diff(m_url, m_project->path());
    QCOMPARE(healed.output, QString());
    QCOMPARE(healed.exitCode, 0);
}

/// What the folder's last snapshot still has is the project's; what nobody knows is not.
void TestLive::schemasThatTheCodeGaveUp()
{
    apply("create schema foreigners; create table foreigners.own (id int);",
          QStringLiteral("export const s = pg.pgSchema('old'); "
                         "export const t = s.table('t', { n: pg.integer() });"));
    m_project->setSchema(QStringLiteral("export const s = pg.pgSchema('new'); "
                                        "export const t = s.table('t', { n: pg.integer() });"));
    const Run asked = diff(m_url, m_project->path());
    QCOMPARE(asked.exitCode, 2);
    QVERIFY2(asked.error.contains(QStringLiteral("old")), qPrintable(asked.error));
    const Run renamed = diff(m_url, m_project->path(), words("--rename schema:old=new"));
    QCOMPARE(renamed.output, QStringLiteral("ALTER SCHEMA \"old\" RENAME TO \"new\";\n"));
    m_project->setSchema(QStringLiteral("export const t = pg.pgTable('u', { n: pg.text() });"));
    const Run dropped = diff(m_url, m_project->path(), words("--accept-drops --format tree"));
    QCOMPARE(dropped.output, QStringLiteral("drop table old.t\nadd table public.u\n"
                                            "drop schema old\n"));
}

/// Nothing is dropped for good that Drizzle does not know of.
void TestLive::whatCannotBeMadeAgain()
{
    const QString schema = QStringLiteral("export const e = pg.pgEnum('e', ['a', 'b'%1]);"
                                          "export const t = pg.pgTable('t', { e: e() });");
    apply("", schema.arg(QStringLiteral(", 'c'")));
    QCOMPARE(m_server->run(m_database, "create function pick(e, e) returns e language sql "
                                       "immutable as 'select $1';"
                                       "create aggregate any_of(e) (sfunc = pick, stype = e)"),
             QString());
    m_project->setSchema(schema.arg(QString()));
    const Run run = diff(m_url, m_project->path());
    QCOMPARE(run.output, QString());
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.error.contains(QStringLiteral("any_of")), qPrintable(run.error));
}

/// Only the database knows what a type by another name forbids, and with it what a column costs.
void TestLive::workOfDomains()
{
    const QString schema =
        QStringLiteral("const own = (name: string) => pg.customType<{ data: string }>("
                       "{ dataType: () => name });"
                       "export const t = pg.pgTable('t', { n: pg.integer()%1 });");
    apply("create domain free as text; create domain tag as text check (value <> '');"
          "create domain short_tag as tag default 'x'; create domain known as int not null",
          schema.arg(QString()));
    m_project->setSchema(schema.arg(QStringLiteral(", a: own('free')(), b: own('tag')(), "
                                                   "c: own('short_tag')(), d: own('known')()")));
    const Run run = diff(m_url, m_project->path(), words("--format json"));
    QStringList works;
    for (const auto &change : QJsonDocument::fromJson(run.output.toUtf8())
                                  .object()
                                  .value(QStringLiteral("changes"))
                                  .toArray())
        works << change.toObject().value(QStringLiteral("work")).toString();
    QCOMPARE(works, words("none rewrite rewrite rewrite"));
}

/// A host may keep extensions apart and put their schema into the path of its databases.
void TestLive::extensionsThatTheDatabaseFindsByName()
{
    apply("create schema extensions; create extension \"uuid-ossp\" schema extensions;"
          "do $$ begin execute format('alter database %I set search_path = public, extensions', "
          "current_database()); end $$",
          QStringLiteral("export const t = pg.pgTable('t', { "
                         "id: pg.uuid().default(sql`uuid_generate_v4()`) });"));
    const Run run = diff(m_url, m_project->path());
    QCOMPARE(run.error, QString());
    QCOMPARE(run.output, QString());
}

/// The database is held against what is applied, with the roles of that.
void TestLive::rolesOfWhatIsNotApplied()
{
    const QString schema = QStringLiteral("export const r = pg.pgRole('%1');"
                                          "export const s = pg.pgSchema('%2');"
                                          "export const t = s.table('t', { n: pg.integer() });");
    QCOMPARE(m_server->run(m_database, "drop role if exists tst_live_before;"
                                       "drop role if exists tst_live_after"),
             QString());
    apply("", schema.arg(QStringLiteral("tst_live_before"), QStringLiteral("s1")));
    m_project->setSchema(schema.arg(QStringLiteral("tst_live_after"), QStringLiteral("s2")));
    QCOMPARE(m_project->generate(words("--name second --accept-drops")).error, QString());
    const Run status = sluice({QStringLiteral("status"), m_project->path()}, m_url);
    QVERIFY2(status.output.contains(QStringLiteral("ledger ↔ database: in step")),
             qPrintable(status.output));
    QCOMPARE(m_server->run(m_database, "drop role tst_live_before"), QString());
}

/// Nothing was found is not said when nothing was said.
void TestLive::outputThatCannotBeWritten()
{
    apply("", QStringLiteral("export const t = pg.pgTable('t', { n: pg.integer() });"));
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(SLUICE_BUILD_DIR "/bin/sluice"),
                  {QStringLiteral("inspect"), m_project->path()});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(!process.readAllStandardError().isEmpty());
}

QTEST_GUILESS_MAIN(TestLive)
#include "tst_live.moc"
