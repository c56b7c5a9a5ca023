// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/language.h"
#include "cli/command.h"

#include <QCoreApplication>

#include <cstdio>

namespace
{
QString usage()
{
    QString text = QCoreApplication::translate("cli", "Usage: sluice <command> …\n\nCommands:\n");
    for (const cli::Command &command : cli::commands())
        text += QStringLiteral("  %1 %2\n      %3\n")
                    .arg(command.name, command.arguments, command.summary);
    text += QCoreApplication::translate(
        "cli",
        "\nA source is a project folder or its drizzle.config.* file, one .ts schema file, "
        "folder:<project>,\n"
        "a snapshot .json, or a postgres:// URL. Every command has --help.\n\n"
        "Exit codes: inspect, diff, check, status, audit, query, export and\n"
        "import --dry-run: 0 nothing found, 1 something found, 2 not done.\n"
        "generate, migrate, import and sample: 0 done or nothing to do, 2 not done.\n\n"
        "An unchanged project is answered from what was kept of it; with SLUICE_NO_CACHE=1 in the\n"
        "environment it is evaluated again.\n");
    return text;
}

/// What could not be written was not done, whatever was found.
int ended(int code)
{
    const bool isWritten = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    return isWritten ? code
                     : cli::fail({.kind = base::ErrorKind::Io,
                                  .text = QCoreApplication::translate(
                                      "cli", "The output could not be written")});
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sluice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    const base::Installation installation =
        base::installationOf(QCoreApplication::applicationDirPath());
    base::installTranslations(application, installation.translations());

    QStringList arguments = application.arguments().mid(1);
    const QString name = arguments.isEmpty() ? QString() : arguments.takeFirst();
    if (name == QLatin1String("--help") || name == QLatin1String("-h") ||
        name == QLatin1String("help")) {
        cli::print(usage());
        return cli::Done;
    }
    if (name == QLatin1String("--version")) {
        cli::printLine(QStringLiteral("sluice " SLUICE_VERSION));
        return cli::Done;
    }
    for (const cli::Command &command : cli::commands()) {
        if (command.name == name)
            return ended(command.run(installation, arguments));
    }
    return cli::fail(
        {.kind = base::ErrorKind::InvalidInput,
         .text =
             name.isEmpty()
                 ? QCoreApplication::translate("cli", "No command was given")
                 : QCoreApplication::translate("cli", "Unknown command '%1'").arg(cli::typed(name)),
         .hint = QCoreApplication::translate("cli", "see sluice --help")});
}
