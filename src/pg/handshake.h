// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "pg/connectoptions.h"
#include "pg/diagnosis.h"
#include "pg/pool.h"

#include <array>
#include <memory>

class QElapsedTimer;
typedef struct pg_conn PGconn;

namespace pg
{

struct CloseConnection {
    void operator()(PGconn *connection) const;
};
using ConnectionHandle = std::unique_ptr<PGconn, CloseConnection>;

/// How far a login came, known from its course and not from libpq's words, which come in the
/// person's language.
struct Handshake {
    ConnectionHandle connection;
    bool isDone = false;
    Step step = Step::Name;  ///< the one it ended in
    char firstByte = 0;      ///< what the server said first; 0: nothing
    bool isStranger = false; ///< it answered, as PostgreSQL never does
    bool isEncrypted = false;
    bool timedOut = false;
    QString message;  ///< libpq's or the server's words
    QString sqlState; ///< of the server's refusal; empty when it was none
    std::array<std::chrono::milliseconds, 6> times{}; ///< by Step
};

/// Waits until \a connection can be read from (or, \a toWrite, written to) and blocks meanwhile;
/// false when \a deadline, in ms on \a clock, is over.
bool waitFor(PGconn *connection, bool toWrite, const QElapsedTimer &clock, qint64 deadline);

/// Logs in and blocks meanwhile, for the limits' time at most, but for looking a name up, which has
/// no limit. \a progress is called at each new step.
Handshake shakeHands(const ConnectOptions &options, const Limits &limits,
                     const std::function<void(const Handshake &)> &progress = {});

} // namespace pg
