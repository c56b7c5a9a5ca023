// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/likeness.h"

#include "diff/equal.h"
#include "diff/renaming.h"
#include "diff/text.h"

#include <algorithm>
#include <vector>

namespace diff
{

namespace
{
// How much each kind of evidence weighs; together they are cut to 1.
constexpr double sameTypeWeight = 0.35;
constexpr double positionWeight = 0.25;
constexpr double nameWeight = 0.35;
constexpr double movedWeight = 0.6;
constexpr double partsWeight = 0.5;
constexpr double referenceWeight = 0.3;
constexpr double sameOptionsWeight = 0.25;
constexpr double strengthening = 0.05;

/// Levenshtein's distance: how many letters to insert, remove or replace.
qsizetype distance(const QString &left, const QString &right)
{
    std::vector<qsizetype> row(right.size() + 1);
    for (qsizetype i = 0; i <= right.size(); ++i)
        row[i] = i;
    for (qsizetype i = 1; i <= left.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        for (qsizetype j = 1; j <= right.size(); ++j) {
            const qsizetype replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[right.size()];
}

/// How much of the letters stay, 0 to 1; 0 for names that are not similar: less than half of the
/// letters stay, and none contains the other.
double similarity(const QString &left, const QString &right)
{
    const QString a = left.toLower();
    const QString b = right.toLower();
    const auto longest = static_cast<double>(std::max(a.size(), b.size()));
    const double kept = 1 - static_cast<double>(distance(a, b)) / longest;
    const bool contained = std::min(a.size(), b.size()) >= 3 && (a.contains(b) || b.contains(a));
    if (contained)
        return std::max(kept, 0.75);
    return kept >= 0.5 ? kept : 0;
}

void addSimilarity(const QString &before, const QString &after, Score &score)
{
    const double similar = similarity(before, after);
    if (similar > 0)
        score.add(nameWeight * similar, Text::tr("similar name"));
}

void addShared(qsizetype shared, qsizetype most, const QString &words, Score &score)
{
    if (shared > 0 && shared * 2 >= most)
        score.add(partsWeight * static_cast<double>(shared) / static_cast<double>(most),
                  words.arg(shared).arg(most));
}

template <typename Key>
bool meet(const QHash<Key, QSet<QString>> &before, const Key &left,
          const QHash<Key, QSet<QString>> &after, const Key &right)
{
    const auto first = before.constFind(left);
    const auto second = after.constFind(right);
    return first != before.cend() && second != after.cend() && first->intersects(*second);
}

QStringList targetsOf(const schema::Table &table, const QString &column)
{
    QStringList targets;
    for (const schema::ForeignKey &key : table.foreignKeys) {
        const qsizetype at = key.columns.indexOf(column);
        if (at >= 0)
            targets << targetOf(key).qualified() + u'.' + key.targetColumns.value(at);
    }
    return targets;
}

qsizetype positionOf(const schema::Table &table, const schema::Column &column)
{
    return std::ranges::find(table.columns, column.name, &schema::Column::name) -
           table.columns.begin();
}
} // namespace

void Score::add(double weight, const QString &words)
{
    value = std::min(1.0, value + weight);
    evidence << words;
}

Likeness::Likeness(const schema::Database &before, const schema::Database &after,
                   const Evidence &evidence)
    : m_before(before)
    , m_after(after)
    , m_evidence(evidence)
    , m_pointingBefore(referencesOf(before))
    , m_pointingAfter(referencesOf(after))
{
}

Likeness::References Likeness::referencesOf(const schema::Database &database)
{
    References found;
    for (const schema::Table &table : database.tables) {
        const QString name = table.name.qualified();
        for (const schema::ForeignKey &key : table.foreignKeys) {
            const QString end = name + u'(' + key.columns.join(u',') + u')';
            found.tables[targetOf(key)] << end;
            for (const QString &column : key.targetColumns)
                found.columns[{targetOf(key), column}] << end;
        }
        for (const schema::Column &column : table.columns) {
            if (!column.typeSchema.isEmpty())
                found.types[{plainSchema(column.typeSchema), column.type.section(u'[', 0, 0)}]
                    << name + u'.' + column.name;
        }
        for (const schema::Policy &policy : table.policies) {
            for (const QString &role : policy.roles)
                found.roles[role] << name + u'.' + policy.name;
        }
    }
    return found;
}

void Likeness::addNames(const schema::Name &before, const schema::Name &after, Score &score) const
{
    if (before.name == after.name)
        score.add(movedWeight, Text::tr("same name in another schema"));
    else if (before.schema == after.schema)
        addSimilarity(before.name, after.name, score);
}

Score Likeness::of(const schema::Table &before, const schema::Table &after) const
{
    Score score;
    const auto shared = std::ranges::count_if(before.columns, [&](const schema::Column &column) {
        const schema::Column *other = after.column(column.name);
        return other && sameType(column, *other);
    });
    addShared(shared, std::max(before.columns.size(), after.columns.size()),
              Text::tr("%1 of %2 columns are the same"), score);
    addNames(before.name, after.name, score);
    if (meet(m_pointingBefore.tables, before.name, m_pointingAfter.tables, after.name))
        score.add(referenceWeight, Text::tr("the same foreign keys point at it"));
    const qint64 rows = m_evidence.rows.value(before.name, -1);
    if (score.value > 0 && rows > 0)
        score.evidence << Text::tr("%1 rows would be lost").arg(rows);
    return score;
}

Score Likeness::of(const schema::Enum &before, const schema::Enum &after) const
{
    Score score;
    const auto shared = std::ranges::count_if(
        before.values, [&](const QString &value) { return after.values.contains(value); });
    addShared(shared, std::max(before.values.size(), after.values.size()),
              Text::tr("%1 of %2 values are the same"), score);
    addNames(before.name, after.name, score);
    if (meet(m_pointingBefore.types, before.name, m_pointingAfter.types, after.name))
        score.add(referenceWeight, Text::tr("the same columns have it"));
    return score;
}

Score Likeness::of(const schema::View &before, const schema::View &after) const
{
    Score score;
    if (before.definition == after.definition && !before.definition.isEmpty())
        score.add(movedWeight, Text::tr("same definition"));
    addNames(before.name, after.name, score);
    return score;
}

Score Likeness::of(const schema::Sequence &before, const schema::Sequence &after) const
{
    Score score;
    if (before.options == after.options)
        score.add(sameOptionsWeight, Text::tr("same options"));
    addNames(before.name, after.name, score);
    return score;
}

Score Likeness::of(const schema::Role &before, const schema::Role &after) const
{
    Score score;
    addSimilarity(before.name, after.name, score);
    if (meet(m_pointingBefore.roles, before.name, m_pointingAfter.roles, after.name))
        score.add(referenceWeight, Text::tr("the same policies are for it"));
    return score;
}

Score Likeness::ofSchemas(const QString &before, const QString &after) const
{
    const auto tablesIn = [](const schema::Database &database, const QString &schema) {
        QSet<QString> names;
        for (const schema::Table &table : database.tables) {
            if (table.name.schema == schema)
                names << table.name.name;
        }
        return names;
    };
    Score score;
    const QSet<QString> left = tablesIn(m_before, before);
    const QSet<QString> right = tablesIn(m_after, after);
    addShared((left & right).size(), std::max(left.size(), right.size()),
              Text::tr("%1 of %2 tables have the same name"), score);
    addSimilarity(before, after, score);
    return score;
}

Score Likeness::ofColumns(const schema::Table &before, const schema::Column &dropped,
                          const schema::Table &after, const schema::Column &added) const
{
    Score score;
    if (sameType(dropped, added))
        score.add(sameTypeWeight, Text::tr("same type %1").arg(added.type));
    if (positionOf(before, dropped) == positionOf(after, added))
        score.add(positionWeight, Text::tr("same position"));
    addSimilarity(dropped.name, added.name, score);
    const QStringList targets = targetsOf(before, dropped.name);
    const QStringList newTargets = targetsOf(after, added.name);
    if (std::ranges::any_of(targets, [&](const QString &to) { return newTargets.contains(to); }))
        score.add(referenceWeight, Text::tr("both point at %1").arg(targets.first()));
    if (meet(m_pointingBefore.columns, {before.name, dropped.name}, m_pointingAfter.columns,
             {after.name, added.name}))
        score.add(referenceWeight, Text::tr("the same foreign keys point at it"));
    // Alone these say little: they only strengthen what is there already.
    if (score.evidence.isEmpty())
        return score;
    if (dropped.defaultValue && dropped.defaultValue == added.defaultValue)
        score.add(strengthening, Text::tr("same default"));
    if (dropped.notNull && added.notNull)
        score.add(strengthening, Text::tr("both NOT NULL"));
    return score;
}

Score Likeness::ofValues(const schema::Enum &before, const QString &dropped,
                         const schema::Enum &after, const QString &added) const
{
    Score score;
    if (before.values.indexOf(dropped) == after.values.indexOf(added))
        score.add(positionWeight, Text::tr("same position"));
    addSimilarity(dropped, added, score);
    return score;
}

} // namespace diff
