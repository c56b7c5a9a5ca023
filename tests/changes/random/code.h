// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace changes
{

/// The TypeScript that declares \a database with drizzle-orm: of everything that a random schema
/// holds, not of everything that Drizzle can say.
QByteArray codeOf(const schema::Database &database);

} // namespace changes
