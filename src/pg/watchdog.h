// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "pg/settings.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace pg
{

/// Ends the wait for a server from which nothing comes any more while a question is open. Where
/// the server itself ends a statement after a while, it had its time; what may take as long as it
/// takes (a migration's CREATE INDEX) is given up only when the server does not answer anybody else
/// either, several times in a row. Lives on the I/O thread, as long as the work.
class Watchdog final : public QObject
{
public:
    struct Work {
        /// How long the question has been open; zero without one.
        std::function<std::chrono::milliseconds()> openFor;
        std::function<void()> giveUp;
    };

    /// Asks by way of \a tunnelPort, when that is not 0.
    Watchdog(const Settings &settings, const Limits &limits, int tunnelPort, Access access,
             Work work, QObject *parent);

private:
    void look();
    void knock();
    void heard(bool isThere);

    const Settings m_settings;
    const Limits m_limits;
    const int m_tunnelPort;
    const bool m_endsByItself; ///< the server ends such a statement
    const std::chrono::milliseconds m_patience;
    const Work m_work;
    QTimer m_timer;
    int m_knocks = 0;        ///< generation: a late answer to an earlier one is void
    int m_unanswered = 0;    ///< in a row
    QElapsedTimer m_knocked; ///< invalid while nobody waits for an answer
    QElapsedTimer m_heard;   ///< since the last answer
};

} // namespace pg
