// SPDX-License-Identifier: GPL-3.0-or-later
#include "../changes/casefile.h"
#include "lockmeter.h"
#include "migrate/hazards.h"
#include "sql/identifier.h"
#include "support/server.h"

#include <QtTest>

namespace
{
/// A statement without what is different from case to case: names, values, numbers.
QString shapeOf(const migrate::PlanLine &line)
{
    static const QRegularExpression values(
        QStringLiteral("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\\b\\d+\\b"));
    QString shape = line.statement;
    shape.replace(values, QStringLiteral("?"));
    shape += QString::number(int(line.effect.work));
    for (const migrate::LockedRelation &locked : line.effect.locks)
        shape += u' ' + migrate::lockName(locked.lock);
    return shape;
}

migrate::Plan planOf(const changes::Trial &trial, bool safe)
{
    return migrate::plan(diff::compare(trial.before, trial.after, trial.answers), trial.before,
                         trial.after, {.safe = safe});
}
} // namespace

/// What the statements of plans are said to lock, read and write is what a server does.
class TestLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cases_data();
    void cases();

private:
    std::unique_ptr<testsupport::Server> m_server;
    QHash<QString, changes::Case> m_cases;
};

void TestLocks::initTestCase()
{
    m_server = std::make_unique<testsupport::Server>();
    QVERIFY2(m_server->error().isEmpty(), qPrintable(m_server->error()));
}

void TestLocks::cases_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("safe");
    QSet<QString> shapes;
    for (const QString &file : changes::caseFiles()) {
        for (const changes::Case &item : changes::casesOf(file)) {
            m_cases.insert(item.name, item);
            // What a domain makes of a change no schema says.
            const bool domains = item.name.startsWith(QLatin1String("beside_domains"));
            if (item.trial.refused || !item.trial.besideBefore.isEmpty() || domains)
                continue;
            for (const bool safe : {false, true}) {
                bool known = true;
                for (const migrate::PlanLine &line : planOf(item.trial, safe).lines) {
                    const QString shape = shapeOf(line);
                    known = known && shapes.contains(shape);
                    shapes << shape;
                }
                if (!known)
                    QTest::newRow(qPrintable(item.name + QLatin1String(safe ? " safe" : "")))
                        << item.name << safe;
            }
        }
    }
}

void TestLocks::cases()
{
    QFETCH(QString, name);
    QFETCH(bool, safe);
    const changes::Trial trial = m_cases.value(name).trial;
    const pg::Settings database = m_server->createDatabase(QStringLiteral("locks"));
    QString script = QString::fromUtf8(trial.prelude);
    // Roles belong to the whole server.
    const auto dropRoles = [&] {
        for (const schema::Role &role : trial.before.roles + trial.after.roles) {
            const QByteArray quoted = sql::identifier(role.name).toUtf8();
            (void)m_server->run(database, "DROP OWNED BY " + quoted + "; DROP ROLE " + quoted);
        }
    };
    dropRoles();
    const auto withoutRoles = qScopeGuard(dropRoles);
    for (const migrate::PlanLine &line :
         migrate::plan(diff::compare({}, trial.before), {}, trial.before).lines)
        script += line.statement + u'\n';
    script += QString::fromUtf8(trial.rows);
    QString error = script.isEmpty() ? QString() : m_server->run(database, script.toUtf8());
    QVERIFY2(error.isEmpty(), qPrintable(error));

    const migrate::Plan plan = planOf(trial, safe);
    if (!plan.errors.isEmpty() || !plan.questions.isEmpty())
        QSKIP("no plan");
    LockMeter meter(database);
    QStringList found;
    for (const migrate::PlanLine &line : plan.lines)
        found << meter.run(line);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLocks)
#include "tst_locks.moc"
