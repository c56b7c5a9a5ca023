// SPDX-License-Identifier: GPL-3.0-or-later
// How a grid's page comes back to where one was: to the rows on the screen and to the current cell.
#include "session/project.h"
#include "studio/grid/gridpage.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/theme.h"

#include <QScrollBar>

#include <algorithm>

namespace studio
{

namespace
{
QStringList orderOf(const RowsQuery &query)
{
    QStringList order;
    for (const query::Sort &sort : query.select.sorts)
        order << (sort.descending ? u'-' + sort.column.column : sort.column.column);
    return order;
}
} // namespace

/// Whose rows are shown: a place among a tenant's is none among another's.
QString GridPage::scopeNow() const
{
    if (!isOfTenant())
        return {};
    const auto nested = m_project.nested();
    return m_project.tenant()->id + (nested ? u'/' + nested->id : QString());
}

std::optional<GridStand> GridPage::standNow() const
{
    const RowsView::Place current = m_view->currentPlace();
    if (!m_shown || m_rows.rowCount() == 0 || current.row < 0)
        return std::nullopt;
    const qint64 top = m_view->topRow();
    return GridStand{.order = orderOf(m_rows.query()),
                     .top = m_rows.orderKey(int(top - m_rows.firstRow())),
                     .topRow = top,
                     .below = current.row - top,
                     .column = m_rows.columns().value(current.column).name,
                     .left = m_view->horizontalScrollBar()->value()};
}

void GridPage::keepPlace() const
{
    if (!m_memory.writePlace || m_returning)
        return;
    if (const GridPlace place = placeNow(); place.stand)
        m_memory.writePlace(m_table, packed(place, scopeNow()));
}

/// Where one was in another run, as soon as the rows are those that one was among.
void GridPage::returnToKept()
{
    if (m_goal || m_keptPlace.isEmpty())
        return;
    if (const auto kept = unpackedPlace(m_keptPlace, m_table, scopeNow()))
        returnTo(*kept);
}

void GridPage::returnTo(const GridPlace &place)
{
    m_keptPlace.clear();
    m_returning = place;
    if (m_rows.state() == RowsModel::State::Empty)
        return; // there are no rows yet: they are asked for with the catalog
    const GridStand &stand = *place.stand;
    const RowsQuery &query = m_rows.query();
    m_awaitsTop = query.paging == RowsQuery::Paging::Keyset && stand.topRow > 0 &&
                  stand.order == orderOf(query) && stand.top.size() == stand.order.size();
    if (m_awaitsTop)
        m_rows.jumpTo(stand.top);
    else if (m_rows.state() == RowsModel::State::Ready)
        comeTo(stand.topRow);
}

/// By the row's number, where its values do not say where it stands now.
void GridPage::comeTo(qint64 row)
{
    m_awaitsTop = true;
    m_view->showRow(row);
    if (m_rows.state() == RowsModel::State::Ready)
        settle();
}

/// The topmost row is where it was. One that has gone had its place where the next one is now.
void GridPage::settle()
{
    if (!m_returning || m_rows.rowCount() == 0)
        return;
    const GridPlace place = *std::exchange(m_returning, std::nullopt);
    const GridStand &stand = *place.stand;
    const auto column = std::ranges::find(m_rows.columns(), stand.column, &RowsColumn::name);
    const bool isThere = column != m_rows.columns().cend();
    const int row = loadedRow(place);
    const qint64 at = row >= 0 ? m_rows.firstRow() + row : m_view->topRow() + stand.below;
    m_view->comeBackTo({at, isThere ? int(std::distance(m_rows.columns().cbegin(), column)) : 0});
    if (const QModelIndex current = m_view->currentIndex(); current.isValid()) {
        m_view->selectionModel()->select(current, QItemSelectionModel::ClearAndSelect);
        if (stand.below >= 0 && stand.below * rowHeight < m_view->viewport()->height())
            m_view->scrollTo(current); // it was seen, and may stand elsewhere now
    }
    m_view->horizontalScrollBar()->setValue(stand.left);
}

} // namespace studio
