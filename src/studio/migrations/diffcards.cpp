// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffcards.h"

#include "diff/renaming.h"
#include "studio/migrations/cardrows.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>

#include <algorithm>
#include <tuple>

namespace studio
{

namespace
{
struct Words {
    Q_DECLARE_TR_FUNCTIONS(studio::DiffCards)
};

QString titleOf(const schema::Name &name)
{
    return name.schema.isEmpty() ? name.name : name.qualified();
}

/// The things of one kind that changes speak about, each once, in the order of the changes.
struct Group {
    QList<schema::Name> added, removed, changed;
    QHash<schema::Name, schema::Name> renamed; ///< new name → old one

    schema::Name oldName(const schema::Name &name) const { return renamed.value(name, name); }
};

void note(QList<schema::Name> &names, const schema::Name &name)
{
    if (!names.contains(name))
        names.append(name);
}

/// Collects what each kind of change touches.
class Touched
{
public:
    explicit Touched(const QList<diff::Change> &changes)
    {
        for (const diff::Change &change : changes)
            std::visit([this](const auto &one) { take(one); }, change);
        // What belongs to a new table comes as changes of its own, too.
        tables.changed.removeIf([this](const schema::Name &name) {
            return tables.added.contains(name) || tables.removed.contains(name);
        });
    }

    Group schemas, tables, enums, views, sequences, roles;
    QHash<schema::Name, ChangedParts> parts;                    ///< of tables.changed
    QHash<schema::Name, QHash<QString, QString>> renamedValues; ///< of enums.changed

private:
    using Parts = ChangedParts;

    static schema::Name plain(const QString &name) { return {{}, name}; }

    void part(const schema::Name &table, QStringList Parts::*list, const QString &name)
    {
        note(tables.changed, table);
        (parts[table].*list).append(name);
    }
    void flag(const schema::Name &table, bool Parts::*flag)
    {
        note(tables.changed, table);
        parts[table].*flag = true;
    }

    void take(const diff::AddSchema &c) { note(schemas.added, plain(c.schema)); }
    void take(const diff::DropSchema &c) { note(schemas.removed, plain(c.schema)); }
    void take(const diff::AddTable &c) { note(tables.added, c.table.name); }
    void take(const diff::DropTable &c) { note(tables.removed, c.table.name); }
    void take(const diff::SetRowLevelSecurity &c) { flag(c.table, &Parts::rowLevelSecurity); }
    void take(const diff::AddColumn &c) { part(c.table, &Parts::columns, c.column.name); }
    void take(const diff::DropColumn &c) { part(c.table, &Parts::columns, c.column.name); }
    void take(const diff::AlterColumn &c) { part(c.table, &Parts::columns, c.after.name); }
    void take(const diff::AddPrimaryKey &c) { flag(c.table, &Parts::primaryKey); }
    void take(const diff::DropPrimaryKey &c) { flag(c.table, &Parts::primaryKey); }
    void take(const diff::AddIndex &c) { part(c.table, &Parts::indexes, c.index.name); }
    void take(const diff::DropIndex &c) { part(c.table, &Parts::indexes, c.index.name); }
    void take(const diff::AddForeignKey &c) { part(c.table, &Parts::foreignKeys, c.key.name); }
    void take(const diff::DropForeignKey &c) { part(c.table, &Parts::foreignKeys, c.key.name); }
    void take(const diff::AddUnique &c) { part(c.table, &Parts::uniques, c.unique.name); }
    void take(const diff::DropUnique &c) { part(c.table, &Parts::uniques, c.unique.name); }
    void take(const diff::AddCheck &c) { part(c.table, &Parts::checks, c.check.name); }
    void take(const diff::DropCheck &c) { part(c.table, &Parts::checks, c.check.name); }
    void take(const diff::AddPolicy &c) { part(c.table, &Parts::policies, c.policy.name); }
    void take(const diff::DropPolicy &c) { part(c.table, &Parts::policies, c.policy.name); }
    void take(const diff::AlterPolicy &c) { part(c.table, &Parts::policies, c.after.name); }
    void take(const diff::AddEnum &c) { note(enums.added, c.type.name); }
    void take(const diff::DropEnum &c) { note(enums.removed, c.type.name); }
    void take(const diff::AddEnumValue &c) { note(enums.changed, c.type); }
    void take(const diff::RebuildEnum &c) { note(enums.changed, c.after.name); }
    void take(const diff::AddSequence &c) { note(sequences.added, c.sequence.name); }
    void take(const diff::DropSequence &c) { note(sequences.removed, c.sequence.name); }
    void take(const diff::AlterSequence &c) { note(sequences.changed, c.after.name); }
    void take(const diff::AddRole &c) { note(roles.added, plain(c.role.name)); }
    void take(const diff::DropRole &c) { note(roles.removed, plain(c.role.name)); }
    void take(const diff::AlterRole &c) { note(roles.changed, plain(c.after.name)); }
    void take(const diff::AddView &c) { note(views.added, c.view.name); }
    void take(const diff::DropView &c) { note(views.removed, c.view.name); }
    void take(const diff::AlterView &c) { note(views.changed, c.after.name); }
    void take(const diff::Rename &c)
    {
        Group *group =
            c.table.name.isEmpty() || c.kind == diff::Kind::Table ? groupOf(c.kind) : nullptr;
        if (c.kind == diff::Kind::PrimaryKey || (c.kind == diff::Kind::Sequence && !group)) {
            note(tables.changed, c.table);
            parts[c.table].names.append({c.kind == diff::Kind::PrimaryKey
                                             ? Words::tr("name of the primary key")
                                             : Words::tr("name of the sequence"),
                                         {c.from.name, c.to.name}});
        } else if (group) {
            note(group->changed, c.to);
            group->renamed.insert(c.to, c.from);
        } else if (c.kind == diff::Kind::EnumValue) {
            note(enums.changed, c.table);
            renamedValues[c.table].insert(c.to.name, c.from.name);
        } else {
            note(tables.changed, c.table);
            parts[c.table].renamed.insert(c.to.name, c.from.name);
        }
    }

