// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "studio/tree/treenode.h"
#include "tenant/classification.h"

#include <QAbstractItemModel>
#include <QHash>

#include <optional>

namespace studio
{

/// What is known of a table beyond its structure.
struct TableFacts {
    qint64 rows = -1;                       ///< the planner's estimate; -1 unknown
    std::optional<tenant::Scoping> scoping; ///< nothing: the project has no tenant
    QString reason = {}; ///< of a materialized view: why it is not shown to one tenant
    tenant::SharedRows shared = tenant::SharedRows::None;
    bool operator==(const TableFacts &) const = default;
};

/// Code and database as one tree. Answers with meaning (roles); the delegate chooses how it looks.
/// A new overlay is laid over the old one in place: what is the same stays the same index, so that
/// selection, expansion and scroll position survive a reload.
class TreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(diff::OverlayNode::Kind)
        NameRole,                    ///< QString
        DetailRole,                  ///< QString: a type, columns, a target
        PresenceRole,                ///< int(diff::Presence)
        OwnerRole,                   ///< schema::Name of the table or enum
        PrimaryKeyRole,              ///< bool
        NotNullRole,                 ///< bool
        TenantColumnRole,            ///< bool: the column that names the tenant
        RowsRole,                    ///< qint64, -1 unknown; of tables
        ScopingRole,                 ///< int(tenant::Scoping), or invalid
        SourceRole,                  ///< QString file:line, or empty
        OriginRole,                  ///< schema::Origin
        FilledByCodeRole,            ///< bool: a column that the code fills in, not the database
    };

    explicit TreeModel(QObject *parent = nullptr);
    ~TreeModel() override;

    void setNodes(const QList<diff::OverlayNode> &nodes);
    void setFacts(const QHash<schema::Name, TableFacts> &facts, const QString &tenantColumn);

    const TreeNode *node(const QModelIndex &index) const; ///< the root for an invalid index
    QModelIndex indexOf(const schema::Name &table) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QModelIndex indexOf(const TreeNode *node) const;
    void merge(TreeNode &parent, const QList<diff::OverlayNode> &wanted);
    void removeMissing(TreeNode &parent, const QStringList &keys);
    void moveTo(TreeNode &parent, int from, int to);
    void insert(TreeNode &parent, int row, const diff::OverlayNode &value, const QString &key);
    void update(TreeNode &node, const diff::OverlayNode &value);
    QString spoken(const TreeNode &node) const;

    TreeNode m_root;
    QHash<schema::Name, TableFacts> m_facts;
    QString m_tenantColumn;
};

/// The presence in a word: code, database, differs; empty for what needs no word.
QString presenceWord(diff::Presence presence);
QString kindWord(diff::OverlayNode::Kind kind);
bool hasRows(diff::OverlayNode::Kind kind); ///< tables and views
/// 812 → "≈ 812", 300123 → "≈ 300k", 1140000 → "≈ 1.1M"; empty when it is unknown.
QString rowsText(qint64 rows);

} // namespace studio
