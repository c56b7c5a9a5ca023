// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"

namespace query
{

/// How \a text is found in the rows of \a table, as the database has it, under \a alias: a tsvector
/// that is there, as a column or in an index over to_tsvector(); else the columns that pg_trgm has
/// an index on; else all columns with text. Nothing when the table has none, or the text is blank.
std::optional<Search> searchOf(const schema::Table &table, const QString &alias,
                               const QString &text);

} // namespace query
