// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "cli/command.h"
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

QByteArray asJson(const migrate::Plan &plan)
{
    QJsonArray changes;
    for (const migrate::PlanLine &line : plan.lines) {
        QJsonArray hazards;
        for (const migrate::Hazard &hazard : line.hazards)
            hazards << QJsonObject{{QStringLiteral("severity"), severityWord(hazard.severity)},
                                   {QStringLiteral("text"), hazard.text}};
        changes << QJsonObject{{QStringLiteral("change"), diff::describe(line.change)},
                               {QStringLiteral("statement"), line.statement},
                               {QStringLiteral("hazards"), hazards}};
    }
    QJsonArray unsupported;
    for (const diff::Unsupported &missing : plan.unsupported)
        unsupported << QJsonObject{{QStringLiteral("kind"), missing.kind},
                                   {QStringLiteral("name"), missing.name},
                                   {QStringLiteral("what"), missing.what}};
    return QJsonDocument(QJsonObject{{QStringLiteral("changes"), changes},
                                     {QStringLiteral("unsupported"), unsupported}})
        .toJson();
}

void printPlan(const migrate::Plan &plan, const diff::Difference &difference, const QString &format)
{
    if (format == QLatin1String("json")) {
        print(asJson(plan));
    } else if (format == QLatin1String("tree")) {
        for (const diff::Change &change : difference.changes)
            printLine(diff::describe(change));
    } else {
        for (const migrate::PlanLine &line : plan.lines)
            printLine(line.statement);
        for (const diff::Unsupported &missing : plan.unsupported)
            printLine(QStringLiteral("-- %1").arg(diff::describe(missing)));
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
    printPlan(plan, difference, *format);
    return difference.empty() ? Done : Found;
}

} // namespace cli
