// SPDX-License-Identifier: GPL-3.0-or-later
// How RowsView moves through a result of which its model holds a window only.
#include "studio/widgets/rowsgutter.h"
#include "studio/widgets/rowsmodel.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace studio
{

void RowsView::connectScrolling()
{
    using namespace std::chrono_literals;
    m_follow.setSingleShot(true);
    m_follow.setInterval(30ms);
    connect(&m_follow, &QTimer::timeout, this, &RowsView::followBar);
    m_sync.setSingleShot(true);
    connect(&m_sync, &QTimer::timeout, this, &RowsView::syncBar);
    connect(&m_rows, &RowsModel::leaving, this, &RowsView::leave);
    connect(&m_rows, &RowsModel::rowsRemoved, this, [this](const QModelIndex &, int first) {
        if (first == 0)
            stayInPlace();
    });
    connect(&m_rows, &RowsModel::arrived, this, &RowsView::arrive);
    connect(&m_rows, &RowsModel::totalChanged, this, &RowsView::scheduleSync);
    connect(&m_rows, &RowsModel::stateChanged, this, &RowsView::scheduleSync);
    connect(&m_rows, &RowsModel::modelReset, this, [this] {
        m_away.reset();
        m_goal.reset();
        m_follow.stop();
        scheduleSync();
    });
}

void RowsView::setScrollBar(QScrollBar *bar)
{
    m_bar = bar;
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_bar->setSingleStep(1);
    connect(m_bar, &QScrollBar::valueChanged, this, [this] {
        if (!m_follow.isActive())
            m_follow.start();
    });
    connect(m_bar, &QScrollBar::sliderReleased, this, [this] { m_follow.start(); });
    syncBar();
}

qint64 RowsView::topRow() const
{
    return m_rows.firstRow() + std::max(0, rowAt(0));
}

qint64 RowsView::currentRow() const
{
    if (currentIndex().isValid())
        return m_rows.firstRow() + currentIndex().row();
    return m_away ? m_away->row : -1;
}

RowsView::Place RowsView::currentPlace() const
{
    if (currentIndex().isValid())
        return {m_rows.firstRow() + currentIndex().row(), currentIndex().column()};
    return m_away.value_or(Place());
}

void RowsView::comeBackTo(Place place)
{
    if (m_rows.atEnd() && m_rows.rowCount() > 0)
        place.row = std::min(place.row, m_rows.firstRow() + m_rows.rowCount() - 1);
    if (place.row < 0)
        return;
    selectionModel()->clearCurrentIndex();
    m_away = place;
    restoreCurrent();
}

qint64 RowsView::rowsOnScreen() const
{
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    if (m_gutter->hasRoom() && first >= 0 && last >= 0)
        return std::max(1, last - first);
    return std::max(1, viewport()->height() / studio::rowHeight);
}

bool RowsView::isInWindow(qint64 row) const
{
    return row >= m_rows.firstRow() && row < m_rows.firstRow() + m_rows.rowCount();
}

void RowsView::showRow(qint64 row, qint64 slack)
{
    const qint64 last = row + rowsOnScreen();
    if (isInWindow(row) && (isInWindow(last) || m_rows.atEnd()))
        scrollInWindow(row);
    else if (m_rows.atEnd() && row >= m_rows.firstRow() + m_rows.rowCount())
        scrollInWindow(m_rows.firstRow() + m_rows.rowCount() - 1);
    else
        m_rows.jump(row, slack);
}

void RowsView::moveTo(qint64 row)
{
    const int column = currentIndex().isValid() ? currentIndex().column()
                       : m_away                 ? m_away->column
                                                : 0;
    row = std::max<qint64>(0, row);
    if (m_rows.atEnd())
        row = std::min<qint64>(row, m_rows.firstRow() + m_rows.rowCount() - 1);
    if (isInWindow(row)) {
        setCurrentIndex(m_rows.index(static_cast<int>(row - m_rows.firstRow()), column));
        return;
    }
    m_goal = Place{row, column};
    const RowsTotal total = m_rows.total();
    if (total.kind != RowsTotal::Kind::Unknown && row >= total.rows - 1)
        m_rows.jumpToEnd();
    else
        m_rows.jump(row);
}

void RowsView::moveToKey(const QList<sql::Parameter> &key)
{
    m_goal = Place{-1, currentIndex().isValid() ? currentIndex().column() : 0};
    m_rows.jumpTo(key);
}

/// The keys that lead out of the window; true when \a event was one.
bool RowsView::moveFar(const QKeyEvent &event)
{
    const bool isWhole = event.modifiers().testFlag(Qt::ControlModifier);
    const qint64 from = currentRow() >= 0 ? currentRow() : topRow();
    qint64 to = from;
    switch (event.key()) {
    case Qt::Key_Up:
        to = isWhole ? 0 : from - 1;
        break;
    case Qt::Key_Down:
        to = isWhole ? std::numeric_limits<qint64>::max() : from + 1;
        break;
    case Qt::Key_PageUp:
        to = from - rowsOnScreen();
        break;
    case Qt::Key_PageDown:
        to = from + rowsOnScreen();
        break;
    case Qt::Key_Home:
        to = isWhole ? 0 : from;
        break;
    case Qt::Key_End:
        to = isWhole ? std::numeric_limits<qint64>::max() : from;
        break;
    default:
        return false;
    }
    const bool isBeyond = (to < m_rows.firstRow() && !m_rows.atStart()) ||
                          (to >= m_rows.firstRow() + m_rows.rowCount() && !m_rows.atEnd());
    if (m_rows.rowCount() == 0 || (currentIndex().isValid() && !isBeyond))
        return false;
    moveTo(to);
    return true;
}

/// What was dragged to since the last jump.
void RowsView::followBar()
{
    m_goal.reset();
    const qint64 row = m_bar->value() * m_barUnit;
    if (m_bar->value() == m_bar->maximum() && m_bar->maximum() > 0 && !m_rows.atEnd())
        m_rows.jumpToEnd();
    else
        showRow(row, std::abs(row - topRow()) > rowsAPixel() ? rowsAPixel() / 2 : 0);
    // With room below rows fewer of them are at the end than elsewhere.
    if (m_bar->value() == m_bar->maximum() && m_bar->maximum() > 0 && m_rows.atEnd())
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

/// So many rows lie between two places that the bar's handle can be dragged to.
qint64 RowsView::rowsAPixel() const
{
    const RowsTotal total = m_rows.total();
    return total.kind == RowsTotal::Kind::Unknown ? 0 : total.rows / std::max(1, m_bar->height());
}

void RowsView::scrollInWindow(qint64 row)
{
    growBar();
    verticalScrollBar()->setValue(m_gutter->sectionPosition(int(row - m_rows.firstRow())));
    scheduleLook();
    scheduleSync();
}

/// Rows have come or gone that Qt's own bar hears of with the next layout only.
void RowsView::growBar()
{
    verticalScrollBar()->setRange(0, std::max(0, m_gutter->length() - viewport()->height()));
}

void RowsView::scheduleSync()
{
    if (!m_sync.isActive())
        m_sync.start(0);
}

void RowsView::syncBar()
{
    // A page that goes takes its model with it first, and hiding its view scrolls once more.
    if (model() != &m_rows)
        return;
    // While a hand is on it, or rows are on their way to where it points, it leads.
    if (!m_bar || m_bar->isSliderDown() || m_follow.isActive())
        return;
    const RowsTotal total = m_rows.total();
    const qint64 rows = std::max<qint64>(total.rows, m_rows.firstRow() + m_rows.rowCount());
    const qint64 most = std::max<qint64>(0, rows - rowsOnScreen());
    m_barUnit = most / std::numeric_limits<int>::max() + 1;
    const QSignalBlocker quiet(m_bar);
    m_bar->setRange(0, static_cast<int>(most / m_barUnit));
    m_bar->setPageStep(static_cast<int>(std::max<qint64>(1, rowsOnScreen() / m_barUnit)));
    m_bar->setVisible(most > 0);
    const bool isEstimate = total.kind != RowsTotal::Kind::Exact || !m_rows.isPlaced();
    if (std::exchange(m_barIsEstimated, isEstimate) != isEstimate)
        setStyleProperty(m_bar, "estimated", isEstimate);
    if (m_rows.state() == RowsModel::State::Loading && !isInWindow(m_bar->value() * m_barUnit))
        return;
    const bool isAtBottom =
        m_rows.atEnd() && verticalScrollBar()->value() == verticalScrollBar()->maximum();
    m_bar->setValue(isAtBottom ? m_bar->maximum() : static_cast<int>(topRow() / m_barUnit));
}

void RowsView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const int before = verticalScrollBar()->value();
    const bool isAbove = start == 0 && m_rows.rowCount() > end + 1;
    PinnedTable::rowsInserted(parent, start, end);
    if (isAbove) {
        growBar();
        verticalScrollBar()->setValue(before + m_gutter->sectionPosition(end + 1));
    }
    restoreCurrent();
}

/// The current cell is remembered before Qt gives its place to another one.
void RowsView::leave(int first, int last)
{
    const bool isAbove = first == 0 && last + 1 < m_rows.rowCount();
    m_offset = verticalScrollBar()->value() - (isAbove ? m_gutter->sectionPosition(last + 1) : 0);
    const QModelIndex current = currentIndex();
    if (!current.isValid() || current.row() < first || current.row() > last)
        return;
    const Place away{m_rows.firstRow() + current.row(), current.column()};
    selectionModel()->clearCurrentIndex();
    m_away = away;
}

/// After pages above have gone, the rows that stay are where they were on the screen.
void RowsView::stayInPlace()
{
    if (m_rows.rowCount() == 0)
        return;
    growBar();
    verticalScrollBar()->setValue(m_offset);
}

void RowsView::restoreCurrent()
{
    if (!m_away || currentIndex().isValid() || m_goal || !isInWindow(m_away->row))
        return;
    const QModelIndex back =
        m_rows.index(static_cast<int>(m_away->row - m_rows.firstRow()), m_away->column);
    const bool scrolls = hasAutoScroll();
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(back, QItemSelectionModel::NoUpdate);
    setAutoScroll(scrolls);
}

void RowsView::arrive(qint64 row)
{
    const bool isByKey = m_goal && m_goal->row < 0;
    const bool isSeen = row >= topRow() && row < topRow() + rowsOnScreen() - 1;
    if (!isByKey)
        scrollInWindow(row);
    else if (!isSeen) // with a little of what is above
        scrollInWindow(std::max(m_rows.firstRow(), row - rowsOnScreen() / 3));
    if (m_goal) {
        const Place goal = *std::exchange(m_goal, std::nullopt);
        const qint64 last = m_rows.firstRow() + m_rows.rowCount() - 1;
        const qint64 to = goal.row < 0 ? row : goal.row;
        const auto at =
            static_cast<int>(std::clamp(to, m_rows.firstRow(), last) - m_rows.firstRow());
        setCurrentIndex(m_rows.index(at, goal.column));
    } else {
        restoreCurrent();
    }
    scheduleSync();
}

} // namespace studio
