// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/process.h"

#include "load/text.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace load
{

using base::Error;

/// Writes what it is given into a pipe, on a thread of its own. The end that is read has to be
/// closed before this is destroyed early.
class PipeWriter
{
public:
    PipeWriter()
    {
        if (::pipe2(m_ends, O_CLOEXEC) == 0)
            m_thread = std::thread([this] { writeAll(); });
    }
    ~PipeWriter()
    {
        close();
        closeReadEnd();
        if (m_thread.joinable())
            m_thread.join();
    }
    PipeWriter(const PipeWriter &) = delete;
    PipeWriter &operator=(const PipeWriter &) = delete;

    /// What a program opens to read it.
    QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(m_ends[0]); }
    /// When the program has its own.
    void closeReadEnd()
    {
        if (m_ends[0] >= 0)
            ::close(std::exchange(m_ends[0], -1));
    }
    void add(const QByteArray &part)
    {
        const std::lock_guard lock(m_mutex);
        m_parts.append(part);
        m_changed.notify_one();
    }
    /// No more will come.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_isComplete = true;
        m_changed.notify_one();
    }

private:
    void writeAll()
    {
        sigset_t signal;
        sigemptyset(&signal);
        sigaddset(&signal, SIGPIPE); // the program may end before it has read everything
        pthread_sigmask(SIG_BLOCK, &signal, nullptr);
        while (const auto part = next()) {
            if (!write(*part))
                break;
        }
        ::close(m_ends[1]);
    }
    std::optional<QByteArray> next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_isComplete || !m_parts.isEmpty(); });
        return m_parts.isEmpty() ? std::nullopt : std::optional(m_parts.takeFirst());
    }
    bool write(const QByteArray &part) const
    {
        for (qsizetype at = 0; at < part.size();) {
            const ssize_t written =
                ::write(m_ends[1], part.constData() + at, std::size_t(part.size() - at));
            if (written < 0 && errno != EINTR)
                return false;
            at += std::max<ssize_t>(written, 0);
        }
        return true;
    }

    int m_ends[2] = {-1, -1};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QByteArrayList m_parts;
    bool m_isComplete = false;
    std::thread m_thread; ///< the last member: it uses the others
};

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
    , m_writer(std::make_unique<PipeWriter>())
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    m_process->setProcessEnvironment(environment);
    m_process->setWorkingDirectory(command.folder);
    m_process->setStandardInputFile(m_writer->path());
    m_process->start(command.program, command.arguments);
    m_writer->closeReadEnd();
}

StartedProcess::~StartedProcess()
{
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->kill();
    m_process->waitForFinished(-1);
}

void StartedProcess::send(const QByteArray &part)
{
    m_writer->add(part);
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
    m_writer->add(input);
    m_writer->close();
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
