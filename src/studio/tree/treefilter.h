// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/tree/treenode.h"

#include <QSortFilterProxyModel>

namespace studio
{

/// What the filter line asks for. Words are parts of names of tables,
/// views, sequences, enums and roles; `col:` `type:` (of one
/// column), `fk:` (a foreign key to), `no:` (no column of exactly that name) and `drift` narrow
/// further. All must hold.
struct TreeFilter {
    QStringList names;
    QStringList columns;
    QStringList types;
    QStringList targets;
    QStringList lacking;
    bool drift = false;

    static TreeFilter parse(const QString &text);
    bool empty() const;
    /// Whether \a node, a table or what stands in a group, is asked for.
    bool accepts(const TreeNode &node) const;
};

/// Leaves the tables, views and the like that a filter asks for, with everything in them; schemas
/// stay while they hold one.
class TreeFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TreeFilterModel(QObject *parent = nullptr);
    void setFilter(const QString &text);
    bool isFiltering() const { return !m_filter.empty(); }
    /// To be called after the tree was laid over anew: a schema may have won or lost its only
    /// match.
    void refresh();

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    TreeFilter m_filter;
};

} // namespace studio
