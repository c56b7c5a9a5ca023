// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace pg
{

/// Where to connect. `url` and `password` are secret and never printed; Target::display() is what
/// people see.
struct Settings {
    /// postgres:// URL or libpq key=value text; either may name a service. What it leaves out comes
    /// from the environment, the service file and the password file, as with psql.
    QString url;
    /// For a server that must be the one we know: pg_control_system().system_identifier, else
    /// empty.
    QString expectedSystemIdentifier{};
    QString password{}; ///< instead of the url's own; empty: that one, or the password file's
    /// user@host[:port], or a name from ssh's own configuration: the server is reached from there,
    /// by way of the system's ssh. Empty: directly.
    QString ssh{};

    bool operator==(const Settings &) const = default;
};

/// What is connected to in the end, wherever it was written.
struct Target {
    QString host; ///< a name, an address or a socket folder; several with commas between
    int port = 5432;
    QString user;
    QString database;
    QString ssh;              ///< as in Settings: host is a name there
    QString display() const;  ///< user@host:port/database [via ssh], without the password
    bool isLocalhost() const; ///< this machine's Unix socket, localhost, 127.0.0.0/8 or ::1
};

/// The parts of \a settings without the secret, with what the service file and the environment say;
/// InvalidInput when they cannot be read, NotFound for an unknown service.
base::Result<Target> target(const Settings &settings);

} // namespace pg
