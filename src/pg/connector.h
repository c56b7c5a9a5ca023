// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/pool.h"
#include "pg/settings.h"

#include <memory>

typedef struct pg_conn PGconn;

namespace pg
{

struct CloseConnection {
    void operator()(PGconn *connection) const;
};
using ConnectionHandle = std::unique_ptr<PGconn, CloseConnection>;

/// What libpq is given: the settings' text, checked, without URL parameters that libpq does not
/// know.
base::Result<QByteArray> connectionText(const Settings &settings);

/// Connects, sets the session up and compares the system identifier. Blocks (name look-up, login):
/// for worker threads. The connection that comes back is non-blocking and idle.
base::Result<ConnectionHandle> connectTo(const Settings &settings, const Limits &limits);

/// Whether the server says anything to somebody who knocks, be it that it takes no one. Blocks.
bool isAnswering(const Settings &settings, const Limits &limits);

} // namespace pg
