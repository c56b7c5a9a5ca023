// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/statements.h"

namespace edits
{

/// A foreign key along which the deletion of a row of `target` goes on to rows of `table`.
struct Cascade {
    schema::Name table;
    QStringList columns;
    schema::Name target;
    QStringList targetColumns;
};

QList<Cascade> cascadesTo(const schema::Name &target, const schema::Database &live);

/// All columns of the rows that \a cascade deletes with \a parents, rows of its target, as far as
/// \a reach goes.
sql::Statement cascadedRows(const Cascade &cascade, const QList<RowId> &parents,
                            const Reach &reach);
/// How many they are, counted up to \a most, and their bytes as the server keeps them.
sql::Statement cascadedSize(const Cascade &cascade, const QList<RowId> &parents, const Reach &reach,
                            qsizetype most);
/// The keys of those of \a rows, of one table, that are there.
sql::Statement keysThere(const QList<RowId> &rows);

} // namespace edits
