// SPDX-License-Identifier: GPL-3.0-or-later
#include "cases.h"
#include "migrate/folder.h"
#include "migrate/plan.h"

using Severity = migrate::Hazard::Severity;

namespace
{
schema::Database stateOf(const QString &path)
{
    if (!QFile::exists(path))
        return {};
    const auto state = migrate::readSnapshotFile(path);
    return state ? *state : schema::Database();
}

migrate::Plan planOf(const QString &name)
{
    const schema::Database before = stateOf(cases::file(name, "before.json"));
    const schema::Database after = stateOf(cases::file(name, "after.json"));
    return migrate::plan(diff::compare(before, after), before, after);
}
} // namespace

/// What our plans say for before and after states that drizzle-kit has recorded.
class TestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatDrizzleKitWrites_data();
    void writesWhatDrizzleKitWrites();
    void joinsWithoutBreakpoints();
    void reverseWithoutBreakpoints();
};

void TestPlan::writesWhatDrizzleKitWrites_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : cases::names())
        QTest::newRow(qPrintable(name)) << name;
    QVERIFY(cases::names().size() >= 25);
}

void TestPlan::writesWhatDrizzleKitWrites()
{
    QFETCH(QString, name);
    // ours.sql stands beside what drizzle-kit gets wrong.
    QByteArray expected = cases::content(cases::file(name, "ours.sql"));
    if (expected.isEmpty())
        expected = cases::content(cases::file(name, "expected.sql"));
    QVERIFY(!expected.isEmpty());
    const migrate::Plan plan = planOf(name);
    QCOMPARE(migrate::fileText(plan, true), QString::fromUtf8(expected));
    QVERIFY(plan.errors.isEmpty());
    for (const migrate::PlanLine &line : plan.lines)
        QVERIFY2(!line.hazards.isEmpty(), qPrintable(line.statement));
}

void TestPlan::joinsWithoutBreakpoints()
{
    const migrate::Plan plan = planOf(QStringLiteral("fk_added"));
    QCOMPARE(plan.lines.size(), 2);
    QCOMPARE(migrate::fileText(plan, false),
             plan.lines[0].statement + u'\n' + plan.lines[1].statement);
}

/// A breakpoint inside a constant would cut the script that takes a statement back.
void TestPlan::reverseWithoutBreakpoints()
{
    schema::Table t;
    t.name.name = QStringLiteral("t");
    t.columns = {{.name = QStringLiteral("a"), .type = QStringLiteral("text")}};
    schema::Database after;
    after.tables = {t};
    schema::Database before = after;
    before.tables[0].checks = {{.name = QStringLiteral("c"),
                                .expression = QStringLiteral("a <> '--> statement-breakpoint'")}};
    const migrate::Plan plan = migrate::plan(diff::compare(before, after), before, after);
    QCOMPARE(plan.lines.size(), 1);
    QCOMPARE(plan.lines[0].reverse.size(), 1);
    QVERIFY2(!plan.lines[0].reverse[0].sql.contains(QLatin1String("--> statement-breakpoint")),
             qPrintable(plan.lines[0].reverse[0].sql));
}

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
