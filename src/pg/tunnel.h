// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/settings.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace pg
{

/// A way to a server through the system's ssh: a port of this machine that leads to the target as
/// its SSH host sees it. A port and not a socket in a closed folder, since libpq speaks no TLS over
/// one; the server asks others of this machine for a password as it asks us. ssh has its own
/// configuration, keys and agent, and may ask nothing. It ends with this object, and with the
/// thread that started it.
class Tunnel final : public QObject
{
public:
    using Answer = std::function<void(const base::Result<int> &port)>;

    Tunnel(Target target, std::chrono::milliseconds limit, QObject *parent = nullptr);
    ~Tunnel() override;

    /// Hands the port over as soon as it is open; starts ssh when it does not run (any more).
    void whenOpen(Answer answer);
    /// Looks whether ssh is gone, which may be known before it is told.
    bool hasEnded();
    /// The same on a thread without an event loop.
    base::Result<int> open();
    /// What ssh has said since the tunnel was opened, on one line: why it cannot reach the target.
    /// Waits a moment for it; on a thread without an event loop.
    QString saidOfTarget();

private:
    void start();
    void listen();
    void ended();
    void answer(const base::Result<int> &result);
    base::Error failure() const;
    QString said() const;

    const Target m_target;
    const std::chrono::milliseconds m_limit;
    QProcess m_process;
    QTimer m_deadline;
    QByteArray m_said;
    int m_port = 0;
    bool m_isOpen = false;
    bool m_isLate = false;
    std::vector<Answer> m_waiting;
};

} // namespace pg
