// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/settle.h"

#include "diff/equal.h"
#include "diff/renaming.h"

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

template <typename Entry> QList<const Entry *> pointersTo(const QList<Entry> &list)
{
    QList<const Entry *> pointers;
    for (const Entry &entry : list)
        pointers << &entry;
    return pointers;
}

QStringList withoutKnown(const QStringList &names, const QStringList &known)
{
    const QSet<QString> there(known.cbegin(), known.cend());
    QStringList left;
    std::ranges::copy_if(names, std::back_inserter(left),
                         [&](const QString &name) { return !there.contains(name); });
    return left;
}

bool isSameTable(const schema::Name &asked, const schema::Name &now, const schema::Name &original)
{
    const schema::Name plain{plainSchema(asked.schema), asked.name};
    return plain == now || plain == original;
}

template <typename Entry> void removeForeign(QList<const Entry *> &entries)
{
    if constexpr (std::is_same_v<Entry, schema::Table>)
        entries.removeIf([](const Entry *table) { return isLedger(table->name); });
    if constexpr (std::is_same_v<Entry, schema::View>)
        entries.removeIf([](const Entry *view) { return view->existing; });
}
} // namespace

Settlement::Settlement(const schema::Database &from, const schema::Database &to,
                       const QList<RenameAnswer> &answers, const Evidence &evidence)
    : m_before(from)
    , m_to(to)
    , m_answers(answers)
    , m_evidence(evidence)
{
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
    const schema::Name before = original(Kind::Table, table);
    for (const RenameAnswer &answer : m_answers) {
        if (answer.kind >= Kind::Policy && isSameTable(answer.table, table, before))
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

QList<RenameAnswer> Settlement::answersFor(Kind kind, const schema::Name &table,
                                           const schema::Name &from) const
{
    const Kind owner = kind == Kind::EnumValue ? Kind::Enum : Kind::Table;
    const schema::Name oldTable = original(owner, table);
    const schema::Name oldName = original(kind, from);
    QList<RenameAnswer> found;
    for (const RenameAnswer &answer : m_answers) {
        const schema::Name plain{plainSchema(answer.from.schema), answer.from.name};
        if (answer.kind == kind && (plain == from || plain == oldName) &&
            (table.name.isEmpty() || isSameTable(answer.table, table, oldTable)))
            found << answer;
    }
    return found;
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
    for (const Rename &rename : std::as_const(m_noted)) {
        const QList<Rename> others = followers(rename, m_before);
        m_originals.insert({int(rename.kind), rename.to}, original(rename.kind, rename.from));
        if (rename.kind == Kind::Schema) {
            for (const schema::Table &table : std::as_const(m_before.tables)) {
                if (table.name.schema == rename.from.name)
                    m_originals.insert({int(Kind::Table), {rename.to.name, table.name.name}},
                                       table.name);
            }
            for (const schema::Enum &type : std::as_const(m_before.enums)) {
                if (type.name.schema == rename.from.name)
                    m_originals.insert({int(Kind::Enum), {rename.to.name, type.name.name}},
                                       type.name);
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

template <typename Entry, typename Judge>
void Settlement::settle(Kind kind, const schema::Name &table, QList<const Entry *> dropped,
                        QList<const Entry *> added, Judge score)
{
    dropped.removeIf([&](const Entry *gone) {
        for (const RenameAnswer &answer : answersFor(kind, table, nameOf(*gone))) {
            if (answer.to.name.isEmpty())
                return true;
            const schema::Name wanted{plainSchema(answer.to.schema), answer.to.name};
            const auto it = std::ranges::find_if(
                added, [&](const Entry *fresh) { return nameOf(*fresh) == wanted; });
            if (it == added.end())
                continue; // about another state of the two
            note(Rename{kind, table, nameOf(*gone), wanted});
            added.erase(it);
            return true;
        }
        return false;
    });
    ask(kind, table, dropped, added, score);
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
    if (m_before.schemas == m_to.schemas)
        return;
    QStringList dropped = withoutKnown(m_before.schemas, m_to.schemas);
    QStringList added = withoutKnown(m_to.schemas, m_before.schemas);
    dropped.removeIf([&](const QString &name) { return isLedgerSchema(name, m_before); });
    added.removeIf([&](const QString &name) { return isLedgerSchema(name, m_to); });
    settle(Kind::Schema, {}, pointersTo(dropped), pointersTo(added),
           [&](const QString &gone, const QString &fresh) {
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
    if (sides.dropped.isEmpty() || sides.added.isEmpty())
        return;
    settle(kind, {}, sides.dropped, sides.added, [&](const Entry &gone, const Entry &fresh) {
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
        if (!table || before.columns == table->columns || isLedger(before.name))
            continue;
        const Sides<schema::Column> sides = sidesOf(before.columns, table->columns);
        if (sides.dropped.isEmpty() || sides.added.isEmpty())
            continue;
        settle(Kind::Column, before.name, sides.dropped, sides.added,
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
        if (!type || type->values == before.values)
            continue;
        const QStringList dropped = withoutKnown(before.values, type->values);
        const QStringList added = withoutKnown(type->values, before.values);
        settle(Kind::EnumValue, before.name, pointersTo(dropped), pointersTo(added),
               [&](const QString &gone, const QString &fresh) {
                   return likeness().ofValues(before, gone, *type, fresh);
               });
    }
    applyNoted();
}

} // namespace diff
