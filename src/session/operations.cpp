// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/operations.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "migrate/folder.h"
#include "runner/ledger.h"
#include "session/folder.h"
#include "session/scopedquery.h"
#include "session/server.h"
#include "session/tenantnames.h"
#include "session/tenantsettings.h"
#include "session/text.h"
#include "sql/parse.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// The question of \a options for the rows of the tenant that it names.
Result<ScopedQuery> questionOf(const Server &server, const QueryOptions &options)
{
    const Result<load::Catalog> catalog = base::await(load::catalog(server.pool, {}));
    if (!catalog)
        return catalog.error();
    const Result<tenant::Classification> classification = classified(*catalog, server.config.root);
    if (!classification)
        return classification.error();
    const Result<tenant::TenantId> id = tenantId(*server.pool, *classification, *options.tenant);
    if (!id)
        return id.error();
    return ScopedQuery{options.sql, *id, *classification, options.write};
}
} // namespace

namespace
{
/// What would run, and what would stop it.
Result<Migrated> rehearsed(const Server &server, const migrate::Folder &folder,
                           const MigrateOptions &options, Migrated migrated)
{
    const runner::LedgerName name{server.config.ledgerSchema, server.config.ledgerTable};
    const Result<runner::Ledger> ledger =
        base::await(runner::readLedger(server.pool, folder, name));
    if (!ledger)
        return ledger.error();
    const QList<qsizetype> pending = runner::pendingOf(*ledger);
    for (const qsizetype i : pending) {
        const migrate::Migration &migration = folder.migrations.at(i);
        migrated.tags << migration.tag;
        migrated.statements << QStringLiteral("-- %1").arg(migration.tag) << migration.statements();
    }
    if (!options.askFirst)
        return migrated;
    const Result<runner::RowsInTheWay> rows =
        runner::ask(runner::questionsOf(folder, pending, server.pool->serverVersion()),
                    [&server](const QString &sql) {
                        return base::await(server.pool->run({.text = sql, .parameters = {}}));
                    });
    if (!rows)
        return rows.error();
    migrated.rows = *rows;
    return migrated;
}
} // namespace

Result<Migrated> applyMigrations(const base::Installation &installation,
                                 const MigrateOptions &options,
                                 std::function<void(const Migrated &)> progress)
{
    const Result<Server> server =
        serverOf(installation, options.server, !options.dryRun,
                 {.statementTimeout = 0, .lockTimeout = options.lockTimeout});
    if (!server)
        return server.error();
    const Result<migrate::Folder> folder = soundFolder(server->config, migrate::Needs::Migrations);
    if (!folder)
        return folder.error();

    Migrated migrated{.server = server->target.display()};
    const runner::LedgerName name{server->config.ledgerSchema, server->config.ledgerTable};
    if (options.dryRun)
        return rehearsed(*server, *folder, options, migrated);
    const Result<int> applied = base::await(runner::apply(server->pool, *folder,
                                                          {.ledger = name,
                                                           .lockTimeout = options.lockTimeout,
                                                           .retries = options.retries,
                                                           .askFirst = options.askFirst,
                                                           .rowsInTheWay = options.rowsInTheWay},
                                                          [&](const migrate::Migration &migration) {
                                                              migrated.tags << migration.tag;
                                                              if (progress)
                                                                  progress(migrated);
                                                          }));
    if (!applied)
        return applied.error();
    return migrated;
}

Result<rows::Page> runQuery(const base::Installation &installation, const QueryOptions &options)
{
    const Result<sql::Classification> kind = sql::classify(options.sql);
    if (!kind)
        return kind.error();
    if (!options.write && !kind->readsOnly)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The statement writes"),
                     .hint = Text::tr("add --write to allow it")};
    if (kind->changesEveryRow)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("The statement would change every row of its table"),
                     .hint = Text::tr("add WHERE, or WHERE true when every row is meant")};
    const Result<Server> server = serverOf(installation, options.server, options.write);
    if (!server)
        return server.error();
    if (options.tenant) {
        const Result<ScopedQuery> question = questionOf(*server, options);
        return question ? base::await(runScoped(server->pool, *question)) : question.error();
    }
    return base::await(
        server->pool->run({options.sql, {}}, options.write ? pg::Access::Write : pg::Access::Read));
}

Result<sql::Statement> scopedStatement(const base::Installation &installation,
                                       const QueryOptions &options)
{
    const Result<Server> server = serverOf(installation, options.server, false);
    if (!server)
        return server.error();
    const Result<ScopedQuery> question = questionOf(*server, options);
    return question ? base::await(prepareScoped(server->pool, *question)) : question.error();
}

} // namespace session
