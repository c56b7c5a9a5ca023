// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/check.h"

#include "base/receive.h"
#include "migrate/examine.h"
#include "migrate/rebase.h"
#include "runner/ledger.h"
#include "session/folder.h"
#include "session/server.h"

namespace session
{

namespace
{
using base::Error;
using base::Result;

struct Applied {
    QString server;
    QList<migrate::AppliedRow> rows;
    QList<qsizetype> pending; ///< migrations of the folder
};

/// What the project's database has applied.
Result<Applied> appliedRows(const load::Config &config, const ServerOptions &options,
                            const migrate::Folder &folder)
{
    const Result<Server> server = serverOf(config, options, false);
    if (!server)
        return server.error();
    const runner::LedgerName name{config.ledgerSchema, config.ledgerTable};
    const Result<runner::Ledger> ledger =
        base::await(runner::readLedger(server->pool, folder, name));
    if (!ledger)
        return ledger.error();
    Applied applied{server->target.display(), {}, runner::pendingOf(*ledger)};
    for (const runner::LedgerRow &row : ledger->rows)
        applied.rows << migrate::AppliedRow{row.hash, row.createdAt};
    return applied;
}
} // namespace

Result<Checked> check(const base::Installation &installation, const ServerOptions &options)
{
    const Result<load::Config> config = base::await(load::config(installation, options.project));
    if (!config)
        return config.error();
    const Result<migrate::Folder> folder = readFolder(*config);
    if (!folder)
        return folder.error();
    Checked checked{
        .folder = folder->path, .server = {}, .findings = {}, .noServer = {}, .hazards = {}};
    migrate::Examination examination;
    QList<qsizetype> pending;
    if (!folder->migrations.isEmpty())
        pending << folder->migrations.size() - 1;
    if (const Result<Applied> applied = appliedRows(*config, options, *folder)) {
        checked.server = applied->server;
        examination.applied = applied->rows;
        pending = applied->pending;
    } else {
        checked.noServer = applied.error();
    }
    checked.findings = migrate::examine(*folder, examination);
    checked.hazards = migrate::hazardsOf(*folder, pending);
    return checked;
}

Result<Rebased> rebase(const base::Installation &installation, const ServerOptions &options)
{
    const Result<load::Config> config = base::await(load::config(installation, options.project));
    if (!config)
        return config.error();
    const Result<migrate::Folder> folder = readFolder(*config);
    if (!folder)
        return folder.error();
    std::optional<Error> noServer;
    migrate::RebaseOptions how{.prefix = migrate::prefixOf(config->prefix)};
    if (const Result<Applied> applied = appliedRows(*config, options, *folder))
        how.applied = applied->rows;
    else if (!options.url.isEmpty())
        return applied.error();
    else
        noServer = applied.error();
    const Result<QList<migrate::Migration>> rebased = migrate::rebase(folder->path, how);
    if (!rebased)
        return rebased.error();
    Rebased done{.tags = {}, .folder = folder->path, .noServer = noServer};
    for (const migrate::Migration &migration : *rebased)
        done.tags << migration.tag;
    return done;
}

} // namespace session
