// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// Adds the statements of \a change: type, default, NOT NULL, identity, in drizzle-kit's order
/// where that works. What stands in the way of a new type is dropped before it and comes back.
void alterColumn(Planner &planner, const diff::AlterColumn &change);

} // namespace migrate
