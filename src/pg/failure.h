// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "pg/handshake.h"
#include "pg/settings.h"

#include <QByteArray>

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

namespace pg
{

/// Why a login failed, and what to do. \a limits say how long was waited.
base::Error connectionFailure(const Handshake &handshake, const ConnectOptions &options,
                              const Limits &limits);

/// The host's name leads nowhere.
base::Error unknownName(const Target &target, const QString &detail);

/// The server's error of \a result with SQLSTATE, DETAIL, HINT and the place in \a statement;
/// Connection when the connection broke under it, Cancelled when the person asked for it.
base::Error statementFailure(const PGresult *result, PGconn *connection, const Target &target,
                             const QString &statement);

/// A connection that ended without an answer.
base::Error lostConnection(const Target &target, const QString &detail);

/// \a failure of a write that the server may have carried out before the connection was lost;
/// others as they are.
base::Error withUnknownOutcome(base::Error failure);

/// A connection that was given up: it is there, and nothing comes over it.
base::Error silentServer(const Target &target);

} // namespace pg
