// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <functional>

namespace sql
{

/// What a query reads, or what it yields, where a key keeps rows apart: the tenant's, say.
struct KeyedRows {
    QStringList columns;
    bool isKeyed = false; ///< some of it belongs to one key only
    QStringList keys;     ///< the columns that hold it in every row
    /// Of a table without the key: the columns that point at another table's row, which has the
    /// same key.
    QString leadsToSchema = {}, leadsTo = {};
    QStringList leadingColumns = {}, leadsToColumns = {};
};

/// What is known of a relation, by schema (empty: by search_path) and name.
using RowsOf =
    std::function<base::Result<KeyedRows>(const QString &schema, const QString &relation)>;
/// Whether a function, "lower" or "audit.touch", reads nothing but its arguments.
using ReadsNothing = std::function<bool(const QString &function)>;

/// The rows of the SELECT in \a text, when each row comes from rows of one key only, and would be
/// the same if there were no others: \a keys are then the columns that say which. Otherwise an
/// error whose text says why: tables that are joined without their keys being equal, a window or
/// DISTINCT ON over all keys, LIMIT, subqueries in expressions over keyed tables, and what is not
/// understood.
base::Result<KeyedRows> keyedRows(const QString &text, const RowsOf &rowsOf,
                                  const ReadsNothing &readsNothing);

} // namespace sql
