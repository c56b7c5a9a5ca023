// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/world.h"
#include "query/select.h"

namespace property
{

/// A query value by chance, ordered by all that it shows: tables joined along what points at them,
/// with filters.
query::Select randomSelect(const World &world, Random &random);

} // namespace property
