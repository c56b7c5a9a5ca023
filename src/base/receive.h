// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QCoreApplication>
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <functional>

namespace base
{

/// Hands the result of \a future to \a callback on the receiver's thread, once, while the receiver
/// lives.
///
/// The one way to receive a future. The watcher is a child of the receiver: when the receiver dies,
/// the callback is never called and the work behind the future is cancelled. A promise that was
/// abandoned or cancelled finishes without a result; that arrives as an Error of kind Cancelled,
/// since QFuture::result() on it would crash. Returns the watcher, so that a newer request can
/// cancel an older one: disregard(watcher).
template <typename T, typename Callback>
QFutureWatcher<Result<T>> *receive(QObject *receiver, QFuture<Result<T>> future, Callback callback)
{
    class Watcher final : public QFutureWatcher<Result<T>>
    {
    public:
        using QFutureWatcher<Result<T>>::QFutureWatcher;
        ~Watcher() override
        {
            if (!this->isFinished())
                this->cancel();
        }
    };
    auto *watcher = new Watcher(receiver);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, receiver,
        [watcher, callback = std::move(callback)]() mutable {
            watcher->deleteLater();
            const QFuture<Result<T>> finished = watcher->future();
            if (finished.resultCount() > 0)
                callback(finished.resultAt(0));
            else
                callback(Result<T>(Error{
                    .kind = ErrorKind::Cancelled,
                    .text = QCoreApplication::translate("base", "The work was cancelled"),
                }));
        });
    watcher->setFuture(std::move(future));
    return watcher;
}

/// Makes the answer that \a watcher waits for void and cancels the work: its callback is never
/// called.
inline void disregard(QFutureWatcherBase *watcher)
{
    if (!watcher)
        return;
    watcher->disconnect();
    watcher->cancel();
    watcher->deleteLater();
}

/// Waits for \a future without an event loop: for the command line and tests, never on a GUI
/// thread.
template <typename T> Result<T> await(QFuture<Result<T>> future)
{
    future.waitForFinished();
    if (future.resultCount() > 0)
        return future.resultAt(0);
    return Error{.kind = ErrorKind::Cancelled,
                 .text = QCoreApplication::translate("base", "The work was cancelled")};
}

/// A future that is finished already.
template <typename T> QFuture<Result<T>> ready(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

} // namespace base
