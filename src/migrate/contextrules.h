// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// Adds the hazards that need to see more than one change: long names, what the live database knows
/// of indexes, functions in checks.
void addContextRules(Planner &planner);

} // namespace migrate
