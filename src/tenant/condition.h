// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/classification.h"

namespace tenant
{

/// Names for what a condition is written with.
struct ConditionNames {
    QString row;       ///< the alias of the row in question, as SQL
    QString inner;     ///< a prefix for the aliases of the tables along the path, as SQL
    QString parameter; ///< the tenant's id: $1
};

/// SQL that is true for rows of \a scope's table that belong to the tenant, else false or NULL.
/// Rows of tables that have no tenant belong to none.
QString condition(const TableScope &scope, const Classification &classification,
                  const ConditionNames &names);

/// \a name with its schema, quoted; an empty schema is public.
QString qualifiedName(const schema::Name &name);

} // namespace tenant
