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

/// Which rows a condition is true for: those that belong to the tenant, or also those that belong
/// to nobody where a person said that they are shown to everybody. Nothing but the own is written.
enum class Rows { Own, Shown };

/// SQL that is true for \a rows of \a scope's table, else false or NULL. Rows of tables that have
/// no tenant belong to none.
QString condition(const TableScope &scope, const Classification &classification,
                  const ConditionNames &names, Rows rows = Rows::Own);

/// \a name with its schema, quoted; an empty schema is public.
QString qualifiedName(const schema::Name &name);

} // namespace tenant
