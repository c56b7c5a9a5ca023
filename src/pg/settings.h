// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace pg
{

/// Where to connect. Only `url` holds a secret; it is never printed. display() is what people see.
struct Settings {
    QString url; ///< postgres:// URL or libpq key=value text
    /// For a server that must be the one we know: pg_control_system().system_identifier, else
    /// empty.
    QString expectedSystemIdentifier;

    bool operator==(const Settings &) const = default;
};

struct Target {
    QString host; ///< a name, an address or a socket folder
    int port = 5432;
    QString user;
    QString database;
    QString display() const;  ///< user@host:port/database, without the password
    bool isLocalhost() const; ///< a Unix socket, localhost, 127.0.0.0/8 or ::1
};

/// The parts of \a settings without the secret; InvalidInput when it cannot be parsed.
base::Result<Target> target(const Settings &settings);

} // namespace pg
