// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/widgets/rowscolumn.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace studio
{

/// A cell for reading: NULL, empty, ✓ and –, shortened uuid, readable time, grouped digits, one
/// line.
QString cellText(const std::optional<QByteArrayView> &bytes, rows::TypeClass type,
                 const QString &typeText);

/// The whole value, where cellText() shows less of it; at most 2,000 characters.
QString cellToolTip(const std::optional<QByteArrayView> &bytes, rows::TypeClass type);

/// 1234567 → 1,234,567, or as the person's locale writes it.
QString grouped(qint64 number);

} // namespace studio
