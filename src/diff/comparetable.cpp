// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/comparetable.h"

#include "diff/byname.h"
#include "diff/equal.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "diff/sequence.h"

#include <algorithm>

namespace diff
{

namespace
{
template <typename Part> bool same(const Part &left, const Part &right)
{
    if constexpr (requires { sameDefinition(left, right); })
        return sameDefinition(left, right);
    else
        return left == right;
}

template <typename Part> bool sameButName(Part left, const Part &right)
{
    left.name = right.name;
    return same(left, right);
}

/// The one of \a added that is \a dropped under another name; nothing when several pairs fit.
template <typename Part>
const Part *onlyTwin(const Part &dropped, const QList<const Part *> &allDropped,
                     const QList<const Part *> &added)
{
    const auto isTwin = [&](const Part *other) { return sameButName(dropped, *other); };
    const auto twin = std::ranges::find_if(added, isTwin);
    const bool single = twin != added.end() && std::ranges::count_if(added, isTwin) == 1 &&
                        std::ranges::count_if(allDropped, isTwin) == 1;
    return single ? *twin : nullptr;
}

/// The new names that \a answers give to what is gone; what has such a name before goes by a free
/// one, to be dropped. Whom an answer is about is taken out of \a sides.
template <typename Part>
QHash<QString, QString> answered(Kind kind, const PartRenames &answers, Sides<Part> &sides)
{
    QHash<QString, QString> renames;
    QSet<QString> taken, settled;
    QSet<schema::Name> held, known;
    for (const auto &[before, after] : std::as_const(sides.both))
        held << schema::Name{{}, before->name};
    known = held;
    for (const Part *part : sides.dropped + sides.added)
        known << schema::Name{{}, part->name};
    for (const Part *dropped : std::as_const(sides.dropped)) {
        const auto answer = std::ranges::find_if(answers, [&](const RenameAnswer &candidate) {
            return candidate.kind == kind && candidate.from.name == dropped->name;
        });
        if (answer == answers.end())
            continue;
        settled << dropped->name;
        const QString &name = answer->to.name;
        const bool isNew = std::ranges::any_of(
            sides.added, [&](const Part *added) { return added->name == name; });
        const bool isHeld = !answer->kept && held.contains({{}, name});
        if ((!isNew && !isHeld) || taken.contains(name))
            continue;
        taken << name;
        renames.insert(dropped->name, name);
        if (isHeld)
            renames.insert(name, freeName({{}, name}, QStringLiteral("dropped"), known).name);
    }
    sides.dropped.removeIf([&](const Part *part) { return settled.contains(part->name); });
    sides.added.removeIf([&](const Part *part) { return taken.contains(part->name); });
    return renames;
}

/// Renames the parts of \a before that an answer names, and those that have a new name and nothing
/// else new.
template <typename Part>
QList<Part> withRenames(Kind kind, const schema::Name &table, QList<Part> before,
                        const QList<Part> &after, const PartRenames &answers,
                        QList<Change> &changes)
{
    Sides<Part> sides = sidesOf(before, after);
    if (sides.dropped.isEmpty())
        return before;
    QHash<QString, QString> renames = answered(kind, answers, sides);
    for (const Part *dropped : std::as_const(sides.dropped)) {
        if (const Part *twin = onlyTwin(*dropped, sides.dropped, sides.added))
            renames.insert(dropped->name, twin->name);
    }
    const auto rename = [&](bool first) {
        for (Part &part : before) {
            const auto it = renames.constFind(part.name);
            // What has a name that another one gets goes first.
            if (it == renames.cend() || first == renames.contains(*it))
                continue;
            changes << Rename{kind, table, {{}, part.name}, {{}, *it}};
            part.name = *it;
        }
    };
    rename(true);
    rename(false);
    return before;
}

/// Parts that have no ALTER of their own: a changed one is dropped and added again. What is gone
/// comes before what changed, as in drizzle-kit.
template <typename Add, typename Drop, typename Part>
void compareParts(Kind kind, const schema::Name &table, const QList<Part> &from,
                  const QList<Part> &to, const PartRenames &answers, QList<Change> &changes)
{
    if (from == to)
        return;
    const QList<Part> before = withRenames(kind, table, from, to, answers, changes);
    const Sides<Part> sides = sidesOf(before, to);
    for (const Part *dropped : sides.dropped)
        changes << Drop{table, *dropped};
    for (const Part *added : sides.added)
        changes << Add{table, *added};
    for (const auto &[left, right] : sides.both) {
        if (!same(*left, *right))
            changes << Drop{table, *left} << Add{table, *right};
    }
}

/// An identity's sequence has a name in the schema: another one is a rename of that sequence.
schema::Column withSequenceRenamed(const schema::Name &table, schema::Column before,
                                   const schema::Column &after, QList<Change> &changes)
{
    if (!before.identity || !after.identity ||
        before.identity->sequenceName == after.identity->sequenceName)
        return before;
    const QString schema = plainSchema(before.identity->sequenceSchema);
    changes << Rename{Kind::Sequence,
                      table,
                      {schema, before.identity->sequenceName},
                      {schema, after.identity->sequenceName}};
    before.identity->sequenceName = after.identity->sequenceName;
    return before;
}

void compareColumns(const schema::Table &from, const schema::Table &to, QList<Change> &changes)
{
    if (from.columns == to.columns)
        return;
    const Sides<schema::Column> sides = sidesOf(from.columns, to.columns);
    for (const auto &[left, right] : sides.both) {
        const schema::Column before = withSequenceRenamed(to.name, *left, *right, changes);
        if (!sameColumn(before, *right))
            changes << AlterColumn{to.name, before, *right};
    }
    for (const schema::Column *dropped : sides.dropped)
        changes << DropColumn{to.name, *dropped};
    for (const schema::Column *added : sides.added)
        changes << AddColumn{to.name, *added};
}

std::optional<schema::PrimaryKey> keyOf(const schema::Table &table)
{
    if (!table.primaryKeys.isEmpty())
        return table.primaryKeys.first();
    const QStringList columns = table.keyColumns();
    return columns.isEmpty() ? std::nullopt : std::optional(schema::PrimaryKey{{}, columns});
}

bool isMarkedColumn(const std::optional<schema::PrimaryKey> &key)
{
    return key && key->name.isEmpty() && key->columns.size() == 1;
}

void comparePrimaryKey(const schema::Table &from, const schema::Table &to, QList<Change> &changes)
{
    const auto before = keyOf(from);
    const auto after = keyOf(to);
    if (before == after)
        return;
    if (before && after && before->columns == after->columns) {
        const auto nameOf = [&](const schema::PrimaryKey &key) {
            return key.name.isEmpty() ? generatedName(to.name.name, {}, QStringLiteral("pkey"))
                                      : key.name;
        };
        if (nameOf(*before) != nameOf(*after))
            changes << Rename{
                Kind::PrimaryKey, to.name, {{}, nameOf(*before)}, {{}, nameOf(*after)}};
        return;
    }
    const bool goesWithColumn =
        !after && isMarkedColumn(before) && !to.column(before->columns.first());
    const bool comesWithColumn =
        !before && isMarkedColumn(after) && !from.column(after->columns.first());
    if (before && !goesWithColumn)
        changes << DropPrimaryKey{to.name, *before};
    if (after && !comesWithColumn)
        changes << AddPrimaryKey{to.name, *after};
}
} // namespace

void comparePolicies(const schema::Name &table, QList<schema::Policy> from,
                     const QList<schema::Policy> &to, const PartRenames &answers,
                     QList<Change> &changes)
{
    if (from.isEmpty() && to.isEmpty())
        return;
    from = withRenames(Kind::Policy, table, from, to, answers, changes);
    const Sides<schema::Policy> sides = sidesOf(from, to);
    for (const schema::Policy *dropped : sides.dropped)
        changes << DropPolicy{table, *dropped};
    for (const schema::Policy *added : sides.added)
        changes << AddPolicy{table, *added};
    for (const auto &[left, right] : sides.both) {
        if (sameDefinition(*left, *right))
            continue;
        // ALTER POLICY knows roles and expressions only.
        if (left->as == right->as && left->command == right->command)
            changes << AlterPolicy{table, *left, *right};
        else
            changes << DropPolicy{table, *left} << AddPolicy{table, *right};
    }
}

/// Whether row-level security is to be switched on or off. Policies switch it on as well: where the
/// last one goes from a table that has it by itself, or the first one comes, it stays on.
std::optional<bool> newRowLevelSecurity(const schema::Table &from, const schema::Table &to)
{
    const bool enabled = hasRowLevelSecurity(to);
    if (hasRowLevelSecurity(from) != enabled)
        return enabled;
    const bool saidOtherwise = from.rowLevelSecurity != to.rowLevelSecurity;
    if (saidOtherwise && from.policies.isEmpty() == to.policies.isEmpty())
        return enabled;
    return std::nullopt;
}

void compareTable(const schema::Table &from, const schema::Table &to, const PartRenames &answers,
                  QList<Change> &changes)
{
    compareParts<AddUnique, DropUnique>(Kind::Unique, to.name, from.uniques, to.uniques, answers,
                                        changes);
    compareParts<AddCheck, DropCheck>(Kind::Check, to.name, from.checks, to.checks, answers,
                                      changes);
    compareParts<AddForeignKey, DropForeignKey>(Kind::ForeignKey, to.name, from.foreignKeys,
                                                to.foreignKeys, answers, changes);
    compareParts<AddIndex, DropIndex>(Kind::Index, to.name, from.indexes, to.indexes, answers,
                                      changes);
    compareColumns(from, to, changes);
    comparePrimaryKey(from, to, changes);
    if (const std::optional<bool> enabled = newRowLevelSecurity(from, to))
        changes << SetRowLevelSecurity{to.name, *enabled};
    comparePolicies(to.name, from.policies, to.policies, answers, changes);
}

} // namespace diff
