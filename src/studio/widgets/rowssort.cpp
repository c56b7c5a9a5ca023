// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowssort.h"

#include <algorithm>

namespace studio
{

QList<query::Sort> resorted(const QList<query::Sort> &sorts, const query::Sort &ascending,
                            RowsSort how)
{
    const auto found = std::ranges::find(sorts, ascending.column, &query::Sort::column);
    const bool isIn = found != sorts.cend();
    const qsizetype at = std::distance(sorts.cbegin(), found);
    query::Sort wanted = isIn ? *found : ascending;
    if (how == RowsSort::Ascending || how == RowsSort::Descending) {
        wanted.descending = how == RowsSort::Descending;
        if (!isIn)
            return {wanted};
    }
    QList<query::Sort> next = sorts;
    const bool isAlone = sorts.size() == 1;
    const bool goes =
        isIn &&
        (how == RowsSort::None ||
         (wanted.descending && (how == RowsSort::AddNext || (how == RowsSort::Next && isAlone))));
    if (goes) {
        next.removeAt(at);
        return next;
    }
    switch (how) {
    case RowsSort::None:
        return next;
    case RowsSort::Next:
        wanted.descending = isIn && isAlone;
        return {wanted};
    case RowsSort::AddNext:
        wanted.descending = isIn;
        break;
    case RowsSort::Then:
    case RowsSort::Ascending:
    case RowsSort::Descending:
        break;
    }
    if (isIn)
        next[at] = wanted;
    else
        next << wanted;
    return next;
}

} // namespace studio
