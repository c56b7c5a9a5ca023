// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/classification.h"

namespace tenant
{

/// How the rows of the materialized \a view, or of another as they come, stand to the tenant, by
/// following its columns to those
/// of the tables that it was computed from: Direct by a column that holds the tenant of all rows
/// that a row came from, Global when only tables that are the same for everybody are read; else
/// ByQuery with the reason. \a classification knows the tables of \a database.
TableScope scopeOfMaterialized(const schema::View &view, const schema::Database &database,
                               const Classification &classification);

} // namespace tenant
