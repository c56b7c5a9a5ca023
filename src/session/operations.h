// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "rows/page.h"
#include "runner/rowsintheway.h"
#include "session/connection.h"
#include "sql/statement.h"
#include "tenant/tenantid.h"

#include <functional>
#include <optional>

namespace session
{

// What the command line does, each in one blocking call on the same rooms as the studio.

struct MigrateOptions {
    ServerOptions server;
    bool dryRun = false;
    int lockTimeout = 3'000; ///< ms
    int retries = 3;
    bool askFirst = true; ///< for rows that would make a migration fail; any stop it
    /// Told (on another thread) what was found.
    std::function<void(const runner::RowsInTheWay &)> rowsInTheWay{};
};

struct Migrated {
    QString server;              ///< user@host:port/database
    QStringList tags;            ///< applied, or pending with dryRun
    QStringList statements;      ///< with dryRun: what would run
    runner::RowsInTheWay rows{}; ///< with dryRun: what would keep it from running
};

/// Applies what is pending, unless rows stand in the way of a part of it. \a progress (another
/// thread) is told before each migration runs: it is the last of `tags`, those before it are
/// applied, whatever comes of it.
base::Result<Migrated> applyMigrations(const base::Installation &installation,
                                       const MigrateOptions &options,
                                       std::function<void(const Migrated &)> progress = {});

struct QueryOptions {
    ServerOptions server;
    QString sql;
    /// Ids or labels; nothing: unscoped, which the person asked for.
    std::optional<tenant::TenantId> tenant;
    bool write = false;
};

/// Runs one statement, read-only unless `write`, scoped to the tenant when one is given.
base::Result<rows::Page> runQuery(const base::Installation &installation,
                                  const QueryOptions &options);

/// What runQuery() would send for the tenant, which has to be given; it is examined, and not run.
base::Result<sql::Statement> scopedStatement(const base::Installation &installation,
                                             const QueryOptions &options);

} // namespace session
