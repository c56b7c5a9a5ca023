// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treefilter.h"

#include "studio/tree/treemodel.h"

#include <algorithm>

namespace studio
{

using diff::OverlayNode;
using diff::Presence;

namespace
{

bool containsAll(const QString &text, const QStringList &parts)
{
    return std::all_of(parts.cbegin(), parts.cend(), [&text](const QString &part) {
        return text.contains(part, Qt::CaseInsensitive);
    });
}

template <typename Predicate> bool anyChild(const TreeNode &node, Predicate predicate)
{
    return std::any_of(node.children.cbegin(), node.children.cend(),
                       [&predicate](const auto &child) { return predicate(child->value); });
}

bool drifts(const TreeNode &node)
{
    const Presence presence = node.value.presence;
    // A relation is knowledge of the code alone: no foreign key behind it is no drift.
    if (node.value.kind == OverlayNode::Kind::Relation)
        return false;
    return (presence != Presence::Both && presence != Presence::Unknown) ||
           std::any_of(node.children.cbegin(), node.children.cend(),
                       [](const auto &child) { return drifts(*child); });
}

bool tableAccepted(const TreeFilter &filter, const TreeNode &table)
{
    if (!containsAll(table.value.name, filter.names))
        return false;
    if (!filter.columns.isEmpty() || !filter.types.isEmpty()) {
        const bool found = anyChild(table, [&filter](const OverlayNode &child) {
            return child.kind == OverlayNode::Kind::Column &&
                   containsAll(child.name, filter.columns) &&
                   containsAll(child.detail, filter.types);
        });
        if (!found)
            return false;
    }
    const bool allTargets =
        std::all_of(filter.targets.cbegin(), filter.targets.cend(), [&table](const QString &part) {
            return anyChild(table, [&part](const OverlayNode &child) {
                return child.kind == OverlayNode::Kind::ForeignKey &&
                       child.detail.section(QChar(0x2192), 1).contains(part, Qt::CaseInsensitive);
            });
        });
    if (!allTargets)
        return false;
    return std::none_of(filter.lacking.cbegin(), filter.lacking.cend(),
                        [&table](const QString &name) {
                            return anyChild(table, [&name](const OverlayNode &child) {
                                return child.kind == OverlayNode::Kind::Column &&
                                       child.name.compare(name, Qt::CaseInsensitive) == 0;
                            });
                        });
}

} // namespace

TreeFilter TreeFilter::parse(const QString &text)
{
    TreeFilter filter;
    const std::pair<QLatin1String, QStringList *> prefixes[] = {
        {QLatin1String("col:"), &filter.columns},
        {QLatin1String("type:"), &filter.types},
        {QLatin1String("fk:"), &filter.targets},
        {QLatin1String("no:"), &filter.lacking},
    };
    const QStringList terms = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &term : terms) {
        if (term.compare(QLatin1String("drift"), Qt::CaseInsensitive) == 0) {
            filter.drift = true;
            continue;
        }
        const auto *prefix =
            std::find_if(std::begin(prefixes), std::end(prefixes), [&term](const auto &candidate) {
                return term.startsWith(candidate.first, Qt::CaseInsensitive);
            });
        if (prefix == std::end(prefixes)) {
            filter.names << term;
            continue;
        }
        // "no:" that is still being typed asks for nothing yet; "fk:" alone means any foreign key.
        const QString rest = term.mid(prefix->first.size());
        if (!rest.isEmpty() || prefix->second == &filter.targets)
            *prefix->second << rest;
    }
    return filter;
}

bool TreeFilter::empty() const
{
    return names.isEmpty() && columns.isEmpty() && types.isEmpty() && targets.isEmpty() &&
           lacking.isEmpty() && !drift;
}

bool TreeFilter::accepts(const TreeNode &node) const
{
    if (drift && !drifts(node))
        return false;
    if (node.value.kind == OverlayNode::Kind::Table)
        return tableAccepted(*this, node);
    const bool aboutTables =
        !columns.isEmpty() || !types.isEmpty() || !targets.isEmpty() || !lacking.isEmpty();
    return !aboutTables && containsAll(node.value.name, names);
}

TreeFilterModel::TreeFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(false);
}

void TreeFilterModel::setFilter(const QString &text)
{
    m_filter = TreeFilter::parse(text);
    invalidateFilter();
}

void TreeFilterModel::refresh()
{
    if (isFiltering())
        invalidateFilter();
}

bool TreeFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_filter.empty())
        return true;
    const auto *model = static_cast<const TreeModel *>(sourceModel());
    const TreeNode &node = *model->node(model->index(row, 0, parent));
    const auto anyAccepted = [this](const TreeNode &group) {
        return std::any_of(group.children.cbegin(), group.children.cend(),
                           [this](const auto &child) { return m_filter.accepts(*child); });
    };
    if (diff::isGroup(node.value.kind))
        return anyAccepted(node);
    switch (node.value.kind) {
    case OverlayNode::Kind::Schema:
        return std::any_of(node.children.cbegin(), node.children.cend(),
                           [this, &anyAccepted](const auto &child) {
                               return diff::isGroup(child->value.kind) ? anyAccepted(*child)
                                                                       : m_filter.accepts(*child);
                           });
    case OverlayNode::Kind::Table:
    case OverlayNode::Kind::View:
    case OverlayNode::Kind::Sequence:
    case OverlayNode::Kind::Enum:
    case OverlayNode::Kind::Role:
        return m_filter.accepts(node);
    default:
        return true;
    }
}

} // namespace studio
