// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/canceller.h"
#include "pg/connector.h"
#include "pg/pool.h"
#include "pg/resultpage.h"
#include "rows/page.h"
#include "sql/statement.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>

#include <chrono>
#include <functional>
#include <optional>

namespace pg
{

/// One connection on the I/O thread: runs one statement at a time, driven by its socket.
class Connection final : public QObject
{
public:
    using Answer = std::function<void(base::Result<rows::Page>)>;
    /// It broke under us, or what ran left it in a state in which it is not used again.
    enum class End { Broken, Unusable };

    Connection(ConnectionHandle handle, Target target, QObject *parent);

    /// Called when the socket says something, or the end, while nothing runs: the connection is
    /// lost.
    std::function<void(End)> onLost;
    /// Called when the connection can take the next statement.
    std::function<void()> onIdle;

    bool isIdle() const { return m_handle && !m_running && !m_cancelling; }
    /// What ran is answered, and the connection will be idle without anything to wait for.
    bool isEnding() const { return m_running && !m_answer; }
    /// Looks whether the server has gone meanwhile; calls onLost and returns false if so.
    bool isStillThere();
    /// In ms, with the time that the machine slept.
    qint64 idleTime() const;
    /// In ms since the machine started: stays as it is while connections are put in order.
    qint64 idleSince() const { return m_idleSince; }
    /// How long what runs has been running; zero when nothing does.
    std::chrono::milliseconds runTime() const;

    void run(const sql::Statement &statement, Access access, Answer answer);
    /// Asks the server to cancel what runs; the answer comes as an error of kind Cancelled.
    void cancel();
    /// Leaves a server that does not answer any more: what runs ends with that error.
    void giveUp();

    /// Takes the connection out of the event loop, for a transaction on a worker thread.
    ConnectionHandle release();

private:
    void watch();
    void unwatch();
    void flush();
    void read();
    void collect();
    void take(ResultHandle result);
    void finish();
    void tell(base::Result<rows::Page> result);
    void cancelAgain();
    void fail(base::Error error);

    ConnectionHandle m_handle;
    Target m_target;
    QSocketNotifier *m_readable = nullptr;
    QSocketNotifier *m_writable = nullptr;

    bool m_running = false;
    int m_runs = 0; ///< statements so far: which one runs
    bool m_cancelling = false;
    qint64 m_idleSince = 0; ///< in ms since the machine started
    QElapsedTimer m_asked;
    Access m_access = Access::Read;
    QString m_text;
    Answer m_answer;
    int m_step = 0;      ///< which statement of the pipeline the next result belongs to
    int m_syncs = 0;     ///< pipeline syncs still to come
    ResultHandle m_rows; ///< what the person's statement gave
    std::optional<base::Error> m_error;
};

} // namespace pg
