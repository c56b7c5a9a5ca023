// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/applier.h"
#include "runner/delivery.h"
#include "runner/ledger.h"

namespace runner
{

QFuture<base::Result<Ledger>> readLedger(std::shared_ptr<pg::Pool> pool,
                                         const migrate::Folder &folder, const LedgerName &name)
{
    const auto outcome = std::make_shared<std::optional<Ledger>>();
    const auto work = [folder, name,
                       outcome](pg::Transaction &transaction) -> base::Result<base::Done> {
        const auto rows = LedgerTable(transaction, name, folder.layout).read();
        if (!rows)
            return rows.error();
        *outcome = match(folder, *rows);
        return base::Done{};
    };
    return deliver(pool->transaction(pg::Access::Read, work), outcome);
}

QFuture<base::Result<int>> apply(std::shared_ptr<pg::Pool> pool, const migrate::Folder &folder,
                                 const ApplyOptions &options,
                                 std::function<void(const migrate::Migration &)> progress)
{
    const auto outcome = std::make_shared<std::optional<int>>();
    const auto work = [=](pg::Transaction &transaction) -> base::Result<base::Done> {
        const base::Result<int> applied = Applier(transaction, folder, options, progress).run();
        if (!applied)
            return applied.error();
        *outcome = *applied;
        return base::Done{};
    };
    return deliver(pool->transaction(pg::Access::Write, work), outcome);
}

} // namespace runner
