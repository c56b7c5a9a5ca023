// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "cli/command.h"
#include "migrate/hazards.h"
#include "migrate/plan.h"
#include "session/problems.h"
#include "session/source.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cli
{

namespace
{
QString severityWord(migrate::Hazard::Severity severity)
{
    switch (severity) {
    case migrate::Hazard::Severity::Safe:
        return QStringLiteral("safe");
    case migrate::Hazard::Severity::Advice:
        return QStringLiteral("advice");
    case migrate::Hazard::Severity::Warning:
        return QStringLiteral("warning");
    case migrate::Hazard::Severity::Loss:
        break;
    }
    return QStringLiteral("loss");
}

QString workWord(migrate::Work work)
{
    switch (work) {
    case migrate::Work::None:
        break;
    case migrate::Work::Scan:
        return QStringLiteral("scan");
    case migrate::Work::IndexBuild:
        return QStringLiteral("index-build");
    case migrate::Work::Rewrite:
        return QStringLiteral("rewrite");
    }
    return QStringLiteral("none");
}

/// "ACCESS EXCLUSIVE", or null where nobody has to wait.
QJsonValue lockWord(migrate::Lock lock)
{
    return lock == migrate::Lock::None ? QJsonValue() : QJsonValue(migrate::lockName(lock));
}

QJsonArray hazardsOf(const migrate::PlanLine &line)
{
    QJsonArray hazards;
    for (const migrate::Hazard &hazard : line.hazards)
        hazards << QJsonObject{{QStringLiteral("severity"), severityWord(hazard.severity)},
                               {QStringLiteral("text"), hazard.text}};
    return hazards;
}

QJsonArray reverseOf(const migrate::PlanLine &line)
{
    QJsonArray statements;
    for (const migrate::ReverseStatement &reverse : line.reverse)
        statements << QJsonObject{{QStringLiteral("statement"), reverse.sql},
                                  {QStringLiteral("loss"), reverse.loss}};
    return statements;
}

QByteArray asJson(const migrate::Plan &plan)
{
    QJsonArray changes;
    int number = 0;
    for (const migrate::PlanStep &step : plan.steps) {
        ++number;
        for (const migrate::PlanLine &line : plan.linesOf(step))
            changes << QJsonObject{{QStringLiteral("change"), diff::describe(line.change)},
                                   {QStringLiteral("statement"), line.statement},
                                   {QStringLiteral("step"), number},
                                   {QStringLiteral("lock"), lockWord(line.effect.lock())},
                                   {QStringLiteral("work"), workWord(line.effect.work)},
                                   {QStringLiteral("transactional"), line.effect.inTransaction},
                                   {QStringLiteral("reverse"), reverseOf(line)},
                                   {QStringLiteral("hazards"), hazardsOf(line)}};
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("changes"), changes}}).toJson();
}

/// Between the statements stands where a new migration begins, and what its file would be called.
void printStatements(const migrate::Plan &plan)
{
    int number = 0;
    for (const migrate::PlanStep &step : plan.steps) {
        if (++number > 1)
            printLine(step.suggestedName.isEmpty() ? QStringLiteral("-- migration %1").arg(number)
                                                   : QStringLiteral("-- migration %1: %2")
                                                         .arg(number)
                                                         .arg(step.suggestedName.simplified()));
        for (const migrate::PlanLine &line : plan.linesOf(step))
            printLine(line.statement);
    }
}

void printPlan(const migrate::Plan &plan, const diff::Difference &difference, const QString &format)
{
    if (format == QLatin1String("json")) {
        print(asJson(plan));
    } else if (format == QLatin1String("tree")) {
        for (const diff::Change &change : difference.changes)
            printLine(diff::describe(change));
    } else {
        printStatements(plan);
    }
}
} // namespace

int diff(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("diff"), words);
    arguments.positional(QStringLiteral("from"),
                         QCoreApplication::translate("cli", "The source to start from."));
    arguments.positional(QStringLiteral("to"),
                         QCoreApplication::translate("cli", "The source to arrive at."));
    arguments.option(QStringLiteral("format"),
                     QCoreApplication::translate("cli", "sql, json or tree."),
                     QStringLiteral("format"), QStringLiteral("sql"));
    answerOptions(arguments);
    if (const std::optional<int> over = arguments.finish(2))
        return *over;
    const base::Result<QString> format =
        choice(arguments, QStringLiteral("format"),
               {QStringLiteral("sql"), QStringLiteral("json"), QStringLiteral("tree")});
    if (!format)
        return fail(format.error());

    const base::Result<session::Sides> sides =
        session::loadSides(installation, arguments.at(0), arguments.at(1), answersOf(arguments));
    if (!sides)
        return fail(sides.error());
    const session::SourceSchema &from = sides->from;
    const session::SourceSchema &to = sides->to;
    if (session::isIncomplete(from.problems))
        return failIncomplete(arguments.at(0), from.problems);
    if (session::isIncomplete(to.problems))
        return failIncomplete(arguments.at(1), to.problems);

    for (const schema::Problem &problem : from.problems + to.problems)
        notice(problem);
    const base::Result<migrate::Answered> answered =
        migrate::compareAnswered(from.schema, to.schema, sides->answers, answersOf(arguments));
    if (!answered)
        return fail(answered.error());
    const diff::Difference &difference = answered->difference;
    const migrate::Plan plan = migrate::plan(difference, from.schema, to.schema);
    if (!plan.questions.isEmpty())
        return fail(migrate::openQuestion(plan.questions));
    if (!difference.empty() && !plan.errors.isEmpty() && *format != QLatin1String("tree"))
        return fail(migrate::firstOf(plan.errors));
    printPlan(plan, difference, *format);
    return difference.empty() ? Done : Found;
}

} // namespace cli
