// SPDX-License-Identifier: GPL-3.0-or-later
// Primary keys.
#include "diff/names.h"
#include "migrate/dependants.h"
#include "migrate/hazards.h"
#include "migrate/pairs.h"
#include "migrate/planner.h"
#include "migrate/statements.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
/// What the server calls the key: the schema's name, the live database's, or the generated one.
QString keyName(const Planner &planner, const schema::Name &table, const schema::PrimaryKey &key)
{
    if (planner.live()) {
        const auto traits = planner.live()->tables.constFind(planner.liveName(table));
        const bool known = traits != planner.live()->tables.cend() && !traits->primaryKey.isEmpty();
        const bool renamed =
            std::ranges::any_of(planner.difference().changes, [&](const diff::Change &change) {
                const auto *rename = std::get_if<diff::Rename>(&change);
                return rename && rename->kind == diff::Kind::PrimaryKey && rename->table == table;
            });
        if (known && !renamed)
            return traits->primaryKey;
    }
    return key.name.isEmpty() ? diff::generatedName(table.name, {}, QStringLiteral("pkey"))
                              : key.name;
}

const schema::Column *columnOf(const schema::Database &database, const schema::Name &table,
                               const QString &column)
{
    const schema::Table *found = database.table(table);
    return found ? found->column(column) : nullptr;
}

/// Columns of a key that was stay NOT NULL, whether the schema says so or not.
void freeColumns(Planner &planner, int dropped, const schema::Name &table,
                 const schema::PrimaryKey &key)
{
    const schema::Table *after = planner.to().table(table);
    for (const QString &name : key.columns) {
        const schema::Column *before = columnOf(planner.from(), table, name);
        const schema::Column *column = columnOf(planner.to(), table, name);
        const bool altered = before && column && before->notNull != column->notNull;
        if (!column || !after || column->notNull || column->primaryKey || column->identity ||
            altered || after->keyColumns().contains(name))
            continue;
        Node node = planner.node(Stage::PrimaryKeyDrops,
                                 alterColumn(table, name, QStringLiteral("DROP NOT NULL")));
        node.uses << tableId(table) << columnId(table, name);
        node.after << dropped;
        node.line.effect = planner.on(table, Lock::AccessExclusive);
        node.line.hazards << hazards::of(Rule::DropNotNull);
        planner.add(node);
    }
}

bool isChange(const Planner &planner, const schema::Name &table)
{
    const schema::Table *before = planner.from().table(table);
    const schema::Table *after = planner.to().table(table);
    return before && after && !before->keyColumns().isEmpty() && !after->keyColumns().isEmpty();
}
} // namespace

int makePrimaryKey(Planner &planner, const schema::Name &table, const schema::PrimaryKey &key)
{
    const bool online = planner.options().safe && planner.existed(table) &&
                        std::ranges::all_of(key.columns, [&](const QString &column) {
                            return columnOf(planner.from(), table, column) != nullptr;
                        });
    const QString name =
        key.name.isEmpty() ? diff::generatedName(table.name, {}, QStringLiteral("pkey")) : key.name;
    Node node = planner.node(key.columns.size() == 1 && key.name.isEmpty() ? Stage::Alterations
                                                                           : Stage::PrimaryKeys,
                             addPrimaryKey(table, key));
    node.uses << tableId(table);
    for (const QString &column : key.columns)
        node.uses << columnId(table, column) << notNullId(table, column);
    node.takes << relationKey({table.schema, name});
    node.line.effect = planner.on(table, Lock::AccessExclusive, Work::IndexBuild);
    node.line.hazards << hazards::of(Rule::AddUnique);
    if (online) {
        // Under another name: the old key may still have this one.
        const QString built = diff::generatedName(table.name, {}, QStringLiteral("new_key"));
        Node build = planner.node(
            Stage::Alterations,
            QStringLiteral("CREATE UNIQUE INDEX CONCURRENTLY %1 ON %2 USING btree (%3);")
                .arg(sql::identifier(built), tableSql(table), columnList(key.columns)));
        build.alone = true;
        build.name = QStringLiteral("build_") + name;
        build.uses = node.uses;
        build.line.effect = planner.on(table, Lock::ShareUpdateExclusive, Work::IndexBuild);
        build.line.effect.inTransaction = false;
        build.line.hazards << hazards::of(Rule::ConcurrentlyInTransaction)
                           << hazards::of(Rule::AddUnique);
        build.line.rowTest = RowTest::Values;
        node.after << planner.add(build);
        node.line.statement =
            alterTable(table, QStringLiteral("ADD CONSTRAINT %1 PRIMARY KEY USING INDEX %2")
                                  .arg(sql::identifier(name), sql::identifier(built)));
        node.line.effect.work = Work::Scan;
        node.line.hazards.clear();
    }
    node.line.rowTest = online ? RowTest::Nulls : RowTest::Values;
    node.creates << constraintId(table, name) << keyId(table, key.columns);
    if (isChange(planner, table))
        node.line.hazards << hazards::of(Rule::PrimaryKeyChanged);
    node.line.reverse << ReverseStatement{dropConstraint(table, name)};
    const int made = planner.add(node);
    planner.registerMaker(constraintId(table, name), made);
    return made;
}

int dropPrimaryKey(Planner &planner, const schema::Name &table, const schema::PrimaryKey &key)
{
    const QString name = keyName(planner, table, key);
    Node node = planner.node(Stage::PrimaryKeyDrops, dropConstraint(table, name));
    node.late = planner.options().safe && isChange(planner, table);
    node.frees << constraintId(table, name) << keyId(table, key.columns);
    node.gives << relationKey({table.schema, name});
    node.uses << tableId(table);
    for (const QString &column : key.columns)
        node.releases << columnId(table, column) << notNullId(table, column);
    node.line.effect = planner.on(table, Lock::AccessExclusive);
    node.line.hazards << hazards::of(Rule::PrimaryKeyChanged);
    node.line.reverse << ReverseStatement{addPrimaryKey(table, key)};
    const int made = planner.add(node);
    planner.registerDrop(constraintId(table, name), made);
    planner.clear(made, keysTo(planner, table, key.columns));
    freeColumns(planner, made, table, key);
    return made;
}

void plan(Planner &planner, const diff::AddPrimaryKey &change)
{
    const int made = makePrimaryKey(planner, change.table, change.key);
    planner.at(made).applies << change;
    // A table has one key at a time.
    for (int i = 0; i < planner.nodes().size(); ++i) {
        const auto *drop = std::get_if<diff::DropPrimaryKey>(&planner.nodes()[i].line.change);
        if (drop && drop->table == change.table &&
            planner.nodes()[i].stage == Stage::PrimaryKeyDrops)
            planner.at(made).after << i;
    }
}

void plan(Planner &planner, const diff::DropPrimaryKey &change)
{
    const int made = dropPrimaryKey(planner, change.table, change.key);
    planner.at(made).applies << change;
    for (int i = 0; i < planner.nodes().size(); ++i) {
        const Node &node = planner.nodes()[i];
        const auto *add = std::get_if<diff::AddPrimaryKey>(&node.line.change);
        const auto *column = std::get_if<diff::AddColumn>(&node.line.change);
        const bool key = add && add->table == change.table &&
                         node.stage != Stage::PrimaryKeyDrops && node.line.effect.inTransaction;
        const bool inColumn = column && column->table == change.table && column->column.primaryKey;
        if (key || inColumn)
            planner.at(i).after << made;
    }
}

} // namespace migrate
