// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <memory>

class QProcess;

namespace load
{

/// Asked while work goes on; true when nobody waits for the answer any more.
using Cancelled = std::function<bool()>;

/// A program to run to its end.
struct Command {
    QString program;
    QStringList arguments;
    QString folder; ///< working directory
    QByteArray input;
    int dataMiB = 0;       ///< of memory that it may have; 0 is without a limit
    int deadline = 60'000; ///< milliseconds of wall-clock time, then the program is killed
};

struct Finished {
    bool crashed = false;
    int code = 0; ///< exit code, or the signal's number when crashed
    QByteArray output;
    QByteArray errors;
};

/// A program that was started and may wait for its input.
class StartedProcess
{
public:
    explicit StartedProcess(const Command &command);
    ~StartedProcess(); ///< ends it when it still runs
    StartedProcess(const StartedProcess &) = delete;
    StartedProcess &operator=(const StartedProcess &) = delete;

    /// Hands it a \a part of its input, which a thread writes when the program reads it.
    void send(const QByteArray &part);

    /// Hands it \a input, the last part, and waits for its end, on the thread that started it; the
    /// deadline counts from here. Fails like run().
    base::Result<Finished> finish(const QByteArray &input, const Cancelled &cancelled);

private:
    Command m_command;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<class PipeWriter> m_writer;
};

/// Runs \a command on the calling (worker) thread with a bare environment: the person's variables
/// stay with the person. Fails when the program cannot be started, is cancelled, or passes its
/// deadline.
base::Result<Finished> run(const Command &command, const Cancelled &cancelled);

} // namespace load
