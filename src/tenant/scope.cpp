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
        if (scope.scoping != Scoping::Direct)
            continue;
        const query::ColumnRef column{table.alias, scope.column};
        select.scopes.removeIf(
            [&](const query::Scope &present) { return present.column == column; });
        select.scopes << query::Scope{column, tenantId};
    }
    return select;
}

QList<schema::Name> beyondScope(const query::Select &select, const Classification &classification)
{
    QList<schema::Name> names;
    for (const query::TableRef &table : tablesOf(select)) {
        const Scoping scoping = classification.tables.value(table.table).scoping;
        if ((scoping == Scoping::ByPath || scoping == Scoping::Unscoped) &&
            !names.contains(table.table))
            names << table.table;
    }
    return names;
}

} // namespace tenant
