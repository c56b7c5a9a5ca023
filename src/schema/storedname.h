// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace schema
{

/// What PostgreSQL calls something that is given \a name: the first 63 bytes of it as UTF-8, whole
/// characters only (NAMEDATALEN - 1). drizzle-kit keeps the long name in its snapshots.
QString storedName(const QString &name);

} // namespace schema
