// SPDX-License-Identifier: GPL-3.0-or-later
// How RowsModel asks for pages and what it does with those that come.
#include "studio/widgets/rowsmodel.h"

#include <algorithm>

namespace studio
{

namespace
{
/// How many pages' worth of rows are read to find where a page that came back meets the next one.
constexpr qsizetype MostWidened = 4;
} // namespace

bool RowsModel::requested(qsizetype slot) const
{
    return std::any_of(m_requests.cbegin(), m_requests.cend(),
                       [slot](const Request &request) { return request.slot == slot; });
}

void RowsModel::requestDropped(qsizetype from, qsizetype to)
{
    // One at a time: where a page is sought depends on the neighbour that has just come.
    for (const Request &request : std::as_const(m_requests)) {
        if (request.slot < m_window.slotCount())
            return;
    }
    const qsizetype end = m_window.rowCount() - 1;
    const auto slotOf = [&](qsizetype row) { return m_window.slotAt(std::min(row, end)); };
    QList<qsizetype> wanted;
    for (qsizetype slot = slotOf(m_firstSeen); slot <= slotOf(m_lastSeen); ++slot)
        wanted.append(slot);
    wanted << slotOf(from) << slotOf(to);
    for (const qsizetype slot : std::as_const(wanted)) {
        if (!m_window.slot(slot).page) {
            request(slot);
            return;
        }
    }
}

void RowsModel::request(qsizetype slot, qsizetype limit)
{
    query::Select select = m_query.select;
    Request request{.slot = slot, .limit = std::max(limit, m_query.pageSize)};
    if (m_query.keyset) {
        select.after = m_window.seek(slot);
        request.backwards = select.after && select.after->backwards;
        // One row more than the place held: it shows that the page still meets the next one.
        if (!request.backwards && slot + 1 < m_window.slotCount())
            request.limit = std::max(limit, m_window.slot(slot).rowCount + 1);
    } else {
        request.limit = select.limit.value_or(request.limit);
    }
    select.limit = request.limit;
    const int id = m_nextRequest++;
    request.started.start();
    const auto callback = [this, id](const base::Result<rows::Page> &result) {
        received(id, result);
    };
    request.watcher = base::receive(this, m_fetch(select), callback);
    m_requests.insert(id, request);
    setState(State::Loading);
}

void RowsModel::received(int id, const base::Result<rows::Page> &result)
{
    const Request request = m_requests.take(id);
    if (!result) {
        disregardAll();
        m_error = result.error();
        setState(m_error->kind == base::ErrorKind::Cancelled ? State::Cancelled : State::Failed);
        return;
    }
    m_elapsed = request.started.elapsed();
    // Views ask for more in the middle of an insertion, when the keys are not in place yet.
    m_isReceiving = true;
    receivePage(request, *result);
    m_isReceiving = false;
    if (m_requests.isEmpty())
        setState(State::Ready);
    Q_EMIT totalChanged();
    look(m_firstSeen, m_lastSeen);
}

void RowsModel::receivePage(const Request &request, const rows::Page &page)
{
    const bool isFull = page.rowCount() >= request.limit;
    if (request.slot + 1 >= m_window.slotCount())
        m_end = !m_query.keyset || !isFull;
    if (m_window.slotCount() == 0) {
        firstPage(page);
        return;
    }
    if (request.slot == m_window.slotCount()) {
        appendPage(page);
        return;
    }
    const RowsWindow::Arrival arrival = m_window.arrival(request.slot, page, request.backwards);
    if (arrival.detached && isFull && request.limit < MostWidened * m_query.pageSize) {
        // Rows are new in between: more of them, until the next page is met.
        this->request(request.slot, 2 * request.limit);
        return;
    }
    if (arrival.detached) {
        truncate(request.slot + 1);
        m_end = !isFull;
    }
    replacePage(request.slot, page, arrival);
}

void RowsModel::firstPage(const rows::Page &page)
{
    const QList<RowsColumn> columns = describeResult(page.columns(), m_query.columns);
    if (columns != m_columns) {
        beginResetModel();
        m_columns = columns;
        m_window = RowsWindow(keyColumns());
        endResetModel();
    }
    // Without the key's columns in the result there is nothing to seek from: the first page is all.
    if (m_query.keyset && keyColumns().isEmpty())
        m_query.keyset = false;
    if (page.rowCount() > 0)
        appendPage(page);
}

void RowsModel::appendPage(const rows::Page &page)
{
    if (page.rowCount() == 0)
        return;
    const qsizetype first = m_window.rowCount();
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + page.rowCount() - 1));
    m_window.append(page);
    endInsertRows();
}

void RowsModel::replacePage(qsizetype slot, const rows::Page &page,
                            const RowsWindow::Arrival &arrival)
{
    resize(slot, arrival.rowCount);
    if (arrival.rowCount == 0) {
        m_window.remove(slot);
        disregardAll(); // the places after it have moved
        return;
    }
    m_window.place(slot, page, arrival);
    const auto first = static_cast<int>(m_window.slot(slot).firstRow);
    const auto last = static_cast<int>(first + arrival.rowCount - 1);
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void RowsModel::resize(qsizetype slot, qsizetype rows)
{
    const RowsWindow::Slot &place = m_window.slot(slot);
    const auto had = static_cast<int>(place.firstRow + place.rowCount);
    const auto has = static_cast<int>(place.firstRow + rows);
    if (has < had) {
        beginRemoveRows({}, has, had - 1);
        m_window.resize(slot, rows);
        endRemoveRows();
    } else if (has > had) {
        beginInsertRows({}, had, has - 1);
        m_window.resize(slot, rows);
        endInsertRows();
    }
}

void RowsModel::truncate(qsizetype keep)
{
    if (keep >= m_window.slotCount())
        return;
    const QList<int> ids = m_requests.keys();
    for (const int id : ids) {
        if (m_requests.value(id).slot >= keep)
            base::disregard(m_requests.take(id).watcher);
    }
    const auto first = static_cast<int>(m_window.slot(keep).firstRow);
    beginRemoveRows({}, first, static_cast<int>(m_window.rowCount() - 1));
    m_window.truncate(keep);
    endRemoveRows();
}

void RowsModel::disregardAll()
{
    for (const Request &request : std::as_const(m_requests))
        base::disregard(request.watcher);
    m_requests.clear();
    base::disregard(m_counting);
    m_counting = nullptr;
}

void RowsModel::disregardFar(qsizetype firstRow, qsizetype lastRow)
{
    const QList<int> ids = m_requests.keys();
    for (const int id : ids) {
        const qsizetype slot = m_requests.value(id).slot;
        if (slot >= m_window.slotCount())
            continue;
        const RowsWindow::Slot &place = m_window.slot(slot);
        if (place.firstRow > lastRow || place.firstRow + place.rowCount - 1 < firstRow)
            base::disregard(m_requests.take(id).watcher);
    }
    if (m_requests.isEmpty() && m_state == State::Loading)
        setState(State::Ready);
}

} // namespace studio
