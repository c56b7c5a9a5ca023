// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowswindow.h"

#include <algorithm>

namespace studio
{

qsizetype RowsWindow::rowCount() const
{
    return m_pages.isEmpty() ? 0 : m_pages.last().firstRow + m_pages.last().page.rowCount();
}

const RowsWindow::Held &RowsWindow::held(qsizetype row) const
{
    const auto after =
        std::upper_bound(m_pages.cbegin(), m_pages.cend(), row,
                         [](qsizetype wanted, const Held &held) { return wanted < held.firstRow; });
    return *std::prev(after);
}

RowsWindow::Cell RowsWindow::cell(qsizetype row) const
{
    const Held &found = held(row);
    return {.page = &found.page, .row = row - found.firstRow};
}

RowKey RowsWindow::key(qsizetype row) const
{
    const Cell at = cell(row);
    RowKey values;
    for (const int column : m_keyColumns)
        values.append(at.page->value(at.row, column));
    return values;
}

void RowsWindow::add(Edge edge, const rows::Page &page)
{
    if (page.rowCount() == 0)
        return;
    m_pages.insert(edge == Edge::Front ? 0 : m_pages.size(), Held{.page = page});
    renumber();
}

std::optional<RowsWindow::Edge> RowsWindow::farther(qsizetype first, qsizetype last) const
{
    if (m_pages.isEmpty())
        return std::nullopt;
    const qsizetype above = first - rowsAt(Edge::Front);
    const qsizetype below = m_pages.last().firstRow - 1 - last;
    if (above < 0 && below < 0)
        return std::nullopt;
    return above >= below ? Edge::Front : Edge::Back;
}

qsizetype RowsWindow::rowsAt(Edge edge) const
{
    return (edge == Edge::Front ? m_pages.first() : m_pages.last()).page.rowCount();
}

void RowsWindow::drop(Edge edge)
{
    m_pages.removeAt(edge == Edge::Front ? 0 : m_pages.size() - 1);
    renumber();
}

void RowsWindow::renumber()
{
    qsizetype row = 0;
    for (Held &held : m_pages) {
        held.firstRow = row;
        row += held.page.rowCount();
    }
}

} // namespace studio
