// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/appliedproject.h"

#include <QUrl>

using testsupport::Run;
using testsupport::sluice;
using testsupport::SmallProject;
using testsupport::words;

/// Roles that may not read all of a database.
class TestRights : public QObject, private testsupport::AppliedProject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void whatNobodyMayRead();
    void aRoleWithoutRights();

private:
    QString readersUrl() const
    {
        QUrl url(m_url);
        url.setUserName(QStringLiteral("tst_rights_reader"));
        url.setPassword(QStringLiteral("x"));
        return url.toString();
    }
};

void TestRights::initTestCase()
{
    startServer();
}

void TestRights::init()
{
    begin(QStringLiteral("rights"));
}

/// What the role has no right to read is not compared, and said.
void TestRights::whatNobodyMayRead()
{
    apply("do $$ begin create role tst_rights_reader login password 'x'; "
          "exception when duplicate_object then null; end $$;"
          "create domain tag as text check (value <> ''); create extension citext",
          QStringLiteral(
              "export const r = pg.pgRole('tst_rights_reader').existing();"
              "export const s = pg.pgSequence('numbers'); export const a = pg.pgSchema('app');"
              "export const e = pg.pgEnum('state', ['a', 'b']);"
              "const tag = pg.customType<{ data: string }>({ dataType: () => 'tag' });"
              "const citext = pg.customType<{ data: string }>({ dataType: () => 'citext' });"
              "export const t = pg.pgTable('t', { id: pg.serial().primaryKey(), "
              "n: pg.integer().default(1).notNull(), i: pg.integer().generatedAlwaysAsIdentity(), "
              "x: pg.text().generatedAlwaysAs(sql`abs(n)::text`), e: e().default('a'), tag: tag(), "
              "c: citext() }, (c) => ["
              "pg.pgPolicy('p', { using: sql`id > 1` }), pg.check('k', sql`n>0`), "
              "pg.unique('un').on(c.n, c.i).nullsNotDistinct(), "
              "pg.index('ix').on(sql`lower(x)`), pg.uniqueIndex('iy').on(c.n).where(sql`n>3`)]);"
              "export const u = a.table('u', { t: pg.integer().references(() => t.id) });"
              "export const v = pg.pgView('v', { n: pg.integer() }).as(sql`select n from t`);"
              "export const m = pg.pgMaterializedView('m', { n: pg.integer() })"
              ".as(sql`select n from t`);"));
    QCOMPARE(m_server->run(m_database,
                           "grant usage on schema drizzle to tst_rights_reader; grant "
                           "select on all tables in schema drizzle to tst_rights_reader"),
             QString());
    const QString reader = readersUrl();
    const QString project = m_project->path();
    static const QList<std::pair<QByteArray, QString>> closed{
        {"select on pg_policy, pg_sequence, pg_roles", QStringLiteral("Policies")},
        {"select on pg_rewrite", QStringLiteral("Definitions of views")},
        {"execute on function pg_get_viewdef(oid)", QStringLiteral("Definitions of views")},
        {"select on pg_inherits", QStringLiteral("What inherits from what")},
        {"select on pg_depend", QStringLiteral("What belongs to extensions")},
        {"select on pg_proc", QStringLiteral("Functions")},
        {"select on pg_constraint", QStringLiteral("Constraints")},
        {"select on pg_index", QStringLiteral("Indexes")},
        {"select on pg_attrdef", QStringLiteral("Defaults")},
        {"select on pg_enum", QStringLiteral("Types")},
        {"select on pg_am, pg_tablespace, pg_collation", QStringLiteral("Access methods")},
        {"execute on function pg_get_constraintdef(oid)", QStringLiteral("Constraints")},
        {"execute on function pg_get_indexdef(oid)", QStringLiteral("Indexes")},
        {"execute on function pg_get_expr(pg_node_tree, oid)", QStringLiteral("Defaults")}};
    for (const auto &[what, notice] : closed) {
        QCOMPARE(m_server->run(m_database, "revoke " + what + " from public"), QString());
        const Run run = diff(reader, project, words("--format tree"));
        QVERIFY2(run.error.contains(notice), qPrintable(run.error));
        QCOMPARE(run.output, QString());
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(m_server->run(m_database, "grant " + what + " to public"), QString());
    }
    QCOMPARE(m_server->run(m_database, "revoke select on pg_policy, pg_rewrite from public"),
             QString());
    const QStringList forIt{QStringLiteral("--url"), reader};
    const Run planned = diff(QStringLiteral("folder:") + project, project, forIt);
    QVERIFY2(planned.error.contains(QStringLiteral("Policies could not be read")),
             qPrintable(planned.error));
    const Run back = diff(project, reader, words("--format tree"));
    QCOMPARE(back.output, QString());
    QCOMPARE(back.exitCode, 0);
    const Run status = sluice({QStringLiteral("status"), project}, reader);
    QVERIFY2(status.output.contains(QStringLiteral("ledger ↔ database: in step")),
             qPrintable(status.output + status.error));
    m_project->write(QStringLiteral("schema.ts"), m_project->read(QStringLiteral("schema.ts")) +
                                                      "export const w = pg.pgTable('w', {});");
    const Run generated = m_project->generate(forIt);
    QVERIFY2(generated.error.contains(QStringLiteral("Policies could not be read")),
             qPrintable(generated.error));
    QCOMPARE(generated.exitCode, 0);
}

/// Every role may read the catalog, and nothing else: what is there is known, what is applied is
/// not.
void TestRights::aRoleWithoutRights()
{
    apply("do $$ begin create role tst_rights_reader login password 'x'; "
          "exception when duplicate_object then null; end $$;"
          "create schema closed; create function closed.two() returns int language sql immutable "
          "as 'select 2'",
          QStringLiteral("export const a = pg.pgSchema('app');"
                         "export const t = a.table('t', { id: pg.serial().primaryKey(), "
                         "n: pg.integer().default(sql`closed.two()`) }, () => ["
                         "pg.check('k', sql`n<>closed.two()`)]);"
                         "export const v = a.view('v').as((qb) => qb.select().from(t));"));
    const QString reader = readersUrl();
    const Run run = diff(reader, m_project->path(), words("--format tree"));
    QCOMPARE(run.error, QString());
    QCOMPARE(run.output, QString());
    const Run status = sluice({QStringLiteral("status"), m_project->path()}, reader);
    QCOMPARE(status.exitCode, 2);
    QVERIFY2(status.output.contains(QStringLiteral("code ↔ folder: in step\n"
                                                   "folder ↔ ledger: not known\n"
                                                   "  permission denied for schema drizzle")),
             qPrintable(status.output));
    const Run migrate = sluice({QStringLiteral("migrate"), m_project->path()}, reader);
    QCOMPARE(migrate.exitCode, 2);
    QVERIFY2(migrate.error.contains(QStringLiteral("permission denied for schema drizzle")),
             qPrintable(migrate.error));
}

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
