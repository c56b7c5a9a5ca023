// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/rowreferences.h"

#include <QHash>

#include <algorithm>

namespace migrate
{

namespace
{
const Json &member(const Json &row, const char *name)
{
    static const Json none;
    const auto it = row.find(name);
    return it == row.end() ? none : *it;
}

QList<RowReference> all()
{
    const auto text = [](const char *name) { return QString::fromLatin1(name); };
    const QList<std::pair<const char *, const char *>> table = {{"schema", "schema"},
                                                                {"name", "table"}};
    QList<RowReference> references;
    for (const char *from : {"tables", "enums", "sequences", "views"})
        references << RowReference{text(from), text("schemas"), {{"name", "schema"}}};
    for (const char *from :
         {"checks", "policies", "privileges", "columns", "indexes", "pks", "uniques", "fks"})
        references << RowReference{text(from), text("tables"), table};
    references << RowReference{
        text("fks"), text("tables"), {{"schema", "schemaTo"}, {"name", "tableTo"}}};
    references << RowReference{
        text("columns"), text("enums"), {{"schema", "typeSchema"}, {"name", "type"}}};
    const QList<std::pair<const char *, const char *>> column = {{"schema", "schema"},
                                                                 {"table", "table"}};
    for (const char *from : {"pks", "uniques", "fks"})
        references << RowReference{text(from), text("columns"), column, "columns"};
    references << RowReference{text("indexes"), text("columns"), column, "columns", "value"};
    references << RowReference{
        text("fks"), text("columns"), {{"schema", "schemaTo"}, {"table", "tableTo"}}, "columnsTo"};
    references << RowReference{text("policies"), text("roles"), {}, "roles"};
    references << RowReference{text("privileges"), text("roles"), {{"name", "grantee"}}};
    references << RowReference{text("privileges"), text("roles"), {{"name", "grantor"}}};
    return references;
}
} // namespace

bool RowReference::refersTo(const Json &row, const Json &named) const
{
    const bool names = std::ranges::all_of(members, [&](const auto &pair) {
        return member(row, pair.second) == member(named, pair.first);
    });
    if (!names)
        return false;
    // A type of the server's own is not an enum of that name.
    if (to == QLatin1String("enums") && member(row, "typeSchema") == "pg_catalog")
        return false;
    if (!list)
        return true;
    const Json &entries = member(row, list);
    return entries.is_array() && std::ranges::any_of(entries, [&](const Json &entry) {
               return nameIn(entry) == member(named, "name");
           });
}

void RowReference::relocate(Json &row, const Json &before, const Json &after) const
{
    if (list) {
        for (Json &entry : row[list]) {
            if (nameIn(entry) == member(before, "name"))
                (element ? entry[element] : entry) = member(after, "name");
        }
    }
    for (const auto &pair : members)
        row[pair.second] = member(after, pair.first);
}

const Json &RowReference::nameIn(const Json &entry) const
{
    static const Json none;
    if (!element)
        return entry;
    return entry.is_object() && !flagOf(entry, "isExpression") ? member(entry, element) : none;
}

const QList<RowReference> &referencesTo(const QString &type)
{
    static const QHash<QString, QList<RowReference>> byTarget = [] {
        QHash<QString, QList<RowReference>> found;
        for (const RowReference &reference : all())
            found[reference.to] << reference;
        return found;
    }();
    static const QList<RowReference> none;
    const auto it = byTarget.constFind(type);
    return it == byTarget.constEnd() ? none : *it;
}

} // namespace migrate
