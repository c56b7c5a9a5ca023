// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// Adds to the reverses of what is dropped what the live database has on it beyond the schema:
/// owners, comments, grants, triggers. Without a live database nothing is known.
void restoreOnTheWayBack(Planner &planner);

/// Adds to the reverses of \a plan, which is in order, what depends on the order: foreign keys of
/// dropped tables, and what a column that is generated again would take along.
void completeWayBack(const Planner &planner, Plan &plan);

} // namespace migrate
