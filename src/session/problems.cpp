// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/problems.h"

#include "session/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace session
{

using base::Error;
using schema::Problem;

namespace
{
/// What an error in relations leaves out makes no SQL: it keeps nothing from being compared.
bool isMissingPart(const Problem &problem)
{
    return problem.severity == Problem::Severity::Error && !problem.besideSql;
}
} // namespace

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
    std::ranges::stable_sort(problems, {}, [](const Problem &problem) {
        return problem.severity == Problem::Severity::Notice ? 2 : isMissingPart(problem) ? 0 : 1;
    });
    return problems;
}

bool isIncomplete(const QList<Problem> &problems)
{
    return std::ranges::any_of(problems, isMissingPart);
}

Error incompleteCode(const QString &project, const QList<Problem> &problems)
{
    const auto errors = std::ranges::count_if(problems, isMissingPart);
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
