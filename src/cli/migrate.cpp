// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/rowsintheway.h"
#include "cli/text.h"
#include "session/operations.h"

#include <QRegularExpression>

namespace cli
{

namespace
{
/// 3s, 500ms, 2min or plain milliseconds, as PostgreSQL reads its own time settings.
base::Result<int> milliseconds(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,7})(ms|s|min)?$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("'%1' is no time").arg(text),
                           .where = QStringLiteral("--lock-timeout"),
                           .hint = Text::tr("write 500ms, 3s or 2min")};
    const int number = match.captured(1).toInt();
    const QString unit = match.captured(2);
    if (unit == QLatin1String("s"))
        return number * 1'000;
    return unit == QLatin1String("min") ? number * 60'000 : number;
}
void declare(Arguments &arguments)
{
    arguments.positional(QStringLiteral("project"), Text::tr("The project's folder."));
    arguments.option(QStringLiteral("url"), Text::tr("The database, instead of the config's."),
                     QStringLiteral("url"));
    arguments.option(QStringLiteral("dry-run"), Text::tr("Shows what would run."));
    arguments.option(QStringLiteral("lock-timeout"), Text::tr("How long to wait for a lock."),
                     QStringLiteral("time"), QStringLiteral("3s"));
    arguments.option(QStringLiteral("retries"),
                     Text::tr("How often to try again after a lock timeout."),
                     QStringLiteral("number"), QStringLiteral("3"));
    arguments.option(QStringLiteral("remote"), Text::tr("Allows a server off this machine."));
    arguments.option(QStringLiteral("unasked"),
                     Text::tr("Does not look for rows that would make a migration fail before the "
                              "first one runs."));
    rowsOption(arguments);
}

void printApplied(const session::Migrated &migrated, qsizetype index)
{
    printLine(Text::tr("Applied %1 to %2").arg(migrated.tags[index], migrated.server));
}

/// What is applied stays so, even when the next one fails.
void printBegun(const session::Migrated &migrated)
{
    if (migrated.tags.size() > 1)
        printApplied(migrated, migrated.tags.size() - 2);
    progress(migrated.tags.last());
}

int report(const session::Migrated &migrated, bool dryRun, bool showRows)
{
    if (migrated.tags.isEmpty())
        printLine(Text::tr("Nothing is pending on %1").arg(migrated.server));
    for (const QString &statement : migrated.statements)
        printLine(statement);
    if (!dryRun && !migrated.tags.isEmpty())
        printApplied(migrated, migrated.tags.size() - 1);
    printRowsInTheWay(migrated.rows, showRows);
    return migrated.rows.violations.isEmpty() ? Done
                                              : fail(runner::stopped(migrated.rows.violations));
}
} // namespace

int migrate(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("migrate"), words);
    declare(arguments);
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<int> lockTimeout =
        milliseconds(arguments.value(QStringLiteral("lock-timeout")));
    if (!lockTimeout)
        return fail(lockTimeout.error());
    bool isNumber = false;
    const int retries = arguments.value(QStringLiteral("retries")).toInt(&isNumber);
    if (!isNumber || retries < 0)
        return fail({.text = Text::tr("'%1' is no number of retries")
                                 .arg(arguments.value(QStringLiteral("retries"))),
                     .where = QStringLiteral("--retries")});

    const bool dryRun = arguments.has(QStringLiteral("dry-run"));
    const bool showRows = showsRows(arguments);
    const base::Result<session::Migrated> migrated = session::applyMigrations(
        installation,
        {.server = {.project = arguments.at(0),
                    .url = arguments.value(QStringLiteral("url")),
                    .remote = arguments.has(QStringLiteral("remote"))},
         .dryRun = dryRun,
         .lockTimeout = *lockTimeout,
         .retries = retries,
         .askFirst = !arguments.has(QStringLiteral("unasked")),
         .rowsInTheWay = [showRows](const auto &rows) { printRowsInTheWay(rows, showRows); }},
        printBegun);
    return migrated ? report(*migrated, dryRun, showRows) : fail(migrated.error());
}

} // namespace cli
