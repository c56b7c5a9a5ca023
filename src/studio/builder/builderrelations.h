// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace studio
{

/// A way from one table to another along which a query can join.
struct RelationEdge {
    QString name; ///< Drizzle's key, else the foreign key's column without _id, or the other
                  ///< table's name
    schema::Name target;
    QStringList columns;       ///< of the table it starts from
    QStringList targetColumns; ///< of target, equal in number
    bool many = false;         ///< a row can meet several: joining multiplies rows
    bool optional = false;     ///< a row can meet none
    bool inCode = false;       ///< one of Drizzle's relations()
    bool inDatabase = false;   ///< a foreign key
    bool operator==(const RelationEdge &) const = default;
};

/// The ways that lead from \a table: Drizzle's relations in \a code and the foreign keys in \a
/// database, each once, in order of name. Names are unique. Only targets that \a database has are
/// listed.
QList<RelationEdge> relationsOf(const schema::Name &table, const schema::Database &database,
                                const schema::Database &code);

} // namespace studio
