// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/search.h"

namespace studio
{

/// As query::searchOf(), for a table or a view of \a database under its own name.
std::optional<query::Search> searchOf(const schema::Database &database, const schema::Name &name,
                                      const QString &text);

/// How a search finds its rows, and what that costs.
QString searchText(const query::Search &search);

} // namespace studio
