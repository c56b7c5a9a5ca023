// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: what a live part of a table has that no Drizzle schema can say.
#pragma once

#include "migrate/pairs.h"
#include "migrate/planner.h"

namespace migrate
{

/// Gives what \a pair drops and makes again what the live database has beyond the schema: INCLUDE,
/// DEFERRABLE, MATCH FULL, NOT VALID and the like. Without a live database nothing is known.
void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Index &part);
void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::ForeignKey &part);
void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Unique &part);
void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::PrimaryKey &part);
void keepLiveTraits(Planner &planner, const Pair &pair, const schema::Name &table,
                    const schema::Check &part);
inline void keepLiveTraits(Planner &, const Pair &, const schema::Name &, const schema::Policy &) {}

} // namespace migrate
