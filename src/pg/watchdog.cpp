// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/watchdog.h"

#include "pg/connector.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>
#include <thread>

namespace pg
{

namespace
{
constexpr int mostUnanswered = 3;

/// A little longer than the server's own limit, ms.
std::chrono::milliseconds patienceOf(const Limits &limits)
{
    const int limit =
        limits.statementTimeout > 0 ? limits.statementTimeout : Limits().statementTimeout;
    return std::chrono::milliseconds(limit + limit / 6);
}
} // namespace

Watchdog::Watchdog(const Settings &settings, const Limits &limits, int tunnelPort, Access access,
                   Work work, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_limits(limits)
    , m_tunnelPort(tunnelPort)
    , m_endsByItself(access == Access::Read && limits.statementTimeout > 0)
    , m_patience(patienceOf(limits))
    , m_work(std::move(work))
{
    connect(&m_timer, &QTimer::timeout, this, &Watchdog::look);
    m_timer.start(std::max(std::chrono::milliseconds(50), m_patience / 70));
}

void Watchdog::look()
{
    if (m_work.openFor() < m_patience) {
        m_unanswered = 0;
        return;
    }
    if (m_endsByItself)
        return m_work.giveUp();
    // Looking up the server's name has no limit of its own.
    const int longest = std::max(m_limits.connectTimeout, 2'000) + 1'000;
    if (m_knocked.isValid() && m_knocked.hasExpired(longest))
        heard(false);
    else if (!m_knocked.isValid() && (!m_heard.isValid() || m_heard.hasExpired(longest)))
        knock();
}

void Watchdog::knock()
{
    m_knocked.start();
    QPromise<bool> promise;
    promise.start();
    auto *watcher = new QFutureWatcher<bool>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, knock = ++m_knocks] {
        watcher->deleteLater();
        if (knock == m_knocks)
            heard(watcher->result());
    });
    watcher->setFuture(promise.future());
    // Detached, as connecting is: nothing must wait for a name server that does not answer.
    std::thread([promise = std::move(promise), settings = m_settings, limits = m_limits,
                 port = m_tunnelPort]() mutable {
        promise.addResult(isAnswering(settings, limits, port));
        promise.finish();
    }).detach();
}

void Watchdog::heard(bool isThere)
{
    ++m_knocks;
    m_knocked.invalidate();
    m_unanswered = isThere ? 0 : m_unanswered + 1;
    if (isThere)
        m_heard.start();
    else
        m_heard.invalidate();
    if (m_unanswered >= mostUnanswered)
        m_work.giveUp();
}

} // namespace pg
