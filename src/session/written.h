// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "query/select.h"
#include "session/scopedquery.h"

namespace session
{

/// For whom a query is run.
struct WrittenScope {
    /// Nothing: the rows of all tenants, which the person chose.
    std::optional<tenant::TenantId> tenantId;
    tenant::Classification classification;
};

/// What makes a query's statement: query::render, renderCount or renderExplain.
using Rendering = query::Rendered (*)(const query::Select &);

/// Whether \a select is run as a hand-written statement: it has conditions that a person wrote, or
/// reads views for one tenant, whose queries have to be kept to it, too.
bool isWritten(const query::Select &select, const WrittenScope &scope);

/// The statement of a query that is not, with the tenant's conditions and exact names.
sql::Statement statementOf(const query::Select &select, Rendering rendering,
                           const WrittenScope &scope);

/// Runs \a select, without scopes, in the way that it needs.
QFuture<base::Result<rows::Page>> runSelect(const std::shared_ptr<pg::Pool> &pool,
                                            const query::Select &select, Rendering rendering,
                                            const WrittenScope &scope);

/// Runs \a select, which isWritten() and has no scopes. A condition can name any table and fail on
/// any row, a view compute whatever it likes, so the whole statement is kept to the tenant as a
/// hand-written one: spliced, guarded, fenced. The place of an error is that in the first
/// condition.
QFuture<base::Result<rows::Page>> runWritten(const std::shared_ptr<pg::Pool> &pool,
                                             const query::Select &select, Rendering rendering,
                                             const WrittenScope &scope);

/// The statement for that, when each condition is one; the error tells the place in it.
base::Result<ScopedQuery> writtenQuery(const query::Select &select, Rendering rendering,
                                       const WrittenScope &scope);

} // namespace session
