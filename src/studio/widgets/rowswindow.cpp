// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowswindow.h"

#include <algorithm>

namespace studio
{

qsizetype RowsWindow::rowCount() const
{
    return m_slots.isEmpty() ? 0 : m_slots.last().firstRow + m_slots.last().rowCount;
}

qsizetype RowsWindow::slotAt(qsizetype row) const
{
    const auto after =
        std::upper_bound(m_slots.cbegin(), m_slots.cend(), row,
                         [](qsizetype wanted, const Slot &slot) { return wanted < slot.firstRow; });
    return std::distance(m_slots.cbegin(), after) - 1;
}

RowsWindow::Cell RowsWindow::cell(qsizetype row) const
{
    const Slot &slot = m_slots.at(slotAt(row));
    if (!slot.page)
        return {};
    return {.page = &*slot.page, .row = slot.offset + row - slot.firstRow};
}

std::optional<query::Keyset> RowsWindow::seek(qsizetype index) const
{
    // The first page always starts at the beginning, so that rows that are new there are found.
    if (index == 0)
        return std::nullopt;
    const bool neighbourAbove = m_slots.at(index - 1).page.has_value();
    const bool neighbourBelow =
        index + 1 < m_slots.size() && m_slots.at(index + 1).page.has_value();
    if (!neighbourAbove && neighbourBelow)
        return query::Keyset{.values = m_slots.at(index + 1).firstKey, .backwards = true};
    return query::Keyset{.values = m_slots.at(index - 1).lastKey, .backwards = false};
}

RowsWindow::Arrival RowsWindow::arrival(qsizetype index, const rows::Page &page,
                                        bool backwards) const
{
    Arrival arrival{.rowCount = page.rowCount()};
    // Rows may have come and gone since the page was dropped: its edge is where the neighbour
    // begins.
    if (backwards && index > 0) {
        for (qsizetype row = page.rowCount() - 1; row >= 0; --row) {
            if (key(page, row) == m_slots.at(index - 1).lastKey) {
                arrival.offset = row + 1;
                arrival.rowCount = page.rowCount() - arrival.offset;
                break;
            }
        }
    }
    if (!backwards && index + 1 < m_slots.size()) {
        arrival.detached = true;
        const RowKey &next = m_slots.at(index + 1).firstKey;
        for (qsizetype row = 0; row < page.rowCount(); ++row) {
            if (key(page, row) == next) {
                arrival.rowCount = row;
                arrival.detached = false;
                break;
            }
        }
    }
    return arrival;
}

void RowsWindow::place(qsizetype index, const rows::Page &page, const Arrival &arrival)
{
    Slot &slot = m_slots[index];
    slot.page = page;
    slot.offset = arrival.offset;
    slot.rowCount = arrival.rowCount;
    slot.firstKey = key(page, arrival.offset);
    slot.lastKey = key(page, arrival.offset + arrival.rowCount - 1);
    renumber(index);
}

void RowsWindow::append(const rows::Page &page)
{
    m_slots.append(Slot{.firstRow = rowCount()});
    place(m_slots.size() - 1, page, {.rowCount = page.rowCount()});
}

void RowsWindow::resize(qsizetype index, qsizetype rows)
{
    m_slots[index].rowCount = rows;
    renumber(index);
}

void RowsWindow::remove(qsizetype index)
{
    m_slots.removeAt(index);
    renumber(index);
}

void RowsWindow::truncate(qsizetype keep)
{
    m_slots.resize(std::min(keep, m_slots.size()));
}

QList<std::pair<qsizetype, qsizetype>> RowsWindow::drop(qsizetype first, qsizetype last,
                                                        qsizetype most)
{
    // A single page cannot be sought again.
    if (m_keyColumns.isEmpty())
        return {};
    QList<std::pair<qsizetype, qsizetype>> held; // distance, slot
    for (qsizetype i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots.at(i);
        if (!slot.page)
            continue;
        const qsizetype above = first - (slot.firstRow + slot.rowCount - 1);
        held.append({std::max({qsizetype(0), above, slot.firstRow - last}), i});
    }
    std::sort(held.begin(), held.end());
    QList<std::pair<qsizetype, qsizetype>> dropped;
    while (held.size() > most && held.last().first > 0) {
        Slot &slot = m_slots[held.takeLast().second];
        slot.page.reset();
        dropped.append({slot.firstRow, slot.firstRow + slot.rowCount - 1});
    }
    return dropped;
}

RowKey RowsWindow::key(const rows::Page &page, qsizetype row) const
{
    RowKey values;
    for (const int column : m_keyColumns) {
        const std::optional<QByteArrayView> bytes = page.cell(row, column);
        values.append(bytes ? sql::Parameter(bytes->toByteArray()) : sql::Parameter());
    }
    return values;
}

void RowsWindow::renumber(qsizetype from)
{
    for (qsizetype i = from; i < m_slots.size(); ++i)
        m_slots[i].firstRow = i == 0 ? 0 : m_slots.at(i - 1).firstRow + m_slots.at(i - 1).rowCount;
}

} // namespace studio
