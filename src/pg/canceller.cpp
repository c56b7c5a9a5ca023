// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/canceller.h"

#include <QPromise>

#include <libpq-fe.h>

#include <array>
#include <thread>

namespace pg
{

Canceller::Canceller(PGconn *connection)
    : m_handle(PQgetCancel(connection), PQfreeCancel)
{
}

Canceller::~Canceller() = default;

QFuture<void> Canceller::cancel() const
{
    QPromise<void> promise;
    const QFuture<void> sent = promise.future();
    promise.start();
    // Detached: towards a host that does not answer it would keep the program from ending.
    std::thread([handle = m_handle, promise = std::move(promise)]() mutable {
        std::array<char, 256> message;
        if (handle)
            PQcancel(handle.get(), message.data(), int(message.size()));
        promise.finish();
    }).detach();
    return sent;
}

} // namespace pg
