// SPDX-License-Identifier: GPL-3.0-or-later
// Indexes and constraints of tables.
#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
template <typename Part>
bool hasNamed(const schema::Table *table, const QList<Part> schema::Table::*parts,
              const QString &name)
{
    return table && std::ranges::find(table->*parts, name, &Part::name) != (table->*parts).end();
}

QString validate(const schema::Name &table, const QString &name)
{
    return alterTable(table, QStringLiteral("VALIDATE CONSTRAINT ") + sql::identifier(name));
}

/// Without the semicolon, NOT VALID, and with it.
QString notValid(QString statement)
{
    statement.chop(1);
    return statement + QStringLiteral(" NOT VALID;");
}

/// A constraint in two migrations: from the first on new rows are held to it, the second looks at
/// the old ones and lets everybody go on.
void validateLater(Planner &planner, int made, const schema::Name &table, const QString &name,
                   const std::optional<schema::Name> &target)
{
    Node &first = planner.at(made);
    first.line.statement = notValid(first.line.statement);
    first.line.effect.work = Work::None;
    first.line.hazards.removeIf([](const Hazard &hazard) {
        return hazard.rule == Rule::AddForeignKey || hazard.rule == Rule::AddCheck;
    });
    first.line.rowTest = RowTest::None;
    Node node = planner.node(Stage::Checks, validate(table, name));
    node.line.rowTest = RowTest::Values;
    node.line.effect = planner.on(table, Lock::ShareUpdateExclusive, Work::Scan);
    if (target)
        planner.lock(node.line.effect, *target, Lock::RowShare);
    node.afterCommit << made;
    node.name = QStringLiteral("validate_") + name;
    planner.add(node);
}

void usesColumns(Node &node, const schema::Name &table, const QStringList &columns)
{
    node.uses << tableId(table);
    for (const QString &column : columns)
        node.uses << columnId(table, column);
}

void releasesColumns(Node &node, const schema::Name &table, const QStringList &columns)
{
    node.uses << tableId(table);
    for (const QString &column : columns)
        node.releases << columnId(table, column);
}

bool beginsWith(const QStringList &have, const QStringList &wanted)
{
    if (have.size() < wanted.size())
        return false;
    QStringList head = have.mid(0, wanted.size());
    QStringList set = wanted;
    head.sort();
    set.sort();
    return head == set;
}

QStringList plainColumns(const schema::Index &index)
{
    QStringList names;
    for (const schema::IndexColumn &column : index.columns)
        names << (column.isExpression ? QString() : column.expression);
    return names;
}

/// Whether an index finds the rows that point at a target.
bool isIndexed(const schema::Table &table, const QStringList &columns)
{
    return beginsWith(table.keyColumns(), columns) ||
           std::ranges::any_of(table.uniques,
                               [&](const auto &u) { return beginsWith(u.columns, columns); }) ||
           std::ranges::any_of(table.indexes, [&](const schema::Index &index) {
               return index.where.isEmpty() && beginsWith(plainColumns(index), columns);
           });
}
} // namespace

