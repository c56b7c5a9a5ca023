// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/contextrules.h"

#include "diff/equal.h"
#include "diff/names.h"
#include "migrate/hazards.h"
#include "migrate/planenums.h"
#include "migrate/text.h"
#include "schema/storedname.h"
#include "sql/parse.h"

#include <algorithm>

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

QStringList plainColumns(const schema::Index &index)
{
    QStringList names;
    for (const schema::IndexColumn &column : index.columns)
        names << (column.isExpression ? u'(' + column.expression + u')' : column.expression);
    return names;
}

/// Two indexes of which one begins with all of the other.
void prefixIndexes(const Planner &planner, const Node &node, QList<Hazard> &found)
{
    const auto *add = std::get_if<diff::AddIndex>(&node.line.change);
    const schema::Table *table = add ? planner.to().table(add->table) : nullptr;
    if (!table)
        return;
    const QStringList own = plainColumns(add->index);
    for (const schema::Index &other : table->indexes) {
        const QStringList columns = plainColumns(other);
        const qsizetype common = std::min(own.size(), columns.size());
        const bool shorterIsUnique =
            own.size() < columns.size() ? add->index.isUnique : other.isUnique;
        if (other.name != add->index.name && other.method == add->index.method &&
            other.where.isEmpty() && add->index.where.isEmpty() && !shorterIsUnique &&
            own.mid(0, common) == columns.mid(0, common))
            found << hazards::of(Rule::PrefixIndex,
                                 Text::tr("%1 and %2").arg(add->index.name, other.name));
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

/// The publications of the live database, in words; empty: there are none.
QString publications(const Planner &planner)
{
    QStringList names;
    for (const ObjectId &id : planner.live()->unmanaged) {
        if (id.kind == schema::ObjectKind::Publication)
            names << Text::tr("publication %1").arg(id.name.name);
    }
    return names.join(QStringLiteral(", "));
}

/// Whether rows look different afterwards.
bool changesRows(const diff::Change &change)
{
    const auto *alter = std::get_if<diff::AlterColumn>(&change);
    const auto *rename = std::get_if<diff::Rename>(&change);
    return std::holds_alternative<diff::AddColumn>(change) ||
           std::holds_alternative<diff::DropColumn>(change) ||
           (alter && !diff::sameType(alter->before, alter->after)) ||
           (rename && (rename->kind == diff::Kind::Column || rename->kind == diff::Kind::Table));
}

/// Replication carries rows, not statements.
void replication(const Planner &planner, const Node &node, QList<Hazard> &found)
{
    const QString by = publications(planner);
    if (by.isEmpty())
        return;
    if (std::ranges::any_of(node.applies, changesRows))
        found << hazards::of(Rule::NotReplicated, by);
    const auto keyless = [&](const schema::Name &name) {
        const schema::Table *after = planner.to().table(name);
        return after && after->keyColumns().isEmpty() &&
               planner.live()->tables.value(planner.liveName(name)).replicaIdentity.isEmpty();
    };
    const bool loses = std::ranges::any_of(node.applies, [&](const diff::Change &change) {
        const auto *table = std::get_if<diff::AddTable>(&change);
        const auto *key = std::get_if<diff::DropPrimaryKey>(&change);
        return (table && keyless(table->table.name)) || (key && keyless(key->table));
    });
    if (loses)
        found << hazards::of(Rule::NoReplicaIdentity, by);
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
        prefixIndexes(planner, node, found);
        if (planner.live())
            indexesInUse(planner, node, found);
        if (planner.live())
            replication(planner, node, found);
        planner.at(i).line.hazards << found;
    }
}

} // namespace migrate
