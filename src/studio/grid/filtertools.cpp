// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/filtertools.h"

#include "studio/widgets/flowlayout.h"

#include <QBoxLayout>
#include <QEvent>

namespace studio
{

void FilterTools::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool FilterTools::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void FilterTools::arrange()
{
    auto *parts = qobject_cast<QBoxLayout *>(layout());
    if (!parts || parts->count() < 2 || !parts->itemAt(0)->widget())
        return;
    const auto *filters = qobject_cast<FlowLayout *>(parts->itemAt(0)->widget()->layout());
    if (!filters)
        return;
    const QMargins margins = parts->contentsMargins();
    const int needed = filters->lineWidth() + 2 * parts->spacing() +
                       parts->itemAt(1)->sizeHint().width() + margins.left() + margins.right();
    const auto direction = needed <= width() ? QBoxLayout::LeftToRight : QBoxLayout::BottomToTop;
    if (parts->direction() == direction)
        return;
    parts->setStretch(0, direction == QBoxLayout::LeftToRight ? 1 : 0);
    parts->setDirection(direction);
}

} // namespace studio
