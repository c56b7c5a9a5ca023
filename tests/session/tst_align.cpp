// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "diff/change.h"
#include "load/catalog.h"
#include "migrate/folder.h"
#include "pg/pool.h"
#include "session/align.h"
#include "session/scratch.h"
#include "support/server.h"

#include <QDir>
#include <QStandardPaths>
#include <QtTest>

namespace
{
const QString cases = QStringLiteral(SLUICE_SOURCE_DIR "/tests/load/cases");

template <typename T> QString why(const base::Result<T> &result)
{
    return result ? QString() : base::toLine(result.error());
}

QStringList lines(const diff::Difference &difference)
{
    QStringList texts;
    for (const diff::Change &change : difference.changes)
        texts << diff::describe(change);
    return texts;
}
} // namespace

/// A database that was just made from a schema is no difference to it, whatever the two call
/// things.
class TestAlign : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingDiffers_data();
    void nothingDiffers();
    void mostWereCompared();
    void trueDifferences_data();
    void trueDifferences();
    void refused();
    void passingTrouble();

private:
    base::Result<load::Catalog> catalogOf(const QStringList &statements,
                                          const load::CatalogScope &scope = {});

    std::unique_ptr<testsupport::Server> m_server;
    std::shared_ptr<pg::Pool> m_pool;
    std::unique_ptr<session::Scratch> m_scratch;
    int m_compared = 0;
};

void TestAlign::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true); // a cache folder of its own
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
    m_pool = std::make_shared<pg::Pool>(m_server->createDatabase(QStringLiteral("align")));
    m_scratch = std::make_unique<session::Scratch>(testsupport::testCluster());
}

/// A database made by \a statements, read before it is taken back.
base::Result<load::Catalog> TestAlign::catalogOf(const QStringList &statements,
                                                 const load::CatalogScope &scope)
{
    return base::await(m_pool->transact<load::Catalog>(
        pg::Access::Write, [&](pg::Transaction &transaction) -> base::Result<load::Catalog> {
            for (const QString &statement : QStringList{QStringLiteral("begin")} + statements) {
                if (const auto done = transaction.runScript(statement.toUtf8()); !done)
                    return done.error();
            }
            return load::readCatalog(transaction, scope);
        }));
}

void TestAlign::nothingDiffers_data()
{
    QTest::addColumn<QString>("snapshot");
    const QDir folder(cases);
    for (const QString &file : folder.entryList({QStringLiteral("*.json")}, QDir::Files))
        QTest::newRow(qPrintable(file.chopped(5))) << folder.filePath(file);
}

void TestAlign::nothingDiffers()
{
    QFETCH(QString, snapshot);
    const auto declared = migrate::readSnapshotFile(snapshot);
    QVERIFY2(declared, qPrintable(why(declared)));
    const schema::Database nothing;
    const migrate::Plan plan = migrate::plan(diff::compare(nothing, *declared), nothing, *declared);
    QStringList statements;
    for (const migrate::PlanLine &line : plan.lines)
        statements << line.statement;
    load::CatalogScope scope;
    for (const schema::Role &role : declared->roles)
        scope.declaredRoles << role.name;
    const auto catalog = catalogOf(statements, scope);
    if (!catalog && catalog.error().kind == base::ErrorKind::Server)
        return; // what drizzle-kit writes and PostgreSQL does not take; see mostWereCompared()
    QVERIFY(plan.errors.isEmpty());
    QVERIFY2(catalog, qPrintable(why(catalog)));
    ++m_compared;
    const auto aligned = session::align(catalog->schema, *declared, *m_scratch, {});
    QVERIFY2(aligned, qPrintable(why(aligned)));
    QCOMPARE(lines(diff::compare(*declared, aligned->schema)).join(u'\n'), QString());
    QCOMPARE(aligned->notices, QStringList());
}

/// Drizzle-kit's own words are not always SQL that the server takes; nor has it every extension.
void TestAlign::mostWereCompared()
{
    QVERIFY2(m_compared >= 90, qPrintable(QString::number(m_compared)));
}

void TestAlign::trueDifferences_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QStringList>("differences");
    const auto row = [](const char *name, const char *script, const QStringList &differences) {
        QTest::newRow(name) << QByteArray(script) << differences;
    };
    const auto line = [](const char *text) { return QStringList{QString::fromUtf8(text)}; };
    row("nothing", "", {});
    row("the same default in other words", "alter table member alter state set default 'on'::text",
        {});
    row("another default", "alter table member alter state set default 'off'",
        line("alter column public.member.state: default: 'on' → 'off'"));
    row("the same type in other words", "alter table member alter seat type int4", {});
    row("another type", "alter table member alter seat type bigint",
        line("alter column public.member.seat: type: integer → bigint"));
    row("a type whose default stays",
        "alter table member drop label; alter table member alter state type varchar(20)",
        {QStringLiteral("alter column public.member.state: type: text → varchar(20)"),
         QStringLiteral("drop column public.member.label: text")});
    row("the same check in other words",
        "alter table member drop constraint seat_known;"
        "alter table member add constraint seat_known check (seat = any (array[1, 2]))",
        {});
    row("another check",
        "alter table member drop constraint seat_known;"
        "alter table member add constraint seat_known check (seat in (1, 3))",
        {QStringLiteral("drop check public.member.seat_known: \"member\".\"seat\" in (1, 2)"),
         QStringLiteral("add check public.member.seat_known: (seat = ANY (ARRAY[1, 3]))")});
    row("another predicate",
        "drop index member_state; create index member_state on member (lower(state)) where seat > "
        "2",
        {QStringLiteral("drop index public.member.member_state"),
         QStringLiteral("add index public.member.member_state")});
    row("another order under an operator class",
        "drop index member_order; create index member_order on member (state text_pattern_ops)",
        {QStringLiteral("drop index public.member.member_order"),
         QStringLiteral("add index public.member.member_order")});
    row("the same collation in other words",
        "drop index member_sorted; create index member_sorted on member (state collate "
        "pg_catalog.\"C\")",
        {});
    row("another collation",
        "drop index member_sorted; create index member_sorted on member (state collate "
        "\"POSIX\")",
        {QStringLiteral("drop index public.member.member_sorted"),
         QStringLiteral("add index public.member.member_sorted")});
    row("no collation any more",
        "drop index member_sorted; create index member_sorted on member (state)",
        {QStringLiteral("drop index public.member.member_sorted"),
         QStringLiteral("add index public.member.member_sorted")});
    row("the same generated expression in other words",
        "alter table member drop label;"
        "alter table member add label text generated always as (upper(state::text)) stored",
        {});
}

