// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editing.h"
#include "studio/widgets/rowsmodel.h"

namespace studio
{

/// The staged edits of one table, as a grid shows them in the place of the server's values.
class GridStaged final : public RowsOverlay
{
public:
    /// The rows of a page by their key, or new rows by the number in their last column.
    enum class Rows { ByKey, New };

    GridStaged(session::Editing &editing, Rows rows)
        : m_editing(editing)
        , m_rows(rows)
    {
    }

    /// \a columns are those of the pages. \a filledByCode holds the columns for which the code
    /// makes a value when a row is new.
    void setTable(const schema::Table &table, const QList<RowsColumn> &columns,
                  const QStringList &filledByCode = {});
    /// A page may have come with other columns than the table is known to have.
    void setColumns(const QList<RowsColumn> &columns);
    bool canEdit() const { return m_rows == Rows::New || !m_keyPositions.isEmpty(); }
    edits::RowId idOf(const rows::Page &page, qsizetype row) const;

    std::optional<Shown> cell(const rows::Page &page, qsizetype row, int column) const override;
    Mark mark(const rows::Page &page, qsizetype row) const override;

private:
    const edits::RowEdit *editOf(const rows::Page &page, qsizetype row) const;
    QString placeholder(const QString &column) const;

    session::Editing &m_editing;
    const Rows m_rows;
    schema::Table m_table;
    QStringList m_names; ///< of the columns, by position
    QStringList m_keyColumns;
    QList<int> m_keyPositions;
    QStringList m_filledByCode;
};

} // namespace studio
