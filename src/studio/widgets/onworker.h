// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace studio
{

/// What takes longer than a frame, on a thread of its own; \a work owns what it works on.
template <typename T> QFuture<base::Result<T>> onWorker(std::function<base::Result<T>()> work)
{
    auto promise = std::make_shared<QPromise<base::Result<T>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        if (!promise->isCanceled())
            promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

} // namespace studio
