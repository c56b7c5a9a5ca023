// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

QT_BEGIN_NAMESPACE
class QPainter;
class QStyleOptionViewItem;
QT_END_NAMESPACE

namespace studio
{

/// The ground of a row in a list or tree: selected, under the mouse, or none.
void drawRowGround(QPainter &painter, const QStyleOptionViewItem &option);

} // namespace studio
