// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/migrationsstate.h"
#include "studio/migrations/statementmodel.h"
#include "studio/migrations/timelinemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace studio;
using Source = MigrationsState::Source;
using Reporting = QAbstractItemModelTester::FailureReportingMode;

namespace
{
/// A project that is read and connected, with something to generate and two migrations to apply.
MigrationsState ready()
{
    MigrationsState state;
    state.code = state.folder = state.ledger = Source::Ready;
    state.compared = state.differs = state.writable = true;
    state.pending = 2;
    state.nextNumber = QStringLiteral("0006");
    return state;
}

template <typename Change> MigrationsState with(Change change)
{
    MigrationsState state = ready();
    change(state);
    return state;
}
} // namespace

/// The lists of the migrations page, and the words that say why a button is off.
class TestMigrationsModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marks_data();
    void marks();
    void subtitles_data();
    void subtitles();
    void timeline();
    void foldedStatement_data();
    void foldedStatement();
    void statements();
    void generating_data();
    void generating();
    void applying_data();
    void applying();
};

void TestMigrationsModels::marks_data()
{
    using State = runner::MigrationState;
    QTest::addColumn<bool>("hasSql");
    QTest::addColumn<std::optional<State>>("state");
    QTest::addColumn<TimelineMark>("expected");
    const auto row = [](const char *name, bool hasSql, std::optional<State> state,
                        TimelineMark mark) { QTest::newRow(name) << hasSql << state << mark; };
    row("no ledger yet", true, std::nullopt, TimelineMark::Unknown);
    row("applied", true, State::Applied, TimelineMark::Applied);
    row("pending", true, State::Pending, TimelineMark::Pending);
    row("edited", true, State::Edited, TimelineMark::Edited);
    row("skipped", true, State::Skipped, TimelineMark::Skipped);
    row("unknown", true, State::Unknown, TimelineMark::Unknown);
    row("a missing file says more than the ledger", false, State::Applied, TimelineMark::Broken);
}

void TestMigrationsModels::marks()
{
    QFETCH(bool, hasSql);
    QFETCH(std::optional<runner::MigrationState>, state);
    QTEST(markOf(migrate::Migration{.hasSql = hasSql}, state), "expected");
}

void TestMigrationsModels::subtitles_data()
{
    QTest::addColumn<TimelineEntry>("entry");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const TimelineEntry &entry, const QString &expected) {
        QTest::newRow(name) << entry << expected;
    };
    const auto pending = TimelineMark::NotGenerated;
    row("not compared", {.mark = pending}, QStringLiteral("not compared yet"));
    row("one", {.mark = pending, .counts = DiffCounts{.added = 1}}, QStringLiteral("1 change"));
    row("several", {.mark = pending, .counts = DiffCounts{.added = 2, .changed = 1}},
        QStringLiteral("3 changes"));
    row("in step", {.mark = TimelineMark::InStep, .counts = DiffCounts()},
        QStringLiteral("code and folder are in step"));
    row("without a date", {.mark = TimelineMark::Pending}, QStringLiteral("pending"));
    const QDateTime date(QDate(2026, 11, 21), QTime(18, 2));
    row("with a date", {.mark = TimelineMark::Applied, .when = date.toMSecsSinceEpoch()},
        QStringLiteral("applied · 21 Nov 2026, 18:02"));
}

void TestMigrationsModels::subtitles()
{
    QFETCH(TimelineEntry, entry);
    QTEST(subtitleOf(entry), "expected");
}

void TestMigrationsModels::timeline()
{
    TimelineModel model;
    QAbstractItemModelTester tester(&model, Reporting::Fatal);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    QList<TimelineEntry> entries{
        {.title = QStringLiteral("not yet generated")},
        {.mark = TimelineMark::Pending, .title = QStringLiteral("0000_init")}};
    model.setEntries(entries);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(reset.size(), 1);
    model.setEntries(entries);
    QCOMPARE(reset.size() + changed.size(), 1);

    entries[1].mark = TimelineMark::Applied;
    entries[1].counts = DiffCounts{.added = 2, .changed = 3, .removed = 1};
    model.setEntries(entries);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(changed.size(), 1);
    const QModelIndex second = model.index(1);
    QCOMPARE(second.data(TimelineModel::CountsRole).toString(), QStringLiteral("+2 ~3 -1"));
    QCOMPARE(second.data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("0000_init, applied, +2 ~3 -1"));
    QCOMPARE(second.data(TimelineModel::MarkRole).toInt(), static_cast<int>(TimelineMark::Applied));

    model.setEntries(entries.mid(0, 1));
    QCOMPARE(model.rowCount(), 1);
}

void TestMigrationsModels::foldedStatement_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one line stays")
        << QStringLiteral("DROP TABLE \"a\";") << QStringLiteral("DROP TABLE \"a\";");
    QTest::newRow("a table") << QStringLiteral(
                                    "CREATE TABLE \"a\" (\n\t\"b\" text,\n\tCHECK (b > 0)\n);")
                             << QStringLiteral("CREATE TABLE \"a\" ( … );");
    QTest::newRow("without parentheses")
        << QStringLiteral("SELECT 1\nFROM a;") << QStringLiteral("SELECT 1 FROM a;");
}

void TestMigrationsModels::foldedStatement()
{
    QFETCH(QString, sql);
    QTEST(foldedSql(sql), "expected");
}

