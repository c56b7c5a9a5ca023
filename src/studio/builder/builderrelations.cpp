// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/builderrelations.h"

#include <algorithm>

namespace studio
{

namespace
{
bool isUnique(const schema::Table &table, const QStringList &columns)
{
    const auto same = [&](QStringList other) {
        QStringList wanted = columns;
        wanted.sort();
        other.sort();
        return wanted == other;
    };
    if (same(table.keyColumns()))
        return true;
    if (std::any_of(table.uniques.cbegin(), table.uniques.cend(),
                    [&](const schema::Unique &unique) { return same(unique.columns); }))
        return true;
    return std::any_of(table.indexes.cbegin(), table.indexes.cend(),
                       [&](const schema::Index &index) {
                           QStringList indexed;
                           for (const schema::IndexColumn &column : index.columns)
                               indexed.append(column.expression);
                           return index.isUnique && index.where.isEmpty() && same(indexed);
                       });
}

bool anyNullable(const schema::Table &table, const QStringList &columns)
{
    const QStringList key = table.keyColumns();
    return std::any_of(columns.cbegin(), columns.cend(), [&](const QString &name) {
        const schema::Column *column = table.column(name);
        return !key.contains(name) && (!column || !column->notNull);
    });
}

QString nameOfColumns(const QStringList &columns, const QString &otherwise)
{
    if (columns.size() != 1 || !columns.first().endsWith(QStringLiteral("_id")))
        return otherwise;
    return columns.first().chopped(3);
}

schema::Name targetOf(const schema::ForeignKey &key)
{
    const bool isPublic = key.targetSchema == QStringLiteral("public");
    return {.schema = isPublic ? QString() : key.targetSchema, .name = key.targetTable};
}

/// The foreign keys that start or end at the table.
QList<RelationEdge> fromForeignKeys(const schema::Table &table, const schema::Database &database)
{
    QList<RelationEdge> edges;
    for (const schema::ForeignKey &key : table.foreignKeys) {
        edges.append({.name = nameOfColumns(key.columns, key.targetTable),
                      .target = targetOf(key),
                      .columns = key.columns,
                      .targetColumns = key.targetColumns,
                      .optional = anyNullable(table, key.columns),
                      .inDatabase = true});
    }
    for (const schema::Table &other : database.tables) {
        for (const schema::ForeignKey &key : other.foreignKeys) {
            if (targetOf(key) != table.name)
                continue;
            edges.append({.name = other.name.name,
                          .target = other.name,
                          .columns = key.targetColumns,
                          .targetColumns = key.columns,
                          .many = !isUnique(other, key.columns),
                          .optional = true,
                          .inDatabase = true});
        }
    }
    return edges;
}

/// The side of a relation that names the columns, when it is not this one.
const schema::Relation *otherSide(const schema::Relation &relation, const schema::Database &code)
{
    const auto found = std::find_if(
        code.relations.cbegin(), code.relations.cend(), [&](const schema::Relation &candidate) {
            return candidate.table == relation.target && candidate.target == relation.table &&
                   candidate.relationName == relation.relationName && !candidate.columns.isEmpty();
        });
    return found == code.relations.cend() ? nullptr : &*found;
}

QList<RelationEdge> fromRelations(const schema::Table &table, const schema::Database &database,
                                  const schema::Database &code)
{
    QList<RelationEdge> edges;
    for (const schema::Relation &relation : code.relations) {
        // A way through a third table is two edges, which the table's keys already give.
        if (relation.table != table.name || relation.through)
            continue;
        RelationEdge edge{.name = relation.name,
                          .target = relation.target,
                          .columns = relation.columns,
                          .targetColumns = relation.targetColumns,
                          .inCode = true};
        const schema::Relation *other =
            relation.columns.isEmpty() ? otherSide(relation, code) : nullptr;
        if (other) {
            edge.columns = other->targetColumns;
            edge.targetColumns = other->columns;
        }
        if (edge.columns.isEmpty() || edge.columns.size() != edge.targetColumns.size())
            continue;
        const schema::Table *target = database.table(edge.target);
        edge.many = relation.kind == schema::Relation::Kind::Many &&
                    !(target && isUnique(*target, edge.targetColumns));
        edge.optional = relation.columns.isEmpty() || anyNullable(table, edge.columns);
        edges.append(edge);
    }
    return edges;
}
/// Whether every pair of columns of \a relation is one of \a key: a foreign key may carry the
/// tenant column beside the one that a relation names.
bool isWithin(const RelationEdge &relation, const RelationEdge &key)
{
    if (relation.target != key.target)
        return false;
    for (qsizetype i = 0; i < relation.columns.size(); ++i) {
        const qsizetype at = key.columns.indexOf(relation.columns.at(i));
        if (at < 0 || key.targetColumns.at(at) != relation.targetColumns.at(i))
            return false;
    }
    return true;
}
} // namespace

QList<RelationEdge> relationsOf(const schema::Name &table, const schema::Database &database,
                                const schema::Database &code)
{
    const schema::Table *from = database.table(table);
    if (!from)
        return {};
    QList<RelationEdge> edges = fromRelations(*from, database, code);
    for (const RelationEdge &edge : fromForeignKeys(*from, database)) {
        const auto same = [&](const RelationEdge &known) { return isWithin(known, edge); };
        const auto known = std::find_if(edges.begin(), edges.end(), same);
        if (known != edges.end())
            known->inDatabase = true;
        else
            edges.append(edge);
    }
    edges.removeIf([&](const RelationEdge &edge) { return !database.table(edge.target); });
    QStringList names;
    for (RelationEdge &edge : edges) {
        // Two foreign keys from one table need two names.
        if (names.contains(edge.name))
            edge.name = QStringLiteral("%1 (%2)").arg(
                edge.name, edge.targetColumns.join(QStringLiteral(", ")));
        names.append(edge.name);
    }
    std::sort(edges.begin(), edges.end(),
              [](const RelationEdge &a, const RelationEdge &b) { return a.name < b.name; });
    return edges;
}

} // namespace studio
