// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowground.h"

#include "studio/widgets/colors.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace studio
{

void drawRowGround(QPainter &painter, const QStyleOptionViewItem &option)
{
    const Colors &c = colors(option.palette);
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, c.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter.fillRect(option.rect, c.raised);
}

} // namespace studio
