// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/problems.h"

#include "session/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace session
{

using base::Error;
using schema::Problem;

Problem problemOf(const Error &error)
{
    static const QRegularExpression place(QStringLiteral("^(.+?):(\\d+)(?::(\\d+))?$"));
    Problem problem{.severity = Problem::Severity::Error,
                    .text = error.text,
                    .hint = error.hint,
                    .location = {},
                    .importChain = {}};
    if (const QRegularExpressionMatch found = place.match(error.where); found.hasMatch()) {
        problem.location = {found.captured(1), found.captured(2).toInt(),
                            found.captured(3).toInt()};
    } else if (!error.where.isEmpty()) {
        problem.text += QStringLiteral(" (%1)").arg(error.where);
    }
    if (!error.detail.isEmpty())
        problem.text += QStringLiteral(": ") + error.detail;
    return problem;
}

QList<Problem> errorsFirst(QList<Problem> problems)
{
    std::ranges::stable_partition(problems, [](const Problem &problem) {
        return problem.severity == Problem::Severity::Error;
    });
    return problems;
}

bool isIncomplete(const QList<Problem> &problems)
{
    return std::ranges::any_of(problems, [](const Problem &problem) {
        return problem.severity == Problem::Severity::Error;
    });
}

Error incompleteCode(const QString &project, const QList<Problem> &problems)
{
    const auto errors = std::ranges::count(problems, Problem::Severity::Error, &Problem::severity);
    return {.kind = base::ErrorKind::InvalidInput,
            .text = Text::tr("Parts of the schema could not be read"),
            .where = project,
            .detail = Text::tr("errors: %1; what is missing would look as if it had been dropped")
                          .arg(errors),
            .hint = Text::tr("mend the errors first"),
            .sqlState = {},
            .span = {}};
}

} // namespace session
