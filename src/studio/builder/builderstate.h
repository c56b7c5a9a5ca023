// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/relations.h"
#include "query/select.h"
#include "studio/widgets/rowscolumn.h"
#include "studio/widgets/rowssort.h"

namespace studio
{

/// One relation that was clicked: joins `edge.target` under `alias` to the table under `parent`.
struct BuilderJoin {
    QString parent; ///< an alias
    QString alias;
    query::Relation edge;
    bool operator==(const BuilderJoin &) const = default;
};

/// A filter as it is typed.
struct BuilderFilter {
    query::ColumnRef column;
    query::Operator op = query::Operator::Equal;
    QString text;
    bool operator==(const BuilderFilter &) const = default;
};

/// What was clicked and typed in the builder. A value: every change gives another one.
struct BuilderState {
    query::TableRef from; ///< an empty name: nothing is chosen
    QList<BuilderJoin> joins;
    QList<query::ColumnRef> columns; ///< none: all columns of `from`
    QList<BuilderFilter> filters;
    QList<query::Sort> sorts;
    qint64 limit = 50;
    bool operator==(const BuilderState &) const = default;

    bool isEmpty() const { return from.table.name.isEmpty(); }
};

/// The schemas that a state is about: what can be queried, and Drizzle's knowledge of it.
struct BuilderSchema {
    schema::Database database;
    schema::Database code;
    QString tenantColumn; ///< empty: the project has no tenants
};

/// A relation that can be clicked, in the order of the chips.
struct RelationChoice {
    QString parent; ///< the alias it starts from
    QString path;   ///< items.product
    query::Relation edge;
    bool isJoined = false;
};

BuilderState startWith(const schema::Name &table);
/// The relations of the table and of every joined one.
QList<RelationChoice> relationChoices(const BuilderState &state, const BuilderSchema &schema);
/// Joins the relation, with a column that says who the row is and, when all columns were shown, the
/// most telling ones of the table; or takes it away with everything on
/// it.
BuilderState toggleRelation(BuilderState state, const RelationChoice &choice,
                            const BuilderSchema &schema);
BuilderState toggleColumn(BuilderState state, const query::ColumnRef &column);
BuilderState addFilter(BuilderState state, const BuilderSchema &schema);
BuilderState addSort(BuilderState state, const query::ColumnRef &column,
                     const BuilderSchema &schema);
BuilderState sortedBy(BuilderState state, const query::ColumnRef &column, RowsSort how,
                      const BuilderSchema &schema);
/// Without what \a schema no longer has.
BuilderState pruned(BuilderState state, const BuilderSchema &schema);

/// orders, contact, items.product: how people read an alias.
QString pathOf(const BuilderState &state, const QString &alias);
schema::Name tableOf(const BuilderState &state, const QString &alias);
/// The columns of the table under \a alias.
QList<RowsColumn> columnsOf(const BuilderState &state, const QString &alias,
                            const BuilderSchema &schema);
/// The definition behind a reference; a column without a name when there is none.
RowsColumn columnAt(const BuilderState &state, const query::ColumnRef &column,
                    const BuilderSchema &schema);
/// All aliases, `from` first.
QStringList aliasesOf(const BuilderState &state);

/// The filter as the query has it; nothing while its value is not one of the column's type.
std::optional<query::Filter> complete(const BuilderFilter &filter, const RowsColumn &column);
query::Select toSelect(const BuilderState &state, const BuilderSchema &schema);
/// The columns that the result of toSelect() has.
QList<RowsColumn> resultColumns(const BuilderState &state, const BuilderSchema &schema);
/// The paths of joined relations that multiply rows.
QStringList multiplying(const BuilderState &state);

} // namespace studio
