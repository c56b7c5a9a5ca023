// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// Whether the plan makes the enum \a type anew.
bool isRebuilt(const Planner &planner, const schema::Name &type);
/// What the enum \a type before the plan is called while columns change to the new one beside it;
/// nullopt: the plan does not make it anew, or over text.
std::optional<schema::Name> oldName(const Planner &planner, const schema::Name &type);
/// The nodes that give the enum \a type its name.
QList<int> renamerOf(const Planner &planner, const schema::Name &type);

/// Whether the plan makes the enum of \a column anew; that sets the column's default too.
bool isRebuilt(const Planner &planner, const schema::Column &column);

/// How the database calls \a value of \a type before the plan.
QString liveValue(const Planner &planner, const schema::Name &type, QString value);

/// Statements with a value that the plan adds to an enum wait until that is committed.
void commitUsedValues(Planner &planner);

} // namespace migrate
