// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// What to ask the database before the first statement of \a plan, in the names it has then. What
/// cannot be asked (a cast without a test of its own, a column that comes with the plan) is left
/// out.
QList<PreCheck> preChecks(const Planner &planner, const Plan &plan);

/// SQL that is true where \a value (SQL of type \a before) does not become a value of \a after;
/// empty when every value does, or there is no way to tell.
QString misfit(const schema::Column &before, const schema::Column &after, const QString &value,
               const schema::Database &from, const schema::Database &to, int serverVersion);

} // namespace migrate
