// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>

namespace pg
{

/// What a pool knows of its server without asking. Read on any thread, noted on the I/O thread.
class PoolState final : public QObject
{
    Q_OBJECT

public:
    /// Of the last connection (150020), 0 before the first.
    int serverVersion() const { return m_serverVersion; }
    int openConnections() const { return m_openConnections; }
    /// The last connection broke, or none could be made; until one is made. What rests is closed
    /// without that.
    bool isServerLost() const { return m_isServerLost; }

    void noteVersion(int version);
    void noteConnections(int count);
    void noteLost();
    void noteReached();

Q_SIGNALS:
    void changed(); ///< on the I/O thread

private:
    std::atomic<int> m_serverVersion = 0;
    std::atomic<int> m_openConnections = 0;
    std::atomic<bool> m_isServerLost = false;
};

} // namespace pg
