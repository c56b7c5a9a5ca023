// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/handshake.h"
#include "pg/pool.h"
#include "pg/settings.h"

#include <optional>

namespace pg
{

/// What a connection of ours is made with, beside what the settings say.
/// A \a tunnelPort is the one of this machine that leads to the server.
base::Result<ConnectOptions> ourOptions(const Settings &settings, const Limits &limits,
                                        int tunnelPort = 0);

/// Sets the session of a new connection up and compares the system identifier; blocks. The
/// connection is non-blocking and idle afterwards.
std::optional<base::Error> setUp(PGconn *connection, const Settings &settings, const Limits &limits,
                                 const Target &target);

/// Connects, sets the session up and compares the system identifier. Blocks (name look-up, login):
/// for worker threads. The connection that comes back is non-blocking and idle.
base::Result<ConnectionHandle> connectTo(const Settings &settings, const Limits &limits,
                                         int tunnelPort = 0);

/// Whether the server says anything to somebody who knocks, be it that it takes no one. Blocks.
bool isAnswering(const Settings &settings, const Limits &limits, int tunnelPort = 0);

} // namespace pg
