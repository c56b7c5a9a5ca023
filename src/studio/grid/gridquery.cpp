// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridquery.h"

#include "query/cuts.h"
#include "query/relations.h"
#include "query/search.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr qint64 ViewRows = 1000;

/// Puts what is chosen and can be met into \a select: filters on columns that are there, with the
/// columns' types.
void narrow(query::Select &select, const GridChoice &choice, const schema::Table &table)
{
    for (const GridFilter &chosen : choice.filters) {
        if (!chosen.isOn)
            continue;
        if (!chosen.written.isEmpty()) {
            select.written << chosen.written;
            continue;
        }
        const schema::Column *column = table.column(chosen.filter.column.column);
        if (!column)
            continue;
        select.filters << chosen.filter;
        select.filters.last().type = column->type;
    }
    select.search = query::searchOf(table, select.from.alias, choice.search);
}

bool isKeyless(const query::Select &select)
{
    return std::ranges::any_of(select.sorts, [](const query::Sort &sort) {
        return sort.column.column == QStringLiteral("ctid");
    });
}

/// The beginning of a value finds no rows of other tables, or those of another one.
QList<query::Cut> cutsOf(const query::Select &page, const schema::Table &table,
                         const schema::Database &database, const schema::Database &code)
{
    QList<query::Cut> cuts = query::cutsOf(page, table, database);
    for (const query::Relation &relation : query::relationsOf(table.name, database, code))
        cuts.removeIf(
            [&](const query::Cut &cut) { return relation.keyColumns.contains(cut.column.column); });
    return cuts;
}

/// The rows of what has no key.
RowsQuery keylessQuery(const schema::Table &table, const GridChoice &choice, RowsQuery query)
{
    const QString alias = table.name.name;
    query.select = {.from = {.table = table.name, .alias = alias}};
    query.paging = RowsQuery::Paging::None;
    for (const RowsColumn &column : std::as_const(query.columns))
        query.select.columns.append(column.source);
    narrow(query.select, choice, table);
    for (const query::Sort &sort : choice.sorts) {
        if (table.column(sort.column.column))
            query.select.sorts << sort;
    }
    query.chosenSorts = query.select.sorts.size();
    if (query.chosenSorts == 0) {
        query.select.limit = ViewRows;
        return query;
    }
    query.paging = RowsQuery::Paging::Offset;
    // With all columns in the order, only rows that are equal may change places.
    for (const schema::Column &column : table.columns) {
        const query::ColumnRef source{alias, column.name};
        const auto isIt = [&](const query::Sort &sort) { return sort.column == source; };
        if (query::isSortable(column.type) && std::ranges::none_of(choice.sorts, isIt))
            query.select.sorts.append({.column = source});
    }
    return query;
}
} // namespace

std::optional<RowsQuery> gridQuery(const schema::Database &database, const schema::Name &name,
                                   const GridChoice &choice, const QString &tenantColumn,
                                   query::Storage storage, const schema::Database &code,
                                   ValueLength length)
{
    const schema::Table *table = database.table(name);
    if (!table) {
        const std::optional<schema::Table> view = shownTable(database, name);
        return view ? std::optional(keylessQuery(*view, choice,
                                                 {.columns = describe(*view, name.name, {}, {})}))
                    : std::nullopt;
    }
    const QString alias = name.name;
    RowsQuery query{.columns = describe(*table, alias, database, tenantColumn),
                    .paging = RowsQuery::Paging::Keyset};
    QList<query::Sort> sorts;
    for (const query::Sort &sort : choice.sorts) {
        if (table->column(sort.column.column))
            sorts.append(query::sortBy(*table, alias, sort.column.column, sort.descending));
    }
    query.chosenSorts = sorts.size();
    query.select = query::pageOf(*table, alias, sorts, storage);
    narrow(query.select, choice, *table);
    if (!query.select.written.isEmpty() && isKeyless(query.select))
        return keylessQuery(*table, choice, query);
    // The place of a row, where there is no key, comes as one more column.
    for (const query::ColumnRef &column :
         std::as_const(query.select.columns).sliced(query.columns.size()))
        query.columns.append({.name = column.column, .source = column, .hidden = true});
    query.isOfAllColumns = query.select.columns.size() == table->columns.size();
    query.key = query::rowKey(*table, alias, storage);
    query::Select &select = query.select;
    (length == ValueLength::Any ? select.cuts : query.spareCuts) =
        cutsOf(select, *table, database, code);
    if (!query.select.cuts.isEmpty())
        query.columns.append({.name = query::sizesColumn, .hidden = true});
    return query;
}

std::optional<schema::Table> shownTable(const schema::Database &database, const schema::Name &name)
{
    if (const schema::Table *table = database.table(name))
        return *table;
    for (const schema::View &view : database.views) {
        if (view.name != name)
            continue;
        schema::Table table;
        table.name = view.name;
        table.columns = view.columns;
        return table;
    }
    return std::nullopt;
}

query::Select wholeOf(const RowsQuery &query)
{
    query::Select select = query.select;
    select.limit.reset();
    select.cuts.clear();
    // The order of storage is what comes without an order, and costs no sorting.
    if (isKeyless(select))
        select.sorts = select.sorts.first(query.chosenSorts);
    select.columns.removeIf([&](const query::ColumnRef &column) {
        return std::ranges::any_of(query.columns, [&](const RowsColumn &shown) {
            return shown.hidden && shown.source == column;
        });
    });
    return select;
}

bool isSortable(const RowsColumn &column)
{
    return !column.source.column.isEmpty() && query::isSortable(column.typeText);
}

} // namespace studio
