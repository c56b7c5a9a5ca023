// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridreferences.h"

#include "query/cuts.h"

#include <algorithm>

namespace studio
{

namespace
{
int positionOf(const QList<RowsColumn> &columns, const QString &name)
{
    const auto found = std::ranges::find(columns, name, &RowsColumn::name);
    return found == columns.cend() ? -1 : int(std::distance(columns.cbegin(), found));
}

std::optional<GridReference> referenceOf(const query::Relation &relation,
                                         const schema::Table &target,
                                         const QList<RowsColumn> &columns)
{
    const bool isShort = query::isUnique(target, relation.targetColumns);
    if (!isShort && !query::isUnique(target, relation.keyTargetColumns))
        return std::nullopt;
    GridReference reference{.column = {},
                            .position = -1,
                            .columns = isShort ? relation.columns : relation.keyColumns,
                            .targetColumns =
                                isShort ? relation.targetColumns : relation.keyTargetColumns,
                            .positions = {},
                            .label = query::labelColumn(target),
                            .labels = query::labelColumns(target),
                            .cuts = {},
                            .relation = relation};
    for (const QString &name : std::as_const(reference.columns)) {
        const int position = positionOf(columns, name);
        if (position < 0)
            return std::nullopt;
        reference.positions << position;
        if (reference.column.isEmpty() || !columns.at(position).tenant)
            std::tie(reference.column, reference.position) = std::pair(name, position);
    }
    return reference;
}

/// A key that is shown as the label, too, is sought: it stays whole.
QList<query::Cut> cutsOf(const GridReference &reference, const schema::Table &target,
                         const schema::Database &database)
{
    const schema::Column *label = target.column(reference.label);
    const std::optional<query::Cut::Way> way =
        label && !reference.targetColumns.contains(label->name) ? query::cutWay(*label, database)
                                                                : std::nullopt;
    return way ? QList{query::Cut{{target.name.name, label->name}, *way}} : QList<query::Cut>();
}
} // namespace

QList<GridReference> gridReferences(const schema::Database &database, const schema::Database &code,
                                    const schema::Name &table, const QList<RowsColumn> &columns,
                                    const QMap<QString, QString> &chosen)
{
    QList<query::Relation> relations = query::relationsOf(table, database, code);
    std::ranges::stable_partition(relations, [](const query::Relation &relation) {
        return relation.origins.testFlag(query::Origin::DatabaseKey);
    });
    QList<GridReference> references;
    for (const query::Relation &relation : std::as_const(relations)) {
        const schema::Table *target = relation.refers ? database.table(relation.target) : nullptr;
        std::optional<GridReference> reference =
            target ? referenceOf(relation, *target, columns) : std::nullopt;
        if (!reference || std::ranges::find(references, reference->column,
                                            &GridReference::column) != references.end())
            continue;
        if (const auto choice = chosen.constFind(reference->column);
            choice != chosen.cend() && (choice->isEmpty() || target->column(*choice)))
            reference->label = *choice;
        reference->cuts = cutsOf(*reference, *target, database);
        references << *reference;
    }
    return references;
}

query::Select targetRows(const GridReference &reference)
{
    const schema::Name &table = reference.relation.target;
    query::Select select{.from = {table, table.name}, .joins = {}, .columns = {}, .filters = {}};
    for (const QString &column : reference.targetColumns)
        select.columns << query::ColumnRef{table.name, column};
    if (!reference.label.isEmpty())
        select.columns << query::ColumnRef{table.name, reference.label};
    select.cuts = reference.cuts;
    return select;
}

QList<GridIncoming> gridIncoming(const schema::Database &database, const schema::Database &code,
                                 const schema::Name &table, const QList<RowsColumn> &columns)
{
    QList<GridIncoming> incoming;
    for (const query::Relation &relation : query::relationsOf(table, database, code)) {
        GridIncoming found{.relation = relation, .positions = {}};
        for (const QString &column : relation.columns)
            found.positions << positionOf(columns, column);
        if (!relation.refers && !found.positions.contains(-1))
            incoming << found;
    }
    return incoming;
}

query::Select incomingSelect(const query::Relation &relation, const QStringList &values)
{
    const QString alias = relation.target.name;
    query::Select select{.from = {relation.target, alias}};
    for (qsizetype i = 0; i < relation.targetColumns.size(); ++i)
        select.filters << query::Filter{.column = {alias, relation.targetColumns.at(i)},
                                        .op = query::Operator::Equal,
                                        .values = {values.value(i)}};
    return select;
}

} // namespace studio
