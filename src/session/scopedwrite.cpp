// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scopedwrite.h"

#include "session/writeguard.h"

namespace session
{

using base::Result;

Result<rows::Page> ScopedWrite::checkedRun(const tenant::Scoped &scoped)
{
    WriteGuard guard(m_transaction, m_query.classification, m_query.tenantId);
    if (const Result<base::Done> before = guard.before(scoped.targets); !before)
        return before.error();
    Result<rows::Page> page = m_run.run(scoped);
    if (!page)
        return tenant::theftRefusal(page.error(), scoped).value_or(page.error());
    if (const Result<base::Done> behind = guard.behind(); !behind)
        return behind.error();
    return page;
}

Result<rows::Page> ScopedWrite::attempt(tenant::Fence fence)
{
    // One snapshot for the checks before, the statement and those behind it.
    const Result<rows::Page> begun =
        m_transaction.run({QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ"), {}});
    if (!begun)
        return begun;
    const Result<tenant::Scoped> scoped = m_run.prepare(fence);
    if (!scoped)
        return scoped.error();
    Result<rows::Page> page = scoped->targets.isEmpty() ? m_run.run(*scoped) : checkedRun(*scoped);
    if (!page)
        return page;
    const Result<rows::Page> committed = m_transaction.run({QStringLiteral("COMMIT"), {}});
    return committed ? page : committed;
}

} // namespace session
