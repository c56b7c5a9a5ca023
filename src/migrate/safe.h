// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: changes in several migrations, so that nobody has to wait.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// \a changes with what is made in several migrations apart from the rest: NOT NULL, a new type.
QList<diff::Change> forSafe(const QList<diff::Change> &changes);

/// SET NOT NULL by way of a check that is validated while others work.
void setNotNullLater(Planner &planner, const diff::AlterColumn &change);

/// A new type by way of a second column that a trigger keeps up: false when the change does not
/// rewrite the table, or the column has keys, indexes or dependants that would have to move along.
bool changeTypeBeside(Planner &planner, const diff::AlterColumn &change);

/// Where a table changes its primary key, what goes with the old one goes behind the new one: the
/// table is never without any.
void dropWhatIsLeftLast(Planner &planner);

} // namespace migrate
