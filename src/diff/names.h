// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diff
{

/// The name PostgreSQL makes up for a primary key (contacts_pkey, with an empty \a column) or the
/// sequence of a serial column (contacts_id_seq): where it is too long, the longer part is cut.
QString generatedName(const QString &table, const QString &column, const QString &label);

} // namespace diff
