// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/tree/treetip.h"

namespace studio
{

using diff::OverlayNode;
using diff::Presence;

namespace
{

QString presenceSentence(Presence presence)
{
    switch (presence) {
    case Presence::InCode:
        return TreeModel::tr("In the code, not in the database");
    case Presence::InDatabase:
        return TreeModel::tr("In the database, not in the code");
    case Presence::Differs:
        return TreeModel::tr("In both, and differs");
    case Presence::Both:
        return TreeModel::tr("The same in code and database");
    case Presence::Unknown:
        break;
    }
    return {};
}

QStringList columnLines(const OverlayNode &node)
{
    QStringList lines{node.primaryKey ? TreeModel::tr("primary key")
                      : node.notNull  ? TreeModel::tr("not null")
                                      : TreeModel::tr("may be NULL")};
    const schema::FilledByCode &filled = node.filledByCode;
    if (filled.onInsert && filled.onUpdate)
        lines << TreeModel::tr("filled by code on insert and update");
    else if (filled.onInsert)
        lines << TreeModel::tr("filled by code on insert");
    else if (filled.onUpdate)
        lines << TreeModel::tr("filled by code on update");
    return lines;
}

QStringList tableLines(const TableFacts &facts)
{
    QStringList lines;
    if (facts.rows >= 0)
        lines << TreeModel::tr("About %L1 rows, by the planner's estimate").arg(facts.rows);
    if (facts.scoping == tenant::Scoping::Global)
        lines << TreeModel::tr("Global: the same for every tenant");
    if (facts.scoping == tenant::Scoping::ByPath)
        lines << TreeModel::tr("Belongs to a tenant along its foreign keys");
    if (facts.scoping == tenant::Scoping::BySchema)
        lines << TreeModel::tr("Each tenant has this table in a schema of its own");
    if (facts.scoping == tenant::Scoping::ByQuery)
        lines << (facts.reason.isEmpty()
                      ? TreeModel::tr("For one tenant its query runs over the tenant's rows alone")
                      : TreeModel::tr("Not shown to one tenant: %1").arg(facts.reason));
    if (facts.shared == tenant::SharedRows::Unsaid)
        lines << TreeModel::tr("Rows without a tenant are hidden: say in the menu whether they are "
                               "everybody's");
    if (facts.shared == tenant::SharedRows::Shown)
        lines << TreeModel::tr("Rows without a tenant are shown to every tenant");
    if (facts.scoping == tenant::Scoping::Unscoped)
        lines << TreeModel::tr("Unscoped: nothing ties its rows to a tenant");
    return lines;
}

} // namespace

QString toolTipOf(const OverlayNode &node, const TableFacts &facts)
{
    QStringList lines{node.detail.isEmpty() ? node.name
                                            : node.name + QStringLiteral("  ") + node.detail};
    lines << node.origin.description;
    if (node.kind == OverlayNode::Kind::Column)
        lines << columnLines(node);
    lines << presenceSentence(node.presence) << node.note;
    if (hasRows(node.kind))
        lines << tableLines(facts);
    const QString used = placeText(node.origin.location);
    const QString defined = placeText(node.origin.definition);
    if (defined.isEmpty())
        lines << used;
    else
        lines << TreeModel::tr("used at %1").arg(used)
              << TreeModel::tr("defined at %1").arg(defined);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

QString placeText(const schema::SourceLocation &place)
{
    if (place.file.isEmpty() || place.line == 0)
        return place.file;
    return QStringLiteral("%1:%2").arg(place.file).arg(place.line);
}

} // namespace studio
