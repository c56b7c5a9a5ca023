// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/column.h"

namespace migrate
{

/// The text behind DEFAULT of \a column, which has one: as drizzle-kit has it in its snapshot, or,
/// where that is no SQL or another value than the program gave, what the program meant.
///
/// drizzle-kit puts a program's value between quotes without escaping it for where it stands:
/// quotes in JSON, quotes and backslashes in elements of an array; a text for a json column as it
/// is; points and lines as a JavaScript array prints. What a person wrote as SQL is told apart by
/// its form, so a text of theirs with the same form is taken for a program's.
QString defaultSql(const schema::Column &column);

} // namespace migrate
