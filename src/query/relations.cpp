// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/relations.h"

#include "query/conditions.h"

#include <algorithm>

namespace query
{

namespace
{
bool holds(const QStringList &columns, const QStringList &key)
{
    return !key.isEmpty() && std::ranges::all_of(key, [&](const QString &column) {
        return columns.contains(column);
    });
}

bool anyNullable(const schema::Table &table, const QStringList &columns)
{
    const QStringList key = table.keyColumns();
    return std::ranges::any_of(columns, [&](const QString &name) {
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

/// The key's pairs are also what the relation goes by, until a relation of the code says less.
Relation byKey(Relation relation)
{
    relation.keyColumns = relation.columns;
    relation.keyTargetColumns = relation.targetColumns;
    return relation;
}

/// The foreign keys of \a keys that start or end at \a table. \a database says what its columns
/// are: \a keys may be the code's.
QList<Relation> fromForeignKeys(const schema::Name &table, const schema::Database &keys,
                                const schema::Database &database, Origin origin)
{
    QList<Relation> found;
    for (const schema::Table &other : keys.tables) {
        const schema::Table *real =
            other.foreignKeys.isEmpty() ? nullptr : database.table(other.name);
        if (!real)
            continue;
        for (const schema::ForeignKey &key : other.foreignKeys) {
            if (other.name == table)
                found << byKey({.name = nameOfColumns(key.columns, key.targetTable),
                                .target = targetOf(key),
                                .columns = key.columns,
                                .targetColumns = key.targetColumns,
                                .refers = true,
                                .optional = anyNullable(*real, key.columns),
                                .origins = origin});
            if (targetOf(key) == table)
                found << byKey({.name = other.name.name,
                                .target = other.name,
                                .columns = key.targetColumns,
                                .targetColumns = key.columns,
                                .many = !isUnique(*real, key.columns),
                                .optional = true,
                                .origins = origin});
        }
    }
    return found;
}

/// The side of a relation that names the columns, when it is not this one.
const schema::Relation *otherSide(const schema::Relation &relation, const schema::Database &code)
{
    const auto found = std::ranges::find_if(code.relations, [&](const schema::Relation &candidate) {
        return candidate.table == relation.target && candidate.target == relation.table &&
               candidate.relationName == relation.relationName && !candidate.columns.isEmpty();
    });
    return found == code.relations.cend() ? nullptr : &*found;
}

QList<Relation> fromDrizzle(const schema::Table &table, const schema::Database &database,
                            const schema::Database &code)
{
    QList<Relation> found;
    for (const schema::Relation &relation : code.relations) {
        // A way through a third table is two relations, which the table's keys already give.
        if (relation.table != table.name || relation.through)
            continue;
        Relation way{.name = relation.name,
                     .target = relation.target,
                     .columns = relation.columns,
                     .targetColumns = relation.targetColumns,
                     .origins = Origin::Drizzle};
        const schema::Relation *other =
            relation.columns.isEmpty() ? otherSide(relation, code) : nullptr;
        if (other) {
            way.columns = other->targetColumns;
            way.targetColumns = other->columns;
        }
        const schema::Table *target = database.table(way.target);
        if (way.columns.isEmpty() || way.columns.size() != way.targetColumns.size() || !target)
            continue;
        const bool meetsOne = isUnique(*target, way.targetColumns);
        way.many = relation.kind == schema::Relation::Kind::Many && !meetsOne;
        // Both sides of defineRelations() name columns: the side that points at a key refers.
        way.refers =
            relation.kind == schema::Relation::Kind::One && !relation.columns.isEmpty() &&
            (holds(way.targetColumns, target->keyColumns()) || !isUnique(table, way.columns));
        way.optional = relation.columns.isEmpty() || !way.refers || anyNullable(table, way.columns);
        found << byKey(way);
    }
    return found;
}

/// Whether every pair of columns of \a relation is one of \a key: a foreign key may carry the
/// tenant column beside the one that a relation names.
bool isWithin(const Relation &relation, const Relation &key)
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

/// Takes \a key in: as one more origin of a relation that is known, or as a relation of its own.
void merge(QList<Relation> &relations, const Relation &key)
{
    const auto known = std::ranges::find_if(
        relations, [&](const Relation &relation) { return isWithin(relation, key); });
    if (known == relations.end()) {
        relations << key;
        return;
    }
    known->origins |= key.origins;
    known->refers = key.refers;
    if (known->keyColumns.size() < key.keyColumns.size()) {
        known->keyColumns = key.keyColumns;
        known->keyTargetColumns = key.keyTargetColumns;
    }
}

/// Where several ways have one name, the keys among them are called by their columns too.
void tellApart(QList<Relation> &relations)
{
    QStringList all;
    for (const Relation &relation : std::as_const(relations))
        all << relation.name;
    QStringList taken;
    for (Relation &relation : relations) {
        const QStringList &own = relation.refers ? relation.columns : relation.targetColumns;
        if (all.count(relation.name) > 1 && !relation.origins.testFlag(Origin::Drizzle))
            relation.name += QStringLiteral(" (%1)").arg(own.join(QStringLiteral(", ")));
        const QString base = relation.name;
        for (int number = 2; taken.contains(relation.name); ++number)
            relation.name = base + u' ' + QString::number(number);
        taken << relation.name;
    }
}

bool hasColumns(const schema::Table *table, const QStringList &columns)
{
    return table && std::ranges::all_of(columns, [&](const QString &column) {
               return table->column(column) != nullptr;
           });
}

/// Text in words: neither a document nor another row's key.
bool canLabel(const schema::Column &column)
{
    static const QStringList documents{QStringLiteral("json"), QStringLiteral("jsonb"),
                                       QStringLiteral("bytea"), QStringLiteral("tsvector"),
                                       QStringLiteral("xml")};
    return !documents.contains(column.type) && !column.type.endsWith(QStringLiteral("[]"));
}
} // namespace

bool isUnique(const schema::Table &table, const QStringList &columns)
{
    return holds(columns, table.keyColumns()) ||
           std::ranges::any_of(
               table.uniques,
               [&](const schema::Unique &unique) { return holds(columns, unique.columns); }) ||
           std::ranges::any_of(table.indexes, [&](const schema::Index &index) {
               QStringList indexed;
               for (const schema::IndexColumn &column : index.columns)
                   indexed << column.expression;
               return index.isUnique && !index.invalid && index.where.isEmpty() &&
                      holds(columns, indexed);
           });
}

QList<Relation> relationsOf(const schema::Name &table, const schema::Database &database,
                            const schema::Database &code)
{
    const schema::Table *from = database.table(table);
    if (!from)
        return {};
    QList<Relation> relations = fromDrizzle(*from, database, code);
    for (const Relation &key : fromForeignKeys(table, database, database, Origin::DatabaseKey))
        merge(relations, key);
    for (const Relation &key : fromForeignKeys(table, code, database, Origin::CodeKey))
        merge(relations, key);
    relations.removeIf([&](const Relation &relation) {
        return !hasColumns(from, relation.keyColumns) ||
               !hasColumns(database.table(relation.target), relation.keyTargetColumns);
    });
    tellApart(relations);
    std::ranges::sort(relations, {}, &Relation::name);
    return relations;
}

QStringList labelColumns(const schema::Table &table)
{
    static const QStringList telling{
        QStringLiteral("name"),         QStringLiteral("title"),     QStringLiteral("label"),
        QStringLiteral("display_name"), QStringLiteral("full_name"), QStringLiteral("number"),
        QStringLiteral("email"),        QStringLiteral("username"),  QStringLiteral("slug"),
        QStringLiteral("code"),
    };
    QStringList others = table.keyColumns();
    for (const schema::ForeignKey &key : table.foreignKeys)
        others << key.columns;
    const auto rank = [&](const schema::Column &column) {
        const qsizetype named = telling.indexOf(column.name);
        const qsizetype isText = column.typeSchema.isEmpty() && isTextual(column.type) ? 0 : 2;
        return named >= 0 ? named : telling.size() + isText + !isUnique(table, {column.name});
    };
    QList<std::pair<qsizetype, QString>> ranked;
    for (const schema::Column &column : table.columns) {
        if (!others.contains(column.name) && canLabel(column))
            ranked << std::pair(rank(column), column.name);
    }
    std::ranges::stable_sort(ranked, {}, &std::pair<qsizetype, QString>::first);
    QStringList columns;
    for (const auto &[place, column] : std::as_const(ranked))
        columns << column;
    return columns;
}

QString labelColumn(const schema::Table &table)
{
    const QString best = labelColumns(table).value(0);
    const schema::Column *column = table.column(best);
    const bool isText = column && column->typeSchema.isEmpty() && isTextual(column->type);
    return isText || best == QStringLiteral("number") ? best : QString();
}

} // namespace query
