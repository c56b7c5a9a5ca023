// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

#include <QAbstractListModel>

namespace studio
{

/// The changes that lie between database and code, a line each, and behind them what could not be
/// compared.
class DifferencesModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Sign { Added, Removed, Changed, Notice };
    enum Role {
        SignRole = Qt::UserRole + 1, ///< int(Sign); Added: only in the code
        TableRole,                   ///< schema::Name of the table it is about; may be empty
    };

    using QAbstractListModel::QAbstractListModel;

    void setDifferences(const QList<diff::Change> &changes, const QStringList &notices);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row {
        Sign sign = Sign::Changed;
        QString text;
        schema::Name table;
        bool operator==(const Row &) const = default;
    };
    static Row rowOf(const diff::Change &change);

    QList<Row> m_rows;
};

} // namespace studio
