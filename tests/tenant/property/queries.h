// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/world.h"
#include "query/select.h"

namespace property
{

/// A query value by chance, ordered by all that it shows: tables joined along what points at them
/// and views, with filters.
query::Select randomSelect(const World &world, Random &random);

/// The same with a condition as a person writes it in the grid: other tables in it, and expressions
/// that fail on rows.
query::Select randomWritten(const World &world, Random &random);

} // namespace property
