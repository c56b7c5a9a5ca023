// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridquery.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr qint64 ViewRows = 1000;

QList<query::Filter> possible(const QList<query::Filter> &filters, const QList<RowsColumn> &columns)
{
    QList<query::Filter> kept;
    for (const query::Filter &filter : filters) {
        if (std::any_of(columns.cbegin(), columns.cend(),
                        [&](const RowsColumn &column) { return column.source == filter.column; }))
            kept.append(filter);
    }
    return kept;
}

RowsQuery viewQuery(const schema::View &view, const GridChoice &choice)
{
    schema::Table table;
    table.name = view.name;
    table.columns = view.columns;
    const QString alias = view.name.name;
    RowsQuery query{.columns = describe(table, alias, {}, {})};
    query.select.from = {.table = view.name, .alias = alias};
    for (const RowsColumn &column : std::as_const(query.columns))
        query.select.columns.append(column.source);
    query.select.filters = possible(choice.filters, query.columns);
    if (!choice.sort || !table.column(choice.sort->column.column)) {
        query.select.limit = ViewRows;
        return query;
    }
    query.paging = RowsQuery::Paging::Offset;
    query.select.sorts = {*choice.sort};
    query.chosenSorts = 1;
    // A view has no key: with all columns in the order, only rows that are equal may change places.
    for (const schema::Column &column : table.columns) {
        const query::ColumnRef source{alias, column.name};
        if (source != choice.sort->column && query::isSortable(column.type))
            query.select.sorts.append({.column = source});
    }
    return query;
}
} // namespace

std::optional<RowsQuery> gridQuery(const schema::Database &database, const schema::Name &name,
                                   const GridChoice &choice, const QString &tenantColumn,
                                   query::Storage storage)
{
    for (const schema::View &view : database.views) {
        if (view.name == name)
            return viewQuery(view, choice);
    }
    const schema::Table *table = database.table(name);
    if (!table)
        return std::nullopt;
    const QString alias = name.name;
    RowsQuery query{.columns = describe(*table, alias, database, tenantColumn),
                    .paging = RowsQuery::Paging::Keyset};
    QList<query::Sort> sorts;
    if (choice.sort && table->column(choice.sort->column.column)) {
        sorts.append(
            query::sortBy(*table, alias, choice.sort->column.column, choice.sort->descending));
        query.chosenSorts = 1;
    }
    query.select = query::pageOf(*table, alias, sorts, storage);
    query.select.filters = possible(choice.filters, query.columns);
    // The place of a row, where there is no key, comes as one more column.
    for (const query::ColumnRef &column :
         std::as_const(query.select.columns).sliced(query.columns.size()))
        query.columns.append({.name = column.column, .source = column, .hidden = true});
    return query;
}

std::optional<query::Sort> nextSort(const std::optional<query::Sort> &sort,
                                    const query::ColumnRef &column)
{
    if (!sort || sort->column != column)
        return query::Sort{.column = column};
    if (!sort->descending)
        return query::Sort{.column = column, .descending = true};
    return std::nullopt;
}

bool isSortable(const RowsColumn &column)
{
    return !column.source.column.isEmpty() && query::isSortable(column.typeText);
}

} // namespace studio
