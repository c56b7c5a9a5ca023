// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QtConcurrent>

#include <memory>
#include <optional>

namespace runner
{

/// What a transaction's work leaves behind for the one who asked. Only the worker writes it, and
/// only before its future finishes.
template <typename T> using Outcome = std::shared_ptr<std::optional<T>>;

/// Cancels work that nobody waits for any more.
class Claim
{
public:
    explicit Claim(QFuture<base::Result<base::Done>> work)
        : m_work(std::move(work))
    {
    }
    ~Claim()
    {
        if (!m_work.isFinished())
            m_work.cancel();
    }
    Claim(const Claim &) = delete;
    Claim &operator=(const Claim &) = delete;
    const QFuture<base::Result<base::Done>> &work() const { return m_work; }
    void cancel() { m_work.cancel(); }

private:
    QFuture<base::Result<base::Done>> m_work;
};

/// \a work's future with the value that it left in \a outcome. Cancelling the returned future
/// cancels the work. A thread waits for both in an event loop of its own: the caller's thread may
/// have none.
template <typename T>
QFuture<base::Result<T>> deliver(QFuture<base::Result<base::Done>> work, Outcome<T> outcome)
{
    // A future that is cancelled before its thread starts never runs this; the claim dies
    // nevertheless.
    const auto claim = std::make_shared<Claim>(std::move(work));
    return QtConcurrent::run([claim, outcome](QPromise<base::Result<T>> &promise) {
        QEventLoop loop;
        QFutureWatcher<base::Result<base::Done>> worker;
        QFutureWatcher<base::Result<T>> asked;
        QObject::connect(&worker, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        QObject::connect(&asked, &QFutureWatcherBase::canceled, &worker, [&] { claim->cancel(); });
        asked.setFuture(promise.future());
        worker.setFuture(claim->work());
        loop.exec();
        if (claim->work().resultCount() == 0)
            return;
        if (const base::Result<base::Done> result = claim->work().resultAt(0); !result)
            promise.addResult(result.error());
        else if (*outcome)
            promise.addResult(**outcome);
    });
}

} // namespace runner
