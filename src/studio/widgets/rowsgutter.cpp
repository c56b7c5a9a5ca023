// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsgutter.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>
#include <QToolTip>

#include <algorithm>

namespace studio
{

namespace
{
constexpr int Width = 22;
}

RowsGutter::RowsGutter(QTableView *view)
    : QHeaderView(Qt::Vertical, view)
    , m_view(view)
{
    setObjectName(QStringLiteral("rowsGutter"));
    setSectionResizeMode(Fixed);
    setMinimumSectionSize(studio::rowHeight);
    setDefaultSectionSize(studio::rowHeight);
    setHighlightSections(false);
    setMouseTracking(true);
    hide();
}

void RowsGutter::setArrows(const std::function<Arrow(int row)> &arrows)
{
    m_arrows = arrows;
    setVisible(bool(arrows));
    viewport()->update();
    Q_EMIT arrowsChanged();
}

void RowsGutter::setRoom(int first, int last, const std::function<int(int row)> &room)
{
    // By the bar: while rows come or go, the header's own offset may lag behind it.
    QScrollBar *bar = m_view->verticalScrollBar();
    const int top = std::max(0, visualIndexAt(bar->value() - offset()));
    const int beyond = bar->value() - sectionPosition(top);
    // Else each one is laid out for itself.
    setUpdatesEnabled(false);
    bool isChanged = false;
    for (int row = std::max(0, first); row <= std::min(last, count() - 1); ++row) {
        const int height = studio::rowHeight + room(row);
        isChanged = isChanged || height != sectionSize(row);
        resizeSection(row, height);
    }
    setUpdatesEnabled(true);
    viewport()->update();
    if (!isChanged)
        return;
    m_view->doItemsLayout();
    bar->setValue(sectionPosition(top) + beyond);
}

bool RowsGutter::hasRoom() const
{
    return length() > count() * studio::rowHeight;
}

QRect RowsGutter::roomOf(int row) const
{
    const int top = sectionPosition(row) - m_view->verticalScrollBar()->value();
    return {0, top + studio::rowHeight, m_view->viewport()->width(),
            sectionSize(row) - studio::rowHeight};
}

QSize RowsGutter::sizeHint() const
{
    return {Width, 0}; // who asks wants the width; the height is measured row by row
}

/// The row whose arrow is there, -1 without one.
int RowsGutter::arrowAt(QPoint at) const
{
    const int row = logicalIndexAt(at);
    const bool isInRow =
        row >= 0 && at.y() < sectionViewportPosition(row) + studio::rowHeight && m_arrows;
    return isInRow && m_arrows(row) != Arrow::None ? row : -1;
}

void RowsGutter::mousePressEvent(QMouseEvent *event)
{
    const int row = arrowAt(event->pos());
    if (row >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT arrowClicked(row, event->modifiers());
}

void RowsGutter::mouseMoveEvent(QMouseEvent *event)
{
    const int row = arrowAt(event->pos());
    if (row == m_hovered)
        return;
    m_hovered = row;
    setCursor(row < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    viewport()->update();
}

// Rows are neither selected nor resized here.
void RowsGutter::mouseReleaseEvent(QMouseEvent *) {}

void RowsGutter::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event);
}

bool RowsGutter::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), arrowAt(help->pos()) < 0 ? QString() : toolTip(),
                           this);
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
    return QHeaderView::viewportEvent(event);
}

void RowsGutter::paintSection(QPainter *painter, const QRect &rect, int row) const
{
    const Colors &c = colors(palette());
    painter->save();
    painter->fillRect(rect, c.panel);
    painter->setPen(c.line);
    painter->drawLine(rect.topRight(), rect.bottomRight());
    const QRect cell(rect.left(), rect.top(), rect.width(), studio::rowHeight);
    painter->drawLine(cell.bottomLeft(), cell.bottomRight());
    if (rect.height() > cell.height()) {
        painter->fillRect(rect.adjusted(0, cell.height(), -1, 0), c.raised);
        painter->setPen(c.line);
        painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    }
    if (const Arrow arrow = m_arrows ? m_arrows(row) : Arrow::None; arrow != Arrow::None) {
        const QPointF at = QRectF(cell).center();
        QPolygonF shape{{-2, -4}, {3, 0}, {-2, 4}};
        if (arrow == Arrow::Open)
            shape = QPolygonF{{-4, -2}, {4, -2}, {0, 3}};
        shape.translate(at);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(row == m_hovered || arrow == Arrow::Open ? c.accent : c.faint);
        painter->drawPolygon(shape);
    }
    painter->restore();
}

} // namespace studio
