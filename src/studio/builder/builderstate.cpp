// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/builderstate.h"

#include "query/paging.h"
#include "studio/widgets/filtertext.h"

#include <algorithm>

namespace studio
{

namespace
{
/// o for orders, oi for order_items; with a number when that is taken.
QString aliasFor(const schema::Name &table, const QStringList &taken)
{
    QString initials;
    for (const QString &word : table.name.split(QLatin1Char('_'), Qt::SkipEmptyParts))
        initials += word.front().toLower();
    if (initials.isEmpty() || !initials.front().isLetter())
        initials = QStringLiteral("t");
    QString alias = initials;
    for (int number = 2; taken.contains(alias); ++number)
        alias = initials + QString::number(number);
    return alias;
}

/// The key and the first columns that say something themselves, neither another row's key nor the
/// tenant's: enough to read what is joined beside them.
QList<query::ColumnRef> telling(const schema::Table &table, const QString &alias,
                                const BuilderSchema &schema)
{
    constexpr qsizetype most = 5;
    QStringList references{schema.tenantColumn};
    for (const schema::ForeignKey &key : table.foreignKeys)
        references += key.columns;
    QList<query::ColumnRef> columns;
    for (const QString &name : table.keyColumns())
        columns.append({.alias = alias, .column = name});
    for (const schema::Column &column : table.columns) {
        const query::ColumnRef reference{.alias = alias, .column = column.name};
        if (columns.size() < most && !references.contains(column.name) &&
            !columns.contains(reference))
            columns.append(reference);
    }
    return columns;
}

/// Outside of an inner join once one of the joins on the way is a left one.
query::JoinKind kindOf(const BuilderState &state, const BuilderJoin &join)
{
    if (join.edge.many || join.edge.optional)
        return query::JoinKind::Left;
    for (const BuilderJoin &parent : state.joins) {
        if (parent.alias == join.parent)
            return kindOf(state, parent);
    }
    return query::JoinKind::Inner;
}

BuilderState withoutAlias(BuilderState state, const QString &alias)
{
    QStringList gone{alias};
    for (const BuilderJoin &join : std::as_const(state.joins)) {
        if (gone.contains(join.parent))
            gone.append(join.alias);
    }
    state.joins.removeIf([&](const BuilderJoin &join) { return gone.contains(join.alias); });
    state.columns.removeIf(
        [&](const query::ColumnRef &column) { return gone.contains(column.alias); });
    state.filters.removeIf(
        [&](const BuilderFilter &filter) { return gone.contains(filter.column.alias); });
    state.sorts.removeIf([&](const query::Sort &sort) { return gone.contains(sort.column.alias); });
    return state;
}
} // namespace

BuilderState startWith(const schema::Name &table)
{
    BuilderState state;
    state.from = {.table = table, .alias = aliasFor(table, {})};
    return state;
}

QStringList aliasesOf(const BuilderState &state)
{
    QStringList aliases{state.from.alias};
    for (const BuilderJoin &join : state.joins)
        aliases.append(join.alias);
    return aliases;
}

schema::Name tableOf(const BuilderState &state, const QString &alias)
{
    for (const BuilderJoin &join : state.joins) {
        if (join.alias == alias)
            return join.edge.target;
    }
    return state.from.table;
}

QString pathOf(const BuilderState &state, const QString &alias)
{
    for (const BuilderJoin &join : state.joins) {
        if (join.alias != alias)
            continue;
        return join.parent == state.from.alias
                   ? join.edge.name
                   : pathOf(state, join.parent) + QLatin1Char('.') + join.edge.name;
    }
    return state.from.table.name;
}

QList<RelationChoice> relationChoices(const BuilderState &state, const BuilderSchema &schema)
{
    QList<RelationChoice> choices;
    if (state.isEmpty())
        return choices;
    for (const QString &alias : aliasesOf(state)) {
        const bool isFirst = alias == state.from.alias;
        const auto cameAlong =
            std::find_if(state.joins.cbegin(), state.joins.cend(),
                         [&](const BuilderJoin &join) { return join.alias == alias; });
        const QList<query::Relation> edges =
            query::relationsOf(tableOf(state, alias), schema.database, schema.code);
        for (const query::Relation &edge : edges) {
            const bool isWayBack = !isFirst && edge.columns == cameAlong->edge.targetColumns &&
                                   edge.targetColumns == cameAlong->edge.columns &&
                                   edge.target == tableOf(state, cameAlong->parent);
            if (isWayBack)
                continue;
            const bool isJoined =
                std::any_of(state.joins.cbegin(), state.joins.cend(), [&](const BuilderJoin &join) {
                    return join.parent == alias && join.edge.name == edge.name;
                });
            choices.append(
                {.parent = alias,
                 .path = isFirst ? edge.name : pathOf(state, alias) + QLatin1Char('.') + edge.name,
                 .edge = edge,
                 .isJoined = isJoined});
        }
    }
    return choices;
}

BuilderState toggleRelation(BuilderState state, const RelationChoice &choice,
                            const BuilderSchema &schema)
{
    for (const BuilderJoin &join : std::as_const(state.joins)) {
        if (join.parent == choice.parent && join.edge.name == choice.edge.name)
            return withoutAlias(std::move(state), join.alias);
    }
    const QString alias = aliasFor(choice.edge.target, aliasesOf(state));
    state.joins.append({.parent = choice.parent, .alias = alias, .edge = choice.edge});
    const schema::Table *target = schema.database.table(choice.edge.target);
    const QString label = target ? query::labelColumn(*target) : QString();
    if (label.isEmpty())
        return state;
    if (state.columns.isEmpty())
        state.columns = telling(*schema.database.table(state.from.table), state.from.alias, schema);
    state.columns.append({.alias = alias, .column = label});
    return state;
}

BuilderState toggleColumn(BuilderState state, const query::ColumnRef &column)
{
    if (!state.columns.removeOne(column))
        state.columns.append(column);
    return state;
}

BuilderState addFilter(BuilderState state, const BuilderSchema &schema)
{
    const QList<RowsColumn> columns = columnsOf(state, state.from.alias, schema);
    if (columns.isEmpty())
        return state;
    const auto plain = std::find_if(columns.cbegin(), columns.cend(), [](const RowsColumn &column) {
        return !column.primaryKey && !column.tenant && column.typeClass == rows::TypeClass::Text;
    });
    const RowsColumn &column = plain == columns.cend() ? columns.first() : *plain;
    state.filters.append({.column = column.source, .op = operatorsFor(column).first()});
    return state;
}

BuilderState addSort(BuilderState state, const query::ColumnRef &column,
                     const BuilderSchema &schema)
{
    const schema::Table *table = schema.database.table(tableOf(state, column.alias));
    const auto same = [&](const query::Sort &sort) { return sort.column == column; };
    if (!table || std::any_of(state.sorts.cbegin(), state.sorts.cend(), same))
        return state;
    query::Sort sort = query::sortBy(*table, column.alias, column.column, false);
    sort.nullable = sort.nullable || column.alias != state.from.alias;
    state.sorts.append(sort);
    return state;
}

BuilderState sortedBy(BuilderState state, const query::ColumnRef &column, RowsSort how,
                      const BuilderSchema &schema)
{
    BuilderState alone = state;
    alone.sorts.clear();
    alone = addSort(std::move(alone), column, schema);
    if (!alone.sorts.isEmpty())
        state.sorts = resorted(state.sorts, alone.sorts.first(), how);
    return state;
}

BuilderState pruned(BuilderState state, const BuilderSchema &schema)
{
    if (!schema.database.table(state.from.table))
        return {.limit = state.limit};
    const QList<BuilderJoin> joins = state.joins;
    for (const BuilderJoin &join : joins) {
        const QList<query::Relation> edges =
            query::relationsOf(tableOf(state, join.parent), schema.database, schema.code);
        const auto found =
            std::find_if(edges.cbegin(), edges.cend(),
                         [&](const query::Relation &edge) { return edge.name == join.edge.name; });
        const auto place = std::find(state.joins.begin(), state.joins.end(), join);
        if (place == state.joins.end())
            continue;
        if (found == edges.cend())
            state = withoutAlias(std::move(state), join.alias);
        else
            place->edge = *found;
    }
    const auto isGone = [&](const query::ColumnRef &column) {
        return columnAt(state, column, schema).name.isEmpty();
    };
    QList<query::ColumnRef> columns = state.columns;
    QList<BuilderFilter> filters = state.filters;
    QList<query::Sort> sorts = state.sorts;
    columns.removeIf(isGone);
    filters.removeIf([&](const BuilderFilter &filter) { return isGone(filter.column); });
    sorts.removeIf([&](const query::Sort &sort) { return isGone(sort.column); });
    state.columns = columns;
    state.filters = filters;
    state.sorts = sorts;
    return state;
}

QList<RowsColumn> columnsOf(const BuilderState &state, const QString &alias,
                            const BuilderSchema &schema)
{
    const schema::Table *table = schema.database.table(tableOf(state, alias));
    return table ? describe(*table, alias, schema.database, schema.tenantColumn)
                 : QList<RowsColumn>();
}

RowsColumn columnAt(const BuilderState &state, const query::ColumnRef &column,
                    const BuilderSchema &schema)
{
    for (const RowsColumn &candidate : columnsOf(state, column.alias, schema)) {
        if (candidate.source == column)
            return candidate;
    }
    return {};
}

std::optional<query::Filter> complete(const BuilderFilter &filter, const RowsColumn &column)
{
    // Nothing typed yet is no condition; empty texts are found by a filter of the grid.
    if (needsValue(filter.op) && filter.text.isEmpty())
        return std::nullopt;
    const bool dependsOnType =
        filter.op == query::Operator::LastDays || filter.op == query::Operator::HasKey;
    const query::Filter whole{.column = filter.column,
                              .op = filter.op,
                              .values = valuesFromText(filter.op, filter.text),
                              .type = dependsOnType ? column.typeText : QString()};
    if (!isPlausible(whole, column.typeClass))
        return std::nullopt;
    // An enum has a known set of values: half of one is none.
    const bool isListed = whole.op == query::Operator::Equal ||
                          whole.op == query::Operator::NotEqual || whole.op == query::Operator::In;
    if (isListed && !column.choices.isEmpty()) {
        for (const QString &value : whole.values) {
            if (!column.choices.contains(value))
                return std::nullopt;
        }
    }
    return whole;
}

query::Select toSelect(const BuilderState &state, const BuilderSchema &schema)
{
    query::Select select;
    select.from = state.from;
    select.columns = state.columns;
    select.sorts = state.sorts;
    select.limit = state.limit;
    for (const BuilderJoin &join : state.joins) {
        query::Join joined{.kind = kindOf(state, join),
                           .table = {.table = join.edge.target, .alias = join.alias}};
        for (qsizetype i = 0; i < join.edge.columns.size(); ++i) {
            joined.on.append({{.alias = join.parent, .column = join.edge.columns.at(i)},
                              {.alias = join.alias, .column = join.edge.targetColumns.at(i)}});
        }
        select.joins.append(joined);
    }
    for (const BuilderFilter &filter : state.filters) {
        if (const auto whole = complete(filter, columnAt(state, filter.column, schema)))
            select.filters.append(*whole);
    }
    return select;
}

QList<RowsColumn> resultColumns(const BuilderState &state, const BuilderSchema &schema)
{
    if (state.columns.isEmpty())
        return columnsOf(state, state.from.alias, schema);
    QList<RowsColumn> columns;
    for (const query::ColumnRef &column : state.columns) {
        RowsColumn shown = columnAt(state, column, schema);
        shown.primaryKey = false;
        if (!state.joins.isEmpty())
            shown.origin = pathOf(state, column.alias);
        columns.append(shown);
    }
    return columns;
}

QStringList multiplying(const BuilderState &state)
{
    QStringList paths;
    for (const BuilderJoin &join : state.joins) {
        if (join.edge.many)
            paths.append(pathOf(state, join.alias));
    }
    return paths;
}

} // namespace studio
