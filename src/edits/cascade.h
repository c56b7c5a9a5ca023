// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/statements.h"

namespace edits
{

/// A foreign key along which the deletion of a row of `target` goes on to rows of `table`.
struct Cascade {
    enum class Fate { Deleted, Emptied }; ///< emptied: `columns` become NULL
    Fate fate = Fate::Deleted;
    schema::Name table;
    QStringList columns;
    schema::Name target;
    QStringList targetColumns;
};

QList<Cascade> cascadesTo(const schema::Name &target, const schema::Database &live);

/// The rows that \a cascade carries the deletion of \a parents on to, rows of its target, as far as
/// \a reach goes: all columns, or the key's, which is \a key, and those that become NULL.
sql::Statement cascadedRows(const Cascade &cascade, const QStringList &key,
                            const QList<RowId> &parents, const Reach &reach);
/// How many they are, counted up to \a most, and their bytes as the server keeps them.
sql::Statement cascadedSize(const Cascade &cascade, const QList<RowId> &parents, const Reach &reach,
                            qsizetype most);
/// The keys of those of \a rows, of one table, that are there.
sql::Statement keysThere(const QList<RowId> &rows);

} // namespace edits
