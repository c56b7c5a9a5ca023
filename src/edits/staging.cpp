// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/staging.h"

#include <algorithm>

namespace edits
{

Staging::Staging(Staged staged)
    : m_staged(std::move(staged))
{
    m_places.reserve(m_staged.rows.size());
    for (qsizetype i = 0; i < m_staged.rows.size(); ++i)
        m_places.insert(m_staged.rows.at(i).id, i);
    m_looks = m_staged.rows.size();
}

const RowEdit *Staging::row(const RowId &id) const
{
    ++m_looks;
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : &m_staged.rows.at(*place);
}

/// The row's edit, made when it has none.
RowEdit &Staging::touched(const RowId &row, const tenant::TenantId &tenant)
{
    ++m_looks;
    const auto place = m_places.constFind(row);
    if (place != m_places.cend())
        return m_staged.rows[*place];
    m_places.insert(row, m_staged.rows.size());
    m_staged.rows << RowEdit{.id = row, .tenant = tenant};
    return m_staged.rows.last();
}

void Staging::setCell(const RowId &row, const tenant::TenantId &tenant, const CellEdit &cell)
{
    RowEdit &edit = touched(row, tenant);
    CellEdit changed = cell;
    if (const CellEdit *earlier = edit.cell(cell.column))
        changed.before = earlier->before;
    const bool isNew = edit.kind == RowEdit::Kind::Insert;
    // Of a new row, what is not given is the default.
    const bool isNone =
        isNew ? cell.after.kind == NewValue::Kind::Default : isSame(changed.before, changed.after);
    const auto place = std::ranges::find(edit.cells, cell.column, &CellEdit::column);
    if (place == edit.cells.end()) {
        if (!isNone)
            edit.cells << changed;
    } else if (isNone) {
        edit.cells.erase(place);
    } else {
        *place = changed;
    }
}

RowId Staging::addRow(const schema::Name &table, const tenant::TenantId &tenant,
                      const QList<CellEdit> &cells)
{
    RowEdit row{.id = {.table = table}, .kind = RowEdit::Kind::Insert, .tenant = tenant};
    row.id.number = ++m_staged.lastNumber;
    row.cells = cells;
    m_places.insert(row.id, m_staged.rows.size());
    m_staged.rows << row;
    return row.id;
}

void Staging::remove(const RowId &row, const tenant::TenantId &tenant, const QList<SeenField> &seen)
{
    if (row.isNew()) {
        m_gone.insert(row);
        return;
    }
    RowEdit &edit = touched(row, tenant);
    edit.kind = RowEdit::Kind::Delete;
    edit.seen = seen;
}

/// A changed row without a change is none, and a new one that was removed is gone.
Staged Staging::take()
{
    m_looks += m_staged.rows.size();
    m_staged.rows.removeIf([this](const RowEdit &row) {
        return (row.kind == RowEdit::Kind::Update && row.cells.isEmpty()) ||
               m_gone.contains(row.id);
    });
    m_places.clear();
    return std::move(m_staged);
}

} // namespace edits
