// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treemodel.h"

#include "studio/tree/treetip.h"

#include <QSet>

namespace studio
{

using diff::OverlayNode;
using diff::Presence;

namespace
{

/// Kind and name, and a number where siblings share both (two relations of one name cannot be told
/// apart otherwise).
QStringList keysOf(const QList<OverlayNode> &nodes)
{
    QStringList keys;
    keys.reserve(nodes.size());
    QHash<QString, int> seen;
    for (const OverlayNode &node : nodes) {
        QString key = QString::number(int(node.kind)) + QLatin1Char(':') + node.name;
        if (const int before = seen[key]++; before > 0)
            key += QLatin1Char('#') + QString::number(before);
        keys << key;
    }
    return keys;
}

OverlayNode withoutChildren(const OverlayNode &node)
{
    OverlayNode copy = node;
    copy.children.clear();
    return copy;
}

bool samePlace(const schema::SourceLocation &a, const schema::SourceLocation &b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

bool sameOrigin(const schema::Origin &a, const schema::Origin &b)
{
    return a.name == b.name && a.description == b.description &&
           samePlace(a.location, b.location) && samePlace(a.definition, b.definition);
}

bool sameValues(const OverlayNode &a, const OverlayNode &b)
{
    return a.kind == b.kind && a.name == b.name && a.detail == b.detail &&
           a.presence == b.presence && a.note == b.note && a.owner == b.owner &&
           a.primaryKey == b.primaryKey && a.notNull == b.notNull &&
           a.filledByCode.onInsert == b.filledByCode.onInsert &&
           a.filledByCode.onUpdate == b.filledByCode.onUpdate && sameOrigin(a.origin, b.origin);
}

void renumber(TreeNode &parent, size_t from)
{
    for (size_t i = from; i < parent.children.size(); ++i)
        parent.children[i]->row = int(i);
}

std::unique_ptr<TreeNode> grow(const OverlayNode &value, const QString &key, TreeNode *parent)
{
    auto node = std::make_unique<TreeNode>();
    node->value = withoutChildren(value);
    node->key = key;
    node->parent = parent;
    const QStringList keys = keysOf(value.children);
    node->children.reserve(size_t(keys.size()));
    for (qsizetype i = 0; i < keys.size(); ++i) {
        node->children.push_back(grow(value.children.at(i), keys.at(i), node.get()));
        node->children.back()->row = int(i);
    }
    return node;
}

} // namespace

TreeModel::TreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}
TreeModel::~TreeModel() = default;

void TreeModel::setNodes(const QList<OverlayNode> &nodes)
{
    merge(m_root, nodes);
}

void TreeModel::setFacts(const QHash<schema::Name, TableFacts> &facts, const QString &tenantColumn)
{
    if (facts == m_facts && tenantColumn == m_tenantColumn)
        return;
    const bool otherColumn = tenantColumn != m_tenantColumn;
    m_facts = facts;
    m_tenantColumn = tenantColumn;
    for (const auto &group : m_root.children) {
        if (group->children.empty())
            continue;
        const QModelIndex parent = indexOf(group.get());
        Q_EMIT dataChanged(index(0, 0, parent), index(int(group->children.size()) - 1, 0, parent));
        for (const auto &table : group->children) {
            const bool isOfViews = table->value.kind == OverlayNode::Kind::ViewGroup;
            if ((!otherColumn && !isOfViews) || table->children.empty())
                continue;
            const QModelIndex at = indexOf(table.get());
            Q_EMIT dataChanged(index(0, 0, at), index(int(table->children.size()) - 1, 0, at));
        }
    }
}

void TreeModel::merge(TreeNode &parent, const QList<OverlayNode> &wanted)
{
    const QStringList keys = keysOf(wanted);
    removeMissing(parent, keys);
    for (int row = 0; row < int(keys.size()); ++row) {
        int at = row;
        while (at < int(parent.children.size()) && parent.children[size_t(at)]->key != keys.at(row))
            ++at;
        if (at == int(parent.children.size())) {
            insert(parent, row, wanted.at(row), keys.at(row));
            continue;
        }
        if (at != row)
            moveTo(parent, at, row);
        update(*parent.children[size_t(row)], wanted.at(row));
    }
}

void TreeModel::removeMissing(TreeNode &parent, const QStringList &keys)
{
    const QSet<QString> kept(keys.cbegin(), keys.cend());
    for (int row = int(parent.children.size()) - 1; row >= 0; --row) {
        if (kept.contains(parent.children[size_t(row)]->key))
            continue;
        beginRemoveRows(indexOf(&parent), row, row);
        parent.children.erase(parent.children.begin() + row);
        renumber(parent, size_t(row));
        endRemoveRows();
    }
}

void TreeModel::moveTo(TreeNode &parent, int from, int to)
{
    const QModelIndex at = indexOf(&parent);
    beginMoveRows(at, from, from, at, to);
    auto begin = parent.children.begin();
    std::rotate(begin + to, begin + from, begin + from + 1);
    renumber(parent, size_t(to));
    endMoveRows();
}

void TreeModel::insert(TreeNode &parent, int row, const OverlayNode &value, const QString &key)
{
    beginInsertRows(indexOf(&parent), row, row);
    parent.children.insert(parent.children.begin() + row, grow(value, key, &parent));
    renumber(parent, size_t(row));
    endInsertRows();
}

void TreeModel::update(TreeNode &node, const OverlayNode &value)
{
    if (!sameValues(node.value, value)) {
        node.value = withoutChildren(value);
        const QModelIndex at = indexOf(&node);
        Q_EMIT dataChanged(at, at);
    }
    merge(node, value.children);
}

const TreeNode *TreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const TreeNode *>(index.constInternalPointer()) : &m_root;
}