int makeIndex(Planner &planner, const schema::Name &table, const schema::Index &index)
{
    const bool existed = planner.existed(table);
    const bool changed = hasNamed(planner.from().table(table), &schema::Table::indexes, index.name);
    const bool concurrently = existed && (index.concurrently || planner.options().safe);
    Node node = planner.node(!existed  ? Stage::NewTableIndexes
                             : changed ? Stage::ChangedIndexes
                                       : Stage::Indexes,
                             createIndex(table, index, concurrently));
    node.alone = concurrently;
    node.name = concurrently ? index.name : QString();
    node.creates << indexId(table, index.name);
    usesColumns(node, table, {});
    for (const schema::IndexColumn &column : index.columns) {
        if (column.isExpression)
            usesOf(planner, node, column.expression, table);
        else
            node.uses << columnId(table, column.expression);
    }
    usesOf(planner, node, index.where, table);
    if (index.isUnique && index.where.isEmpty())
        node.creates << keyId(table, plainColumns(index));
    node.line.effect = planner.on(table, concurrently ? Lock::ShareUpdateExclusive : Lock::Share,
                                  Work::IndexBuild);
    node.line.effect.inTransaction = !concurrently;
    if (concurrently)
        node.line.hazards << hazards::of(Rule::ConcurrentlyInTransaction);
    else if (existed)
        node.line.hazards << hazards::of(Rule::CreateIndex);
    if (index.isUnique && existed)
        node.line.hazards << hazards::of(Rule::AddUnique);
    if (index.isUnique)
        node.line.rowTest = RowTest::Values;
    if (changed && existed)
        node.line.hazards << hazards::of(Rule::IndexReplaced);
    if (index.columns.size() > 3)
        node.line.hazards << hazards::of(Rule::WideIndex);
    node.line.reverse << ReverseStatement{migrate::dropIndex(table, index.name)};
    const int made = planner.add(node);
    planner.registerMaker(indexId(table, index.name), made);
    return made;
}

int dropIndex(Planner &planner, const schema::Name &table, const schema::Index &index)
{
    const bool changed = hasNamed(planner.to().table(table), &schema::Table::indexes, index.name);
    const bool concurrently = planner.options().safe && !changed;
    Node node = planner.node(changed ? Stage::ChangedIndexDrops : Stage::IndexDrops,
                             migrate::dropIndex(table, index.name, concurrently));
    node.alone = concurrently;
    node.name = concurrently ? QStringLiteral("drop_") + index.name : QString();
    node.frees << indexId(table, index.name);
    if (index.isUnique && index.where.isEmpty()) {
        node.frees << keyId(table, plainColumns(index));
        node.uses << tableId(table);
    }
    for (const schema::IndexColumn &column : index.columns) {
        if (column.isExpression)
            lettingGo(planner, node, column.expression, table);
        else
            node.releases << columnId(table, column.expression);
    }
    lettingGo(planner, node, index.where, table);
    node.uses << tableId(table);
    node.line.effect =
        planner.on(table, concurrently ? Lock::ShareUpdateExclusive : Lock::AccessExclusive);
    node.line.effect.inTransaction = !concurrently;
    if (concurrently)
        node.line.hazards << hazards::of(Rule::ConcurrentlyInTransaction);
    node.line.hazards << hazards::of(Rule::DropIndex);
    node.line.reverse << ReverseStatement{createIndex(table, index, false)};
    const int made = planner.add(node);
    planner.registerDrop(indexId(table, index.name), made);
    if (index.isUnique && index.where.isEmpty())
        planner.clear(made, keysTo(planner, table, plainColumns(index)));
    return made;
}

int makeForeignKey(Planner &planner, const schema::Name &table, const schema::ForeignKey &key)
{
    const bool existed = planner.existed(table);
    const schema::Name target = diff::targetOf(key);
    Node node = planner.node(existed ? Stage::ForeignKeys : Stage::NewTableForeignKeys,
                             addForeignKey(table, key));
    node.creates << constraintId(table, key.name);
    usesColumns(node, table, key.columns);
    usesColumns(node, target, key.targetColumns);
    node.uses << keyId(target, key.targetColumns);
    node.line.effect = planner.on(table, Lock::ShareRowExclusive);
    planner.lock(node.line.effect, target, Lock::ShareRowExclusive);
    node.line.rowTest = RowTest::Values;
    if (existed)
        node.line.effect.work = Work::Scan;
    if (existed)
        node.line.hazards << hazards::of(Rule::AddForeignKey);
    else if (planner.existed(target))
        node.line.hazards << hazards::of(Rule::NewTableReferences, target.qualified());
    const schema::Table *after = planner.to().table(table);
    if (after && !isIndexed(*after, key.columns))
        node.line.hazards << hazards::of(Rule::ForeignKeyWithoutIndex,
                                         key.columns.join(QStringLiteral(", ")));
    node.line.reverse << ReverseStatement{dropConstraint(table, key.name)};
    const int made = planner.add(node);
    planner.registerMaker(constraintId(table, key.name), made);
    if (existed && planner.options().safe)
        validateLater(planner, made, table, key.name, target);
    return made;
}

