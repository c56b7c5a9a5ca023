// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "schema/problem.h"
#include "session/connection.h"

#include <QStringList>

#include <array>
#include <optional>

namespace session
{

/// What two neighbours of code ↔ folder ↔ ledger ↔ database say about each other.
struct Agreement {
    enum class State { InStep, Differs, Unknown };
    enum class Pair { CodeAndFolder, FolderAndLedger, LedgerAndDatabase };
    Pair pair = Pair::CodeAndFolder;
    State state = State::Unknown;
    QStringList findings; ///< what they differ in; of an unknown one why it is not known
    QString action;       ///< what heals it; empty when in step
};

/// The whole chain: when every pair is in step, all four are.
struct Status {
    QString server;                      ///< user@host:port/database, empty without one
    QList<schema::Problem> problems;     ///< of the code and the catalog
    std::array<Agreement, 3> pairs;      ///< in the order of Agreement::Pair
    std::optional<base::Error> obstacle; ///< why a pair is unknown

    /// The first pair that differs is the one to heal first: the later ones depend on it. Null when
    /// none does.
    const Agreement *firstToHeal() const;
};

/// Looks at all four and changes none.
base::Result<Status> status(const base::Installation &installation, const ServerOptions &options);

} // namespace session
