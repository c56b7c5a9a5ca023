// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenant
{

/// Whether \a function ("lower", "pg_catalog.lower") is one of PostgreSQL's own that look at
/// nothing but their arguments. Others may read any table or file, wait, lock, or remember: what a
/// plan shows of a statement does not show it, and neither does their volatility.
bool isHarmless(const QString &function);

} // namespace tenant
