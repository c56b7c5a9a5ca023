// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// What has nothing to do with each other and takes several migrations.
enum class Series {
    Together, ///< the first ones of all in the first migration, and so on
    Apart     ///< where one waits for a migration of its own: nothing of others in between
};

/// The living of \a nodes in an order in which each finds what it needs, cut into migrations where
/// something has to be committed first or must be alone; `after` of each step is \a from with what
/// has been done so far, of the last one \a to.
Plan inSteps(const QList<Node> &nodes, const schema::Database &from, const schema::Database &to,
             Series series = Series::Together);

} // namespace migrate
