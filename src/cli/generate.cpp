// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/generate.h"
#include "cli/command.h"
#include "cli/rowsintheway.h"
#include "cli/text.h"
#include "migrate/leftasis.h"
#include "session/problems.h"

namespace cli
{

namespace
{
void addOptions(Arguments &arguments)
{
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.option(QStringLiteral("name"), Text::tr("The migration's name."),
                     QStringLiteral("name"));
    arguments.option(QStringLiteral("safe"),
                     Text::tr("Writes what does not keep others waiting, where that "
                              "is possible, as several migrations."));
    arguments.option(QStringLiteral("custom"),
                     Text::tr("Writes a migration for SQL by hand; the schema stays."));
    arguments.option(QStringLiteral("url"),
                     Text::tr("The database that the migration is for: what others have made there "
                              "on the changed tables is dropped and made again."),
                     QStringLiteral("url"));
    answerOptions(arguments);
    rowsOption(arguments);
}

/// Options that say how changes are made mean nothing where none are.
bool contradictsItself(const Arguments &arguments)
{
    return arguments.has(QStringLiteral("custom")) &&
           (arguments.has(QStringLiteral("safe")) || arguments.has(QStringLiteral("rename")) ||
            arguments.has(QStringLiteral("accept-drops")) || arguments.has(QStringLiteral("url")));
}

void printWritten(const session::WrittenMigration &written, bool custom)
{
    if (custom)
        printLine(Text::tr("Wrote %1, for your own SQL").arg(written.file));
    else
        printLine(Text::tr("Wrote %1 (statements: %2)").arg(written.file).arg(written.statements));
}

/// What one has to know before one applies it.
void printConditions(const migrate::Plan &plan, bool safe)
{
    if (migrate::needsOwnMigrator(plan))
        printLine(
            Text::tr("Apply it with \"sluice migrate\": drizzle-kit's own migrator cannot run "
                     "statements outside of a transaction"));
    for (const diff::Change &change : safe ? migrate::leftAsTheyWere(plan) : QList<diff::Change>())
        printLine(
            Text::tr("No safe variant, written as without --safe: %1").arg(diff::describe(change)));
}
} // namespace

int generate(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("generate"), words);
    addOptions(arguments);
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    if (contradictsItself(arguments))
        return fail(
            {.kind = base::ErrorKind::InvalidInput,
             .text = Text::tr("A migration for SQL by hand holds none of the code's changes"),
             .where = QStringLiteral("--custom"),
             .hint = Text::tr("leave out --safe, --url, --rename and --accept-drops")});

    const bool custom = arguments.has(QStringLiteral("custom"));
    const base::Result<session::Generated> generated =
        session::generate(installation, {.project = arguments.at(0),
                                         .name = arguments.value(QStringLiteral("name")),
                                         .answers = answersOf(arguments),
                                         .safe = arguments.has(QStringLiteral("safe")),
                                         .custom = custom,
                                         .url = arguments.value(QStringLiteral("url"))});
    if (!generated)
        return fail(generated.error());
    if (session::isIncomplete(generated->problems))
        return failIncomplete(arguments.at(0), generated->problems);
    for (const schema::Problem &problem : session::errorsFirst(generated->problems))
        notice(problem);
    if (generated->written.isEmpty())
        printLine(Text::tr("No schema changes, nothing to generate"));
    for (const QString &unread : generated->planned.unread)
        notice(unread);
    for (const session::WrittenMigration &written : generated->written)
        printWritten(written, custom);
    for (const diff::RenameAnswer &answer : generated->remembered)
        printLine(rememberedText(answer));
    printConditions(generated->planned.plan, arguments.has(QStringLiteral("safe")));
    for (const migrate::PlanLine &line : generated->planned.plan.lines) {
        if (const QString rows = touched(line); !rows.isEmpty())
            printLine(rows);
    }
    printRowsInTheWay(generated->planned.rows, showsRows(arguments));
    return Done;
}

} // namespace cli
