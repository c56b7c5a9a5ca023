// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

#include <sys/types.h>

namespace pg
{

/// The user that PostgreSQL's server programs run as: ourselves, or `postgres` when we are root,
/// which they refuse.
struct ServerUser {
    uid_t user = 0;
    gid_t group = 0;
    bool isOther = false; ///< not ourselves
};
base::Result<ServerUser> serverUser();

/// The folder with initdb, pg_ctl and postgres: the one of \a majorVersion ("15"), or the newest
/// installed when that is empty.
base::Result<QString> serverProgramFolder(const QString &majorVersion = {});

/// Runs a server program as \a user with PostgreSQL's own environment variables taken away, and
/// waits for its end. The answer is its standard output; the error's detail holds what it said.
base::Result<QByteArray> runServerProgram(const ServerUser &user, const QString &program,
                                          const QStringList &arguments);

} // namespace pg