    Group *groupOf(diff::Kind kind)
    {
        switch (kind) {
        case diff::Kind::Schema:
            return &schemas;
        case diff::Kind::Table:
            return &tables;
        case diff::Kind::Enum:
            return &enums;
        case diff::Kind::View:
            return &views;
        case diff::Kind::Sequence:
            return &sequences;
        case diff::Kind::Role:
            return &roles;
        default:
            return nullptr;
        }
    }
};

QStringList valuesOf(const schema::Database &database, const schema::Name &name)
{
    const schema::Enum *type = database.enumType(name);
    return type ? type->values : QStringList();
}

schema::Table tableOf(const schema::Database &database, const schema::Name &name)
{
    const schema::Table *table = database.table(name);
    if (table)
        return *table;
    // Policies may be on a table that is somebody else's.
    schema::Table foreign;
    foreign.name = name;
    for (const schema::Policy &policy : database.linkedPolicies) {
        if (diff::tableOf(policy) == name)
            foreign.policies << policy;
    }
    return foreign;
}

schema::Name nameOf(const schema::Role &role)
{
    return {{}, role.name};
}
template <typename Object> schema::Name nameOf(const Object &object)
{
    return object.name;
}

template <typename Object>
const Object *find(const QList<Object> &objects, const schema::Name &name)
{
    const auto it =
        std::ranges::find(objects, name, [](const Object &object) { return nameOf(object); });
    return it == objects.end() ? nullptr : &*it;
}

/// The unchanged tables that \a names refer to, each once.
QList<schema::Name> neighboursOf(const QList<schema::Name> &names, const schema::Database &after)
{
    constexpr qsizetype most = 8; // a picture, not the whole schema
    QList<schema::Name> neighbours;
    for (const schema::Name &name : names) {
        for (const schema::ForeignKey &key : tableOf(after, name).foreignKeys) {
            const schema::Name target{key.targetSchema, key.targetTable};
            if (!names.contains(target) && after.table(target))
                note(neighbours, target);
        }
    }
    return neighbours.mid(0, most);
}

/// Counts what is smaller than a table or enum, or changes inside of one. What is dropped and added
/// under the same name is one change.
class Tally
{
public:
    explicit Tally(const Touched &touched)
        : m_touched(touched)
    {
    }