namespace
{
/// What gives \a key, its tables and columns the names that it comes back under.
QList<int> renamersOf(const Planner &planner, const schema::Name &table,
                      const schema::ForeignKey &key)
{
    const schema::Name target = diff::targetOf(key);
    QList<int> nodes;
    for (const diff::Change &change : planner.difference().changes) {
        const auto *rename = std::get_if<diff::Rename>(&change);
        if (!rename)
            continue;
        const bool ofTable =
            rename->kind == diff::Kind::Table && (rename->to == table || rename->to == target);
        const bool ofColumn =
            rename->kind == diff::Kind::Column &&
            ((rename->table == table && key.columns.contains(rename->to.name)) ||
             (rename->table == target && key.targetColumns.contains(rename->to.name)));
        const int node = ofTable || ofColumn ? planner.renamerOf(*rename) : -1;
        if (node >= 0)
            nodes << node;
    }
    return nodes;
}
} // namespace

int dropForeignKey(Planner &planner, const schema::Name &table, const schema::ForeignKey &key)
{
    const schema::Name target = diff::targetOf(key);
    const bool early = !planner.to().table(target);
    Node node = planner.node(early ? Stage::EarlyForeignKeyDrops : Stage::ForeignKeyDrops,
                             dropConstraint(table, key.name));
    node.frees << constraintId(table, key.name);
    node.after << renamersOf(planner, table, key);
    node.line.endsLine = true;
    releasesColumns(node, table, key.columns);
    for (const QString &column : key.targetColumns)
        node.releases << columnId(target, column);
    node.releases << tableId(target) << keyId(target, key.targetColumns);
    node.line.effect = planner.on(table, Lock::AccessExclusive);
    planner.lock(node.line.effect, target, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::DropForeignKey);
    if (early)
        node.line.reverse << ReverseStatement{
            notValid(addForeignKey(table, key)),
            Text::tr("the key does not hold for rows that lost their target")};
    else
        node.line.reverse << ReverseStatement{addForeignKey(table, key)};
    const int made = planner.add(node);
    planner.registerDrop(constraintId(table, key.name), made);
    return made;
}

int makeUnique(Planner &planner, const schema::Name &table, const schema::Unique &unique)
{
    const bool online = planner.options().safe && planner.existed(table);
    Node node = planner.node(Stage::Uniques, addUnique(table, unique));
    if (online) {
        const QString name = sql::identifier(unique.name);
        Node build = planner.node(
            Stage::Uniques,
            QStringLiteral("CREATE UNIQUE INDEX CONCURRENTLY %1 ON %2 USING btree (%3)%4;")
                .arg(name, tableSql(table), columnList(unique.columns),
                     unique.nullsNotDistinct ? QStringLiteral(" NULLS NOT DISTINCT") : QString()));
        build.alone = true;
        build.name = QStringLiteral("build_") + unique.name;
        usesColumns(build, table, unique.columns);
        build.takes << relationKey({table.schema, unique.name});
        build.line.effect = planner.on(table, Lock::ShareUpdateExclusive, Work::IndexBuild);
        build.line.effect.inTransaction = false;
        build.line.hazards << hazards::of(Rule::ConcurrentlyInTransaction)
                           << hazards::of(Rule::AddUnique);
        build.line.rowTest = RowTest::Values;
        node.line.statement =
            alterTable(table, QStringLiteral("ADD CONSTRAINT %1 UNIQUE USING INDEX %1").arg(name));
        node.after << planner.add(build);
        node.line.effect = planner.on(table, Lock::AccessExclusive);
    } else {
        node.line.effect = planner.on(table, Lock::AccessExclusive, Work::IndexBuild);
        node.line.hazards << hazards::of(Rule::AddUnique);
        node.takes << relationKey({table.schema, unique.name});
        node.line.rowTest = RowTest::Values;
    }
    node.creates << constraintId(table, unique.name) << keyId(table, unique.columns);
    usesColumns(node, table, unique.columns);
    // It takes the index along, also the one that was built before it.
    node.line.reverse << ReverseStatement{dropConstraint(table, unique.name)};
    const int made = planner.add(node);
    planner.registerMaker(constraintId(table, unique.name), made);
    return made;
}

