// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/scope.h"

#include "tenant/condition.h"
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
                   const QHash<schema::Name, TableScope> &tables, const QString &id)
{
    const TableScope last = tables.value(path.last().target);
    query::Scope scope{{alias, last.column}, id, {}, last.shared == SharedRows::Shown};
    for (const PathStep &step : path)
        scope.path << query::ScopeStep{step.columns, step.target, step.targetColumns, step.mayEnd};
    return scope;
}

/// The conditions of one level, with that of the shortest way first.
QList<query::Scope> conditionsOf(const query::TableRef &table,
                                 const QHash<schema::Name, TableScope> &tables, const QString &id)
{
    const TableScope scope = tables.value(table.table);
    if (scope.scoping == Scoping::Direct)
        return {{{table.alias, scope.column}, id, {}, scope.shared == SharedRows::Shown}};
    if (scope.scoping != Scoping::ByPath || scope.path.isEmpty())
        return {};
    QList<query::Scope> scopes{along(scope.path, table.alias, tables, id)};
    for (const QList<PathStep> &path : scope.otherPaths)
        scopes << along(path, table.alias, tables, id);
    return scopes;
}

} // namespace

query::Select scoped(query::Select select, const Classification &classification,
                     const TenantId &tenantId)
{
    select = placed(std::move(select), classification, tenantId.tenant);
    for (const query::TableRef &table : tablesOf(select)) {
        const bool isNobodys =
            isForeign(table.table, classification, tenantId.tenant) ||
            standing(table.table, classification, tenantId) == Standing::Unproven;
        QList<query::Scope> scopes;
        if (isNobodys) // whatever column is said to hold the tenant
            scopes << query::Scope{{table.alias, {}}, tenantId.tenant};
        else
            scopes = conditionsOf(table, classification.tables, tenantId.tenant);
        // Of tables of which nothing says whose they are, too: that is better than no condition.
        const bool isEverybodys =
            classification.tables.value(table.table).scoping == Scoping::Global;
        if (!isNobodys && !isEverybodys && !tenantId.nested.isEmpty() && classification.nested)
            scopes += conditionsOf(table, classification.nested->tables, tenantId.nested);
        if (scopes.isEmpty())
            continue;
        select.scopes.removeIf(
            [&](const query::Scope &present) { return present.column.alias == table.alias; });
        select.scopes += scopes;
    }
    return select;
}

bool readsViews(const query::Select &select, const Classification &classification,
                const TenantId &tenantId)
{
    return std::ranges::any_of(tablesOf(select), [&](const query::TableRef &table) {
        const auto known = classification.tables.constFind(table.table);
        return known == classification.tables.cend() || known->scoping == Scoping::ByQuery ||
               standing(table.table, classification, tenantId) == Standing::Unproven;
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
