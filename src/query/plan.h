// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace query
{

/// What EXPLAIN says of a page of a query.
struct Plan {
    qint64 rows = -1;   ///< of the whole query without its limit, by the planner's estimate
    double part = 0;    ///< of the table that is read for the page, 0 to 1
    bool sorts = false; ///< everything is read and sorted: no index gives the order
    bool operator==(const Plan &) const = default;
};

/// EXPLAIN (FORMAT JSON) of \a select: nothing of it is run.
Rendered renderExplain(const Select &select);

/// Reads what the server answers; what cannot be read says nothing.
Plan readPlan(const QByteArray &json);

} // namespace query
