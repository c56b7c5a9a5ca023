// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/database.h"

#include <QHashFunctions>

#include <algorithm>

namespace schema
{

namespace
{
template <typename List, typename Wanted> auto find(const List &list, const Wanted &wanted)
{
    const auto it = std::ranges::find(list, wanted, [](const auto &entry) { return entry.name; });
    return it == list.end() ? nullptr : &*it;
}
} // namespace

QString Name::qualified() const
{
    return (schema.isEmpty() ? QStringLiteral("public") : schema) + u'.' + name;
}

size_t qHash(const Name &name, size_t seed) noexcept
{
    return qHashMulti(seed, name.schema, name.name);
}

const Column *Table::column(const QString &columnName) const
{
    return find(columns, columnName);
}

QStringList Table::keyColumns() const
{
    if (!primaryKeys.isEmpty())
        return primaryKeys.first().columns;
    QStringList key;
    for (const Column &candidate : columns) {
        if (candidate.primaryKey)
            key << candidate.name;
    }
    return key;
}

const Table *Database::table(const Name &name) const
{
    return find(tables, name);
}

const Enum *Database::enumType(const Name &name) const
{
    return find(enums, name);
}

} // namespace schema
