// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace migrate
{

/// \a database once \a change is made. Of an altered column only what differs between the change's
/// two sides is taken over, so that a change can be made in parts.
void apply(const diff::Change &change, schema::Database &database);

} // namespace migrate
