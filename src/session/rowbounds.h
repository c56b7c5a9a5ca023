// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "sql/statement.h"

namespace session
{

/// The statement that asks the statistics for the leading value at about \a part (0 to 1) of
/// \a select's rows; with an order by place it is a block of the file. It has a row when they know.
/// Nothing when \a select is not of a whole table. The value is read first and sought afterwards:
/// both in one statement and the planner does not know what it seeks.
std::optional<sql::Statement> boundStatement(const query::Select &select, double part);

} // namespace session
