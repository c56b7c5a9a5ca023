// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "rows/page.h"

#include <QList>

#include <optional>

namespace studio
{

/// The values of the sort columns of one row.
using RowKey = QList<sql::Parameter>;

/// Which pages of a keyset-paged result are in memory. A page that was dropped leaves its place,
/// its row count and the keys of its first and last row behind, so that it can be fetched again
/// from a neighbour in either direction. Pure: knows no model and no server.
class RowsWindow
{
public:
    struct Slot {
        qsizetype firstRow = 0;
        qsizetype rowCount = 0;
        qsizetype offset = 0; ///< of the first row in `page`
        RowKey firstKey, lastKey;
        std::optional<rows::Page> page; ///< nothing: dropped
    };
    struct Cell {
        const rows::Page *page = nullptr; ///< null: the row's page is dropped
        qsizetype row = 0;
    };
    /// What a page that came for a slot means for the rows.
    struct Arrival {
        qsizetype offset = 0;   ///< rows of the page that belong to the slot before
        qsizetype rowCount = 0; ///< and so many are its own
        bool detached = false;  ///< does not meet the next slot: what follows is void
    };

    /// \a keyColumns are the positions of the sort columns in a page; empty when there is only one
    /// page.
    explicit RowsWindow(QList<int> keyColumns = {})
        : m_keyColumns(std::move(keyColumns))
    {
    }

    qsizetype rowCount() const;
    qsizetype slotCount() const { return m_slots.size(); }
    const Slot &slot(qsizetype index) const { return m_slots.at(index); }
    qsizetype slotAt(qsizetype row) const;
    Cell cell(qsizetype row) const;

    /// Where to seek from for \a index (slotCount() is the next page after the last). Nothing: the
    /// beginning.
    std::optional<query::Keyset> seek(qsizetype index) const;

    Arrival arrival(qsizetype index, const rows::Page &page, bool backwards) const;
    void place(qsizetype index, const rows::Page &page, const Arrival &arrival);
    void append(const rows::Page &page);
    void resize(qsizetype index, qsizetype rows); ///< of a dropped page
    void remove(qsizetype index);
    void truncate(qsizetype keep);

    /// Drops pages until \a most are left, farthest from the rows first to last; the rows dropped.
    QList<std::pair<qsizetype, qsizetype>> drop(qsizetype first, qsizetype last, qsizetype most);

private:
    RowKey key(const rows::Page &page, qsizetype row) const;
    void renumber(qsizetype from);

    QList<int> m_keyColumns;
    QList<Slot> m_slots;
};

} // namespace studio