QModelIndex TreeModel::indexOf(const TreeNode *node) const
{
    return node == &m_root ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex TreeModel::indexOf(const schema::Name &table) const
{
    for (const auto &group : m_root.children)
        for (const auto &child : group->children)
            if (child->value.kind == OverlayNode::Kind::Table && child->value.owner == table)
                return indexOf(child.get());
            else if (child->value.kind == OverlayNode::Kind::ViewGroup)
                for (const auto &view : child->children)
                    if (view->value.owner == table)
                        return indexOf(view.get());
    return {};
}

QModelIndex TreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent)->children[size_t(row)].get());
}

QModelIndex TreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return indexOf(node(index)->parent);
}

int TreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent)->children.size());
}

int TreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant TreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TreeNode &at = *node(index);
    const OverlayNode &value = at.value;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return value.name;
    case Qt::ToolTipRole:
        return toolTipOf(value, m_facts.value(value.owner));
    case Qt::AccessibleTextRole:
        return spoken(at);
    case KindRole:
        return int(value.kind);
    case DetailRole:
        return value.detail;
    case PresenceRole:
        return int(value.presence);
    case OwnerRole:
        return QVariant::fromValue(value.owner);
    case PrimaryKeyRole:
        return value.primaryKey;
    case NotNullRole:
        return value.notNull;
    case TenantColumnRole:
        return value.kind == OverlayNode::Kind::Column && !m_tenantColumn.isEmpty() &&
               value.name == m_tenantColumn;
    case RowsRole:
        return hasRows(value.kind) ? m_facts.value(value.owner).rows : qint64(-1);
    case ScopingRole:
        if (hasRows(value.kind))
            if (const auto scoping = m_facts.value(value.owner).scoping)
                return int(*scoping);
        return {};
    case SourceRole:
        return placeText(value.origin.location);
    case OriginRole:
        return QVariant::fromValue(value.origin);
    case FilledByCodeRole:
        return value.filledByCode.onInsert || value.filledByCode.onUpdate;
    default:
        return {};
    }
}

QString TreeModel::spoken(const TreeNode &node) const
{
    QStringList parts{node.value.name, kindWord(node.value.kind), node.value.detail,
                      presenceWord(node.value.presence)};
    if (hasRows(node.value.kind))
        parts << rowsText(m_facts.value(node.value.owner).rows);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString presenceWord(Presence presence)
{
    switch (presence) {
    case Presence::InCode:
        return TreeModel::tr("code");
    case Presence::InDatabase:
        return TreeModel::tr("database");
    case Presence::Differs:
        return TreeModel::tr("differs");
    case Presence::Both:
    case Presence::Unknown:
        break;
    }
    return {};
}

QString kindWord(OverlayNode::Kind kind)
{
    switch (kind) {
    case OverlayNode::Kind::Schema:
        return TreeModel::tr("schema");
    case OverlayNode::Kind::Table:
        return TreeModel::tr("table");
    case OverlayNode::Kind::Column:
        return TreeModel::tr("column");
    case OverlayNode::Kind::Index:
        return TreeModel::tr("index");
    case OverlayNode::Kind::ForeignKey:
        return TreeModel::tr("foreign key");
    case OverlayNode::Kind::Relation:
        return TreeModel::tr("relation");
    case OverlayNode::Kind::EnumGroup:
        return TreeModel::tr("enums");
    case OverlayNode::Kind::Enum:
        return TreeModel::tr("enum");
    case OverlayNode::Kind::EnumValue:
        return TreeModel::tr("value");
    case OverlayNode::Kind::Check:
        return TreeModel::tr("check");
    case OverlayNode::Kind::Policy:
        return TreeModel::tr("policy");
    case OverlayNode::Kind::ViewGroup:
        return TreeModel::tr("views");
    case OverlayNode::Kind::View:
        return TreeModel::tr("view");
    case OverlayNode::Kind::SequenceGroup:
        return TreeModel::tr("sequences");
    case OverlayNode::Kind::Sequence:
        return TreeModel::tr("sequence");
    case OverlayNode::Kind::RoleGroup:
        return TreeModel::tr("roles");
    case OverlayNode::Kind::Role:
        return TreeModel::tr("role");
    }
    return {};
}

bool hasRows(OverlayNode::Kind kind)
{
    return kind == OverlayNode::Kind::Table || kind == OverlayNode::Kind::View;
}

QString rowsText(qint64 rows)
{
    if (rows < 0)
        return {};
    const auto scaled = [](double value, QLatin1Char unit) {
        return QStringLiteral("≈ %1%2")
            .arg(value, 0, 'f', value < 9.95 && unit != QLatin1Char('k') ? 1 : 0)
            .arg(unit);
    };
    if (rows >= 999'500'000)
        return scaled(double(rows) / 1e9, QLatin1Char('G'));
    if (rows >= 999'500)
        return scaled(double(rows) / 1e6, QLatin1Char('M'));
    if (rows >= 1'000)
        return scaled(double(rows) / 1e3, QLatin1Char('k'));
    return QStringLiteral("≈ %1").arg(rows);
}

} // namespace studio
