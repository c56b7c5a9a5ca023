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

/// "alias.a, alias.b".
QString columnsText(const QString &alias, const QStringList &columns);
/// True for those of \a rows, of one table, which is called \a alias.
QString isOneOf(const QList<RowId> &rows, const QString &alias, QList<sql::Parameter> &parameters);

QList<Cascade> cascadesTo(const schema::Name &target, const schema::Database &live);

/// The rows that \a cascade carries the deletion of \a parents on to, rows of its target, as far as
/// \a reach goes: all columns, or the key's, which is \a key, and those that become NULL.
sql::Statement cascadedRows(const Cascade &cascade, const QStringList &key,
                            const QList<RowId> &parents, const Reach &reach);
/// How many they are, counted up to \a most, and the bytes of \a columns as the server keeps them,
/// compressed; asking for these fetches no value.
sql::Statement cascadedSize(const Cascade &cascade, const QStringList &columns,
                            const QList<RowId> &parents, const Reach &reach, qsizetype most);
/// The bytes of \a columns as they come, of all of these rows.
sql::Statement cascadedBytes(const Cascade &cascade, const QStringList &columns,
                             const QList<RowId> &parents, const Reach &reach);
/// The keys of those of \a rows, of one table, that are there, and \a columns.
sql::Statement rowsThere(const QList<RowId> &rows, const QStringList &columns);

} // namespace edits
