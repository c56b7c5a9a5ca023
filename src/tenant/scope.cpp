// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/scope.h"

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

} // namespace

query::Select scoped(query::Select select, const Classification &classification,
                     const QString &tenantId)
{
    for (const query::TableRef &table : tablesOf(select)) {
        const TableScope scope = classification.tables.value(table.table);
        const bool isByPath = scope.scoping == Scoping::ByPath && !scope.path.isEmpty();
        if (scope.scoping != Scoping::Direct && !isByPath)
            continue;
        QList<query::ScopeStep> path;
        for (const PathStep &step : scope.path)
            path << query::ScopeStep{step.columns, step.target, step.targetColumns};
        const QString column =
            isByPath ? classification.tables.value(path.last().target).column : scope.column;
        select.scopes.removeIf(
            [&](const query::Scope &present) { return present.column.alias == table.alias; });
        select.scopes << query::Scope{{table.alias, column}, tenantId, path};
    }
    return select;
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
