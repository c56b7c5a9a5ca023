// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/timelinedelegate.h"

#include "studio/migrations/timelinemodel.h"
#include "studio/widgets/theme.h"

#include <QPainter>

namespace studio
{

namespace
{
QColor colorOf(TimelineMark mark, const Colors &used)
{
    switch (mark) {
    case TimelineMark::Applied:
    case TimelineMark::InStep:
        return used.text;
    case TimelineMark::Pending:
    case TimelineMark::Edited:
    case TimelineMark::Skipped:
        return used.changed;
    case TimelineMark::Broken:
        return used.removed;
    case TimelineMark::NotGenerated:
    case TimelineMark::Unknown:
        break;
    }
    return used.dim;
}

/// A full dot is applied, a ring is not, a dashed ring does not exist as a file yet.
void paintMark(QPainter *painter, const QRectF &rect, TimelineMark mark, const Colors &used)
{
    const QColor color = colorOf(mark, used);
    const bool full = mark == TimelineMark::Applied || mark == TimelineMark::Edited ||
                      mark == TimelineMark::InStep;
    QPen pen(color, 1.4);
    if (mark == TimelineMark::NotGenerated)
        pen.setDashPattern({1.5, 1.5});
    painter->setPen(pen);
    painter->setBrush(full ? QBrush(color) : Qt::NoBrush);
    painter->drawEllipse(rect);
}
} // namespace

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Colors &used = colors(option.palette);
    const auto mark = static_cast<TimelineMark>(index.data(TimelineModel::MarkRole).toInt());
    const QRect rect = option.rect.adjusted(8, 2, -8, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? used.selection : used.raised);
        painter->drawRoundedRect(rect, 5, 5);
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setPen(used.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
    const QRect inside = rect.adjusted(10, 7, -10, -7);
    const int line = inside.height() / 2;
    paintMark(painter, QRectF(inside.x() + 0.5, inside.y() + line / 2.0 - 5, 9, 9), mark, used);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(used.text);
    painter->drawText(QRect(inside.x() + 16, inside.y(), inside.width() - 16, line),
                      Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideMiddle,
                                                    inside.width() - 16));

    const QRect below(inside.x(), inside.y() + line, inside.width(), line);
    const QString counts = index.data(TimelineModel::CountsRole).toString();
    painter->setFont(monoFont());
    painter->setPen(used.dim);
    painter->drawText(below, Qt::AlignVCenter | Qt::AlignRight, counts);
    const int countsWidth = QFontMetrics(monoFont()).horizontalAdvance(counts) + 8;

    QFont small = option.font;
    small.setPixelSize(12);
    painter->setFont(small);
    const bool calm = mark == TimelineMark::Applied || mark == TimelineMark::NotGenerated ||
                      mark == TimelineMark::Unknown || mark == TimelineMark::InStep;
    painter->setPen(calm ? used.dim : colorOf(mark, used));
    painter->drawText(
        below, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(small).elidedText(index.data(TimelineModel::SubtitleRole).toString(),
                                       Qt::ElideRight, below.width() - countsWidth));
    painter->restore();
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, 56};
}

} // namespace studio
