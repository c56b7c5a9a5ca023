// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/mentions.h"

#include "diff/equal.h"
#include "schema/storedname.h"
#include "sql/columns.h"
#include "sql/identifier.h"
#include "sql/parse.h"

#include <algorithm>

namespace migrate
{

namespace
{
schema::Name stored(const schema::Name &name)
{
    return {schema::storedName(name.schema), schema::storedName(name.name)};
}
} // namespace

bool mentions(const QString &text, const QString &name)
{
    if (text.isEmpty() || name.isEmpty())
        return false;
    if (text.contains(sql::identifier(name)))
        return true;
    const auto isWord = [](QChar letter) {
        return letter.isLetterOrNumber() || letter == u'_' || letter == u'$';
    };
    // Without quotes PostgreSQL folds to lower case.
    if (name != name.toLower() || !std::ranges::all_of(name, isWord))
        return false;
    qsizetype at = text.indexOf(name, 0, Qt::CaseInsensitive);
    for (; at >= 0; at = text.indexOf(name, at + 1, Qt::CaseInsensitive)) {
        const qsizetype end = at + name.size();
        const bool starts = at == 0 || (!isWord(text[at - 1]) && text[at - 1] != u'"');
        const bool ends = end == text.size() || (!isWord(text[end]) && text[end] != u'"');
        if (starts && ends)
            return true;
    }
    return false;
}

QStringList mentionedColumns(const QString &text, const schema::Table &table)
{
    QStringList names;
    for (const schema::Column &column : table.columns) {
        if (mentions(text, column.name))
            names << column.name;
    }
    return names;
}

Reading readingOf(const QString &query)
{
    Reading reading;
    reading.text = query;
    const auto tables = sql::collectTables(query);
    const auto columns = sql::collectColumns(query);
    if (!tables || !columns) {
        reading.parsed = false;
        return reading;
    }
    for (const sql::RelationUse &use : *tables) {
        const schema::Name name{diff::plainSchema(use.schema), use.name};
        if (!reading.relations.contains(name))
            reading.relations << name;
        reading.names << std::pair{name, use.alias.isEmpty() ? use.name : use.alias};
    }
    for (const sql::ColumnUse &use : *columns)
        reading.columns << std::pair{use.qualifier, use.name};
    return reading;
}

bool Reading::reads(const schema::Name &relation) const
{
    return relations.contains(stored(relation));
}

bool Reading::readsColumn(const schema::Name &table, const QString &column) const
{
    if (!parsed)
        return mentions(text, table.name) && mentions(text, column);
    if (!reads(table))
        return false;
    return std::ranges::any_of(columns, [&](const auto &use) {
        const auto &[qualifier, name] = use;
        if (!name.isEmpty() && name != schema::storedName(column))
            return false;
        return qualifier.isEmpty() || names.contains(std::pair{stored(table), qualifier});
    });
}

} // namespace migrate
