// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "query/select.h"
#include "session/scopedquery.h"

namespace session
{

/// For whom a query with conditions that a person wrote is run.
struct WrittenScope {
    std::optional<QString> tenantId; ///< nothing: the rows of all tenants, which the person chose
    tenant::Classification classification;
};

/// What makes a query's statement: query::render, renderCount or renderExplain.
using Rendering = query::Rendered (*)(const query::Select &);

/// Runs \a select, which has conditions that a person wrote and no scopes. Such a condition can
/// name any table and fail on any row, so the whole statement is kept to the tenant as a
/// hand-written one: spliced, guarded, fenced. The place of an error is that in the first
/// condition.
QFuture<base::Result<rows::Page>> runWritten(const std::shared_ptr<pg::Pool> &pool,
                                             const query::Select &select, Rendering rendering,
                                             const WrittenScope &scope);

/// The statement for that, when each condition is one; the error tells the place in it.
base::Result<ScopedQuery> writtenQuery(const query::Select &select, Rendering rendering,
                                       const WrittenScope &scope);

} // namespace session
