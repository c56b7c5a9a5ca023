// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

#include <QDateTime>
#include <QString>

namespace migrate
{

/// An adjective and a noun by chance: quiet_harbor.
QString madeUpName();

/// \a name as a part of a file's name: everything but letters, digits, '-' and '.' becomes one '_'.
QString fileName(const QString &name);

/// What a migration's name begins with: 0007, 20260102030405, seconds since 1970.
QString prefixText(Prefix prefix, int index, const QDateTime &now);

} // namespace migrate
