// SPDX-License-Identifier: GPL-3.0-or-later
// How a project reads rows.
#include "query/nested.h"
#include "query/plan.h"
#include "query/statistics.h"
#include "session/longvalues.h"
#include "session/pagebyplace.h"
#include "session/projectstate.h"
#include "session/rowbounds.h"
#include "session/text.h"
#include "session/written.h"

#include <algorithm>

namespace session
{

using base::Error;
using base::Result;

namespace
{
using Answer = QFuture<Result<rows::Page>>;

/// Counting is worth waiting for this long; afterwards the estimate stays.
constexpr int countTimeout = 15'000; // ms
constexpr int statisticsTimeout = 60'000;

Result<rows::Page> limited(pg::Transaction &transaction, const sql::Statement &statement,
                           int milliseconds, const char *setting = "statement_timeout")
{
    const sql::Statement limit{
        QStringLiteral("SELECT set_config($2, $1, true)"),
        {sql::Parameter(QByteArray::number(milliseconds)), sql::Parameter(setting)}};
    if (const Result<rows::Page> set = transaction.run(limit); !set)
        return set;
    return transaction.run(statement);
}

Answer limitedRun(const std::shared_ptr<pg::Pool> &pool, const sql::Statement &statement,
                  int milliseconds)
{
    return pool->transact<rows::Page>(pg::Access::Read,
                                      [statement, milliseconds](pg::Transaction &transaction) {
                                          return limited(transaction, statement, milliseconds);
                                      });
}

/// What goes over many rows, and gives up some time.
Answer measured(const std::shared_ptr<pg::Pool> &pool, const query::Select &select,
                Rendering rendering, const WrittenScope &scope, int milliseconds)
{
    return isWritten(select, scope)
               ? runWritten(pool, select, rendering, scope)
               : limitedRun(pool, statementOf(select, rendering, scope), milliseconds);
}

Error notCounted(const schema::Name &table)
{
    return {.kind = base::ErrorKind::Refused,
            .text = Text::tr("The rows of %1 are not counted beside others").arg(table.qualified()),
            .hint = Text::tr("open it: its query has to be kept to the tenant as a whole")};
}
} // namespace

WrittenScope Project::Private::writtenScope() const
{
    return {q->tenantId(), classification};
}

Answer Project::fetch(const query::Select &select)
{
    return d->kept<rows::Page>(select, [this, select](const auto &pool) {
        if (d->database.state == Loaded<schema::Database>::State::None)
            connectDatabase();
        const WrittenScope scope = d->writtenScope();
        if (query::isByPlace(select) && select.limit && !select.blocks &&
            !isWritten(select, scope)) {
            const query::Select whole = query::qualified(scoped(select));
            return pool->template transact<rows::Page>(
                pg::Access::Read, [whole](pg::Transaction &t) { return pageByPlace(t, whole); });
        }
        return runSelect(pool, select, &query::render, scope);
    });
}

Answer Project::fetchNested(const query::Select &select)
{
    return d->kept<rows::Page>(select, [this, select](const auto &pool) {
        return runSelect(pool, select, &query::renderNested, d->writtenScope());
    });
}

Answer Project::count(const query::Select &select)
{
    return d->kept<rows::Page>(select, [this, select](const auto &pool) {
        return measured(pool, select, &query::renderCount, d->writtenScope(), countTimeout);
    });
}

Answer Project::statistics(const query::Select &select, const QString &type)
{
    return d->kept<rows::Page>(select, [this, select, type](const auto &pool) {
        return measured(pool, select, query::statisticsOf(type), d->writtenScope(),
                        statisticsTimeout);
    });
}

Answer Project::countEach(const QList<query::Select> &selects)
{
    return d->kept<rows::Page>(std::nullopt, [this, selects](const auto &pool) {
        QList<query::Select> counted;
        for (const query::Select &select : selects) {
            if (isWritten(select, d->writtenScope()))
                return base::ready(Result<rows::Page>(notCounted(select.from.table)));
            counted << query::qualified(scoped(select));
        }
        return limitedRun(pool, query::renderCounts(counted, mostCounted + 1).statement,
                          countTimeout);
    });
}

Answer Project::explain(const query::Select &select)
{
    return d->kept<rows::Page>(select, [this, select](const auto &pool) {
        return runSelect(pool, select, &query::renderExplain, d->writtenScope());
    });
}

Answer Project::bound(const query::Select &select, double part)
{
    const std::optional<sql::Statement> statement =
        boundStatement(query::qualified(scoped(select)), part);
    if (!statement || isWritten(select, d->writtenScope()) || d->awaitsStanding() ||
        d->tenantWanted(select))
        return base::ready(Result<rows::Page>(rows::Page()));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<rows::Page>(pool.error()));
    return (*pool)->run(*statement);
}

QFuture<Result<qint64>> Project::exportRows(const query::Select &select, const schema::Table &table,
                                            rows::Form form, const QString &path,
                                            const std::shared_ptr<ExportProgress> &progress)
{
    return d->kept<qint64>(select, [=, this](const auto &pool) {
        const WrittenScope scope = d->writtenScope();
        return exportFile(pool, {select, table, form, scope.tenantId, scope.classification}, path,
                          progress);
    });
}

bool Project::mayHoldLongValues(const schema::Name &table) const
{
    return !d->shortTables.contains(table);
}

void Project::lookForLongValues(const schema::Name &table)
{
    // All of them are being asked about.
    if (!d->shortTablesWatcher && d->pool)
        d->readShortTables(table);
}

void Project::Private::readShortTables(const std::optional<schema::Name> &only)
{
    const sql::Statement statement = session::shortTables(only);
    const auto ask = [statement](pg::Transaction &transaction) {
        // A table that is being rewritten keeps nobody waiting for a connection.
        constexpr int patience = 200; // ms
        return limited(transaction, statement, patience, "lock_timeout");
    };
    request(shortTablesWatcher, pool->transact<rows::Page>(pg::Access::Read, ask),
            [this, only](const Result<rows::Page> &page) {
                if (only)
                    shortTables.remove(*only);
                else
                    shortTables.clear();
                for (qsizetype row = 0; page && row < page->rowCount(); ++row)
                    shortTables << schema::Name{page->text(row, 0), page->text(row, 1)};
            });
}

query::Storage Project::storageOf(const schema::Name &table) const
{
    if (!d->catalog)
        return query::Storage::OneFile;
    const auto &traits = d->catalog->surroundings.tables;
    const bool hasParts = std::any_of(traits.cbegin(), traits.cend(), [&](const auto &other) {
        return other.partitionOf == table || other.inherits.contains(table);
    });
    return hasParts || !traits.value(table).partitionKey.isEmpty() ? query::Storage::Partitions
                                                                   : query::Storage::OneFile;
}

} // namespace session
