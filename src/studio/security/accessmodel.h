// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/rowsecurity.h"

#include <QAbstractTableModel>
#include <QSet>

namespace studio
{

/// What one role may do: a row for each table or view, a column for each command.
class AccessModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Table, Security, FirstCommand, ColumnCount = FirstCommand + 4 };
    enum class Tone {
        Plain,
        Held, ///< policies decide
        Open, ///< all rows of a table of tenants
        None  ///< nothing
    };
    enum Role { ToneRole = Qt::UserRole + 1 }; ///< int(Tone)

    using QAbstractTableModel::QAbstractTableModel;

    /// \a ofTenants are tables whose rows belong to tenants. False when nothing changed.
    bool setTables(const QList<session::TableAccess> &tables, const QSet<schema::Name> &ofTenants);
    const session::TableAccess &at(int row) const { return m_tables.at(row); }
    int find(const schema::Name &table) const; ///< -1 without it
    /// Whose rights a view uses, in one line; empty for a table.
    static QString rightsText(const session::TableAccess &table);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Tone toneOf(const session::TableAccess &table, const session::Access &access) const;

    QList<session::TableAccess> m_tables;
    QSet<schema::Name> m_ofTenants;
};

} // namespace studio
