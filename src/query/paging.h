// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace query
{

/// Whether the server can order and compare values of \a type (json, xml and points have no order);
/// an unknown (empty) type counts as yes.
bool isSortable(const QString &type);

/// How the rows of a table without a key are told apart: by their place (ctid, which an update
/// changes), which is unique in one file only.
enum class Storage { OneFile, Partitions };

/// What tells the rows of \a table apart under \a alias: the primary key, else a unique constraint
/// over NOT NULL columns, else the row's place.
QList<ColumnRef> rowKey(const schema::Table &table, const QString &alias,
                        Storage storage = Storage::OneFile);

/// \a select with its order made unique by \a table's rowKey(), so that a keyset names one row.
/// \a table is the definition of select.from. Sorts that are there stay; the key follows the
/// direction of the last one, which lets an index be sought in one go.
Select withKey(Select select, const schema::Table &table, Storage storage = Storage::OneFile);

/// All columns of \a table under \a alias, ordered by \a sorts and then by its key. A table without
/// any key carries the row's place in one or two more columns at the end.
Select pageOf(const schema::Table &table, const QString &alias, const QList<Sort> &sorts = {},
              Storage storage = Storage::OneFile);

/// Whether \a select is in the order of a table's file, which its blocks have to be given for.
bool isByPlace(const Select &select);

/// The block of a ctid, "(12,3)" → 12; -1 when it is none.
qint64 blockOf(const sql::Parameter &place);

/// A sort by \a column of \a table that knows whether the column can be NULL.
Sort sortBy(const schema::Table &table, const QString &alias, const QString &column,
            bool descending);

/// The key of a row of \a select's result, to seek from: \a row holds the values of select.columns
/// in their order. Nothing when a sort column is not among the columns.
std::optional<Keyset> keysetOf(const Select &select, const QList<sql::Parameter> &row,
                               bool backwards);

} // namespace query