void TestAlign::trueDifferences()
{
    QFETCH(QByteArray, script);
    using schema::Default;
    schema::Table member;
    member.name.name = QStringLiteral("member");
    member.columns = {
        {.name = QStringLiteral("seat"), .type = QStringLiteral("integer"), .notNull = true},
        {.name = QStringLiteral("state"),
         .type = QStringLiteral("text"),
         .defaultValue = Default{Default::Form::Sql, QStringLiteral("'on'")}},
        {.name = QStringLiteral("label"),
         .type = QStringLiteral("text"),
         .generated =
             schema::Generated{.expression = QStringLiteral("upper(\"member\".\"state\")")}}};
    member.checks = {{.name = QStringLiteral("seat_known"),
                      .expression = QStringLiteral("\"member\".\"seat\" in (1, 2)")}};
    member.indexes = {
        {.name = QStringLiteral("member_state"),
         .columns = {{.expression = QStringLiteral("lower(\"state\")"), .isExpression = true}},
         .where = QStringLiteral("\"member\".\"seat\" > 1")},
        {.name = QStringLiteral("member_order"),
         .columns = {{.expression = QStringLiteral("state"),
                      .ascending = false,
                      .operatorClass = QStringLiteral("text_pattern_ops")}}},
        {.name = QStringLiteral("member_sorted"),
         .columns = {{.expression = QStringLiteral("\"member\".\"state\" collate \"C\""),
                      .isExpression = true}}}};
    schema::Database declared;
    declared.tables = {member};

    const schema::Database nothing;
    const migrate::Plan plan = migrate::plan(diff::compare(nothing, declared), nothing, declared);
    QStringList statements;
    for (const migrate::PlanLine &line : plan.lines)
        statements << line.statement;
    const auto catalog = catalogOf(statements << QString::fromUtf8(script));
    QVERIFY2(catalog, qPrintable(why(catalog)));
    const auto aligned = session::align(catalog->schema, declared, *m_scratch, {});
    QVERIFY2(aligned, qPrintable(why(aligned)));
    QTEST(lines(diff::compare(declared, aligned->schema)), "differences");
}

/// What the scratch server lacks is compared as text, and said.
void TestAlign::refused()
{
    schema::Table table;
    table.name.name = QStringLiteral("places");
    table.columns = {{.name = QStringLiteral("id"), .type = QStringLiteral("integer")}};
    table.checks = {{.name = QStringLiteral("near"),
                     .expression = QStringLiteral("is_near(\"places\".\"id\")")}};
    schema::Database declared;
    declared.tables = {table};
    schema::Database live = declared;
    live.tables.first().checks.first().expression = QStringLiteral("public.is_near(id)");
    const auto aligned = session::align(live, declared, *m_scratch, {});
    QVERIFY2(aligned, qPrintable(why(aligned)));
    QCOMPARE(aligned->schema.tables.first().checks.first().expression,
             QStringLiteral("public.is_near(id)"));
    QCOMPARE(aligned->notices.size(), 1); // once, not for each side
    QVERIFY2(aligned->notices.first().contains(QStringLiteral("public.places.near: ")),
             qPrintable(aligned->notices.first()));
    QVERIFY(aligned->notices.first().contains(QStringLiteral("is_near")));
}

/// A lock or a full disk is no judgement of a text: it is said, and not kept for the next time.
void TestAlign::passingTrouble()
{
    const schema::ObjectId busy{schema::ObjectKind::Function, {{}, QStringLiteral("busy")}};
    schema::Surroundings surroundings;
    surroundings.unmanaged = {busy};
    surroundings.objects[busy].definition = QStringLiteral(
        "CREATE FUNCTION public.busy(n integer)\n RETURNS integer\n LANGUAGE plpgsql\n IMMUTABLE\n"
        "AS $$ begin raise exception sqlstate '55P03' using message = 'busy'; end $$");
    schema::Table table;
    table.name.name = QStringLiteral("places");
    table.columns = {{.name = QStringLiteral("id"), .type = QStringLiteral("integer")}};
    table.indexes = {
        {.name = QStringLiteral("i"),
         .columns = {{.expression = QStringLiteral("busy(1)"), .isExpression = true}}}};
    schema::Database declared;
    declared.tables = {table};
    schema::Database live = declared;
    live.tables.first().indexes.first().columns.first().expression =
        QStringLiteral("public.busy(1)");
    for (int time = 0; time < 2; ++time) {
        const auto aligned = session::align(live, declared, *m_scratch, {&surroundings});
        QVERIFY(!aligned);
        QCOMPARE(aligned.error().sqlState, QStringLiteral("55P03"));
    }
}

QTEST_GUILESS_MAIN(TestAlign)
#include "tst_align.moc"
