// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/materialized.h"

#include "sql/keyedquery.h"
#include "tenant/functions.h"
#include "tenant/text.h"

#include <algorithm>

namespace tenant
{

using base::Error;
using base::ErrorKind;
using base::Result;
using sql::KeyedRows;

namespace
{

QStringList namesOf(const QList<schema::Column> &columns)
{
    QStringList names;
    for (const schema::Column &column : columns)
        names << column.name;
    return names;
}

/// Follows a view's query down to tables.
class Descent
{
public:
    Descent(const schema::Database &database, const Classification &classification)
        : m_database(database)
        , m_classification(classification)
    {
    }

    Result<KeyedRows> into(const schema::View &view)
    {
        constexpr int deepest = 16;
        if (m_depth == deepest)
            return because(Text::tr("views are nested too deeply"));
        ++m_depth;
        const Result<KeyedRows> rows = sql::keyedRows(
            view.definition,
            [this](const QString &schema, const QString &name) { return rowsOf(schema, name); },
            isHarmless);
        --m_depth;
        return rows;
    }

private:
    static Error because(const QString &reason)
    {
        return {.kind = ErrorKind::Refused, .text = reason};
    }

    Result<KeyedRows> rowsOf(const QString &schema, const QString &name)
    {
        const schema::Name wanted{schema == QLatin1String("public") ? QString() : schema, name};
        const TableScope scope = m_classification.tables.value(wanted);
        if (const schema::Table *table = m_database.table(wanted))
            return rowsOf(namesOf(table->columns), wanted, scope);
        for (const schema::View &view : m_database.views) {
            if (view.name != wanted)
                continue;
            return scope.scoping == Scoping::ByQuery ? into(view)
                                                     : rowsOf(namesOf(view.columns), wanted, scope);
        }
        return because(Text::tr("%1 is no table of this schema").arg(wanted.qualified()));
    }

    static Result<KeyedRows> rowsOf(const QStringList &columns, const schema::Name &name,
                                    const TableScope &scope)
    {
        switch (scope.scoping) {
        case Scoping::Direct:
            return KeyedRows{columns, true, {scope.column}};
        case Scoping::Global:
            return KeyedRows{columns};
        case Scoping::ByPath:
            break;
        case Scoping::BySchema: // classifySchemas() looks at these itself
        case Scoping::ByQuery:
        case Scoping::Unscoped:
            return because(Text::tr("nothing says whose the rows of %1 are").arg(name.qualified()));
        }
        if (!scope.otherPaths.isEmpty())
            return because(
                Text::tr("the rows of %1 lead to a tenant in several ways").arg(name.qualified()));
        const PathStep &first = scope.path.first();
        return KeyedRows{columns,
                         true,
                         {},
                         first.target.schema,
                         first.target.name,
                         first.columns,
                         first.targetColumns};
    }

    const schema::Database &m_database;
    const Classification &m_classification;
    int m_depth = 0;
};

} // namespace

TableScope scopeOfMaterialized(const schema::View &view, const schema::Database &database,
                               const Classification &classification)
{
    const Result<KeyedRows> rows = Descent(database, classification).into(view);
    if (!rows)
        return {Scoping::ByQuery, {}, {}, {}, rows.error().text};
    if (!rows->isKeyed)
        return {Scoping::Global, {}, {}};
    const QStringList columns = namesOf(view.columns);
    for (const QString &key : QStringList{classification.column} + rows->keys) {
        if (rows->keys.contains(key) && columns.contains(key))
            return {Scoping::Direct, key, {}};
    }
    return {Scoping::ByQuery, {}, {}, {}, Text::tr("none of its columns says whose a row is")};
}

} // namespace tenant
