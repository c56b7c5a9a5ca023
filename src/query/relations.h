// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <QFlags>

namespace query
{

/// What a relation is known from.
enum class Origin {
    DatabaseKey = 1, ///< a foreign key that the database keeps
    CodeKey = 2,     ///< one that the code declares
    Drizzle = 4,     ///< relations() or defineRelations()
};
Q_DECLARE_FLAGS(Origins, Origin)

/// A way from one table to another: its rows meet those whose targetColumns hold the same values as
/// its columns.
struct Relation {
    QString name; ///< Drizzle's key, else the foreign key's column without _id, or the other
                  ///< table's name
    schema::Name target;
    QStringList columns;       ///< of the table it starts from
    QStringList targetColumns; ///< of target, equal in number
    /// All pairs of the foreign key behind it, which may hold the tenant beside what Drizzle names;
    /// without one the pairs above.
    QStringList keyColumns;
    QStringList keyTargetColumns;
    bool refers = false;   ///< the columns refer to the target; else the target's rows refer here
    bool many = false;     ///< a row can meet several: joining multiplies rows
    bool optional = false; ///< a row can meet none
    Origins origins = {};
    bool operator==(const Relation &) const = default;
};

/// The ways that lead from \a table in both directions: Drizzle's relations and the foreign keys of
/// \a database and \a code, each once, in order of name. Names are unique. Only what \a database
/// has the tables and columns for is listed: one cannot ask it for the rest.
QList<Relation> relationsOf(const schema::Name &table, const schema::Database &database,
                            const schema::Database &code);

/// Whether no two rows of \a table hold the same values in \a columns, by what it declares.
bool isUnique(const schema::Table &table, const QStringList &columns);

/// The column by which people recognise a row, empty when the table has none: of a telling name,
/// else the first text that is unique, else the first text; never a key's.
QString labelColumn(const schema::Table &table);

/// The columns that can stand for a row, the most telling first.
QStringList labelColumns(const schema::Table &table);

} // namespace query

Q_DECLARE_OPERATORS_FOR_FLAGS(query::Origins)
