// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scopedquery.h"

#include "session/scopedwrite.h"

namespace session
{

using base::Result;

namespace
{

Result<rows::Page> write(pg::Transaction &transaction, const ScopedQuery &query)
{
    ScopedWrite run(transaction, query);
    const Result<rows::Page> page = run.attempt(tenant::Fence::Open);
    if (page || !run.mayComeFromOtherRows(page.error()))
        return withoutOthersValues(page);
    if (const auto undone = transaction.run({QStringLiteral("ROLLBACK"), {}}); !undone)
        return undone;
    return withoutOthersValues(run.attempt(tenant::Fence::Fenced));
}

} // namespace

QFuture<Result<rows::Page>> runScoped(const std::shared_ptr<pg::Pool> &pool,
                                      const ScopedQuery &query)
{
    if (query.write)
        return pool->transact<rows::Page>(pg::Access::Write, [query](pg::Transaction &transaction) {
            return write(transaction, query);
        });
    return pool->transact<rows::Page>(pg::Access::Read, [query](pg::Transaction &transaction) {
        return readScoped(transaction, query);
    });
}

Result<rows::Page> readScoped(pg::Transaction &transaction, const ScopedQuery &query)
{
    ScopedRun run(transaction, query);
    const Result<rows::Page> page = run.read(tenant::Fence::Open);
    if (page || !run.mayComeFromOtherRows(page.error()))
        return withoutOthersValues(page);
    if (const Result<base::Done> again = transaction.restart(); !again)
        return again.error();
    return withoutOthersValues(run.read(tenant::Fence::Fenced));
}

QFuture<Result<sql::Statement>> prepareScoped(const std::shared_ptr<pg::Pool> &pool,
                                              const ScopedQuery &query)
{
    return pool->transact<sql::Statement>(
        pg::Access::Read, [query](pg::Transaction &transaction) -> Result<sql::Statement> {
            ScopedRun run(transaction, query);
            const Result<tenant::Scoped> scoped = run.prepare(tenant::Fence::Open);
            if (!scoped)
                return scoped.error();
            sql::Statement statement = scoped->statement;
            if (!run.path().isEmpty())
                statement.text.prepend(
                    QStringLiteral("SET LOCAL search_path = %1;\n").arg(run.path()));
            return statement;
        });
}

} // namespace session
