// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"
#include "migrate/folder.h"

namespace migrate
{

/// compare(before, after) for a migration that is written already, with the renames that its own
/// statements carry out: whoever wrote it has answered by them. Statements that the parser does not
/// take say nothing.
diff::Difference compareWritten(const schema::Database &before, const schema::Database &after,
                                const Migration &migration);

} // namespace migrate
