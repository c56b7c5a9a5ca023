// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/problem.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace studio
{

/// Problems of the code, and under each the files through which its file is reached, the nearest
/// first. A new list is laid over the old one: what is the same problem stays the same index.
class ProblemsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        ErrorRole = Qt::UserRole + 1, ///< bool: an error; false: a notice
        HintRole,                     ///< QString; may be empty
        PlaceRole,                    ///< QString file:line, or empty
        LocationRole,                 ///< schema::SourceLocation
        StepRole,                     ///< bool: a file of the import chain, no problem
        CopyRole,                     ///< QString: all of it in one line
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setProblems(const QList<schema::Problem> &problems);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row {
        schema::Problem problem;
        QStringList steps; ///< files that import the problem's file, the nearest first
    };
    static Row rowOf(const schema::Problem &problem);
    void setSteps(int row, const QStringList &steps);
    void update(int row, const Row &wanted);
    QVariant problemData(const Row &row, int role) const;
    QVariant stepData(const QString &file, int role) const;

    std::vector<std::unique_ptr<Row>> m_rows; ///< their addresses name them as parents
};

} // namespace studio
