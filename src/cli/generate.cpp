// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "session/operations.h"
#include "session/problems.h"

#include <QCoreApplication>

namespace cli
{

int generate(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("generate"), words);
    arguments.positional(QStringLiteral("project"),
                         QCoreApplication::translate("cli", "The project's folder."));
    arguments.option(QStringLiteral("name"),
                     QCoreApplication::translate("cli", "The migration's name."),
                     QStringLiteral("name"));
    answerOptions(arguments);
    if (const std::optional<int> over = arguments.finish(1))
        return *over;

    const base::Result<session::Generated> generated =
        session::generate(installation, {.project = arguments.at(0),
                                         .name = arguments.value(QStringLiteral("name")),
                                         .answers = answersOf(arguments)});
    if (!generated)
        return fail(generated.error());
    if (session::isIncomplete(generated->problems))
        return failIncomplete(arguments.at(0), generated->problems);
    if (!generated->migration) {
        printLine(QCoreApplication::translate("cli", "No schema changes, nothing to generate"));
        return Done;
    }
    printLine(QCoreApplication::translate("cli", "Wrote %1 (statements: %2)")
                  .arg(generated->file)
                  .arg(generated->plan.lines.size()));
    return Done;
}

} // namespace cli
