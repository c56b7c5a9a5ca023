// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "rows/page.h"

#include <QHash>
#include <QStringList>

namespace studio
{

/// A column as the grid shows it: what the schema knows of it, or only what the server described.
struct RowsColumn {
    QString name;
    QString typeText; ///< short, for the header: uuid, varchar, timestamptz, enum; may be empty
    rows::TypeClass typeClass = rows::TypeClass::Text;
    std::optional<rows::TypeClass> elements = {}; ///< of an array
    query::ColumnRef source; ///< what sorts and filters refer to; an empty column: a computed value
    QString origin; ///< shown instead of the type where columns of several tables meet: contact
    bool primaryKey = false;
    bool nullable = true;
    bool tenant = false; ///< holds the tenant's id
    QStringList choices; ///< an enum's values, to choose from instead of typing
    /// What a value stands for: the tenants' names, the rows that a foreign key refers to.
    QHash<QString, QString> labels;
    /// The columns whose values together are what stands for something, by position; empty: the
    /// column's own.
    QList<int> labelBy;
    bool refers = false; ///< leads to a row of another table
    bool hidden = false; ///< fetched for paging only
    bool operator==(const RowsColumn &) const = default;
};

/// The values of RowsColumn::labelBy as one key of RowsColumn::labels.
QString labelKey(const QStringList &values);

/// The columns of \a table under \a alias, in declared order.
QList<RowsColumn> describe(const schema::Table &table, const QString &alias,
                           const schema::Database &database, const QString &tenantColumn);

/// timestamp with time zone → timestamptz, character varying(40) → varchar: for a narrow header.
QString shortType(const QString &type);

/// How values of a type are laid out, by the type's name; arrays are text.
rows::TypeClass typeClassOf(const QString &type);
/// The same of an array's elements; nothing for what is none. A box has commas of its own.
std::optional<rows::TypeClass> elementClassOf(const QString &type);

/// The columns of a result that has come: by position and name what \a known says of them, and for
/// the others what the server said.
QList<RowsColumn> describeResult(const QList<rows::ResultColumn> &result,
                                 const QList<RowsColumn> &known);

/// A first width in pixels for a column of this type and title.
int initialWidth(const RowsColumn &column);

} // namespace studio