    void take(const diff::AddColumn &c) { set(Kind::Column, c.table, c.column.name, added); }
    void take(const diff::DropColumn &c) { set(Kind::Column, c.table, c.column.name, removed); }
    void take(const diff::AlterColumn &c) { set(Kind::Column, c.table, c.after.name, changed); }
    void take(const diff::AddPrimaryKey &c) { set(Kind::PrimaryKey, c.table, {}, added); }
    void take(const diff::DropPrimaryKey &c) { set(Kind::PrimaryKey, c.table, {}, removed); }
    void take(const diff::AddIndex &c) { set(Kind::Index, c.table, c.index.name, added); }
    void take(const diff::DropIndex &c) { set(Kind::Index, c.table, c.index.name, removed); }
    void take(const diff::AddForeignKey &c) { set(Kind::ForeignKey, c.table, c.key.name, added); }
    void take(const diff::DropForeignKey &c)
    {
        set(Kind::ForeignKey, c.table, c.key.name, removed);
    }
    void take(const diff::AddUnique &c) { set(Kind::Unique, c.table, c.unique.name, added); }
    void take(const diff::DropUnique &c) { set(Kind::Unique, c.table, c.unique.name, removed); }
    void take(const diff::AddCheck &c) { set(Kind::Check, c.table, c.check.name, added); }
    void take(const diff::DropCheck &c) { set(Kind::Check, c.table, c.check.name, removed); }
    void take(const diff::AddPolicy &c) { set(Kind::Policy, c.table, c.policy.name, added); }
    void take(const diff::DropPolicy &c) { set(Kind::Policy, c.table, c.policy.name, removed); }
    void take(const diff::AlterPolicy &c) { set(Kind::Policy, c.table, c.after.name, changed); }
    void take(const diff::SetRowLevelSecurity &c) { set(Kind::Table, c.table, {}, changed); }
    void take(const diff::AddEnumValue &c) { set(Kind::EnumValue, c.type, c.value, added); }
    void take(const diff::RebuildEnum &c) { set(Kind::Enum, c.after.name, {}, changed); }
    void take(const diff::AlterSequence &c) { set(Kind::Sequence, c.after.name, {}, changed); }
    void take(const diff::AlterRole &c) { set(Kind::Role, {{}, c.after.name}, {}, changed); }
    void take(const diff::AlterView &c) { set(Kind::View, c.after.name, {}, changed); }
    void take(const diff::Rename &c)
    {
        if (!c.table.name.isEmpty())
            set(c.kind, c.table, c.to.name, changed);
    }
    template <typename Whole> void take(const Whole &) {} // counted by its group

    void addTo(DiffCounts &counts) const
    {
        for (const DiffMark mark : m_marks)
            ++(mark == added ? counts.added : mark == removed ? counts.removed : counts.changed);
    }

private:
    using Kind = diff::Kind;
    using Key = std::tuple<int, QString, QString>;
    static constexpr DiffMark added = DiffMark::Added;
    static constexpr DiffMark removed = DiffMark::Removed;
    static constexpr DiffMark changed = DiffMark::Changed;

    void set(Kind kind, const schema::Name &owner, const QString &name, DiffMark mark)
    {
        // A new or removed table is one thing, whatever comes with it.
        if (m_touched.tables.added.contains(owner) || m_touched.tables.removed.contains(owner))
            return;
        const Key key{static_cast<int>(kind), owner.qualified(), name};
        m_marks[key] = m_marks.contains(key) ? changed : mark;
    }

    const Touched &m_touched;
    QMap<Key, DiffMark> m_marks;
};
/// Puts together the cards of one difference.
class Picture
{
public:
    Picture(const Touched &touched, const schema::Database &before, const schema::Database &after)
        : m_touched(touched)
        , m_before(before)
        , m_after(after)
    {
    }

    QList<Card> cards()
    {
        for (const Card::State state : {State::Changed, State::New, State::Removed}) {
            addAll(Kind::Schema, m_touched.schemas, state,
                   [](const schema::Name &) { return QList<CardRow>(); });
            addAll(Kind::Table, m_touched.tables, state,
                   [&](const schema::Name &name) { return tableRows(name, state); });
            addAll(Kind::Enum, m_touched.enums, state,
                   [&](const schema::Name &name) { return enumRows(name); });
            addObjects(Kind::View, m_touched.views, state, &schema::Database::views);
            addObjects(Kind::Sequence, m_touched.sequences, state, &schema::Database::sequences);
            addObjects(Kind::Role, m_touched.roles, state, &schema::Database::roles);
        }
        for (const schema::Name &name :
             neighboursOf(m_touched.tables.changed + m_touched.tables.added, m_after))
            m_cards.append({Kind::Table, State::Neighbour, titleOf(name),
                            rowsOfNeighbour(tableOf(m_after, name))});
        return m_cards;
    }

private:
    using Kind = Card::Kind;
    using State = Card::State;

