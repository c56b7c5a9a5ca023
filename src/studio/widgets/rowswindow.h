// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "rows/page.h"

#include <QList>

namespace studio
{

/// The values of the sort columns of one row.
using RowKey = QList<sql::Parameter>;

/// The pages of a result that are in memory: neighbours without a gap. It grows and is cut at both
/// ends. Pure: knows no model, no server, and not where in the result it lies.
class RowsWindow
{
public:
    enum class Edge { Front, Back };
    struct Cell {
        const rows::Page *page = nullptr;
        qsizetype row = 0;
    };

    /// \a keyColumns are the positions of the sort columns in a page.
    explicit RowsWindow(QList<int> keyColumns = {})
        : m_keyColumns(std::move(keyColumns))
    {
    }

    qsizetype rowCount() const;
    qsizetype pageCount() const { return m_pages.size(); }
    bool isEmpty() const { return m_pages.isEmpty(); }
    Cell cell(qsizetype row) const;
    RowKey key(qsizetype row) const; ///< empty without key columns

    void add(Edge edge, const rows::Page &page); ///< an empty page changes nothing
    void clear() { m_pages.clear(); }

    /// The edge farther from the rows first to last, whose page may go; nothing when both pages at
    /// the edges hold some of them.
    std::optional<Edge> farther(qsizetype first, qsizetype last) const;
    qsizetype rowsAt(Edge edge) const; ///< of the page there
    void drop(Edge edge);

private:
    struct Held {
        rows::Page page;
        qsizetype firstRow = 0;
    };
    const Held &held(qsizetype row) const;
    void renumber();

    QList<int> m_keyColumns;
    QList<Held> m_pages;
};

} // namespace studio
