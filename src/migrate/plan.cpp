// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/plan.h"

#include "migrate/lineeffects.h"
#include "migrate/planner.h"
#include "migrate/renames.h"
#include "migrate/text.h"

namespace migrate
{

Plan plan(const diff::Difference &difference, const schema::Database &from,
          const schema::Database &to, const PlanOptions &options)
{
    Plan made = Planner(difference, from, to, options).plan();
    describeEffects(made, from, options.surroundings);
    return made;
}

QList<ReverseStatement> reverse(const Plan &plan, const PlanStep &step)
{
    QList<ReverseStatement> statements;
    for (qsizetype i = step.first + step.count; i-- > step.first;)
        statements << plan.lines[i].reverse;
    return statements;
}

QString fileText(const Plan &plan, bool breakpoints)
{
    return fileText(plan, PlanStep{.first = 0, .count = plan.lines.size()}, breakpoints);
}

QString fileText(const Plan &plan, const PlanStep &step, bool breakpoints)
{
    QStringList statements;
    for (const PlanLine &line : plan.linesOf(step))
        statements << (line.endsLine ? line.statement + u'\n' : line.statement);
    return statements.join(breakpoints ? QStringLiteral("--> statement-breakpoint\n")
                                       : QStringLiteral("\n"));
}

// lupdate takes base:: before a function's name for the context of its texts.
using base::Error;

Error openQuestion(const QList<diff::RenameCandidate> &questions)
{
    const diff::RenameCandidate &first = questions.first();
    QStringList open, options;
    for (const diff::RenameCandidate &question : questions) {
        open << diff::describe(question);
        options << renameOption(question);
    }
    return Error{.kind = base::ErrorKind::Ambiguous,
                 .text = Text::tr("It is not clear whether something was renamed"),
                 .where = diff::word(first.kind),
                 .detail = open.join(QStringLiteral("; ")),
                 .hint = questions.size() == 1
                             ? Text::tr("say %1, or --accept-drops when it is dropped and added")
                                   .arg(options.first())
                             : Text::tr("say %1 where it was renamed, and --accept-drops for what "
                                        "is dropped and added")
                                   .arg(options.join(u' '))};
}

Error firstOf(const QList<Error> &errors)
{
    Error first = errors.first();
    if (errors.size() > 1) {
        const QString more = errors.size() == 2
                                 ? Text::tr("and another error")
                                 : Text::tr("and %1 more errors").arg(errors.size() - 1);
        first.detail = first.detail.isEmpty() ? more : first.detail + QStringLiteral(", ") + more;
    }
    return first;
}

} // namespace migrate
