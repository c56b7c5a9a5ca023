// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/byname.h"
#include "diff/change.h"
#include "diff/comparetable.h"
#include "diff/equal.h"
#include "diff/likeness.h"
#include "diff/names.h"
#include "diff/renaming.h"
#include "diff/settle.h"

#include <algorithm>

namespace diff
{

namespace
{
void compareSchemas(const schema::Database &from, const schema::Database &to,
                    QList<Change> &additions, QList<Change> &drops)
{
    for (const QString &name : to.schemas) {
        if (!from.schemas.contains(name) && !isLedgerSchema(name, to))
            additions << AddSchema{name};
    }
    for (const QString &name : from.schemas) {
        if (!to.schemas.contains(name) && !isLedgerSchema(name, from))
            drops << DropSchema{name};
    }
}

/// Values that are only added keep the others' order; every other change rebuilds the type.
void compareValues(const schema::Enum &from, const schema::Enum &to, QList<Change> &changes)
{
    if (from.values == to.values)
        return;
    const QSet<QString> known(from.values.cbegin(), from.values.cend());
    QStringList kept;
    std::ranges::copy_if(to.values, std::back_inserter(kept),
                         [&](const QString &value) { return known.contains(value); });
    if (kept != from.values) {
        changes << RebuildEnum{from, to};
        return;
    }
    for (qsizetype i = 0; i < to.values.size(); ++i) {
        if (known.contains(to.values[i]))
            continue;
        const auto next = std::find_if(to.values.begin() + i, to.values.end(),
                                       [&](const QString &v) { return known.contains(v); });
        changes << AddEnumValue{to.name, to.values[i], next == to.values.end() ? QString() : *next};
    }
}

/// What is gone, what both have (by \a both), then what is new.
template <typename Add, typename Drop, typename Entry, typename Both>
void compareObjects(const QList<Entry> &from, const QList<Entry> &to, Both both,
                    QList<Change> &changes)
{
    const Sides<Entry> sides = sidesOf(from, to);
    for (const Entry *dropped : sides.dropped)
        changes << Drop{*dropped};
    for (const auto &[before, after] : sides.both)
        both(*before, *after);
    for (const Entry *added : sides.added)
        changes << Add{*added};
}

QList<schema::Table> withoutLedger(const QList<schema::Table> &tables)
{
    const auto isOne = [](const schema::Table &table) { return isLedger(table.name); };
    if (std::ranges::none_of(tables, isOne))
        return tables;
    QList<schema::Table> kept = tables;
    kept.removeIf(isOne);
    return kept;
}

void compareTables(const schema::Database &from, const schema::Database &to,
                   const Settlement &settled, QList<Change> &changes)
{
    compareObjects<AddTable, DropTable>(
        withoutLedger(from.tables), withoutLedger(to.tables),
        [&](const schema::Table &before, const schema::Table &after) {
            if (before != after)
                compareTable(before, after, settled.partAnswers(after.name), changes);
        },
        changes);
}

/// A view that is declared as existing produces no SQL: it is no difference, and one of ours that
/// becomes somebody else's is not dropped.
void compareViews(const schema::Database &from, const schema::Database &to, QList<Change> &changes)
{
    QSet<schema::Name> foreign;
    for (const schema::View &view : to.views) {
        if (view.existing)
            foreign << view.name;
    }
    QList<schema::View> before = from.views;
    before.removeIf(
        [&](const schema::View &view) { return view.existing || foreign.contains(view.name); });
    QList<schema::View> after = to.views;
    after.removeIf([](const schema::View &view) { return view.existing; });
    compareObjects<AddView, DropView>(
        before, after,
        [&](const schema::View &left, const schema::View &right) {
            if (!sameDefinition(left, right))
                changes << AlterView{left, right};
        },
        changes);
}

using PoliciesByTable = QHash<schema::Name, QList<schema::Policy>>;

PoliciesByTable linkedByTable(const schema::Database &database)
{
    PoliciesByTable found;
    for (const schema::Policy &policy : database.linkedPolicies)
        found[tableOf(policy)] << policy;
    return found;
}

/// Policies on tables outside of the schema. One that is declared in its table on the other side is
/// compared there.
void compareLinkedPolicies(const schema::Database &from, const schema::Database &to,
                           const Settlement &settled, QList<Change> &changes)
{
    if (from.linkedPolicies.isEmpty() && to.linkedPolicies.isEmpty())
        return;
    const PoliciesByTable before = linkedByTable(from);
    const PoliciesByTable after = linkedByTable(to);
    QList<schema::Name> tables = before.keys();
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        if (!before.contains(it.key()))
            tables << it.key();
    }
    std::ranges::sort(tables, {}, &schema::Name::qualified);
    for (const schema::Name &table : std::as_const(tables))
        comparePolicies(table, before.value(table), after.value(table), settled.partAnswers(table),
                        changes);
}

/// The name of \a rename's object among all relations of its schema, when it has one there and is a
/// part of a table.
std::optional<schema::Name> relationOf(const Rename &rename, const QString &name)
{
    const bool isRelation = rename.kind == Kind::Index || rename.kind == Kind::Unique ||
                            rename.kind == Kind::PrimaryKey || rename.kind == Kind::Sequence;
    if (!isRelation || rename.table.name.isEmpty())
        return std::nullopt;
    return schema::Name{rename.table.schema, name};
}

/// Whether \a rename is of something that is called so in \a before, and not of what has been given
/// that name on the way.
bool isFirst(const Rename &rename, const schema::Database &before, const QList<Change> &changes)
{
    const schema::Table *table = before.table(rename.table);
    const QString &name = rename.from.name;
    // Keys and the sequences of serial columns mostly have no name in the schema.
    if (rename.kind == Kind::PrimaryKey || rename.kind == Kind::Sequence) {
        return std::ranges::none_of(changes, [&](const Change &change) {
            const auto *other = std::get_if<Rename>(&change);
            return other && other->kind == rename.kind && other->table == rename.table &&
                   other->to == rename.from;
        });
    }
    if (!table)
        return true;
    if (rename.kind == Kind::Index)
        return std::ranges::find(table->indexes, name, &schema::Index::name) !=
               table->indexes.end();
    return std::ranges::find(table->uniques, name, &schema::Unique::name) != table->uniques.end();
}

/// Puts the renames of relations in an order in which each new name is free: what is called so
/// before goes first, and one of each circle goes by a free name in between. Those of one table are
/// so already; here they meet those of others.
class RelationOrder
{
public:
    RelationOrder(const schema::Database &before, QList<Change> &changes)
        : m_changes(changes)
    {
        for (const Change &change : std::as_const(changes)) {
            const auto *rename = std::get_if<Rename>(&change);
            const auto from = rename ? relationOf(*rename, rename->from.name) : std::nullopt;
            if (from && isFirst(*rename, before, changes))
                m_next.insert(*from, *relationOf(*rename, rename->to.name));
        }
    }

