// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/written.h"

#include "base/receive.h"
#include "query/conditions.h"
#include "sql/condition.h"
#include "tenant/schemas.h"
#include "tenant/scope.h"

namespace session
{

using base::Error;
using base::Result;

namespace
{

/// \a error with its place in the condition that the person wrote, or without one.
Error inCondition(Error error, const QString &statement, const QString &condition)
{
    if (!error.span)
        return error;
    const qsizetype begin = statement.indexOf(query::writtenCondition(condition)) + 1;
    const qsizetype offset = error.span->offset - begin;
    if (begin > 0 && offset >= 0 && offset < condition.size())
        error.span->offset = offset;
    else
        error.span.reset();
    return error;
}

} // namespace

bool isWritten(const query::Select &select, const WrittenScope &scope)
{
    return !select.written.isEmpty() ||
           (scope.tenantId && tenant::readsViews(select, scope.classification, *scope.tenantId));
}

sql::Statement statementOf(const query::Select &select, Rendering rendering,
                           const WrittenScope &scope)
{
    return rendering(query::qualified(scope.tenantId ? tenant::scoped(select, scope.classification,
                                                                      *scope.tenantId)
                                                     : select))
        .statement;
}

QFuture<Result<rows::Page>> runSelect(const std::shared_ptr<pg::Pool> &pool,
                                      const query::Select &select, Rendering rendering,
                                      const WrittenScope &scope)
{
    return isWritten(select, scope) ? runWritten(pool, select, rendering, scope)
                                    : pool->run(statementOf(select, rendering, scope));
}

Result<ScopedQuery> writtenQuery(const query::Select &select, Rendering rendering,
                                 const WrittenScope &scope)
{
    for (const QString &text : select.written) {
        if (const Result<base::Done> checked = sql::checkCondition(text); !checked)
            return checked.error();
    }
    query::Select unscoped =
        scope.tenantId ? tenant::placed(select, scope.classification, scope.tenantId->tenant)
                       : select;
    unscoped.scopes.clear();
    const sql::Statement statement = rendering(query::qualified(unscoped)).statement;
    return ScopedQuery{.sql = statement.text,
                       .tenantId = scope.tenantId.value_or(tenant::TenantId()),
                       .classification = scope.classification,
                       .parameters = statement.parameters};
}

QFuture<Result<rows::Page>> runWritten(const std::shared_ptr<pg::Pool> &pool,
                                       const query::Select &select, Rendering rendering,
                                       const WrittenScope &scope)
{
    const Result<ScopedQuery> query = writtenQuery(select, rendering, scope);
    if (!query)
        return base::ready(Result<rows::Page>(query.error()));
    return pool->transact<rows::Page>(
        pg::Access::Read, [query = *query, condition = select.written.value(0),
                           isScoped = scope.tenantId.has_value()](pg::Transaction &transaction) {
            const Result<rows::Page> page = isScoped
                                                ? readScoped(transaction, query)
                                                : transaction.run({query.sql, query.parameters});
            return page ? page : inCondition(page.error(), query.sql, condition);
        });
}

} // namespace session