void TestMigrationsModels::statements()
{
    using Severity = migrate::Hazard::Severity;
    const QString create = QStringLiteral("CREATE TABLE \"a\" (\n\t\"b\" text\n);");
    const QString drop = QStringLiteral("DROP TABLE \"c\";");
    migrate::Plan plan;
    plan.lines.append(
        {create + u'\n', diff::AddTable{}, {{Severity::Safe, QStringLiteral("new")}}});
    plan.lines.append({drop, diff::DropTable{}, {{Severity::Loss, QStringLiteral("loses rows")}}});

    StatementModel model;
    QAbstractItemModelTester tester(&model, Reporting::Fatal);
    model.setStatements(statementsOf(plan));
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex first = model.index(0);
    const QModelIndex second = model.index(1);
    QCOMPARE(first.data().toString(), QStringLiteral("CREATE TABLE \"a\" ( … );"));
    QCOMPARE(first.data(StatementModel::WholeRole).toString(), create);
    QCOMPARE(second.data(StatementModel::HazardsRole).toStringList(),
             QStringList{QStringLiteral("loses rows")});
    QCOMPARE(second.data(StatementModel::SeverityRole).toList(),
             QVariantList{static_cast<int>(Severity::Loss)});

    // Where one migration is enough nothing is said of it.
    QCOMPARE(first.data(StatementModel::SectionRole).toString(), QString());
    plan.steps = {{.first = 0, .count = 1},
                  {.first = 1, .count = 1, .suggestedName = QStringLiteral("drop_b")}};
    const QList<StatementRow> rows = statementsOf(plan);
    QCOMPARE(rows.first().section, QStringLiteral("Migration 1 of 2"));
    QCOMPARE(rows.last().section, QStringLiteral("Migration 2 of 2 · drop_b"));
    plan.steps.clear();

    model.toggle(first);
    QCOMPARE(first.data().toString(), create);
    model.toggle(second);
    QVERIFY(!second.data(StatementModel::OpenRole).toBool());
    model.setStatements(statementsOf(plan));
    QVERIFY(first.data(StatementModel::OpenRole).toBool());
    model.toggle(first);
    QVERIFY(!first.data(StatementModel::OpenRole).toBool());
}

void TestMigrationsModels::generating_data()
{
    QTest::addColumn<MigrationsState>("state");
    QTest::addColumn<QString>("refusal");
    const auto row = [](const char *name, const MigrationsState &state, const char *refusal) {
        QTest::newRow(name) << state << QString::fromUtf8(refusal);
    };
    row("ready", ready(), "");
    row("without a server", with([](auto &s) { s.ledger = Source::None; }), "");
    row("running", with([](auto &s) { s.running = QStringLiteral("It runs"); }), "It runs");
    row("broken code", with([](auto &s) {
            s.code = Source::Failed;
            s.codeError = QStringLiteral("schema.ts:3");
        }),
        "The code cannot be read: schema.ts:3");
    row("broken folder", with([](auto &s) {
            s.folder = Source::Failed;
            s.folderError = QStringLiteral("no journal");
        }),
        "The migrations folder cannot be read: no journal");
    row("a folder that cannot be relied on",
        with([](auto &s) { s.folderObstacle = QStringLiteral("the journal is cut off"); }),
        "The migrations folder cannot be relied on: the journal is cut off");
    row("being read", with([](auto &s) { s.code = Source::Loading; }), "The code is being read");
    row("not compared", with([](auto &s) { s.compared = false; }),
        "Code and folder were not compared yet");
    row("refused", with([](auto &s) { s.refused = true; }),
        "Some changes cannot be made as they are, so nothing can be written");
    row("in step", with([](auto &s) { s.differs = false; }),
        "Code and folder are in step: there is nothing to generate");
    row("a question", with([](auto &s) { s.openQuestions = 1; }),
        "Answer first whether this is a rename");
}

void TestMigrationsModels::generating()
{
    QFETCH(MigrationsState, state);
    QTEST(generateRefusal(state), "refusal");
    QCOMPARE(generateText(state), QStringLiteral("Generate 0006"));
}

void TestMigrationsModels::applying_data()
{
    QTest::addColumn<MigrationsState>("state");
    QTest::addColumn<ApplyAction>("action");
    QTest::addColumn<QString>("label");
    QTest::addColumn<bool>("hasRefusal");
    const auto row = [](const char *name, const MigrationsState &state, ApplyAction action,
                        const char *label, bool hasRefusal) {
        QTest::newRow(name) << state << action << QString::fromUtf8(label) << hasRefusal;
    };
    row("ready", ready(), ApplyAction::Apply, "Apply 2 pending", false);
    row("read-only", with([](auto &s) { s.writable = false; }), ApplyAction::AskForLease,
        "Apply 2 pending", true);
    row("all applied", with([](auto &s) { s.pending = 0; }), ApplyAction::None, "Apply", true);
    row("not connected", with([](auto &s) { s.ledger = Source::None; }), ApplyAction::Connect,
        "Check what is applied", true);
    row("no server", with([](auto &s) { s.ledger = Source::Failed; }), ApplyAction::Connect,
        "Try again", true);
    row("connecting", with([](auto &s) { s.ledger = Source::Loading; }), ApplyAction::None,
        "Apply 2 pending", true);
    row("running", with([](auto &s) { s.running = QStringLiteral("It runs"); }), ApplyAction::None,
        "Apply 2 pending", true);
    row("no folder", with([](auto &s) { s.folder = Source::Failed; }), ApplyAction::None,
        "Apply 2 pending", true);
}

void TestMigrationsModels::applying()
{
    QFETCH(MigrationsState, state);
    QTEST(applyAction(state), "action");
    QTEST(applyText(state), "label");
    QTEST(!applyRefusal(state).isEmpty(), "hasRefusal");
}

QTEST_GUILESS_MAIN(TestMigrationsModels)
#include "tst_migrations_models.moc"