    void settle()
    {
        for (qsizetype i = 0; i < m_changes.size(); ++i) {
            const auto from = firstName(i);
            const qsizetype holder = from ? holderOf(m_next.value(*from)) : -1;
            if (holder < 0)
                continue;
            if (isInCircle(*from))
                leaveCircle(i, holder);
            else if (holder > i)
                m_changes.move(holder, i--);
        }
    }

private:
    /// What change \a i renames, when it is a relation that has this name before.
    std::optional<schema::Name> firstName(qsizetype i) const
    {
        const auto *rename = std::get_if<Rename>(&m_changes[i]);
        const auto from = rename ? relationOf(*rename, rename->from.name) : std::nullopt;
        const bool known = from && m_next.contains(*from) &&
                           m_next.value(*from) == relationOf(*rename, rename->to.name);
        return known ? from : std::nullopt;
    }

    /// The change that takes \a name away from what has it before; -1: none.
    qsizetype holderOf(const schema::Name &name) const
    {
        for (qsizetype i = 0; m_next.contains(name) && i < m_changes.size(); ++i) {
            if (firstName(i) == name)
                return i;
        }
        return -1;
    }

    bool isInCircle(const schema::Name &start) const
    {
        schema::Name name = start;
        for (qsizetype i = 0; i < m_next.size() && m_next.contains(name); ++i) {
            name = m_next.value(name);
            if (name == start)
                return true;
        }
        return false;
    }

    void leaveCircle(qsizetype i, qsizetype holder)
    {
        Rename first = std::get<Rename>(m_changes[i]);
        Rename second = first;
        first.to.name = generatedName(first.from.name, {}, QStringLiteral("moving"));
        second.from.name = first.to.name;
        m_next.remove(*relationOf(first, first.from.name));
        m_changes[i] = first;
        m_changes.insert(std::max(i, holder) + 1, second);
    }

    QList<Change> &m_changes;
    QHash<schema::Name, schema::Name> m_next; ///< of what has a name before
};
} // namespace

Difference compare(const schema::Database &from, const schema::Database &to,
                   const QList<RenameAnswer> &answers, const Evidence &evidence)
{
    Settlement settled(from, to, answers, evidence);
    const schema::Database &before = settled.before();
    Difference difference{.changes = settled.renames(), .questions = settled.questions()};
    QList<Change> &changes = difference.changes;
    QList<Change> schemaDrops;
    compareSchemas(before, to, changes, schemaDrops);
    compareObjects<AddRole, DropRole>(
        before.roles, to.roles,
        [&](const schema::Role &left, const schema::Role &right) {
            if (left != right)
                changes << AlterRole{left, right};
        },
        changes);
    compareObjects<AddEnum, DropEnum>(
        before.enums, to.enums,
        [&](const schema::Enum &left, const schema::Enum &right) {
            compareValues(left, right, changes);
        },
        changes);
    compareObjects<AddSequence, DropSequence>(
        before.sequences, to.sequences,
        [&](const schema::Sequence &left, const schema::Sequence &right) {
            if (left != right)
                changes << AlterSequence{left, right};
        },
        changes);
    compareTables(before, to, settled, changes);
    compareViews(before, to, changes);
    compareLinkedPolicies(before, to, settled, changes);
    changes << schemaDrops;
    RelationOrder(before, changes).settle();
    return difference;
}

} // namespace diff
