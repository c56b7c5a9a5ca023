// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace studio
{

/// A line icon of resources/icons (without .svg), drawn in the palette's colour of the moment.
/// An unknown name is a null icon.
enum class Tint { Dim, Text, Accent, Added, Removed, Changed, Tenant };
QIcon icon(const QString &name, Tint tint = Tint::Dim);

} // namespace studio
