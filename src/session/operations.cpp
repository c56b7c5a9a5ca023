// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/operations.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "migrate/folder.h"
#include "query/select.h"
#include "runner/ledger.h"
#include "session/server.h"
#include "session/text.h"
#include "sql/parse.h"
#include "tenant/splice.h"

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
/// The id of the tenant that is called \a wanted by id or label.
Result<QString> tenantId(pg::Pool &pool, const tenant::Classification &classification,
                         const QString &wanted)
{
    const QString alias = classification.root.name;
    if (alias.isEmpty()) // no table lists them: what was given is what the column holds
        return wanted;
    const auto matching = [&](const QString &column) {
        return base::await(pool.run(
            query::render({.from = {classification.root, alias},
                           .columns = {{alias, classification.rootKey}},
                           .filters = {{{alias, column}, query::Operator::Equal, {wanted}}},
                           .limit = 2})
                .statement));
    };
    // As an id first; text that is no id of the key's type is an error there and means the label.
    Result<rows::Page> page = matching(classification.rootKey);
    if (!page && page.error().kind != ErrorKind::Server)
        return page.error();
    if (!page || page->rowCount() == 0)
        page = matching(classification.labelColumn);
    if (!page)
        return page.error();
    if (page->rowCount() != 1)
        return Error{.kind = page->rowCount() ? ErrorKind::Ambiguous : ErrorKind::NotFound,
                     .text = page->rowCount()
                                 ? Text::tr("More than one tenant is called '%1'").arg(wanted)
                                 : Text::tr("There is no tenant '%1'").arg(wanted),
                     .where = classification.root.qualified(),
                     .hint = Text::tr("give its %1").arg(classification.rootKey)};
    return page->text(0, 0);
}

/// Runs \a text over the rows of the tenant called \a wanted; only what reads can be scoped.
Result<rows::Page> runScoped(const std::shared_ptr<pg::Pool> &pool, const QString &text,
                             const QString &wanted)
{
    const Result<load::Catalog> catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return catalog.error();
    const tenant::Classification classification = tenant::classify(catalog->schema);
    const Result<QString> id = tenantId(*pool, classification, wanted);
    if (!id)
        return id.error();
    const auto run = [&](tenant::Fence fence) -> Result<rows::Page> {
        const Result<sql::Statement> scoped =
            tenant::scopeStatement(text, classification, *id, fence);
        if (!scoped)
            return scoped.error();
        return base::await(pool->run(*scoped));
    };
    const Result<rows::Page> page = run(tenant::Fence::Open);
    // An expression failed, perhaps on a row that is not the tenant's: that one must not be quoted.
    const bool mayQuote = !page && page.error().sqlState.startsWith(QLatin1String("22"));
    return mayQuote ? run(tenant::Fence::Fenced) : page;
}
} // namespace

Result<Migrated> applyMigrations(const base::Installation &installation,
                                 const MigrateOptions &options,
                                 std::function<void(const QString &)> progress)
{
    const Result<Server> server =
        serverOf(installation, options.server, !options.dryRun,
                 {.statementTimeout = 0, .lockTimeout = options.lockTimeout});
    if (!server)
        return server.error();
    const Result<migrate::Folder> folder = migrate::readFolder(server->config.out);
    if (!folder)
        return folder.error();

    Migrated migrated{.server = server->target.display()};
    const runner::LedgerName name{server->config.ledgerSchema, server->config.ledgerTable};
    if (options.dryRun) {
        const Result<runner::Ledger> ledger =
            base::await(runner::readLedger(server->pool, *folder, name));
        if (!ledger)
            return ledger.error();
        for (qsizetype i = 0; i < folder->migrations.size(); ++i) {
            const runner::MigrationState state = ledger->states.at(i);
            if (state != runner::MigrationState::Pending &&
                state != runner::MigrationState::Skipped)
                continue;
            migrated.tags << folder->migrations.at(i).tag;
            migrated.statements << QStringLiteral("-- %1").arg(folder->migrations.at(i).tag)
                                << folder->migrations.at(i).statements();
        }
        return migrated;
    }
    const Result<int> applied = base::await(runner::apply(
        server->pool, *folder,
        {.ledger = name, .lockTimeout = options.lockTimeout, .retries = options.retries},
        [&](const migrate::Migration &migration) {
            migrated.tags << migration.tag;
            if (progress)
                progress(migration.tag);
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
    if (options.tenant)
        return runScoped(server->pool, options.sql, *options.tenant);
    return base::await(
        server->pool->run({options.sql, {}}, options.write ? pg::Access::Write : pg::Access::Read));
}

} // namespace session
