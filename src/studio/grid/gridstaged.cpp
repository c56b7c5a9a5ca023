// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridstaged.h"

#include <QCoreApplication>

namespace studio
{

namespace
{
using edits::NewValue;
using edits::RowEdit;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(studio::GridStaged)
};
} // namespace

void GridStaged::setTable(const schema::Table &table, const QList<RowsColumn> &columns,
                          const QStringList &filledByCode)
{
    m_table = table;
    m_filledByCode = filledByCode;
    m_keyColumns = edits::editKey(table);
    setColumns(columns);
}

void GridStaged::setColumns(const QList<RowsColumn> &columns)
{
    m_names.clear();
    for (const RowsColumn &column : columns)
        m_names << column.name;
    m_keyPositions.clear();
    for (const QString &column : std::as_const(m_keyColumns))
        m_keyPositions << int(m_names.indexOf(column));
    if (m_keyPositions.contains(-1))
        m_keyPositions.clear();
}

edits::RowId GridStaged::idOf(const rows::Page &page, qsizetype row) const
{
    edits::RowId id{.table = m_table.name, .keyColumns = {}, .key = {}};
    if (m_rows == Rows::New) {
        id.number = page.text(row, m_names.size() - 1).toLongLong();
        return id;
    }
    id.keyColumns = m_keyColumns;
    for (const int position : m_keyPositions)
        id.key << page.value(row, position).value_or(QByteArray(""));
    return id;
}

const RowEdit *GridStaged::editOf(const rows::Page &page, qsizetype row) const
{
    // Nothing is looked up for the rows of a table without a change, which is most painting.
    if (m_editing.staged().isEmpty() || !canEdit())
        return nullptr;
    return m_editing.row(idOf(page, row));
}

QString GridStaged::placeholder(const QString &name) const
{
    const schema::Column *column = m_table.column(name);
    if (!column)
        return {};
    if (column->generated || column->identity)
        return Text::tr("by the server");
    if (column->defaultValue)
        return QStringLiteral("DEFAULT");
    if (m_filledByCode.contains(name))
        return Text::tr("by the code: give a value");
    return column->notNull || m_keyColumns.contains(name) ? Text::tr("needed") : QString();
}

std::optional<RowsOverlay::Shown> GridStaged::cell(const rows::Page &page, qsizetype row,
                                                   int column) const
{
    const RowEdit *edit = editOf(page, row);
    if (!edit || column >= m_names.size())
        return std::nullopt;
    const Mark mark = edit->kind == RowEdit::Kind::Insert   ? Mark::Added
                      : edit->kind == RowEdit::Kind::Delete ? Mark::Removed
                                                            : Mark::Changed;
    const edits::CellEdit *cell = edit->cell(m_names.at(column));
    if (!cell && edit->kind == RowEdit::Kind::Insert) {
        const QString words = placeholder(m_names.at(column));
        return Shown{.value = {}, .placeholder = words, .mark = Mark::None};
    }
    if (!cell || edit->kind == RowEdit::Kind::Delete)
        return std::nullopt;
    switch (cell->after.kind) {
    case NewValue::Kind::Default:
        return Shown{.value = {}, .placeholder = QStringLiteral("DEFAULT"), .mark = mark};
    case NewValue::Kind::Null:
        return Shown{.value = {}, .placeholder = {}, .mark = mark};
    case NewValue::Kind::Value:
        break;
    }
    return Shown{.value = cell->after.text, .placeholder = {}, .mark = mark};
}

RowsOverlay::Mark GridStaged::mark(const rows::Page &page, qsizetype row) const
{
    const RowEdit *edit = editOf(page, row);
    if (!edit)
        return Mark::None;
    return edit->kind == RowEdit::Kind::Insert   ? Mark::Added
           : edit->kind == RowEdit::Kind::Delete ? Mark::Removed
                                                 : Mark::Changed;
}

} // namespace studio
