// SPDX-License-Identifier: GPL-3.0-or-later
// How RowsModel asks for pages and what it does with those that come.
#include "studio/widgets/rowsmodel.h"

#include <algorithm>

namespace studio
{

bool RowsModel::requested(qsizetype slot) const
{
    return std::any_of(m_requests.cbegin(), m_requests.cend(),
                       [slot](const Request &request) { return request.slot == slot; });
}

void RowsModel::request(qsizetype slot)
{
    query::Select select = m_query.select;
    Request request{.slot = slot, .limit = m_query.pageSize};
    if (m_query.keyset) {
        select.after = m_window.seek(slot);
        request.backwards = select.after && select.after->backwards;
        // One row more than the place held: it shows that the page still meets the next one.
        if (!request.backwards && slot + 1 < m_window.slotCount())
            request.limit = m_window.slot(slot).rowCount + 1;
        select.limit = request.limit;
    } else {
        request.limit = select.limit.value_or(request.limit);
        select.limit = request.limit;
    }
    const int id = m_nextRequest++;
    request.started.start();
    const auto callback = [this, id](const base::Result<rows::Page> &result) { received(id, result); };
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
    const rows::Page &page = *result;
    const bool isLast = request.slot + 1 >= m_window.slotCount();
    if (isLast && !request.backwards)
        m_end = m_query.keyset ? page.rowCount() < request.limit : true;
    if (m_window.slotCount() == 0)
        firstPage(page);
    else if (request.slot == m_window.slotCount())
        appendPage(page);
    else
        replacePage(request.slot, page, request.backwards);
    if (m_requests.isEmpty())
        setState(State::Ready);
    Q_EMIT totalChanged();
    look(m_firstSeen, m_lastSeen);
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

void RowsModel::replacePage(qsizetype slot, const rows::Page &page, bool backwards)
{
    const RowsWindow::Arrival arrival = m_window.arrival(slot, page, backwards);
    if (arrival.detached) {
        truncate(slot + 1);
        m_end = page.rowCount() < m_query.pageSize;
    }
    const RowsWindow::Slot before = m_window.slot(slot);
    const auto first = static_cast<int>(before.firstRow);
    const auto had = static_cast<int>(before.rowCount);
    const auto has = static_cast<int>(arrival.rowCount);
    const auto update = [&] {
        if (has == 0)
            m_window.remove(slot);
        else
            m_window.place(slot, page, arrival);
    };
    if (has < had) {
        beginRemoveRows({}, first + has, first + had - 1);
        update();
        endRemoveRows();
    } else if (has > had) {
        beginInsertRows({}, first + had, first + has - 1);
        update();
        endInsertRows();
    } else {
        update();
    }
    if (has > 0)
        Q_EMIT dataChanged(index(first, 0), index(first + std::min(had, has) - 1, columnCount() - 1));
    else
        disregardAll(); // the places after it have moved
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
