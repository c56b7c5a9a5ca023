// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scopedquery.h"

#include "session/scopedrun.h"

namespace session
{

using base::Result;

QFuture<Result<rows::Page>> runScoped(const std::shared_ptr<pg::Pool> &pool,
                                      const ScopedQuery &query)
{
    return pool->transact<rows::Page>(
        pg::Access::Read, [query](pg::Transaction &transaction) -> Result<rows::Page> {
            ScopedRun run(transaction, query);
            const Result<rows::Page> page = run.read(tenant::Fence::Open);
            if (page || !mayComeFromOtherRows(page.error()))
                return withoutOthersValues(page);
            if (const Result<base::Done> again = transaction.restart(); !again)
                return again.error();
            return withoutOthersValues(run.read(tenant::Fence::Fenced));
        });
}

} // namespace session
