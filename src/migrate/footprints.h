// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/rows.h"

namespace migrate
{

/// What turns \a before into \a after: renames first, then drops, new rows and changed ones.
/// \a renames are deltas of that kind.
Json deltasOf(const Rows &before, const Rows &after, const Json &renames);

/// What each change writes and reads, for drizzle-kit's test whether two branches go together.
/// \a deltas are deltasOf(); \a after is the schema behind them.
Json footprintsOf(const Rows &before, const Rows &after, const Json &deltas);

} // namespace migrate
