// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/scopedrun.h"

namespace session
{

/// A statement that writes, in a transaction of its own that is committed only when every row it
/// touched was the tenant's and still is.
class ScopedWrite
{
public:
    ScopedWrite(pg::Transaction &transaction, const ScopedQuery &query)
        : m_transaction(transaction)
        , m_query(query)
        , m_run(transaction, query)
    {
    }

    /// BEGIN to COMMIT; after an error the transaction is still open.
    base::Result<rows::Page> attempt(tenant::Fence fence);

    bool mayComeFromOtherRows(const base::Error &error) const
    {
        return m_run.mayComeFromOtherRows(error);
    }

private:
    base::Result<rows::Page> checkedRun(const tenant::Scoped &scoped);

    pg::Transaction &m_transaction;
    const ScopedQuery &m_query;
    ScopedRun m_run;
};

} // namespace session
