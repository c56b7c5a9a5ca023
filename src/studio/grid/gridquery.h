// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/paging.h"
#include "studio/grid/gridchoice.h"
#include "studio/widgets/rowsquery.h"

namespace studio
{

enum class ValueLength { Any, FitsRow }; ///< the longest of a table

/// The query for the rows of \a name: paged by key where the table has one, by the rows' place
/// where it has none, and for a view by row numbers in the chosen order, or its first 1,000 rows;
/// so also where a condition is written by hand and there is no key: rows that are kept to a tenant
/// in a subquery have no place. Filters and sorts on columns that the table no longer has are left
/// out. Values are cut unless \a length says that none is long, or rows of other tables are sought
/// by them along the relations of \a database and \a code. Nothing when \a database has no such
/// table or view.
std::optional<RowsQuery> gridQuery(const schema::Database &database, const schema::Name &name,
                                   const GridChoice &choice, const QString &tenantColumn,
                                   query::Storage storage = query::Storage::OneFile,
                                   const schema::Database &code = {},
                                   ValueLength length = ValueLength::Any);

/// The table or view \a name of \a database, a view as a table without keys.
std::optional<schema::Table> shownTable(const schema::Database &database, const schema::Name &name);

/// All rows of \a query in its order, without what is fetched for paging only.
query::Select wholeOf(const RowsQuery &query);

/// A column whose type has an order; json has none.
bool isSortable(const RowsColumn &column);

} // namespace studio
