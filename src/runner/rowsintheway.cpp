// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/rowsintheway.h"

#include "base/receive.h"
#include "migrate/pendingchecks.h"
#include "pg/pool.h"
#include "runner/text.h"

namespace runner
{

using base::Error; // lupdate takes base:: before a function's name for the context of its texts
using base::ErrorKind;
using base::Result;

namespace
{
/// The server is there and has said no.
bool isAnswer(const base::Error &error)
{
    return error.kind == ErrorKind::Server || error.kind == ErrorKind::Refused ||
           error.kind == ErrorKind::Limit;
}

/// Why a question has no answer. What the server says of data it could not read quotes the data.
QString reason(const base::Error &error)
{
    return error.sqlState.startsWith(QLatin1String("22")) ? Text::tr("it failed on a value")
                                                          : error.text;
}

/// The table or column is not there.
bool isAboutNothing(const base::Error &error)
{
    return error.sqlState == QLatin1String("42P01") || error.sqlState == QLatin1String("42703") ||
           error.sqlState == QLatin1String("3F000");
}
} // namespace

Result<RowsInTheWay> ask(const QList<Question> &questions, const Reader &read)
{
    RowsInTheWay found;
    for (const Question &question : questions) {
        const Result<rows::Page> some = read(question.check.sql);
        if (!some && !isAnswer(some.error()))
            return some.error();
        if (!some) {
            if (!question.migration.isEmpty() && isAboutNothing(some.error()))
                continue;
            found.notAsked << Text::tr("Whether %1 could not be asked: %2")
                                  .arg(question.check.what, reason(some.error()));
            continue;
        }
        if (some->rowCount() == 0)
            continue;
        const Result<rows::Page> counted = read(question.check.countSql);
        if (!counted && !isAnswer(counted.error()))
            return counted.error();
        found.violations << Violation{.question = question,
                                      .count = counted ? counted->text(0, 0).toLongLong()
                                                       : some->rowCount(),
                                      .rows = *some};
    }
    return found;
}

QList<Question> questionsOf(const migrate::Folder &folder, const QList<qsizetype> &pending,
                            int serverVersion)
{
    QList<Question> questions;
    for (const migrate::PendingCheck &pendingCheck :
         migrate::pendingChecks(folder, pending, serverVersion))
        questions << Question{.check = pendingCheck.check,
                              .statement = pendingCheck.statement,
                              .migration = folder.migrations.at(pendingCheck.migration).tag};
    return questions;
}

Result<RowsInTheWay> rowsInTheWay(pg::Pool &pool, const migrate::Plan &plan)
{
    QList<Question> questions;
    for (const migrate::PreCheck &check : plan.preChecks)
        questions << Question{
            .check = check, .statement = plan.lines.at(check.line).statement, .migration = {}};
    return ask(questions, [&pool](const QString &sql) {
        return base::await(pool.run({.text = sql, .parameters = {}}));
    });
}

QString summary(const Violation &violation)
{
    return Text::tr("%1 (rows: %2)").arg(violation.question.check.what).arg(violation.count);
}

Error stopped(const QList<Violation> &violations)
{
    const Violation &first = violations.first();
    QString detail = summary(first);
    if (violations.size() > 1)
        detail += Text::tr(", and %1 more").arg(violations.size() - 1);
    return {.kind = ErrorKind::Refused,
            .text = Text::tr("Nothing was applied: rows stand in the way"),
            .where = first.question.migration.isEmpty() ? first.question.check.table.qualified()
                                                        : first.question.migration,
            .detail = detail,
            .hint = Text::tr("change or delete these rows, then try again")};
}

} // namespace runner
