// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridreferences.h"

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
        references << *reference;
    }
    return references;
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
