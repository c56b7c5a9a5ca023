// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: what an expression needs, and who needs what.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// Adds to what \a node uses the columns and relations that \a expression of \a table names.
void usesOf(const Planner &planner, Node &node, const QString &expression,
            const schema::Name &table);
/// The same for what the old \a expression held on to.
void lettingGo(const Planner &planner, Node &node, const QString &expression,
               const schema::Name &table);

/// How much of what needs a column a change of it disturbs.
enum class Reach {
    Type,     ///< views, policies, generated columns: the server refuses
    Literals, ///< also checks and predicates: their constants have the old type
    Column    ///< everything, as the column goes and comes back
};
QList<schema::ObjectId> dependantsOfColumn(const Planner &planner, const schema::Name &table,
                                           const QString &column, Reach reach);
QList<schema::ObjectId> dependantsOfView(const Planner &planner, const schema::View &view);
/// Foreign keys that point at \a columns of \a table and stay.
QList<schema::ObjectId> keysTo(const Planner &planner, const schema::Name &table,
                               const QStringList &columns);

/// What needs \a id or one of its columns.
QList<schema::Dependant> usersOf(const schema::Surroundings &live, const schema::ObjectId &id);

/// Whether the schema says how \a id is made. A view is of a kind that one can declare, and may
/// yet be somebody else's.
bool isDeclared(const Planner &planner, const schema::ObjectId &id);

/// What the live database has on \a id that no schema says, and that needs it: triggers, rules,
/// views of others. Under the names that the live database has.
QList<schema::ObjectId> strangersOn(const Planner &planner, const schema::ObjectId &id);

} // namespace migrate
