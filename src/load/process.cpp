// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/process.h"

#include "load/text.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>

namespace load
{

using base::Error;

namespace
{

constexpr int slice = 50; ///< milliseconds between two looks at the cancel flag

Error notStarted(const Command &command, const QString &reason)
{
    return {.kind = base::ErrorKind::Process,
            .text = Text::tr("A helper program of Sluice cannot be started"),
            .where = command.program,
            .detail = reason,
            .hint = Text::tr("Build or install Sluice again")};
}

/// Waits until \a process ends; an error when it had to be killed.
std::optional<Error> waitFor(QProcess &process, const Command &command, const Cancelled &cancelled)
{
    const QDeadlineTimer deadline(command.deadline);
    while (!process.waitForFinished(slice)) {
        if (process.state() == QProcess::NotRunning)
            return std::nullopt;
        if (!cancelled() && !deadline.hasExpired())
            continue;
        const bool late = deadline.hasExpired();
        process.kill();
        process.waitForFinished(-1);
        if (late)
            return Error{.kind = base::ErrorKind::Limit,
                         .text = Text::tr("%1 did not finish within %2 seconds")
                                     .arg(QFileInfo(command.program).fileName())
                                     .arg(command.deadline / 1000)};
        return Error{.kind = base::ErrorKind::Cancelled,
                     .text = Text::tr("The work was cancelled")};
    }
    return std::nullopt;
}

} // namespace

base::Result<Finished> run(const Command &command, const Cancelled &cancelled)
{
    QProcess process;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(command.folder);
    process.start(command.program, command.arguments);
    if (!process.waitForStarted())
        return notStarted(command, process.errorString());
    process.write(command.input);
    process.closeWriteChannel();
    if (const auto error = waitFor(process, command, cancelled))
        return *error;
    return Finished{.crashed = process.exitStatus() == QProcess::CrashExit,
                    .code = process.exitCode(),
                    .output = process.readAllStandardOutput(),
                    .errors = process.readAllStandardError()};
}

} // namespace load
