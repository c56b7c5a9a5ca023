// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/guess.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <map>

namespace tenant
{

namespace
{

struct Customary {
    const char *name;
    int weight; ///< how surely it names a tenant, out of 10
};

// Read with underscores and capitals removed; "Id" follows.
constexpr std::array customary{
    Customary{"tenant", 10},  Customary{"organization", 10}, Customary{"organisation", 10},
    Customary{"org", 9},      Customary{"workspace", 9},     Customary{"account", 6},
    Customary{"company", 6},  Customary{"team", 5},          Customary{"shop", 5},
    Customary{"store", 5},    Customary{"merchant", 5},      Customary{"club", 4},
    Customary{"customer", 3}, Customary{"site", 3},          Customary{"project", 2},
};

/// What a column that most tables share weighs without a customary name.
constexpr int unnamedWeight = 3;

QString plain(const QString &name)
{
    QString text = name.toLower();
    text.remove(u'_');
    return text;
}

/// company of company_id, companyId; empty when the name does not end like a reference.
QString stem(const QString &column)
{
    const QString text = plain(column);
    for (const char *ending : {"uuid", "id"}) {
        const auto end = QLatin1String(ending);
        if (text.size() > end.size() && text.endsWith(end))
            return text.chopped(end.size());
    }
    return {};
}

bool isCalled(const QString &table, const QString &stem)
{
    const QString text = plain(table);
    const bool y = stem.endsWith(u'y');
    return text == stem || text == stem + u's' || text == stem + QLatin1String("es") ||
           (y && text == stem.chopped(1) + QLatin1String("ies"));
}

/// Columns that name persons are in most tables of many schemas and say who did it, not whose it
/// is.
bool namesPerson(const QString &column)
{
    const QString text = plain(column);
    if (text.endsWith(QLatin1String("by")) || text.endsWith(QLatin1String("byid")))
        return true;
    static const QStringList persons{QStringLiteral("user"), QStringLiteral("owner"),
                                     QStringLiteral("author"), QStringLiteral("creator")};
    return persons.contains(stem(column));
}

struct Candidate {
    int tables = 0;
    QList<schema::Name> targets; ///< what the column refers to, once per foreign key
};

/// Columns that end like a reference, and the one that is \a said to be one.
std::map<QString, Candidate> candidates(const schema::Database &database, const QString &said)
{
    std::map<QString, Candidate> found;
    for (const schema::Table &table : database.tables) {
        for (const schema::Column &column : table.columns) {
            if (!stem(column.name).isEmpty() || column.name == said)
                ++found[column.name].tables;
        }
        for (const schema::ForeignKey &key : table.foreignKeys) {
            if (key.columns.size() == 1 && found.contains(key.columns.first()))
                found[key.columns.first()].targets
                    << schema::Name{key.targetSchema, key.targetTable};
        }
    }
    return found;
}

int weight(const QString &column, const Candidate &candidate, qsizetype allTables)
{
    const QString name = stem(column);
    for (const Customary &entry : customary) {
        if (name == QLatin1String(entry.name))
            return entry.weight;
    }
    const bool inMost = candidate.tables >= 4 && candidate.tables * 2 > allTables;
    return inMost && !candidate.targets.isEmpty() && !namesPerson(column) ? unnamedWeight : 0;
}

/// One table with organization_id says little; one with tenant_id, or one that refers to a table of
/// organizations, is enough.
bool convinces(const Candidate &candidate, int columnWeight)
{
    return candidate.tables >= 2 || columnWeight >= 9 || !candidate.targets.isEmpty();
}

schema::Name rootOf(const schema::Database &database, const QString &column,
                    const Candidate &candidate)
{
    const auto often = [&](const schema::Name &name) { return candidate.targets.count(name); };
    const auto most = std::ranges::max_element(candidate.targets, {}, often);
    if (most != candidate.targets.end())
        return *most;
    for (const schema::Table &table : database.tables) {
        if (isCalled(table.name.name, stem(column)) && table.keyColumns().size() == 1)
            return table.name;
    }
    return {};
}

/// The column that the tenant column refers to; the root's primary key when nothing is declared.
QString rootKey(const schema::Database &database, const schema::Table &root, const QString &column)
{
    for (const schema::Table &table : database.tables) {
        for (const schema::ForeignKey &key : table.foreignKeys) {
            if (key.columns == QStringList{column} && key.targetSchema == root.name.schema &&
                key.targetTable == root.name.name && key.targetColumns.size() == 1)
                return key.targetColumns.first();
        }
    }
    return root.keyColumns().value(0);
}

QString labelOf(const schema::Table &root, const QString &key)
{
    for (const char *name : {"name", "title", "label", "display_name", "displayName", "slug"}) {
        if (root.column(QString::fromLatin1(name)))
            return QString::fromLatin1(name);
    }
    for (const schema::Column &column : root.columns) {
        const bool textual = column.type == QLatin1String("text") ||
                             column.type.startsWith(QLatin1String("varchar")) ||
                             column.type.startsWith(QLatin1String("character varying"));
        if (textual && column.notNull && column.name != key)
            return column.name;
    }
    return key;
}

} // namespace

bool namesTable(const QString &column, const QString &table)
{
    const QString name = stem(column);
    return !name.isEmpty() && isCalled(table, name);
}

Guess guess(const schema::Database &database, const Settings &settings)
{
    Guess best;
    int bestScore = 0;
    std::map<QString, Candidate> found = candidates(database, settings.column);
    if (found.contains(settings.column)) {
        best = {.column = settings.column,
                .root = rootOf(database, settings.column, found[settings.column])};
        found.clear();
    }
    for (const auto &[column, candidate] : found) {
        const int columnWeight = weight(column, candidate, database.tables.size());
        const int score = columnWeight * candidate.tables;
        if (score > bestScore && convinces(candidate, columnWeight)) {
            best = {.column = column, .root = rootOf(database, column, candidate)};
            bestScore = score;
        }
    }
    if (database.table(settings.root))
        best.root = settings.root;
    if (const schema::Table *root = database.table(best.root); root && !best.column.isEmpty()) {
        best.rootKey = rootKey(database, *root, best.column);
        best.labelColumn =
            root->column(settings.label) ? settings.label : labelOf(*root, best.rootKey);
    }
    return best;
}

} // namespace tenant
