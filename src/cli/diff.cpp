// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/receive.h"
#include "cli/command.h"
#include "cli/rowsintheway.h"
#include "cli/text.h"
#include "migrate/hazards.h"
#include "migrate/plan.h"
#include "session/planning.h"
#include "session/problems.h"
#include "session/source.h"

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

QByteArray planAsJson(const session::Planned &planned, bool asked, bool showRows)
{
    const migrate::Plan &plan = planned.plan;
    QJsonArray changes;
    int number = 0;
    for (const migrate::PlanStep &step : plan.steps) {
        ++number;
        for (const migrate::PlanLine &line : plan.linesOf(step))
            changes << QJsonObject{{QStringLiteral("change"), diff::describe(line.change)},
                                   {QStringLiteral("statement"), line.statement},
                                   {QStringLiteral("step"), number},
                                   {QStringLiteral("lock"), lockWord(line.effect.lock())},
                                   {QStringLiteral("touches"), touchedAsJson(line)},
                                   {QStringLiteral("work"), workWord(line.effect.work)},
                                   {QStringLiteral("transactional"), line.effect.inTransaction},
                                   {QStringLiteral("reverse"), reverseOf(line)},
                                   {QStringLiteral("hazards"), hazardsOf(line)}};
    }
    QJsonObject object{{QStringLiteral("changes"), changes}};
    if (asked)
        object.insert(QStringLiteral("rowsInTheWay"), asJson(planned.rows, showRows));
    return QJsonDocument(object).toJson();
}

/// Between the statements stands where a new migration begins, what its file would be called, and
/// of how many rows a statement reads or writes all.
void printStatements(const migrate::Plan &plan)
{
    int number = 0;
    for (const migrate::PlanStep &step : plan.steps) {
        if (++number > 1)
            printLine(step.suggestedName.isEmpty() ? QStringLiteral("-- migration %1").arg(number)
                                                   : QStringLiteral("-- migration %1: %2")
                                                         .arg(number)
                                                         .arg(step.suggestedName.simplified()));
        for (const migrate::PlanLine &line : plan.linesOf(step)) {
            if (const QString rows = touched(line); !rows.isEmpty())
                printLine(QStringLiteral("-- ") + rows);
            printLine(line.statement);
        }
    }
}

void declare(Arguments &arguments)
{
    arguments.positional(QStringLiteral("from"), Text::tr("The source to start from."));
    arguments.positional(QStringLiteral("to"), Text::tr("The source to arrive at."));
    arguments.option(QStringLiteral("format"), Text::tr("sql, json or tree."),
                     QStringLiteral("format"), QStringLiteral("sql"));
    arguments.option(QStringLiteral("url"),
                     Text::tr("The database that the plan is for, where <from> is none."),
                     QStringLiteral("url"));
    answerOptions(arguments);
    rowsOption(arguments);
}

/// The database that a plan between \a sides is for: one of them, or the one that was named.
base::Result<std::shared_ptr<const session::LiveDatabase>> databaseOf(const session::Sides &sides,
                                                                      const Arguments &arguments)
{
    if (!arguments.has(QStringLiteral("url")))
        return sides.database;
    if (sides.database)
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The plan is for the database that it starts from"),
                           .where = QStringLiteral("--url"),
                           .hint = Text::tr("leave out --url")};
    return session::liveDatabase(arguments.value(QStringLiteral("url")));
}

int report(const base::Result<session::Planned> &planned, const diff::Difference &difference,
           const Arguments &arguments, bool asked)
{
    if (!planned)
        return fail(planned.error());
    for (const QString &unread : planned->unread)
        notice(unread);
    const QString format = arguments.value(QStringLiteral("format"));
    const migrate::Plan &plan = planned->plan;
    const bool isTree = format == QLatin1String("tree");
    if (!plan.questions.isEmpty())
        return fail(migrate::openQuestion(plan.questions));
    if (!difference.empty() && !plan.errors.isEmpty() && !isTree)
        return fail(migrate::firstOf(plan.errors));
    const bool showRows = showsRows(arguments);
    if (format == QLatin1String("json")) {
        print(planAsJson(*planned, asked, showRows));
    } else if (isTree) {
        for (const diff::Change &change : difference.changes)
            printLine(diff::describe(change));
    } else {
        printStatements(plan);
    }
    if (format != QLatin1String("json"))
        printRowsInTheWay(planned->rows, showRows);
    return difference.empty() ? Done : Found;
}
} // namespace

int diff(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("diff"), words);
    declare(arguments);
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
    const auto database = databaseOf(*sides, arguments);
    if (!database)
        return fail(database.error());
    for (const diff::RenameAnswer &answer : answered->remembered)
        notice(rememberedText(answer));
    const diff::Difference &difference = answered->difference;
    return report(session::planned(difference, from.schema, to.schema,
                                   {.safe = false, .database = *database}),
                  difference, arguments, *database != nullptr);
}

} // namespace cli
