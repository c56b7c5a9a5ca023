// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace migrate
{

/// An adjective and a noun by chance: quiet_harbor.
QString madeUpName();

/// \a name as a part of a file's name: everything but letters, digits, '-' and '.' becomes one '_'.
QString fileName(const QString &name);

} // namespace migrate
