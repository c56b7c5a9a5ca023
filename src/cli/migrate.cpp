// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "session/operations.h"

#include <QCoreApplication>
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
                           .text = QCoreApplication::translate("cli", "'%1' is no time").arg(text),
                           .where = QStringLiteral("--lock-timeout"),
                           .hint = QCoreApplication::translate("cli", "write 500ms, 3s or 2min")};
    const int number = match.captured(1).toInt();
    const QString unit = match.captured(2);
    if (unit == QLatin1String("s"))
        return number * 1'000;
    return unit == QLatin1String("min") ? number * 60'000 : number;
}
} // namespace

int migrate(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("migrate"), words);
    arguments.positional(QStringLiteral("project"),
                         QCoreApplication::translate("cli", "The project's folder."));
    arguments.option(QStringLiteral("url"),
                     QCoreApplication::translate("cli", "The database, instead of the config's."),
                     QStringLiteral("url"));
    arguments.option(QStringLiteral("dry-run"),
                     QCoreApplication::translate("cli", "Shows what would run."));
    arguments.option(QStringLiteral("lock-timeout"),
                     QCoreApplication::translate("cli", "How long to wait for a lock."),
                     QStringLiteral("time"), QStringLiteral("3s"));
    arguments.option(
        QStringLiteral("retries"),
        QCoreApplication::translate("cli", "How often to try again after a lock timeout."),
        QStringLiteral("number"), QStringLiteral("3"));
    arguments.option(QStringLiteral("remote"),
                     QCoreApplication::translate("cli", "Allows a server off this machine."));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const base::Result<int> lockTimeout =
        milliseconds(arguments.value(QStringLiteral("lock-timeout")));
    if (!lockTimeout)
        return fail(lockTimeout.error());
    bool isNumber = false;
    const int retries = arguments.value(QStringLiteral("retries")).toInt(&isNumber);
    if (!isNumber || retries < 0)
        return fail({.text = QCoreApplication::translate("cli", "'%1' is no number of retries")
                                 .arg(arguments.value(QStringLiteral("retries"))),
                     .where = QStringLiteral("--retries")});

    const bool dryRun = arguments.has(QStringLiteral("dry-run"));
    const base::Result<session::Migrated> migrated =
        session::applyMigrations(installation,
                                 {.server = {.project = arguments.at(0),
                                             .url = arguments.value(QStringLiteral("url")),
                                             .remote = arguments.has(QStringLiteral("remote"))},
                                  .dryRun = dryRun,
                                  .lockTimeout = *lockTimeout,
                                  .retries = retries},
                                 [](const QString &tag) { progress(tag); });
    if (!migrated)
        return fail(migrated.error());
    if (migrated->tags.isEmpty())
        printLine(
            QCoreApplication::translate("cli", "Nothing is pending on %1").arg(migrated->server));
    for (const QString &statement : migrated->statements)
        printLine(statement);
    if (!dryRun) {
        for (const QString &tag : migrated->tags)
            printLine(
                QCoreApplication::translate("cli", "Applied %1 to %2").arg(tag, migrated->server));
    }
    return Done;
}

} // namespace cli