    template <typename Rows>
    void addAll(Kind kind, const Group &group, State state, const Rows &rows)
    {
        const QList<schema::Name> &names = state == State::New       ? group.added
                                           : state == State::Removed ? group.removed
                                                                     : group.changed;
        for (const schema::Name &name : names) {
            const schema::Name oldName = group.oldName(name);
            const QString title = oldName == name
                                      ? titleOf(name)
                                      : titleOf(oldName) + QStringLiteral(" → ") + titleOf(name);
            m_cards.append({kind, state, title, rows(name), name});
        }
    }

    template <typename Object>
    void addObjects(Kind kind, const Group &group, State state,
                    QList<Object> schema::Database::*objects)
    {
        addAll(kind, group, state, [&](const schema::Name &name) {
            return rowsOf(find(m_before.*objects, group.oldName(name)),
                          find(m_after.*objects, name));
        });
    }

    QList<CardRow> tableRows(const schema::Name &name, State state) const
    {
        if (state == State::New)
            return rowsOfWhole(tableOf(m_after, name), DiffMark::Added);
        if (state == State::Removed)
            return rowsOfWhole(tableOf(m_before, name), DiffMark::Removed);
        return rowsOfChanged(tableOf(m_before, m_touched.tables.oldName(name)),
                             tableOf(m_after, name), m_touched.parts.value(name));
    }

    QList<CardRow> enumRows(const schema::Name &name) const
    {
        return folded(rowsOfEnum(valuesOf(m_before, m_touched.enums.oldName(name)),
                                 valuesOf(m_after, name), m_touched.renamedValues.value(name)));
    }

    const Touched &m_touched;
    const schema::Database &m_before;
    const schema::Database &m_after;
    QList<Card> m_cards;
};
} // namespace

QList<Card> cardsOf(const diff::Difference &difference, const schema::Database &before,
                    const schema::Database &after)
{
    return Picture(Touched(difference.changes), before, after).cards();
}

DiffCounts countsOf(const diff::Difference &difference)
{
    const Touched touched(difference.changes);
    DiffCounts counts;
    for (const Group *group : {&touched.schemas, &touched.tables, &touched.enums, &touched.views,
                               &touched.sequences, &touched.roles}) {
        counts.added += int(group->added.size());
        counts.removed += int(group->removed.size());
        counts.changed += int(group->renamed.size());
    }
    Tally tally(touched);
    for (const diff::Change &change : difference.changes)
        std::visit([&](const auto &one) { tally.take(one); }, change);
    tally.addTo(counts);
    return counts;
}

QString toText(const DiffCounts &counts)
{
    QStringList parts;
    if (counts.added)
        parts.append(QStringLiteral("+%1").arg(counts.added));
    if (counts.changed)
        parts.append(QStringLiteral("~%1").arg(counts.changed));
    if (counts.removed)
        parts.append(QStringLiteral("-%1").arg(counts.removed));
    return parts.join(u' ');
}

QString wordOf(Card::Kind kind)
{
    switch (kind) {
    case Card::Kind::Schema:
        return Words::tr("schema");
    case Card::Kind::Enum:
        return Words::tr("enum");
    case Card::Kind::View:
        return Words::tr("view");
    case Card::Kind::Sequence:
        return Words::tr("sequence");
    case Card::Kind::Role:
        return Words::tr("role");
    case Card::Kind::Table:
        break;
    }
    return {};
}

QString wordOf(Card::State state)
{
    switch (state) {
    case Card::State::New:
        return Words::tr("new");
    case Card::State::Changed:
        return Words::tr("changed");
    case Card::State::Removed:
        return Words::tr("removed");
    case Card::State::Neighbour:
        break;
    }
    return {};
}

QString toText(const CardRow &row)
{
    static constexpr char16_t signs[] = u" +-~";
    QStringList details;
    if (!row.detail.isEmpty())
        details.append(row.detail);
    for (const PropertyChange &change : row.changes)
        details.append(change.before + QStringLiteral(" → ") + change.after);
    QString line = QString(QChar(signs[static_cast<int>(row.mark)])) + u' ' + row.name;
    if (!details.isEmpty())
        line += QStringLiteral(": ") + details.join(QStringLiteral(", "));
    return line;
}

QString toText(const QList<Card> &cards)
{
    QStringList lines;
    for (const Card &card : cards) {
        const QString word = wordOf(card.state);
        lines.append(word.isEmpty() ? card.title : card.title + QStringLiteral(": ") + word);
        for (const CardRow &row : card.rows)
            lines.append(QStringLiteral("  ") + toText(row));
    }
    return lines.join(u'\n');
}

} // namespace studio
