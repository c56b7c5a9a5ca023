// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/plan.h"

namespace migrate
{

/// The changes of a safe \a plan that keep others waiting, or break what they run, all the same:
/// there is no variant of them that does not. In the plan's order, each once.
QList<diff::Change> leftAsTheyWere(const Plan &plan);

/// Whether a statement of \a plan cannot stand in a transaction, which drizzle-kit's own migrator
/// puts around everything.
bool needsOwnMigrator(const Plan &plan);

} // namespace migrate
