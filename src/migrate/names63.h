// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

namespace migrate
{

/// What PostgreSQL would refuse of \a database because it keeps 63 bytes of a name only: two names
/// in one place that become one, and values of enums that are longer.
QList<base::Error> nameErrors(const schema::Database &database);

} // namespace migrate
