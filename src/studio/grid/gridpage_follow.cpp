// SPDX-License-Identifier: GPL-3.0-or-later
// How a grid's page is a place on the trail, and goes to a row of it.
#include "session/project.h"
#include "studio/grid/gridfollow.h"
#include "studio/grid/gridnested.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/trailbar.h"
#include "studio/widgets/rowsview.h"
#include "ui_gridpage.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QShowEvent>

#include <algorithm>

namespace studio
{

namespace
{
bool isByHand(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        return true;
    case QEvent::KeyPress: {
        const int key = static_cast<const QKeyEvent &>(event).key();
        return key != Qt::Key_Alt && key != Qt::Key_Control && key != Qt::Key_Shift &&
               key != Qt::Key_Meta;
    }
    default:
        return false;
    }
}
} // namespace

void GridPage::makeTrail()
{
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    connect(m_follow, &GridFollow::placeWanted, this, &GridPage::visit);
    connect(m_nested, &GridNested::placeWanted, this, &GridPage::visit);
    m_nested->setTitle([this](int row) { return m_follow->titleOf(row); });
    connect(&m_rows, &RowsModel::arrived, this, [this] {
        if (m_awaitsTop)
            settle();
        if (!m_arrival.isEmpty()) {
            m_arrived = std::exchange(m_arrival, {});
            m_arrivedRow = m_rows.rowKey(m_view->currentIndex().row());
            showStatus();
        }
        if (m_memory.trail && isVisible())
            m_memory.trail->update(placeNow()); // by its own name now
    });
    if (!m_memory.trail)
        return;
    auto *bar = new TrailBar(*m_memory.trail, m_table, this);
    static_cast<QBoxLayout *>(layout())->insertWidget(0, bar);
    connect(bar, &TrailBar::stepWanted, this, &GridPage::step);
    connect(m_memory.trail.get(), &GridTrail::leaving, this, [this] {
        if (isVisible())
            m_memory.trail->update(placeNow());
    });
}

/// One came here by other means than along the trail.
void GridPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (event->spontaneous() || !m_memory.trail)
        return;
    const GridPlace *current = m_memory.trail->current();
    if (!current || current->table != m_table)
        m_memory.trail->visit({.table = m_table});
}

void GridPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        keepPlace();
    if (!event->spontaneous() && m_memory.trail)
        m_memory.trail->update(placeNow());
}

/// Whoever moves on before the row is found is not taken there.
bool GridPage::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_keptPlace.isEmpty() && isByHand(*event) && m_rows.state() == RowsModel::State::Ready)
        m_keptPlace.clear();
    if (m_seeking && isByHand(*event) && m_rows.state() == RowsModel::State::Ready) {
        base::disregard(std::exchange(m_seeking, nullptr));
        m_goal.reset();
        m_arrival.clear();
    }
    return QWidget::eventFilter(watched, event);
}

GridPlace GridPage::placeNow() const
{
    GridPlace place{.table = m_table, .choice = m_choice, .stand = standNow()};
    const QModelIndex current = m_view->currentIndex();
    if (!m_shown || !current.isValid())
        return place;
    place.keyColumns = m_shown->keyColumns();
    place.key = keyOf(current.row(), keyPositions(place.keyColumns));
    place.title = m_follow->titleOf(current.row());
    return place;
}

QList<int> GridPage::keyPositions(const QStringList &columns) const
{
    QList<int> positions;
    for (const QString &name : columns)
        positions << int(
            std::distance(m_rows.columns().cbegin(),
                          std::ranges::find(m_rows.columns(), name, &RowsColumn::name)));
    return positions;
}

/// As the server has it: what is staged is not found there.
QStringList GridPage::keyOf(int row, const QList<int> &positions) const
{
    QStringList key;
    for (const int position : positions) {
        if (position < m_rows.columnCount())
            key << QString::fromUtf8(m_rows.value(row, position).value_or(QByteArray()));
    }
    return key;
}

/// The row of \a place, when it is among those that are loaded; else -1.
int GridPage::loadedRow(const GridPlace &place) const
{
    if (place.key.isEmpty() || m_rows.state() != RowsModel::State::Ready)
        return -1;
    const QList<int> positions = keyPositions(place.keyColumns);
    const int current = m_view->currentIndex().row();
    if (current >= 0 && keyOf(current, positions) == place.key)
        return current;
    for (int row = 0; row < m_rows.rowCount(); ++row) {
        if (keyOf(row, positions) == place.key)
            return row;
    }
    return -1;
}

