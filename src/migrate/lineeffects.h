// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/plan.h"

namespace migrate
{

/// Says of every line of \a plan what it locks and takes, by the same judge as of what people
/// write, and what else can go wrong. What its grammar does not know keeps what the planner said.
/// \a live gives rows and bytes; null: not known.
void describeEffects(Plan &plan, const schema::Database &before, const schema::Surroundings *live);

} // namespace migrate
