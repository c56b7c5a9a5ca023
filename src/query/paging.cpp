// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/paging.h"

#include <algorithm>

namespace query
{

namespace
{

const QString rowPlace = QStringLiteral("ctid");
const QString rowTable = QStringLiteral("tableoid");

bool isNullable(const schema::Table &table, const QString &column)
{
    if (column == rowPlace || column == rowTable || table.keyColumns().contains(column))
        return false;
    const schema::Column *found = table.column(column);
    return !found || !found->notNull;
}

QStringList uniqueColumns(const schema::Table &table, Storage storage)
{
    if (const QStringList key = table.keyColumns(); !key.isEmpty())
        return key;
    for (const schema::Unique &unique : table.uniques) {
        const auto nullable = [&](const QString &column) { return isNullable(table, column); };
        if (!unique.columns.isEmpty() && std::ranges::none_of(unique.columns, nullable))
            return unique.columns;
    }
    return storage == Storage::Partitions ? QStringList{rowTable, rowPlace} : QStringList{rowPlace};
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

QList<ColumnRef> rowKey(const schema::Table &table, const QString &alias, Storage storage)
{
    QList<ColumnRef> key;
    for (const QString &name : uniqueColumns(table, storage))
        key << ColumnRef{alias, name};
    return key;
}

Select withKey(Select select, const schema::Table &table, Storage storage)
{
    const bool descending = !select.sorts.isEmpty() && select.sorts.last().descending;
    for (const ColumnRef &column : rowKey(table, select.from.alias, storage)) {
        const auto same = [&](const Sort &sort) { return sort.column == column; };
        if (std::ranges::none_of(select.sorts, same))
            select.sorts << Sort{column, descending, false};
    }
    return select;
}

Select pageOf(const schema::Table &table, const QString &alias, const QList<Sort> &sorts,
              Storage storage)
{
    Select select;
    select.from = {table.name, alias};
    select.sorts = sorts;
    for (const schema::Column &column : table.columns)
        select.columns << ColumnRef{alias, column.name};
    select = withKey(std::move(select), table, storage);
    for (const QString &place : {rowTable, rowPlace}) {
        const ColumnRef column{alias, place};
        if (std::ranges::any_of(select.sorts, [&](const Sort &s) { return s.column == column; }))
            select.columns << column;
    }
    return select;
}

bool isByPlace(const Select &select)
{
    return select.joins.isEmpty() && select.sorts.size() == 1 &&
           select.sorts.first().column == ColumnRef{select.from.alias, rowPlace};
}

qint64 blockOf(const sql::Parameter &place)
{
    if (!place || !place->startsWith('('))
        return -1;
    bool isNumber = false;
    const qint64 block = place->mid(1, place->indexOf(',') - 1).toLongLong(&isNumber);
    return isNumber ? block : -1;
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
