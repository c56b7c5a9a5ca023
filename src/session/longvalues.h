// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "sql/statement.h"

#include <optional>

namespace session
{

/// Asks which tables keep all values within their rows, nothing in TOAST: schema (NULL: public) and
/// name of each. Their values are at most as long as a block holds, compressed, and few pages of
/// them are large. Of all tables or of \a only one; with those that inherit from it and its
/// partitions. Files are asked, no statistics: what another transaction has just written counts. A
/// table that is locked is waited for.
sql::Statement shortTables(const std::optional<schema::Name> &only);

} // namespace session
