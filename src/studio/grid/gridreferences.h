// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/relations.h"
#include "query/select.h"
#include "studio/widgets/rowscolumn.h"

#include <QMap>

namespace studio
{

/// A column of a grid that leads to a row of another table.
struct GridReference {
    QString column;      ///< in which it is shown: of several the last that is not the tenant's
    int position = -1;   ///< of `column` in the grid
    QStringList columns; ///< whose values are those of…
    QStringList targetColumns; ///< …these, of which no two rows of the target have the same
    QList<int> positions;      ///< of `columns` in the grid
    QString label;             ///< the target's column that stands for a row; empty: none
    QStringList labels;        ///< those that can
    QList<query::Cut> cuts;    ///< of `label`, where its values may be long
    query::Relation relation;
    bool operator==(const GridReference &) const = default;
};

/// Where the columns of a grid of \a table lead to, each to one table: a key of the database before
/// a relation that only the code knows. \a chosen are labels by column, see GridChoice.
QList<GridReference> gridReferences(const schema::Database &database, const schema::Database &code,
                                    const schema::Name &table, const QList<RowsColumn> &columns,
                                    const QMap<QString, QString> &chosen);

/// The target's rows: the targetColumns, then the label where there is one, made short as a cell
/// is.
query::Select targetRows(const GridReference &reference);

/// Rows of another table that refer to a row of the grid.
struct GridIncoming {
    query::Relation relation;
    QList<int> positions; ///< of relation.columns in the grid
    bool operator==(const GridIncoming &) const = default;
};

QList<GridIncoming> gridIncoming(const schema::Database &database, const schema::Database &code,
                                 const schema::Name &table, const QList<RowsColumn> &columns);

/// The target's rows that meet a row with these \a values in the relation's columns.
query::Select incomingSelect(const query::Relation &relation, const QStringList &values);

} // namespace studio
