// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffcards.h"

#include "studio/migrations/cardrows.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>

#include <tuple>
#include <type_traits>

namespace studio
{

namespace
{
template <typename... Functions> struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions> Overloaded(Functions...) -> Overloaded<Functions...>;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(studio::DiffCards)
};

QString titleOf(const schema::Name &name)
{
    return name.schema.isEmpty() ? name.name : name.qualified();
}

/// The tables and enums that changes speak about, each once, in the order of the changes.
struct Touched {
    QStringList newSchemas;
    QList<schema::Name> newTables, removedTables, changedTables;
    QHash<schema::Name, ChangedParts> parts; ///< of changedTables
    QList<schema::Name> newEnums, removedEnums, changedEnums;
    QList<Card> others; ///< what no table or enum shows
};

template <typename Wanted, typename... Kinds>
constexpr bool isOneOf = (std::is_same_v<Wanted, Kinds> || ...);

template <typename Change> constexpr DiffMark markOfOther()
{
    if (isOneOf<Change, diff::AddPrimaryKey, diff::AddPolicy, diff::AddSequence, diff::AddRole,
                diff::AddView>)
        return DiffMark::Added;
    if (isOneOf<Change, diff::DropSchema, diff::DropPrimaryKey, diff::DropPolicy,
                diff::DropSequence, diff::DropRole, diff::DropView>)
        return DiffMark::Removed;
    return DiffMark::Changed;
}

template <typename Change> Card cardOfOther(const Change &change)
{
    using State = Card::State;
    constexpr DiffMark mark = markOfOther<Change>();
    return {.kind = Card::Kind::Other,
            .state = mark == DiffMark::Added     ? State::New
                     : mark == DiffMark::Removed ? State::Removed
                                                 : State::Changed,
            .title = diff::describe(change)};
}

void note(QList<schema::Name> &names, const schema::Name &name)
{
    if (!names.contains(name))
        names.append(name);
}

Touched touchedBy(const QList<diff::Change> &changes)
{
    Touched touched;
    const auto part = [&](const schema::Name &table, QStringList ChangedParts::*parts,
                          const QString &name) {
        note(touched.changedTables, table);
        (touched.parts[table].*parts).append(name);
    };
    using Parts = ChangedParts;
    const Overloaded visitor{
        [&](const diff::AddSchema &change) { touched.newSchemas.append(change.schema); },
        [&](const diff::AddTable &change) { note(touched.newTables, change.table.name); },
        [&](const diff::DropTable &change) { note(touched.removedTables, change.table.name); },
        [&](const diff::AddEnum &change) { note(touched.newEnums, change.type.name); },
        [&](const diff::DropEnum &change) { note(touched.removedEnums, change.type.name); },
        [&](const diff::AddEnumValue &change) { note(touched.changedEnums, change.type); },
        [&](const diff::RebuildEnum &change) { note(touched.changedEnums, change.after.name); },
        [&](const auto &change) { touched.others.append(cardOfOther(change)); },
        [&](const diff::AddColumn &c) { part(c.table, &Parts::columns, c.column.name); },
        [&](const diff::DropColumn &c) { part(c.table, &Parts::columns, c.column.name); },
        [&](const diff::AlterColumn &c) { part(c.table, &Parts::columns, c.after.name); },
        [&](const diff::AddIndex &c) { part(c.table, &Parts::indexes, c.index.name); },
        [&](const diff::DropIndex &c) { part(c.table, &Parts::indexes, c.index.name); },
        [&](const diff::AddForeignKey &c) { part(c.table, &Parts::foreignKeys, c.key.name); },
        [&](const diff::DropForeignKey &c) { part(c.table, &Parts::foreignKeys, c.key.name); },
        [&](const diff::AddUnique &c) { part(c.table, &Parts::uniques, c.unique.name); },
        [&](const diff::DropUnique &c) { part(c.table, &Parts::uniques, c.unique.name); },
        [&](const diff::AddCheck &c) { part(c.table, &Parts::checks, c.check.name); },
        [&](const diff::DropCheck &c) { part(c.table, &Parts::checks, c.check.name); },
    };
    for (const diff::Change &change : changes)
        std::visit(visitor, change);
    // Foreign keys and indexes of a new table come as changes of their own.
    touched.changedTables.removeIf(
        [&](const auto &name) { return touched.newTables.contains(name); });
    touched.changedTables.removeIf(
        [&](const auto &name) { return touched.removedTables.contains(name); });
    return touched;
}

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
    schema::Table missing;
    missing.name = name;
    return missing;
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

/// What identifies a thing in a difference: its kind, where it is, and its name.
using Key = std::tuple<int, QString, QString>;

struct Tally {
    QMap<Key, DiffMark> marks;
    DiffCounts others;

    void count(DiffMark mark)
    {
        ++(mark == DiffMark::Added     ? others.added
           : mark == DiffMark::Removed ? others.removed
                                       : others.changed);
    }

