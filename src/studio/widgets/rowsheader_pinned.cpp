// SPDX-License-Identifier: GPL-3.0-or-later
// The titles of pinned columns: where they are, and the mouse on them while the others are
// scrolled, which QHeaderView would look for elsewhere.
#include "studio/widgets/rowsheader.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTableView>

#include <algorithm>
#include <cstdlib>

namespace studio
{

namespace
{
constexpr int RoomForOthers = 160; // beside pinned columns

QMouseEvent at(int x, const QMouseEvent &event)
{
    return {event.type(),          QPointF(x, event.position().y()),
            event.scenePosition(), event.globalPosition(),
            event.button(),        event.buttons(),
            event.modifiers(),     event.pointingDevice()};
}
} // namespace

void RowsHeader::setPinned(int count)
{
    if (m_pinned == count)
        return;
    m_pinned = count;
    viewport()->update();
    Q_EMIT pinnedChanged();
}

void RowsHeader::pin(int column)
{
    if (isPinned(column))
        return;
    moveSection(visualIndex(column), m_pinned);
    setPinned(m_pinned + 1);
}

void RowsHeader::unpin(int column)
{
    if (!isPinned(column))
        return;
    int to = m_pinned - 1;
    for (int before = column - 1; before >= 0; --before) {
        if (!isPinned(before)) {
            to = visualIndex(before);
            break;
        }
    }
    {
        const QScopedValueRollback pinning(m_isPinning, true);
        moveSection(visualIndex(column), to);
    }
    setPinned(m_pinned - 1);
}

/// A title that is dragged stays on its side of the edge.
void RowsHeader::keepTogether(int from, int to)
{
    const bool wasPinned = from < m_pinned;
    if (m_isPinning || wasPinned == (to < m_pinned))
        return;
    const QScopedValueRollback pinning(m_isPinning, true);
    moveSection(to, wasPinned ? m_pinned - 1 : m_pinned);
}

int RowsHeader::staying() const
{
    const int most = m_table->viewport()->width() - RoomForOthers;
    int width = 0;
    for (int place = 0; place < std::min(m_pinned, count()); ++place) {
        width += sectionSize(logicalIndex(place));
        if (width > most)
            return place;
    }
    return std::min(m_pinned, count());
}

int RowsHeader::pinnedWidth() const
{
    const int staying = this->staying();
    if (staying == 0)
        return 0;
    const int last = logicalIndex(staying - 1);
    return sectionPosition(last) + sectionSize(last);
}

int RowsHeader::scrolled(int x) const
{
    const int width = pinnedWidth();
    if (width == 0 || x >= width)
        return x;
    return x < 0 ? x + width : x - offset();
}

int RowsHeader::left(int column) const
{
    return stays(column) ? sectionPosition(column) : sectionViewportPosition(column);
}

/// Whether the mouse is on a title that stays while the others are elsewhere.
bool RowsHeader::isApart(int x) const
{
    return offset() > 0 && x >= 0 && x < pinnedWidth();
}

/// The pinned column whose right edge is there, -1 without one.
int RowsHeader::edgeAt(int x) const
{
    const int grip = style()->pixelMetric(QStyle::PM_HeaderGripMargin, nullptr, this);
    const int column = columnAt(std::min(x + grip, pinnedWidth() - 1));
    if (sectionPosition(column) + sectionSize(column) - x <= grip)
        return column;
    int before = visualIndex(column) - 1;
    while (before >= 0 && isSectionHidden(logicalIndex(before)))
        --before;
    return before >= 0 && sectionPosition(column) >= x - grip ? logicalIndex(before) : -1;
}

void RowsHeader::mousePressEvent(QMouseEvent *event)
{
    const int x = event->pos().x();
    m_grip.reset();
    if (!isApart(x)) {
        QHeaderView::mousePressEvent(event);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const int edge = edgeAt(x);
    if (edge < 0)
        m_grip = Grip{.column = columnAt(x), .x = x, .width = {}};
    else
        m_grip = Grip{.column = edge, .x = x, .width = sectionSize(edge)};
}

void RowsHeader::mouseMoveEvent(QMouseEvent *event)
{
    const int x = event->pos().x();
    if (m_grip && m_grip->width) {
        resizeSection(m_grip->column,
                      std::max(minimumSectionSize(), *m_grip->width + x - m_grip->x));
    } else if (m_grip) {
        m_grip->isDragged |= std::abs(x - m_grip->x) >= QApplication::startDragDistance();
    } else if (event->buttons() == Qt::NoButton && isApart(x)) {
        setCursor(edgeAt(x) < 0 ? Qt::ArrowCursor : Qt::SplitHCursor);
    } else {
        // What is dragged does not go behind the pinned ones.
        QMouseEvent there = at(std::max(x, offset() > 0 ? pinnedWidth() : 0), *event);
        QHeaderView::mouseMoveEvent(&there);
    }
}

void RowsHeader::mouseReleaseEvent(QMouseEvent *event)
{
    const int x = event->pos().x();
    if (!m_grip) {
        QMouseEvent there = at(std::max(x, offset() > 0 ? pinnedWidth() : 0), *event);
        QHeaderView::mouseReleaseEvent(&there);
        return;
    }
    const Grip grip = *std::exchange(m_grip, std::nullopt);
    if (grip.width)
        return;
    const int to = x < 0 ? 0 : x < pinnedWidth() ? visualIndex(columnAt(x)) : staying() - 1;
    if (grip.isDragged)
        moveSection(visualIndex(grip.column), to);
    else
        Q_EMIT sectionClicked(grip.column);
}

void RowsHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int x = event->pos().x();
    if (!isApart(x))
        QHeaderView::mouseDoubleClickEvent(event);
    else if (const int edge = edgeAt(x); edge >= 0)
        Q_EMIT sectionHandleDoubleClicked(edge);
}

bool RowsHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QHelpEvent there(help->type(), {scrolled(help->pos().x()), help->pos().y()}, help->globalPos());
    return QHeaderView::viewportEvent(&there);
}

} // namespace studio
