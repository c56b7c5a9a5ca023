// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/scope.h"

#include "tenant/schemas.h"

#include <algorithm>

namespace tenant
{

namespace
{

QList<query::TableRef> tablesOf(const query::Select &select)
{
    QList<query::TableRef> tables{select.from};
    for (const query::Join &join : select.joins)
        tables << join.table;
    return tables;
}

query::Scope along(const QList<PathStep> &path, const QString &alias,
                   const Classification &classification, const QString &tenantId)
{
    const TableScope last = classification.tables.value(path.last().target);
    query::Scope scope{{alias, last.column}, tenantId, {}, last.shared == SharedRows::Shown};
    for (const PathStep &step : path)
        scope.path << query::ScopeStep{step.columns, step.target, step.targetColumns, step.mayEnd};
    return scope;
}

} // namespace

query::Select scoped(query::Select select, const Classification &classification,
                     const QString &tenantId)
{
    select = placed(std::move(select), classification, tenantId);
    for (const query::TableRef &table : tablesOf(select)) {
        const TableScope scope = classification.tables.value(table.table);
        if (isForeign(table.table, classification, tenantId)) {
            select.scopes << query::Scope{{table.alias, {}}, tenantId};
            continue; // whatever column is said to hold the tenant
        }
        const bool isByPath = scope.scoping == Scoping::ByPath && !scope.path.isEmpty();
        if (scope.scoping != Scoping::Direct && !isByPath)
            continue;
        select.scopes.removeIf(
            [&](const query::Scope &present) { return present.column.alias == table.alias; });
        if (!isByPath) {
            select.scopes << query::Scope{
                {table.alias, scope.column}, tenantId, {}, scope.shared == SharedRows::Shown};
            continue;
        }
        select.scopes << along(scope.path, table.alias, classification, tenantId);
        for (const QList<PathStep> &path : scope.otherPaths)
            select.scopes << along(path, table.alias, classification, tenantId);
    }
    return select;
}

bool readsViews(const query::Select &select, const Classification &classification)
{
    return std::ranges::any_of(tablesOf(select), [&](const query::TableRef &table) {
        const auto known = classification.tables.constFind(table.table);
        return known == classification.tables.cend() || known->scoping == Scoping::ByQuery;
    });
}

QList<schema::Name> beyondScope(const query::Select &select, const Classification &classification)
{
    QList<schema::Name> names;
    for (const query::TableRef &table : tablesOf(select)) {
        const Scoping scoping = classification.tables.value(table.table).scoping;
        if (scoping == Scoping::Unscoped && !names.contains(table.table))
            names << table.table;
    }
    return names;
}

} // namespace tenant