    void set(int kind, const schema::Name &owner, const QString &name, DiffMark mark)
    {
        const Key key{kind, owner.qualified(), name};
        marks[key] = marks.contains(key) ? DiffMark::Changed : mark;
    }
};
} // namespace

QList<Card> cardsOf(const diff::Difference &difference, const schema::Database &from,
                    const schema::Database &after)
{
    using Kind = Card::Kind;
    using State = Card::State;
    const schema::Database before = diff::renamed(from, difference.changes);
    const Touched touched = touchedBy(difference.changes);
    QList<Card> cards;
    for (const schema::Name &name : touched.changedTables)
        cards.append({Kind::Table, State::Changed, titleOf(name),
                      rowsOfChanged(tableOf(before, name), tableOf(after, name),
                                    touched.parts.value(name))});
    for (const schema::Name &name : touched.changedEnums)
        cards.append({Kind::Enum, State::Changed, titleOf(name),
                      folded(rowsOfEnum(valuesOf(before, name), valuesOf(after, name)))});
    for (const QString &schema : touched.newSchemas)
        cards.append({Kind::Schema, State::New, schema, {}});
    for (const schema::Name &name : touched.newTables)
        cards.append({Kind::Table, State::New, titleOf(name),
                      rowsOfWhole(tableOf(after, name), DiffMark::Added)});
    for (const schema::Name &name : touched.newEnums)
        cards.append(
            {Kind::Enum, State::New, titleOf(name), rowsOfEnum({}, valuesOf(after, name))});
    for (const schema::Name &name : touched.removedTables)
        cards.append({Kind::Table, State::Removed, titleOf(name),
                      rowsOfWhole(tableOf(before, name), DiffMark::Removed)});
    for (const schema::Name &name : touched.removedEnums)
        cards.append(
            {Kind::Enum, State::Removed, titleOf(name), rowsOfEnum(valuesOf(before, name), {})});
    cards << touched.others;
    for (const schema::Name &name : neighboursOf(touched.changedTables + touched.newTables, after))
        cards.append(
            {Kind::Table, State::Neighbour, titleOf(name), rowsOfNeighbour(tableOf(after, name))});
    return cards;
}

DiffCounts countsOf(const diff::Difference &difference)
{
    // The kinds only keep an index from meeting a column of the same name.
    enum { Schema, Table, Enum, Column, Index, ForeignKey, Unique, Check };
    Tally tally;
    const auto add = DiffMark::Added;
    const auto drop = DiffMark::Removed;
    const Overloaded visitor{
        [&](const diff::AddSchema &c) { tally.set(Schema, {}, c.schema, add); },
        [&](const diff::AddTable &c) { tally.set(Table, c.table.name, {}, add); },
        [&](const diff::DropTable &c) { tally.set(Table, c.table.name, {}, drop); },
        [&](const diff::AddEnum &c) { tally.set(Enum, c.type.name, {}, add); },
        [&](const diff::DropEnum &c) { tally.set(Enum, c.type.name, {}, drop); },
        [&](const diff::AddEnumValue &c) { tally.set(Enum, c.type, c.value, add); },
        [&](const diff::AddColumn &c) { tally.set(Column, c.table, c.column.name, add); },
        [&](const diff::DropColumn &c) { tally.set(Column, c.table, c.column.name, drop); },
        [&](const diff::AlterColumn &c) {
            tally.set(Column, c.table, c.after.name, DiffMark::Changed);
        },
        [&](const diff::AddIndex &c) { tally.set(Index, c.table, c.index.name, add); },
        [&](const diff::DropIndex &c) { tally.set(Index, c.table, c.index.name, drop); },
        [&](const diff::AddForeignKey &c) { tally.set(ForeignKey, c.table, c.key.name, add); },
        [&](const diff::DropForeignKey &c) { tally.set(ForeignKey, c.table, c.key.name, drop); },
        [&](const diff::AddUnique &c) { tally.set(Unique, c.table, c.unique.name, add); },
        [&](const diff::DropUnique &c) { tally.set(Unique, c.table, c.unique.name, drop); },
        [&](const diff::AddCheck &c) { tally.set(Check, c.table, c.check.name, add); },
        [&](const diff::DropCheck &c) { tally.set(Check, c.table, c.check.name, drop); },
        [&](const diff::RebuildEnum &c) { tally.set(Enum, c.after.name, {}, DiffMark::Changed); },
        [&]<typename Other>(const Other &) { tally.count(markOfOther<Other>()); },
    };
    for (const diff::Change &change : difference.changes)
        std::visit(visitor, change);

    // A new or removed table is one thing, whatever comes with it.
    tally.marks.removeIf([&](const std::pair<const Key &, DiffMark &> entry) {
        const auto &[kind, owner, name] = entry.first;
        return kind >= Column && tally.marks.contains({Table, owner, {}});
    });

    DiffCounts counts = tally.others;
    for (const DiffMark mark : std::as_const(tally.marks))
        ++(mark == add ? counts.added : mark == drop ? counts.removed : counts.changed);
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
