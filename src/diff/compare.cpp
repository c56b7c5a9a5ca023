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

/// Puts the renames of relations in an order in which each new name is free: what is called so
/// before goes first, and one of each circle goes by a free name in between. Those of one table are
/// so already; here they meet those of others.
class RelationOrder
{
public:
    RelationOrder(const schema::Database &before, QList<Change> &changes)
        : m_changes(changes)
        , m_done(changes.size(), false)
    {
        QHash<schema::Name, qsizetype> holders;
        const Firsts firsts(before, changes);
        for (qsizetype i = 0; i < changes.size(); ++i) {
            const Rename *rename = renameAt(i);
            const auto from = rename ? relationOf(*rename, rename->from.name) : std::nullopt;
            if (from && firsts.contain(*rename))
                holders.insert(*from, i);
        }
        for (const qsizetype i : std::as_const(holders)) {
            const auto holder = holders.constFind(*relationOf(*renameAt(i), renameAt(i)->to.name));
            if (holder != holders.cend())
                m_holders.insert(i, *holder);
        }
    }

    void settle()
    {
        if (m_holders.isEmpty())
            return;
        for (qsizetype i = 0; i < m_changes.size(); ++i) {
            if (!m_done[i] && !followsOneOnItsWay(i))
                place(i);
        }
        m_changes = m_ordered;
    }

private:
    using Part = std::pair<int, std::pair<schema::Name, schema::Name>>; ///< kind, table, name

    static Part partOf(const Rename &rename, const schema::Name &name)
    {
        return {int(rename.kind), {rename.table, name}};
    }

    /// Which renames are of something that is called so before, and not of what has been given that
    /// name on the way.
    class Firsts
    {
    public:
        Firsts(const schema::Database &before, const QList<Change> &changes)
            : m_tables(byName(before.tables))
        {
            for (const Change &change : changes) {
                if (const auto *rename = std::get_if<Rename>(&change))
                    m_given.insert(partOf(*rename, rename->to));
            }
        }

        bool contain(const Rename &rename) const
        {
            // Keys and the sequences of serial columns mostly have no name in the schema.
            if (rename.kind == Kind::PrimaryKey || rename.kind == Kind::Sequence)
                return !m_given.contains(partOf(rename, rename.from));
            const schema::Table *table = m_tables.value(rename.table);
            const auto has = [&](const auto &parts) {
                return std::ranges::any_of(
                    parts, [&](const auto &part) { return part.name == rename.from.name; });
            };
            return !table ||
                   (rename.kind == Kind::Index ? has(table->indexes) : has(table->uniques));
        }

    private:
        QHash<schema::Name, const schema::Table *> m_tables;
        QSet<Part> m_given;
    };

    const Rename *renameAt(qsizetype i) const { return std::get_if<Rename>(&m_changes[i]); }

    /// The change that takes the new name of change \a i away from what has it; -1: it is free.
    qsizetype holderOf(qsizetype i) const
    {
        const qsizetype holder = m_holders.value(i, -1);
        return holder < 0 || m_done[holder] ? -1 : holder;
    }

    void add(qsizetype i)
    {
        m_ordered << m_changes[i];
        m_done[i] = true;
        for (const Change &waiting : m_waiting.take(i))
            m_ordered << waiting;
    }

    /// Change \a start behind those that it waits for, each of which is placed once.
    void place(qsizetype start)
    {
        QList<qsizetype> path{start};
        for (qsizetype next = holderOf(start); next >= 0; next = holderOf(next)) {
            if (next == start) {
                leaveCircle(start);
                return;
            }
            path << next;
        }
        for (auto it = path.crbegin(); it != path.crend(); ++it)
            add(*it);
    }

    void leaveCircle(qsizetype i)
    {
        Rename first = std::get<Rename>(m_changes[i]);
        Rename second = first;
        first.to.name = generatedName(first.from.name, {}, QStringLiteral("moving"));
        second.from.name = first.to.name;
        const qsizetype holder = holderOf(i);
        m_waiting[holder] << second;
        m_onTheWay.insert(partOf(second, second.to), holder);
        m_ordered << first;
        m_done[i] = true;
    }

    /// Puts change \a i behind the one that gives what it renames its name, when that waits.
    bool followsOneOnItsWay(qsizetype i)
    {
        const Rename *rename = renameAt(i);
        const qsizetype holder =
            rename ? m_onTheWay.value(partOf(*rename, rename->from), -1) : qsizetype(-1);
        if (holder < 0 || m_done[holder])
            return false;
        m_waiting[holder] << *rename;
        m_onTheWay.insert(partOf(*rename, rename->to), holder);
        m_done[i] = true;
        return true;
    }

    QList<Change> &m_changes;
    QList<Change> m_ordered;
    QHash<qsizetype, qsizetype> m_holders;     ///< by the change that wants the name
    QHash<qsizetype, QList<Change>> m_waiting; ///< what follows a change
    QHash<Part, qsizetype> m_onTheWay;         ///< goes by a free name until this change is done
    QList<bool> m_done;
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
