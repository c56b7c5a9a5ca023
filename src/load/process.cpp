// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/process.h"

#include "load/text.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>

#include <sys/resource.h>

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

StartedProcess::StartedProcess(const Command &command)
    : m_command(command)
    , m_process(std::make_unique<QProcess>())
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    m_process->setProcessEnvironment(environment);
    m_process->setWorkingDirectory(command.folder);
    m_process->start(command.program, command.arguments);
}

StartedProcess::~StartedProcess()
{
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->kill();
    m_process->waitForFinished(-1);
}

base::Result<Finished> StartedProcess::finish(const QByteArray &input, const Cancelled &cancelled)
{
    if (!m_process->waitForStarted())
        return notStarted(m_command, m_process->errorString());
    // Before it has read its input a program has done nothing yet.
    if (m_command.dataMiB > 0) {
        const rlim_t bytes = rlim_t(m_command.dataMiB) << 20;
        const rlimit limits{bytes, bytes};
        prlimit(pid_t(m_process->processId()), RLIMIT_DATA, &limits, nullptr);
    }
    m_process->write(input);
    m_process->closeWriteChannel();
    if (const auto error = waitFor(*m_process, m_command, cancelled))
        return *error;
    return Finished{.crashed = m_process->exitStatus() == QProcess::CrashExit,
                    .code = m_process->exitCode(),
                    .output = m_process->readAllStandardOutput(),
                    .errors = m_process->readAllStandardError()};
}

base::Result<Finished> run(const Command &command, const Cancelled &cancelled)
{
    return StartedProcess(command).finish(command.input, cancelled);
}

} // namespace load
