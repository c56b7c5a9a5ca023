// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/wayback.h"

#include "diff/renaming.h"
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