int dropUnique(Planner &planner, const schema::Name &table, const schema::Unique &unique)
{
    Node node = planner.node(Stage::UniqueDrops, dropConstraint(table, unique.name));
    node.frees << constraintId(table, unique.name) << keyId(table, unique.columns);
    node.gives << relationKey({table.schema, unique.name});
    releasesColumns(node, table, unique.columns);
    node.line.effect = planner.on(table, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::DropIndex);
    node.line.reverse << ReverseStatement{addUnique(table, unique)};
    const int made = planner.add(node);
    planner.registerDrop(constraintId(table, unique.name), made);
    planner.clear(made, keysTo(planner, table, unique.columns));
    return made;
}

int makeCheck(Planner &planner, const schema::Name &table, const schema::Check &check)
{
    Node node = planner.node(Stage::Checks, addCheck(table, check));
    node.creates << constraintId(table, check.name);
    node.uses << tableId(table);
    usesOf(planner, node, check.expression, table);
    node.line.effect = planner.on(table, Lock::AccessExclusive, Work::Scan);
    node.line.hazards << hazards::of(Rule::AddCheck);
    node.line.rowTest = RowTest::Values;
    node.line.reverse << ReverseStatement{dropConstraint(table, check.name)};
    const int made = planner.add(node);
    planner.registerMaker(constraintId(table, check.name), made);
    if (planner.options().safe && planner.existed(table))
        validateLater(planner, made, table, check.name, std::nullopt);
    return made;
}

int dropCheck(Planner &planner, const schema::Name &table, const schema::Check &check)
{
    Node node = planner.node(Stage::CheckDrops, dropConstraint(table, check.name));
    node.frees << constraintId(table, check.name);
    node.uses << tableId(table);
    lettingGo(planner, node, check.expression, table);
    node.line.effect = planner.on(table, Lock::AccessExclusive);
    node.line.reverse << ReverseStatement{addCheck(table, check)};
    const int made = planner.add(node);
    planner.registerDrop(constraintId(table, check.name), made);
    return made;
}

void plan(Planner &planner, const diff::AddIndex &change)
{
    planner.at(makeIndex(planner, change.table, change.index)).applies << change;
}

void plan(Planner &planner, const diff::DropIndex &change)
{
    planner.at(dropIndex(planner, change.table, change.index)).applies << change;
}

void plan(Planner &planner, const diff::AddForeignKey &change)
{
    planner.at(makeForeignKey(planner, change.table, change.key)).applies << change;
}

void plan(Planner &planner, const diff::DropForeignKey &change)
{
    planner.at(dropForeignKey(planner, change.table, change.key)).applies << change;
}

void plan(Planner &planner, const diff::AddUnique &change)
{
    planner.at(makeUnique(planner, change.table, change.unique)).applies << change;
}

void plan(Planner &planner, const diff::DropUnique &change)
{
    planner.at(dropUnique(planner, change.table, change.unique)).applies << change;
}

void plan(Planner &planner, const diff::AddCheck &change)
{
    planner.at(makeCheck(planner, change.table, change.check)).applies << change;
}

void plan(Planner &planner, const diff::DropCheck &change)
{
    planner.at(dropCheck(planner, change.table, change.check)).applies << change;
}

} // namespace migrate
