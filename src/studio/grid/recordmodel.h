// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "studio/widgets/rowsmodel.h"

namespace studio
{

/// One row of a grid's model turned on its side: a field a column, what it is called beside what it
/// holds. The values and their roles are the grid's own, staged edits included.
class RecordModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, Value };
    enum Role {
        TypeRole = RowsModel::SortPlaceRole + 1, ///< titles: the type, short
        CommentRole,                             ///< titles: what the code says of the column
        CodeRole,                                ///< titles: bool, code fills it
    };

    explicit RecordModel(RowsModel &rows, QObject *parent = nullptr);

    /// What the code says of the columns; may be missing.
    void setTable(const std::optional<schema::Table> &code);
    void setRow(const QModelIndex &cell); ///< of the grid; an invalid one: there is none
    bool hasRow() const { return m_row.isValid(); }
    /// The cell of the grid that a field shows; invalid without a row.
    QModelIndex source(int field) const;
    int fieldOf(int column) const; ///< -1 for what is fetched for paging only

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void takeColumns();
    void changed();
    QVariant titleData(int column, int role) const;
    QString valueText(const QModelIndex &cell) const;

    RowsModel &m_rows;
    QPersistentModelIndex m_row;
    QList<int> m_columns; ///< of the grid, by field
    std::optional<schema::Table> m_code;
};

} // namespace studio