void GridPage::visit(const GridPlace &place)
{
    if (m_memory.trail)
        m_memory.trail->visit(place);
    Q_EMIT placeWanted(place);
}

void GridPage::step(qsizetype by)
{
    if (const std::optional<GridPlace> place = m_memory.trail->step(by))
        Q_EMIT placeWanted(*place);
}

void GridPage::showPlace(const GridPlace &place)
{
    m_keptPlace.clear();
    m_returning = place.stand ? std::optional(place) : std::nullopt;
    m_goal = place.key.isEmpty() || place.stand ? std::nullopt : std::optional(place);
    if (place.choice) {
        GridChoice choice = *place.choice;
        choice.labels = m_choice.labels;
        choice.nested = m_choice.nested;
        if (choice != m_choice) {
            // Not kept for the next run: nobody chose it for this table.
            m_choice = choice;
            m_ui->pills->setFilters(choice.filters);
            const QSignalBlocker quiet(m_ui->searchText);
            m_ui->searchText->setText(choice.search);
            showRows(); // seeks
            m_view->setFocus();
            return;
        }
    }
    m_view->setFocus();
    if (m_returning) {
        returnTo(place);
        return;
    }
    if (const int row = loadedRow(place); row >= 0) {
        m_goal.reset();
        if (row != m_view->currentIndex().row())
            m_view->setCurrentIndex(
                m_rows.index(row, std::max(0, m_view->currentIndex().column())));
    }
    seek();
}

void GridPage::seek()
{
    base::disregard(m_seeking);
    m_seeking = nullptr;
    const RowsQuery &query = m_rows.query();
    if (!m_goal || !m_shown || m_rows.state() == RowsModel::State::Empty)
        return;
    if (query.paging != RowsQuery::Paging::Keyset) {
        // Under a condition that somebody wrote, rows without a key have no place to be sought.
        if (!switchFiltersOff(tr("The filters are switched off: with them %1 is not found")))
            m_goal.reset();
        return;
    }
    query::Select row = query.select;
    row.columns.clear();
    row.cuts.clear(); // a key is sought whole
    row.sorts.clear();
    for (const query::Sort &sort : query.select.sorts)
        row.columns << sort.column;
    row.among = query::Among{{}, {m_goal->key}};
    for (const QString &column : std::as_const(m_goal->keyColumns))
        row.among->columns << query::ColumnRef{row.from.alias, column};
    row.limit = 1;
    m_seeking = base::receive(this, m_project.fetch(row),
                              [this](const base::Result<rows::Page> &page) { found(page); });
}

void GridPage::found(const base::Result<rows::Page> &page)
{
    m_seeking = nullptr;
    if (!page) {
        m_goal.reset();
        if (page.error().kind != base::ErrorKind::Cancelled)
            Q_EMIT failed(page.error());
        return;
    }
    if (page->rowCount() == 0) {
        if (switchFiltersOff(tr("The filters are switched off: they left %1 out")))
            return;
        const QString title = m_goal->title;
        m_goal.reset();
        m_arrival.clear(); // nobody arrives
        const std::optional<session::Tenant> tenant = m_project.tenant();
        say(tenant ? tr("%1 is not among the rows of %2").arg(title, m_project.chosenLabel(m_table))
                   : tr("%1 is not there any more").arg(title));
        return;
    }
    m_goal.reset();
    RowKey key;
    for (qsizetype column = 0; column < page->columns().size(); ++column)
        key << page->value(0, column);
    m_view->moveToKey(key);
}

/// The row is shown in its place among all rows, not as the only one. False when no filter is on.
bool GridPage::switchFiltersOff(const QString &why)
{
    const bool isNarrow =
        !m_choice.search.isEmpty() || std::ranges::any_of(m_choice.filters, &GridFilter::isOn);
    if (!isNarrow)
        return false;
    for (GridFilter &filter : m_choice.filters)
        filter.isOn = false;
    m_choice.search.clear();
    m_ui->pills->setFilters(m_choice.filters);
    const QSignalBlocker quiet(m_ui->searchText);
    m_ui->searchText->clear();
    m_arrival = why.arg(m_goal->title);
    showRows();
    return true;
}

} // namespace studio
