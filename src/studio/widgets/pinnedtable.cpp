// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/pinnedtable.h"

#include "studio/widgets/rowsheader.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace studio
{

PinnedTable::PinnedTable(QWidget *parent)
    : QTableView(parent)
    , m_titles(new RowsHeader(this))
{
    setHorizontalHeader(m_titles);
    const auto paintAgain = [this] {
        if (m_titles->pinned() > 0)
            viewport()->update();
    };
    connect(m_titles, &QHeaderView::sectionResized, this, paintAgain);
    connect(m_titles, &QHeaderView::sectionMoved, this, paintAgain);
    connect(m_titles, &RowsHeader::pinnedChanged, viewport(), qOverload<>(&QWidget::update));
}

/// What the pinned columns cover; empty without any.
QRect PinnedTable::pinnedRect() const
{
    return {0, 0, m_titles->pinnedWidth(), viewport()->height()};
}

QRect PinnedTable::visualRect(const QModelIndex &cell) const
{
    QRect rect = QTableView::visualRect(cell);
    const int width = m_titles->pinnedWidth();
    if (width == 0 || !rect.isValid())
        return rect;
    if (m_titles->stays(cell.column()))
        rect.moveLeft(m_titles->sectionPosition(cell.column()));
    else if (rect.right() < width)
        rect.translate(-width, 0); // so that indexAt() finds it again
    else
        rect.setLeft(std::max(rect.left(), width));
    return rect;
}

QModelIndex PinnedTable::indexAt(const QPoint &at) const
{
    return QTableView::indexAt({m_titles->scrolled(at.x()), at.y()});
}

void PinnedTable::scrollTo(const QModelIndex &cell, ScrollHint hint)
{
    QScrollBar *bar = horizontalScrollBar();
    const int before = bar->value();
    QTableView::scrollTo(cell, hint);
    if (!cell.isValid() || m_titles->pinnedWidth() == 0)
        return;
    if (m_titles->stays(cell.column()))
        bar->setValue(before);
    else
        bar->setValue(bar->value() -
                      std::max(0, m_titles->pinnedWidth() - columnViewportPosition(cell.column())));
}

void PinnedTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dx == 0 || m_titles->pinnedWidth() == 0)
        return;
    // What was moved with the others, and what it was moved over.
    viewport()->update();
    m_titles->viewport()->update();
}

void PinnedTable::paintEvent(QPaintEvent *event)
{
    const QRect pinned = pinnedRect();
    if (m_titles->offset() == 0 || pinned.isEmpty()) {
        QTableView::paintEvent(event);
    } else {
        QPaintEvent rest(event->region() - pinned);
        QTableView::paintEvent(&rest);
        paintPinned(event->region().boundingRect() & pinned);
    }
    if (pinned.isEmpty())
        return;
    QPainter painter(viewport());
    const int bottom = verticalHeader()->length() - verticalHeader()->offset();
    m_titles->paintEdge(painter, std::min(bottom, viewport()->height()));
}

void PinnedTable::paintPinned(const QRect &wanted)
{
    const int first = rowAt(wanted.top());
    if (wanted.isEmpty() || first < 0)
        return;
    QStyleOptionViewItem plain;
    initViewItemOption(&plain);
    plain.state &= ~(QStyle::State_MouseOver | QStyle::State_HasFocus | QStyle::State_Selected);
    const bool hasFocus = this->hasFocus() || viewport()->hasFocus();
    const QModelIndex hovered = viewport()->underMouse()
                                    ? indexAt(viewport()->mapFromGlobal(QCursor::pos()))
                                    : QModelIndex();
    QPainter painter(viewport());
    for (int row = first; row < model()->rowCount() && rowViewportPosition(row) <= wanted.bottom();
         ++row) {
        for (int at = 0; at < m_titles->staying(); ++at) {
            const QModelIndex cell = model()->index(row, m_titles->logicalIndex(at));
            if (isColumnHidden(cell.column()))
                continue;
            QStyleOptionViewItem option = plain;
            option.rect = {m_titles->sectionPosition(cell.column()), rowViewportPosition(row),
                           columnWidth(cell.column()), rowHeight(row)};
            option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(cell));
            option.state.setFlag(QStyle::State_HasFocus, hasFocus && cell == currentIndex());
            option.state.setFlag(QStyle::State_MouseOver, cell == hovered);
            itemDelegateForIndex(cell)->paint(&painter, option, cell);
        }
    }
}

void PinnedTable::mousePressEvent(QMouseEvent *event)
{
    m_pointer = event->pos();
    if (!event->modifiers().testFlag(Qt::ShiftModifier)) // which selects from where one was
        m_anchor = indexAt(event->pos());
    QTableView::mousePressEvent(event);
}

void PinnedTable::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->pos();
    QTableView::mouseMoveEvent(event);
}

/// Between two places that may be pinned or behind the pinned ones; all that stands between them is
/// selected, also what is out of sight.
void PinnedTable::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (m_titles->pinnedWidth() == 0) {
        QTableView::setSelection(rect, command);
        return;
    }
    // The first corner is where the selection begins, with Shift where the mouse or the keys went
    // last; scrolled during a drag, it may be under the pinned ones.
    if (state() != DragSelectingState)
        m_anchor = indexAt(rect.topLeft());
    const bool isDrag = state() == DragSelectingState && m_anchor.isValid();
    // The corners as they are: normalized() moves those that it swaps by a pixel.
    const QModelIndex from = isDrag ? QModelIndex(m_anchor) : indexAt(rect.topLeft());
    const QModelIndex to = indexAt(isDrag ? m_pointer : rect.bottomRight());
    if (!from.isValid() || !to.isValid())
        return;
    const auto [top, bottom] = std::minmax({from.row(), to.row()});
    const auto [left, right] =
        std::minmax({m_titles->visualIndex(from.column()), m_titles->visualIndex(to.column())});
    QItemSelection selection;
    for (int at = left; at <= right; ++at) {
        const int column = m_titles->logicalIndex(at);
        selection.append(
            QItemSelectionRange(model()->index(top, column), model()->index(bottom, column)));
    }
    selectionModel()->select(selection, command);
}

QRegion PinnedTable::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region = QTableView::visualRegionForSelection(selection);
    return selection.isEmpty() ? region : region + pinnedRect();
}

} // namespace studio
