// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/settle.h"

#include "diff/equal.h"
#include "diff/renaming.h"
#include "diff/sequence.h"

#include <algorithm>

namespace diff
{

namespace
{
/// Under this nothing speaks for a rename.
constexpr double threshold = 0.15;

/// More pairs than these are judged only where they look alike at first sight.
constexpr qsizetype manyPairs = 10'000;

schema::Name toName(const schema::Name &name)
{
    return name;
}
schema::Name toName(const QString &name)
{
    return {{}, name};
}
schema::Name nameOf(const QString &value)
{
    return {{}, value};
}
template <typename Entry> schema::Name nameOf(const Entry &entry)
{
    return toName(entry.name);
}

/// What two entries must share to be judged where there are very many of them.
QString looks(const schema::Table &table)
{
    QStringList columns;
    for (const schema::Column &column : table.columns)
        columns << column.name;
    columns.sort();
    return columns.join(u',');
}
QString looks(const schema::Column &column)
{
    return column.type;
}
QString looks(const schema::View &view)
{
    return view.definition;
}
QString looks(const schema::Enum &type)
{
    return type.values.join(u',');
}
template <typename Entry> QString looks(const Entry &entry)
{
    return nameOf(entry).name;
}

/// Names that are all there is of a thing; pointing into the two lists.
Sides<QString> sidesOfNames(const QStringList &from, const QStringList &to)
{
    Sides<QString> sides;
    QHash<QString, const QString *> after;
    for (const QString &name : to)
        after.insert(name, &name);
    for (const QString &name : from) {
        if (const QString *other = after.take(name))
            sides.both << std::pair(&name, other);
        else
            sides.dropped << &name;
    }
    for (const QString &name : to) {
        if (after.contains(name))
            sides.added << &name;
    }
    return sides;
}

/// What belongs to the tools, or to somebody else.
template <typename Entry> bool isForeign(const Entry &entry)
{
    if constexpr (std::is_same_v<Entry, schema::Table>)
        return isLedger(entry.name);
    if constexpr (std::is_same_v<Entry, schema::View>)
        return entry.existing;
    return false;
}

template <typename Entry> void removeForeign(QList<const Entry *> &entries)
{
    entries.removeIf([](const Entry *entry) { return isForeign(*entry); });
}
} // namespace

Settlement::Settlement(const schema::Database &from, const schema::Database &to,
                       const QList<RenameAnswer> &answers, const Evidence &evidence)
    : m_before(from)
    , m_to(to)
    , m_answers(answers)
    , m_evidence(evidence)
{
    // A drop is answered for one time only: what has the name later is another thing with other
    // rows.
    m_answers.removeIf(
        [](const RenameAnswer &answer) { return answer.kept && answer.to.name.isEmpty(); });
    for (const RenameAnswer &answer : answers) {
        if (!answer.kept && !answer.to.name.isEmpty())
            m_answered << int(answer.kind);
    }
    settleSchemas();
    settleObjects(Kind::Role, &schema::Database::roles);
    settleObjects(Kind::Enum, &schema::Database::enums);
    settleObjects(Kind::Sequence, &schema::Database::sequences);
    settleObjects(Kind::Table, &schema::Database::tables);
    settleObjects(Kind::View, &schema::Database::views);
    settleColumns();
    settleValues();
    std::ranges::stable_sort(m_questions, [](const auto &left, const auto &right) {
        return left.kind != right.kind ? left.kind < right.kind : left.score > right.score;
    });
}

PartRenames Settlement::partAnswers(const schema::Name &table) const
{
    PartRenames found;
    for (const RenameAnswer &answer : m_answers) {
        if (answer.kind >= Kind::Policy && isOwner(Kind::Table, answer.table, table))
            found << answer;
    }
    return found;
}

schema::Name Settlement::original(Kind kind, const schema::Name &name) const
{
    return m_originals.value({int(kind), name}, name);
}

/// Built when there is a first pair: most comparisons have none.
const Likeness &Settlement::likeness()
{
    if (!m_likeness)
        m_likeness.emplace(m_before, m_to, m_evidence);
    return *m_likeness;
}

/// Whether \a asked is \a now: by that name or by the one before, unless that is another one's now.
bool Settlement::isOwner(Kind kind, const schema::Name &asked, const schema::Name &now) const
{
    const schema::Name plain{plainSchema(asked.schema), asked.name};
    if (plain == now)
        return true;
    const bool isOther =
        kind == Kind::Table
            ? m_to.table(plain) != nullptr
            : std::ranges::find(m_to.enums, plain, &schema::Enum::name) != m_to.enums.end();
    return plain == original(kind, now) && !isOther;
}

QList<RenameAnswer> Settlement::answersFor(Kind kind, const schema::Name &table,
                                           const schema::Name &from) const
{
    const Kind owner = kind == Kind::EnumValue ? Kind::Enum : Kind::Table;
    const schema::Name oldName = original(kind, from);
    QList<RenameAnswer> found;
    for (const RenameAnswer &answer : m_answers) {
        const schema::Name plain{plainSchema(answer.from.schema), answer.from.name};
        if (answer.kind == kind && (plain == from || plain == oldName) &&
            (table.name.isEmpty() || isOwner(owner, answer.table, table)))
            found << answer;
    }
    return found;
}

template <typename Entry> bool Settlement::isOpen(Kind kind, const Sides<Entry> &sides) const
{
    return (!sides.dropped.isEmpty() && !sides.added.isEmpty()) ||
           (m_answered.contains(int(kind)) && !sides.both.isEmpty());
}

void Settlement::note(const Rename &rename)
{
    m_noted << rename;
}

/// After the lists that were looked at are no longer needed: renaming changes them.
void Settlement::applyNoted()
{
    if (m_noted.isEmpty())
        return;
    QHash<schema::Name, QList<Rename>> waiting; // for the last of several new names, by the one now
    QHash<std::pair<schema::Name, schema::Name>, qsizetype> last; // by table and old name
    for (qsizetype i = 0; i < m_noted.size(); ++i)
        last.insert({m_noted[i].table, m_noted[i].from}, i);
    for (qsizetype i = 0; i < m_noted.size(); ++i) {
        const Rename &rename = m_noted[i];
        const qsizetype place = last.value({rename.table, rename.to}, -1);
        const auto next = place > i ? m_noted.cbegin() + place : m_noted.cend();
        const bool isLast = waiting.contains(rename.from);
        QList<Rename> others = waiting.take(rename.from);
        if (next != m_noted.cend())
            waiting.insert(rename.to,
                           followers({rename.kind, rename.table, rename.from, next->to}, m_before));
        else if (!isLast)
            others = followers(rename, m_before);
        m_originals.insert({int(rename.kind), rename.to}, original(rename.kind, rename.from));
        if (rename.kind == Kind::Schema) {
            for (const schema::Table &table : std::as_const(m_before.tables)) {
                if (table.name.schema == rename.from.name)
                    m_originals.insert({int(Kind::Table), {rename.to.name, table.name.name}},
                                       original(Kind::Table, table.name));
            }
            for (const schema::Enum &type : std::as_const(m_before.enums)) {
                if (type.name.schema == rename.from.name)
                    m_originals.insert({int(Kind::Enum), {rename.to.name, type.name.name}},
                                       original(Kind::Enum, type.name));
            }
        }
        apply(rename, m_before);
        m_renames << rename;
        for (const Rename &other : others) {
            apply(other, m_before);
            m_renames << other;
        }
    }
    m_noted.clear();
    m_likeness.reset();
}

/// The entries before that have another name after, by the answers; those that really are dropped
/// go to \a gone.
template <typename Entry>
QHash<const Entry *, schema::Name> Settlement::wanted(Kind kind, const schema::Name &table,
                                                      const Sides<Entry> &sides,
                                                      QSet<const Entry *> &gone) const
{
    const bool everywhere = m_answered.contains(int(kind));
    QSet<schema::Name> free, held;
    for (const Entry *fresh : sides.added)
        free << nameOf(*fresh);
    for (const auto &[before, after] : sides.both) {
        if (everywhere && !isForeign(*before) && !isForeign(*after))
            held << nameOf(*before);
    }
    QHash<const Entry *, schema::Name> found;
    QSet<const Entry *> displacing; // what is gone may take the place of something
    QSet<schema::Name> taken;
    const auto look = [&](const Entry *entry, bool stays) {
        for (const RenameAnswer &answer : answersFor(kind, table, nameOf(*entry))) {
            const schema::Name name{plainSchema(answer.to.schema), answer.to.name};
            if (name.name.isEmpty()) {
                gone << entry;
                return;
            }
            const bool fits = free.contains(name) || (!answer.kept && held.contains(name));
            if (!fits || (stays && answer.kept) || taken.contains(name) || name == nameOf(*entry))
                continue; // about another state of the two
            taken << name;
            found.insert(entry, name);
            if (!stays)
                displacing << entry;
            return;
        }
    };
    for (const Entry *dropped : sides.dropped)
        look(dropped, false);
    for (const auto &[before, after] : sides.both) {
        if (everywhere)
            look(before, true);
    }
    // A name that is on both sides is free only when what had it has got another one.
    for (bool open = true; open;) {
        QSet<schema::Name> left;
        for (auto it = found.cbegin(); it != found.cend(); ++it)
            left << nameOf(*it.key());
        open = found.removeIf([&](const auto &entry) {
            return held.contains(*entry) && !left.contains(*entry) &&
                   !displacing.contains(entry.key());
        }) > 0;
    }
    return found;
}

template <typename Entry, typename Judge>
void Settlement::settle(Kind kind, const schema::Name &table, Sides<Entry> sides, Judge score)
{
    QSet<const Entry *> gone;
    const QHash<const Entry *, schema::Name> renames = wanted(kind, table, sides, gone);
    QList<NewName> names;
    QSet<schema::Name> known, given;
    QList<const Entry *> displaced;
    const auto add = [&](const Entry *entry) {
        known << nameOf(*entry);
        const auto it = renames.constFind(entry);
        if (it == renames.cend())
            return;
        names << NewName{nameOf(*entry), *it};
        given << *it;
    };
    for (const Entry *dropped : std::as_const(sides.dropped))
        add(dropped);
    for (const auto &[before, after] : std::as_const(sides.both))
        add(before);
    for (const Entry *added : std::as_const(sides.added))
        known << nameOf(*added);
    for (const auto &[before, after] : std::as_const(sides.both)) {
        if (given.contains(nameOf(*before)) && !renames.contains(before))
            displaced << before;
    }
    // Out of the way of what gets its name, and dropped then.
    for (const Entry *entry : std::as_const(displaced)) {
        const schema::Name aside = freeName(nameOf(*entry), QStringLiteral("dropped"), known);
        known << aside;
        names.prepend(NewName{nameOf(*entry), aside});
    }
    for (const NewName &name : inSequence(names, known))
        note(Rename{kind, table, name.from, name.to});
    sides.dropped.removeIf(
        [&](const Entry *entry) { return gone.contains(entry) || renames.contains(entry); });
    sides.added.removeIf([&](const Entry *entry) { return given.contains(nameOf(*entry)); });
    for (const auto &[before, after] : std::as_const(sides.both)) {
        if (renames.contains(before) && !given.contains(nameOf(*after)))
            sides.added << after; // a new one in its place
    }
    displaced.removeIf([&](const Entry *entry) { return gone.contains(entry); });
    sides.dropped << displaced;
    ask(kind, table, sides.dropped, sides.added, score);
}

template <typename Entry, typename Judge>
void Settlement::ask(Kind kind, const schema::Name &table, const QList<const Entry *> &dropped,
                     const QList<const Entry *> &added, Judge score)
{
    const bool many = dropped.size() * added.size() > manyPairs;
    QHash<QString, QList<const Entry *>> alike;
    if (many) {
        for (const Entry *fresh : added)
            alike[looks(*fresh)] << fresh;
    }
    for (const Entry *gone : dropped) {
        const QList<const Entry *> others = many ? alike.value(looks(*gone)) : added;
        for (const Entry *fresh : others) {
            const Score found = score(*gone, *fresh);
            if (found.value >= threshold)
                m_questions << RenameCandidate{kind,           table,       nameOf(*gone),
                                               nameOf(*fresh), found.value, found.evidence};
        }
    }
}

void Settlement::settleSchemas()
{
    if (m_before.schemas == m_to.schemas && !m_answered.contains(int(Kind::Schema)))
        return;
    Sides<QString> sides = sidesOfNames(std::as_const(m_before).schemas, m_to.schemas);
    sides.dropped.removeIf([&](const QString *name) { return isLedgerSchema(*name, m_before); });
    sides.added.removeIf([&](const QString *name) { return isLedgerSchema(*name, m_to); });
    settle(Kind::Schema, {}, sides, [&](const QString &gone, const QString &fresh) {
        return likeness().ofSchemas(gone, fresh);
    });
    for (const RenameCandidate &asked : std::as_const(m_questions))
        m_openSchemas << std::pair(asked.from.name, asked.to.name);
    applyNoted();
}

template <typename Entry>
void Settlement::settleObjects(Kind kind, QList<Entry> schema::Database::*entries)
{
    Sides<Entry> sides = sidesOf(std::as_const(m_before).*entries, m_to.*entries);
    removeForeign(sides.dropped);
    removeForeign(sides.added);
    if (!isOpen(kind, sides))
        return;
    settle(kind, {}, sides, [&](const Entry &gone, const Entry &fresh) {
        // While it is open whether the whole schema was renamed, its objects are not asked about.
        const bool goesAlong = m_openSchemas.contains({nameOf(gone).schema, nameOf(fresh).schema});
        return goesAlong ? Score() : likeness().of(gone, fresh);
    });
    applyNoted();
}

void Settlement::settleColumns()
{
    const auto after = byName(m_to.tables);
    for (const schema::Table &before : std::as_const(m_before.tables)) {
        const schema::Table *table = after.value(before.name);
        const bool same = table && before.columns == table->columns;
        if (!table || isLedger(before.name) || (same && !m_answered.contains(int(Kind::Column))))
            continue;
        const Sides<schema::Column> sides = sidesOf(before.columns, table->columns);
        if (!isOpen(Kind::Column, sides))
            continue;
        settle(Kind::Column, before.name, sides,
               [&](const schema::Column &gone, const schema::Column &fresh) {
                   return likeness().ofColumns(before, gone, *table, fresh);
               });
    }
    applyNoted();
}

void Settlement::settleValues()
{
    const auto after = byName(m_to.enums);
    for (const schema::Enum &before : std::as_const(m_before.enums)) {
        const schema::Enum *type = after.value(before.name);
        const bool same = type && type->values == before.values;
        if (!type || (same && !m_answered.contains(int(Kind::EnumValue))))
            continue;
        settle(Kind::EnumValue, before.name, sidesOfNames(before.values, type->values),
               [&](const QString &gone, const QString &fresh) {
                   return likeness().ofValues(before, gone, *type, fresh);
               });
    }
    applyNoted();
}

} // namespace diff
