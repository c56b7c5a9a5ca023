// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

#include <QList>

namespace studio
{

/// How a column is to come into the order of rows, or out of it.
enum class RowsSort {
    Next,       ///< it alone: ascending → descending → not
    AddNext,    ///< the same beside the others
    Ascending,  ///< in its place where it is one of several, else alone
    Descending, ///< so, too
    Then,       ///< after all others
    None        ///< it goes, others stay
};

/// The order after \a how was asked of a column; \a ascending sorts by it.
QList<query::Sort> resorted(const QList<query::Sort> &sorts, const query::Sort &ascending,
                            RowsSort how);

} // namespace studio
