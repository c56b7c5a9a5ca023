// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/rename.h"

#include "diff/equal.h"
#include "diff/text.h"

#include <algorithm>
#include <vector>

namespace diff
{

namespace
{
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

/// At least half of the letters stay, or one name contains the other.
bool similar(const QString &left, const QString &right)
{
    const QString a = left.toLower();
    const QString b = right.toLower();
    if (std::min(a.size(), b.size()) >= 3 && (a.contains(b) || b.contains(a)))
        return true;
    return distance(a, b) * 2 <= std::max(a.size(), b.size());
}

qsizetype position(const schema::Table *table, const QString &column)
{
    if (!table)
        return -1;
    const auto it = std::ranges::find(table->columns, column, &schema::Column::name);
    return it == table->columns.end() ? -1 : it - table->columns.begin();
}

QString columnEvidence(const schema::Column &dropped, const schema::Column &added,
                       const schema::Table *from, const schema::Table *to)
{
    QStringList evidence;
    if (sameType(dropped, added))
        evidence << Text::tr("same type %1").arg(added.type);
    if (position(from, dropped.name) == position(to, added.name))
        evidence << Text::tr("same position");
    if (similar(dropped.name, added.name))
        evidence << Text::tr("similar name");
    // NOT NULL alone says little: it only strengthens what is there already.
    if (!evidence.isEmpty() && dropped.notNull == added.notNull && dropped.notNull)
        evidence << Text::tr("both NOT NULL");
    return evidence.join(QStringLiteral(", "));
}

QString tableEvidence(const schema::Table &dropped, const schema::Table &added)
{
    const auto shared = std::ranges::count_if(dropped.columns, [&](const schema::Column &column) {
        const schema::Column *other = added.column(column.name);
        return other && sameType(column, *other);
    });
    const auto most = std::max(dropped.columns.size(), added.columns.size());
    QStringList evidence;
    if (shared > 0 && shared * 2 >= most)
        evidence << Text::tr("%1 of %2 columns are the same").arg(shared).arg(most);
    if (similar(dropped.name.name, added.name.name))
        evidence << Text::tr("similar name");
    return evidence.join(QStringLiteral(", "));
}

template <typename Wanted> QList<Wanted> only(const QList<Change> &changes)
{
    QList<Wanted> found;
    for (const Change &change : changes) {
        if (const auto *entry = std::get_if<Wanted>(&change))
            found << *entry;
    }
    return found;
}
} // namespace

QList<RenameCandidate> renameCandidates(const QList<Change> &changes, const schema::Database &from,
                                        const schema::Database &to)
{
    QList<RenameCandidate> candidates;
    for (const DropTable &dropped : only<DropTable>(changes)) {
        for (const AddTable &added : only<AddTable>(changes)) {
            const QString evidence = tableEvidence(dropped.table, added.table);
            if (dropped.table.name.schema == added.table.name.schema && !evidence.isEmpty())
                candidates << RenameCandidate{RenameCandidate::Kind::Table, dropped.table.name,
                                              dropped.table.name.name, added.table.name.name,
                                              evidence};
        }
    }
    for (const DropColumn &dropped : only<DropColumn>(changes)) {
        for (const AddColumn &added : only<AddColumn>(changes)) {
            if (dropped.table != added.table)
                continue;
            const QString evidence = columnEvidence(
                dropped.column, added.column, from.table(dropped.table), to.table(added.table));
            if (!evidence.isEmpty())
                candidates << RenameCandidate{RenameCandidate::Kind::Column, dropped.table,
                                              dropped.column.name, added.column.name, evidence};
        }
    }
    return candidates;
}

} // namespace diff
