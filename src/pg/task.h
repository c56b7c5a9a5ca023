// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFutureWatcher>
#include <QPromise>

#include <functional>
#include <optional>

namespace pg
{

class Transaction;

/// Work on a transaction with the promise of its result, whatever type that has. run() is called on
/// a worker thread, everything else on the I/O thread.
class Task
{
public:
    virtual ~Task() = default;
    virtual void
    run(Transaction &transaction) = 0; ///< keeps the result and lets go of what the work holds
    virtual void fail(base::Error error) = 0; ///< an error in the result's place
    virtual void finish() = 0;                ///< hands the result over
    virtual QFutureWatcherBase *watch(QObject *parent) const = 0;
};

template <typename T> class TypedTask final : public Task
{
public:
    explicit TypedTask(std::function<base::Result<T>(Transaction &)> work)
        : m_work(std::move(work))
    {
        m_promise.start();
    }

    QFuture<base::Result<T>> future() const { return m_promise.future(); }

    void run(Transaction &transaction) override
    {
        m_result = m_work(transaction);
        m_work = {};
    }
    void fail(base::Error error) override { m_result = base::Result<T>(std::move(error)); }
    void finish() override
    {
        m_promise.addResult(std::move(*m_result));
        m_promise.finish();
    }
    QFutureWatcherBase *watch(QObject *parent) const override
    {
        auto *watcher = new QFutureWatcher<base::Result<T>>(parent);
        watcher->setFuture(m_promise.future());
        return watcher;
    }

private:
    std::function<base::Result<T>(Transaction &)> m_work;
    std::optional<base::Result<T>> m_result;
    QPromise<base::Result<T>> m_promise;
};

} // namespace pg
