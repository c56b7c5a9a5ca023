// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "pg/pool.h"
#include "pg/settings.h"

#include <QFuture>
#include <QList>

#include <chrono>
#include <functional>
#include <optional>

namespace pg
{

/// What has to work, one after the other, before a server takes a query.
enum class Step {
    Tunnel,  ///< the SSH host lets us in; only where there is one, and then it knows the name
    Name,    ///< the host's name is known
    Port,    ///< a PostgreSQL server answers there
    Tls,     ///< the connection is encrypted, and by whom it should be
    Login,   ///< the user is let in
    Database ///< the database is there and may be used
};

struct StepResult {
    enum class State { NotReached, Done, Skipped, Failed }; ///< Skipped: there was nothing to do
    Step step = Step::Name;
    State state = State::NotReached;
    QString found; ///< what it came to, in words; empty when it was not reached or has failed
    std::chrono::milliseconds time{};
};

/// How connecting went, step by step. Holds no secret.
struct Diagnosis {
    Target target;
    QList<StepResult> steps;          ///< in order
    std::optional<base::Error> error; ///< what the failed step says, with what to do

    bool works() const { return !error; }
    /// Null for a step that this connection does not take.
    const StepResult *at(Step step) const;
};

/// Connects once, as a Pool does, and closes. Ends after the time for connecting, twice at most;
/// the error is that of settings nobody could connect by. \a progress is told on a worker thread
/// what is known so far.
QFuture<base::Result<Diagnosis>> diagnose(const Settings &settings, const Limits &limits = {},
                                          std::function<void(const Diagnosis &)> progress = {});

} // namespace pg
