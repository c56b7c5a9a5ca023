// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>

#include <memory>

typedef struct pg_conn PGconn;
typedef struct pg_cancel PGcancel;

namespace pg
{

/// Asks a server to cancel what one connection runs. libpq 15's PQcancel opens a connection and
/// blocks, so it runs on a thread of its own.
class Canceller
{
public:
    explicit Canceller(PGconn *connection);
    ~Canceller();

    /// Sends the request; finished when the server has taken it or could not be reached. The
    /// connection may go meanwhile.
    QFuture<void> cancel() const;

private:
    std::shared_ptr<PGcancel> m_handle;
};

} // namespace pg
