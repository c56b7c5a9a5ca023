// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/wayback.h"

#include "diff/names.h"
#include "diff/renaming.h"
#include "migrate/pairs.h"
#include "migrate/statements.h"

#include <algorithm>

namespace migrate
{

namespace
{
/// The line that drops \a table; nullptr: none does.
PlanLine *dropOf(Plan &plan, const schema::Name &table)
{
    const QString statement = dropTable(table);
    const auto line = std::ranges::find_if(plan.lines, [&](const PlanLine &candidate) {
        const auto *drop = std::get_if<diff::DropTable>(&candidate.change);
        return drop && drop->table.name == table && candidate.statement == statement;
    });
    return line == plan.lines.end() ? nullptr : &*line;
}

/// A key comes back with the later one of its two tables: that which goes first.
void bringKeysBack(Plan &plan)
{
    const QList<PlanLine> lines = plan.lines;
    for (const PlanLine &line : lines) {
        const auto *drop = std::get_if<diff::DropTable>(&line.change);
        PlanLine *own = drop ? dropOf(plan, drop->table.name) : nullptr;
        if (!own || own->statement != line.statement)
            continue;
        for (const schema::ForeignKey &key : drop->table.foreignKeys) {
            PlanLine *target = dropOf(plan, diff::targetOf(key));
            (target ? std::min(own, target) : own)->reverse
                << ReverseStatement{addForeignKey(drop->table.name, key)};
        }
    }
}

/// The schema before the plan without what the plan drops on its way.
schema::Database left(const Planner &planner)
{
    schema::Database database = planner.from();
    database.views.removeIf(
        [&](const schema::View &view) { return planner.dropOf(viewId(view)) >= 0; });
    for (schema::Table &table : database.tables) {
        const auto isGone = [&](const auto &part) {
            return planner.dropOf(constraintId(table.name, part.name)) >= 0;
        };
        table.checks.removeIf(isGone);
        table.uniques.removeIf(isGone);
        table.foreignKeys.removeIf(isGone);
        table.indexes.removeIf([&](const schema::Index &index) {
            return planner.dropOf(indexId(table.name, index.name)) >= 0;
        });
        table.policies.removeIf([&](const schema::Policy &policy) {
            return planner.dropOf(policyId(table.name, policy.name)) >= 0;
        });
    }
    database.linkedPolicies.removeIf([&](const schema::Policy &policy) {
        return planner.dropOf(policyId(diff::tableOf(policy), policy.name)) >= 0;
    });
    return database;
}

/// A column cannot be generated again, only made again: what needs it goes before and comes back.
void generateAgain(const Planner &planner, const diff::AlterColumn &change, PlanLine &line)
{
    const schema::Database to = left(planner);
    schema::Database from = to;
    const auto table = std::ranges::find(from.tables, change.table, &schema::Table::name);
    if (table == from.tables.end())
        return;
    diff::AlterColumn back{change.table, change.before, change.before};
    back.before.generated.reset();
    const auto column =
        std::ranges::find(table->columns, change.before.name, &schema::Column::name);
    if (column != table->columns.end())
        *column = back.before;
    diff::Difference difference;
    difference.changes << back;
    for (const PlanLine &made : plan(difference, from, to).lines)
        line.reverse << ReverseStatement{made.statement};
}
} // namespace

namespace
{
using schema::ObjectId;
using schema::ObjectKind;

/// What comes back within the statement that makes \a table again. Its foreign keys come later.
QList<ObjectId> partsOf(const Planner &planner, const schema::Table &table)
{
    QList<ObjectId> ids;
    for (const schema::Column &column : table.columns)
        ids << columnId(table.name, column.name);
    for (const schema::Index &index : table.indexes)
        ids << indexId(table.name, index.name);
    for (const schema::Unique &unique : table.uniques)
        ids << constraintId(table.name, unique.name);
    for (const schema::Check &check : table.checks)
        ids << constraintId(table.name, check.name);
    for (const schema::PrimaryKey &key : table.primaryKeys)
        ids << constraintId(table.name, key.name);
    const QString key = planner.live()->tables.value(planner.liveName(table.name)).primaryKey;
    if (table.primaryKeys.isEmpty() &&
        key == diff::generatedName(table.name.name, {}, QStringLiteral("pkey")))
        ids << constraintId(table.name, key);
    return ids;
}

bool dropsConstraint(Stage stage)
{
    return stage == Stage::UniqueDrops || stage == Stage::CheckDrops ||
           stage == Stage::ForeignKeyDrops || stage == Stage::EarlyForeignKeyDrops ||
           stage == Stage::PrimaryKeyDrops;
}

/// The objects that the reverse of \a node makes again.
QList<ObjectId> madeAgain(const Planner &planner, const Node &node)
{
    const auto *table = std::get_if<diff::DropTable>(&node.line.change);
    if (table && node.frees.contains(tableId(table->table.name)))
        return QList<ObjectId>{tableId(table->table.name)} + partsOf(planner, table->table);
    QList<ObjectId> ids;
    for (const ObjectId &id : node.frees + node.ends) {
        const bool isOwn = id.kind == ObjectKind::View || id.kind == ObjectKind::MaterializedView ||
                           id.kind == ObjectKind::Index || id.kind == ObjectKind::Policy ||
                           id.kind == ObjectKind::Schema || id.kind == ObjectKind::Column ||
                           (id.kind == ObjectKind::Enum && node.frees.contains(id)) ||
                           (id.kind == ObjectKind::Constraint && dropsConstraint(node.stage)) ||
                           (id.kind == ObjectKind::Sequence && node.stage == Stage::SequenceDrops);
        if (isOwn)
            ids << id;
    }
    return ids;
}

Along alongWith(const ObjectId &id)
{
    if (id.kind == ObjectKind::View || id.kind == ObjectKind::MaterializedView)
        return Along::Everything;
    return id.kind == ObjectKind::Table ? Along::Strangers : Along::Nothing;
}
} // namespace

void restoreOnTheWayBack(Planner &planner)
{
    if (!planner.live())
        return;
    for (int i = 0; i < planner.nodes().size(); ++i) {
        if (planner.nodes()[i].dead || planner.nodes()[i].line.reverse.isEmpty())
            continue;
        QStringList statements;
        for (const ObjectId &id : madeAgain(planner, planner.nodes()[i]))
            statements << restorationOf(planner, planner.liveId(id), alongWith(id));
        statements.removeDuplicates();
        for (const QString &statement : std::as_const(statements))
            planner.at(i).line.reverse << ReverseStatement{statement};
    }
}

void completeWayBack(const Planner &planner, Plan &plan)
{
    bringKeysBack(plan);
    for (PlanLine &line : plan.lines) {
        const auto *change = std::get_if<diff::AlterColumn>(&line.change);
        const bool ends = change && change->before.generated && !change->after.generated &&
                          line.statement == alterColumn(change->table, change->after.name,
                                                        QStringLiteral("DROP EXPRESSION"));
        if (ends)
            generateAgain(planner, *change, line);
    }
}

} // namespace migrate
