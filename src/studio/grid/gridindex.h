// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/plan.h"
#include "schema/database.h"

#include <optional>

namespace studio
{

/// What a page costs for want of an index, in words, and the index as Drizzle code.
struct IndexOffer {
    QString cost;
    QString code;
};

/// The index that gives \a select its rows in order, led by the tenant's column. Nothing when its
/// pages are cheap as they are: \a plan is that of the first one, \a rows the number of rows in the
/// table, -1 unknown.
std::optional<IndexOffer> indexFor(const query::Select &select, const query::Plan &plan,
                                   qint64 rows, const schema::Database &code);

} // namespace studio
