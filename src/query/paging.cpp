// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/paging.h"

#include <algorithm>

namespace query
{

namespace
{

const QString rowPlace = QStringLiteral("ctid");

bool isNullable(const schema::Table &table, const QString &column)
{
    if (column == rowPlace || table.keyColumns().contains(column))
        return false;
    const schema::Column *found = table.column(column);
    return !found || !found->notNull;
}

QStringList uniqueColumns(const schema::Table &table)
{
    if (const QStringList key = table.keyColumns(); !key.isEmpty())
        return key;
    for (const schema::Unique &unique : table.uniques) {
        const auto nullable = [&](const QString &column) { return isNullable(table, column); };
        if (!unique.columns.isEmpty() && std::ranges::none_of(unique.columns, nullable))
            return unique.columns;
    }
    return {rowPlace};
}

} // namespace

bool isSortable(const QString &type)
{
    static const QStringList unordered{
        QStringLiteral("json"),    QStringLiteral("xml"),  QStringLiteral("point"),
        QStringLiteral("line"),    QStringLiteral("lseg"), QStringLiteral("box"),
        QStringLiteral("polygon"), QStringLiteral("path"), QStringLiteral("circle"),
    };
    QString base = type.section(u'(', 0, 0).trimmed();
    while (base.endsWith(QStringLiteral("[]")))
        base.chop(2);
    return !unordered.contains(base);
}

Sort sortBy(const schema::Table &table, const QString &alias, const QString &column,
            bool descending)
{
    return {{alias, column}, descending, isNullable(table, column)};
}

Select withKey(Select select, const schema::Table &table)
{
    const bool descending = !select.sorts.isEmpty() && select.sorts.last().descending;
    for (const QString &name : uniqueColumns(table)) {
        const ColumnRef column{select.from.alias, name};
        const auto same = [&](const Sort &sort) { return sort.column == column; };
        if (std::ranges::none_of(select.sorts, same))
            select.sorts << Sort{column, descending, false};
    }
    return select;
}

Select pageOf(const schema::Table &table, const QString &alias, const QList<Sort> &sorts)
{
    Select select;
    select.from = {table.name, alias};
    select.sorts = sorts;
    for (const schema::Column &column : table.columns)
        select.columns << ColumnRef{alias, column.name};
    select = withKey(std::move(select), table);
    const ColumnRef place{alias, rowPlace};
    if (select.sorts.last().column == place)
        select.columns << place;
    return select;
}

std::optional<Keyset> keysetOf(const Select &select, const QList<sql::Parameter> &row,
                               bool backwards)
{
    Keyset keyset;
    keyset.backwards = backwards;
    for (const Sort &sort : select.sorts) {
        const qsizetype index = select.columns.indexOf(sort.column);
        if (index < 0 || index >= row.size())
            return std::nullopt;
        keyset.values << row.at(index);
    }
    return keyset;
}

} // namespace query
