// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/pool.h"
#include "rows/page.h"
#include "sql/statement.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

#include <QFuture>

#include <memory>

namespace session
{

/// One statement that a person wrote, for the rows of one tenant.
struct ScopedQuery {
    QString sql;
    tenant::TenantId tenantId;
    tenant::Classification classification;
    bool write = false; ///< the caller holds a lease
    /// Of the $1… that we wrote into the statement around what the person wrote.
    QList<sql::Parameter> parameters = {};
};

/// Runs \a query in one transaction, a read-only one unless it may write: splices the tenant's
/// condition into its text, asks for the plan and for code of the project's own, and runs it when
/// both are as they should be. An error that a row of another tenant may have caused is not shown:
/// the statement runs once more so that only the tenant's own rows are evaluated, and that answer
/// is the answer. A write is committed when all rows that it and its cascades wrote are the
/// tenant's and point at the tenant's, and none of another tenant is gone; else it is refused and
/// undone.
QFuture<base::Result<rows::Page>> runScoped(const std::shared_ptr<pg::Pool> &pool,
                                            const ScopedQuery &query);

/// The same of a query that only reads, inside an open transaction with Access::Read.
base::Result<rows::Page> readScoped(pg::Transaction &transaction, const ScopedQuery &query);

/// The text of \a query with the tenant's conditions in it and their values, behind the search path
/// where each tenant has a schema; examined as
/// runScoped() does before it runs it.
QFuture<base::Result<sql::Statement>> prepareScoped(const std::shared_ptr<pg::Pool> &pool,
                                                    const ScopedQuery &query);

} // namespace session
