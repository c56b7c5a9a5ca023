// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "migrate/finding.h"
#include "migrate/migrationhazards.h"
#include "session/connection.h"

#include <optional>

namespace session
{

/// What the doctor says of a project's migrations folder.
struct Checked {
    QString folder;
    QString server; ///< user@host:port/database whose ledger was read; empty without one
    QList<migrate::Finding> findings;
    std::optional<base::Error> noServer; ///< why no ledger was read
    /// What is pending does to those who use the database; without a ledger the newest migration.
    QList<migrate::MigrationHazards> hazards{};
};

/// Examines the folder and, where a database can be reached, what it has applied of it. Changes
/// neither. That no database answers is no error: what the folder itself says is said.
base::Result<Checked> check(const base::Installation &installation, const ServerOptions &options);

struct Rebased {
    QStringList tags; ///< as they are called now
    QString folder;
    std::optional<base::Error> noServer{}; ///< why nobody was asked which branch is applied
};

/// Puts one of two branches on top of the other: the one that the database has not run, of two such
/// the newer one. Refuses when it has run both.
base::Result<Rebased> rebase(const base::Installation &installation, const ServerOptions &options);

} // namespace session
