// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/contextrules.h"

#include "diff/names.h"
#include "migrate/hazards.h"
#include "migrate/planenums.h"
#include "schema/storedname.h"
#include "sql/parse.h"

namespace migrate
{

namespace
{
using schema::ObjectId;

/// The server cuts the name, drizzle-kit's snapshot keeps it.
void longNames(const Node &node, QList<Hazard> &found)
{
    for (const ObjectId &id : node.creates) {
        if (id.kind == schema::ObjectKind::Other)
            continue;
        const QString name = id.part.isEmpty() ? id.name.name : id.part;
        const QString stored = schema::storedName(name);
        if (stored != name)
            found << hazards::of(Rule::LongName, stored);
    }
}

void indexesInUse(const Planner &planner, const Node &node, QList<Hazard> &found)
{
    for (const ObjectId &id : node.frees) {
        const auto index = planner.live()->indexes.constFind(id.name);
        if (id.kind == schema::ObjectKind::Index && index != planner.live()->indexes.cend() &&
            index->scans > 0)
            found << hazards::of(Rule::IndexInUse, QString::number(index->scans));
    }
    for (const ObjectId &id : node.creates + node.frees) {
        const auto index = planner.live()->indexes.constFind(id.name);
        if (id.kind == schema::ObjectKind::Index && index != planner.live()->indexes.cend() &&
            !index->valid)
            found << hazards::of(Rule::InvalidIndex, id.name.name);
    }
}

bool isOwn(const Planner &planner, const QString &function)
{
    const QStringList parts = function.split(u'.');
    if (parts.size() > 1)
        return parts.first() != QLatin1String("pg_catalog");
    if (!planner.live())
        return false;
    for (const ObjectId &id : planner.live()->unmanaged) {
        if (id.kind == schema::ObjectKind::Function && id.name.name == function)
            return true;
    }
    return false;
}

void ownFunctions(const Planner &planner, const Node &node, QList<Hazard> &found)
{
    const auto *check = std::get_if<diff::AddCheck>(&node.line.change);
    if (!check || !check->check.expression.contains(u'('))
        return;
    const auto functions =
        sql::collectFunctions(QStringLiteral("SELECT ") + check->check.expression);
    if (!functions)
        return;
    for (const QString &function : *functions) {
        if (isOwn(planner, function))
            found << hazards::of(Rule::CheckCallsFunction, function);
    }
}
} // namespace

void addContextRules(Planner &planner)
{
    commitUsedValues(planner);
    for (int i = 0; i < planner.nodes().size(); ++i) {
        QList<Hazard> found;
        const Node &node = planner.nodes()[i];
        longNames(node, found);
        ownFunctions(planner, node, found);
        if (planner.live())
            indexesInUse(planner, node, found);
        planner.at(i).line.hazards << found;
    }
}

} // namespace migrate
