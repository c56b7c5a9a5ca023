// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/comparetable.h"

#include "diff/equal.h"
#include "diff/text.h"

#include <algorithm>

namespace diff
{

namespace
{
template <typename Part> const Part *named(const QList<Part> &parts, const QString &name)
{
    const auto it = std::ranges::find(parts, name, &Part::name);
    return it == parts.end() ? nullptr : &*it;
}

template <typename Part> bool same(const Part &left, const Part &right)
{
    if constexpr (requires { sameDefinition(left, right); })
        return sameDefinition(left, right);
    else
        return left == right;
}

/// Where the halves of a named part's difference belong.
struct Steps {
    Step drop, add;               ///< only on one side
    Step dropChanged, addChanged; ///< the two halves of a changed one
};

/// Parts that have no ALTER of their own: a changed one is dropped and added again. What is gone
/// comes before what changed, as in drizzle-kit.
template <typename Add, typename Drop, typename Part>
void compareParts(const schema::Name &table, const QList<Part> &from, const QList<Part> &to,
                  const Steps &steps, QList<StepChange> &changes)
{
    QList<StepChange> changed;
    for (const Part &before : from) {
        const Part *after = named(to, before.name);
        if (!after) {
            changes << StepChange{steps.drop, Drop{table, before}};
        } else if (!same(before, *after)) {
            changed << StepChange{steps.dropChanged, Drop{table, before}};
            changed << StepChange{steps.addChanged, Add{table, *after}};
        }
    }
    for (const Part &after : to) {
        if (!named(from, after.name))
            changes << StepChange{steps.add, Add{table, after}};
    }
    changes << changed;
}

void unsupported(const schema::Name &table, const QString &kind, const QString &name,
                 const QString &what, QList<StepChange> &changes)
{
    const QString qualified = name.isEmpty() ? table.qualified() : table.qualified() + u'.' + name;
    changes << StepChange{Step::Unsupported, Unsupported{kind, qualified, what}};
}

bool isSerial(const QString &type)
{
    return type == QLatin1String("serial") || type == QLatin1String("bigserial") ||
           type == QLatin1String("smallserial");
}

bool sameIdentity(const std::optional<schema::Identity> &left,
                  const std::optional<schema::Identity> &right)
{
    if (!left || !right)
        return left.has_value() == right.has_value();
    schema::Identity plain = *left;
    plain.sequenceSchema = right->sequenceSchema;
    return plain == *right &&
           plainSchema(left->sequenceSchema) == plainSchema(right->sequenceSchema);
}

/// What of a column's change cannot be turned into statements; empty when all of it can.
QString obstacle(const schema::Column &before, const schema::Column &after)
{
    if (!sameType(before, after) && isSerial(before.type) != isSerial(after.type))
        return Text::tr("the type changes from %1 to %2, which moves a sequence")
            .arg(before.type, after.type);
    if (!sameIdentity(before.identity, after.identity))
        return Text::tr("the identity changes");
    if (before.generated != after.generated)
        return Text::tr("the generated expression changes");
    return {};
}

bool sameColumn(const schema::Column &before, const schema::Column &after)
{
    return sameType(before, after) && before.notNull == after.notNull &&
           before.defaultValue == after.defaultValue;
}

void compareColumns(const schema::Table &from, const schema::Table &to, QList<StepChange> &changes)
{
    for (const schema::Column &before : from.columns) {
        const schema::Column *after = to.column(before.name);
        if (!after) {
            changes << StepChange{Step::DropColumn, DropColumn{to.name, before}};
            continue;
        }
        const QString reason = obstacle(before, *after);
        if (!reason.isEmpty())
            unsupported(to.name, QStringLiteral("column"), before.name, reason, changes);
        else if (!sameColumn(before, *after))
            changes << StepChange{Step::AlterColumn, AlterColumn{to.name, before, *after}};
    }
    for (const schema::Column &after : to.columns) {
        if (!from.column(after.name))
            changes << StepChange{Step::AddColumn, AddColumn{to.name, after}};
    }
}

/// The primary key may vanish with its column, and a new column may bring the first one; every
/// other change of it needs the constraint's name, which a snapshot does not have.
void comparePrimaryKey(const schema::Table &from, const schema::Table &to,
                       QList<StepChange> &changes)
{
    const QStringList before = from.keyColumns();
    const QStringList after = to.keyColumns();
    if (before == after && from.primaryKeys == to.primaryKeys)
        return;
    const bool goesWithColumn =
        after.isEmpty() && from.primaryKeys.isEmpty() &&
        std::ranges::all_of(before, [&](const QString &name) { return !to.column(name); });
    const bool comesWithColumn =
        before.isEmpty() && to.primaryKeys.isEmpty() &&
        std::ranges::all_of(after, [&](const QString &name) { return !from.column(name); });
    if (goesWithColumn || comesWithColumn)
        return;
    const auto shown = [](const QStringList &columns) {
        return columns.isEmpty() ? Text::tr("none")
                                 : u'(' + columns.join(QStringLiteral(", ")) + u')';
    };
    unsupported(
        to.name, QStringLiteral("primary key"), {},
        before == after
            ? Text::tr("the primary key's name or form changes")
            : Text::tr("the primary key changes from %1 to %2").arg(shown(before), shown(after)),
        changes);
}

void comparePolicies(const schema::Table &from, const schema::Table &to, QList<StepChange> &changes)
{
    const QString kind = QStringLiteral("policy");
    for (const schema::Policy &before : from.policies) {
        const schema::Policy *after = named(to.policies, before.name);
        if (!after)
            unsupported(to.name, kind, before.name, Text::tr("the policy is dropped"), changes);
        else if (*after != before)
            unsupported(to.name, kind, before.name, Text::tr("the policy changes"), changes);
    }
    for (const schema::Policy &after : to.policies) {
        if (!named(from.policies, after.name))
            unsupported(to.name, kind, after.name, Text::tr("the policy is added"), changes);
    }
    if (from.rowLevelSecurity != to.rowLevelSecurity)
        unsupported(to.name, kind, {},
                    to.rowLevelSecurity ? Text::tr("row-level security is switched on")
                                        : Text::tr("row-level security is switched off"),
                    changes);
}

/// A key to a table that is dropped must be gone before that table.
void hurryKeys(const schema::Database &target, QList<StepChange> &changes)
{
    for (StepChange &entry : changes) {
        const auto *drop = std::get_if<DropForeignKey>(&entry.change);
        if (drop && !target.table({plainSchema(drop->key.targetSchema), drop->key.targetTable}))
            entry.step = Step::DropKeyToDroppedTable;
    }
}
} // namespace

QList<StepChange> compareTable(const schema::Table &from, const schema::Table &to,
                               const schema::Database &target)
{
    QList<StepChange> changes;
    compareParts<AddUnique, DropUnique>(
        to.name, from.uniques, to.uniques,
        {Step::DropUnique, Step::AddUnique, Step::DropUnique, Step::AddUnique}, changes);
    compareParts<AddCheck, DropCheck>(
        to.name, from.checks, to.checks,
        {Step::DropCheck, Step::AddCheck, Step::DropCheck, Step::AddCheck}, changes);
    compareParts<AddForeignKey, DropForeignKey>(
        to.name, from.foreignKeys, to.foreignKeys,
        {Step::DropForeignKey, Step::AddForeignKey, Step::DropForeignKey, Step::AddForeignKey},
        changes);
    compareParts<AddIndex, DropIndex>(
        to.name, from.indexes, to.indexes,
        {Step::DropIndex, Step::AddIndex, Step::DropChangedIndex, Step::AddChangedIndex}, changes);
    compareColumns(from, to, changes);
    comparePrimaryKey(from, to, changes);
    comparePolicies(from, to, changes);
    hurryKeys(target, changes);
    return changes;
}

} // namespace diff
