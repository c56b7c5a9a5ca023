// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "studio/widgets/rowscolumn.h"

#include <functional>

namespace studio
{

/// What a grid shows and how it is paged.
struct RowsQuery {
    enum class Paging {
        None,   ///< one page, as far as the select's limit
        Keyset, ///< by the keys of the rows at hand
        Offset, ///< by row numbers, where there is an order but no key
    };
    query::Select select;      ///< with keyset paging its sorts end in a unique key
    QList<RowsColumn> columns; ///< known before the first page, for the header
    Paging paging = Paging::None;
    qsizetype pageSize = 200;
    qsizetype chosenSorts =
        0;                ///< so many of the sorts were the person's choice: arrows in the header
    qint64 estimate = -1; ///< of the number of rows; -1 unknown
    /// The select has none of these cuts, as no value is said to be long; should a page be it all
    /// the same, it comes again with them. For keyset paging.
    QList<query::Cut> spareCuts = {};
    QList<query::ColumnRef> key = {}; ///< tells rows apart; needed where values come cut
    /// The select's columns are all of its table's, in their order: a page is asked for without
    /// naming each, which for hundreds of them takes the server longer than finding the rows.
    bool isOfAllColumns = false;
};

/// Where rows come from; every future finishes. Those after `count` may be missing.
struct RowsSource {
    using Answer = QFuture<base::Result<rows::Page>>;
    std::function<Answer(const query::Select &)> fetch;
    std::function<Answer(const query::Select &)> count;   ///< one row: the number of rows
    std::function<Answer(const query::Select &)> explain; ///< one row: the plan as JSON
    /// One row: the leading values of a key that stands at about this part (0 to 1) of all rows.
    /// None when nothing is known.
    std::function<Answer(const query::Select &, double part)> bound;
};

/// How many rows a result has, as far as one knows.
struct RowsTotal {
    enum class Kind { Unknown, Estimated, Exact };
    Kind kind = Kind::Unknown;
    qint64 rows = -1;
    bool operator==(const RowsTotal &) const = default;
};

} // namespace studio
