// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace query
{

/// How many bars a histogram has, and how many of the most frequent values are told.
inline constexpr int histogramBins = 24;
inline constexpr int frequentValues = 8;

/// What all rows of \a select hold in its only column, in one statement: lines of what ("rows",
/// "filled", "distinct", "least", "most", "frequent", "bin"), a text (the value; of a bin its
/// number from 1 on) and a count. Least and most are missing where values have no order, bins
/// where they are no numbers or moments. Sort, keyset and limit are left out.
using StatisticsRendering = Rendered (*)(const Select &select);

/// The statement for a column of \a type, as in schema::Column.
StatisticsRendering statisticsOf(const QString &type);

} // namespace query
