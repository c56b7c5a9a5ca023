// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: things that are dropped and made, by a change or because something else
// needs them out of the way.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// The statements that drop something and make it again; -1 for one that there is not.
struct Pair {
    int drop = -1;
    int make = -1;
};

/// The pair for \a id: what the changes say, or a new one that makes it again as it will be.
Pair pairOf(Planner &planner, const schema::ObjectId &id);

// Each adds the statement and registers it; what it applies to the schema is the caller's.
int makePolicy(Planner &planner, const schema::Name &table, const schema::Policy &policy);
int dropPolicy(Planner &planner, const schema::Name &table, const schema::Policy &policy);
int makeView(Planner &planner, const schema::View &view);
int dropView(Planner &planner, const schema::View &view);
int makeIndex(Planner &planner, const schema::Name &table, const schema::Index &index);
int dropIndex(Planner &planner, const schema::Name &table, const schema::Index &index);
int makeForeignKey(Planner &planner, const schema::Name &table, const schema::ForeignKey &key);
int dropForeignKey(Planner &planner, const schema::Name &table, const schema::ForeignKey &key);
int makeUnique(Planner &planner, const schema::Name &table, const schema::Unique &unique);
int dropUnique(Planner &planner, const schema::Name &table, const schema::Unique &unique);
int makeCheck(Planner &planner, const schema::Name &table, const schema::Check &check);
int dropCheck(Planner &planner, const schema::Name &table, const schema::Check &check);
int makePrimaryKey(Planner &planner, const schema::Name &table, const schema::PrimaryKey &key);
int dropPrimaryKey(Planner &planner, const schema::Name &table, const schema::PrimaryKey &key);
/// A generated column, with all that depends on it.
Pair remakeColumn(Planner &planner, const schema::Name &table, const schema::Column &before,
                  const schema::Column &after);

/// What of an object's users goes silently along with it and comes back with it.
enum class Along { Nothing, Strangers, Everything };
/// The statements that give the object \a live, as it is called in the live database, back what
/// making it anew loses.
QStringList restorationOf(Planner &planner, const schema::ObjectId &live, Along along);

/// Adds what gives \a id back, behind \a maker, what making it anew loses: owner, comment, grants,
/// and what goes silently along with it.
void restore(Planner &planner, const schema::ObjectId &id, int maker);

} // namespace migrate
