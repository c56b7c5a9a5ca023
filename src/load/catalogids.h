// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/objectid.h"

#include <QHash>

#include <optional>
#include <vector>

namespace load
{

/// The numbers of PostgreSQL's own catalogs; they are the same in every version.
enum class CatalogClass : quint32 {
    Type = 1247,
    Function = 1255,
    Relation = 1259,
    EventTrigger = 3466,
    Default = 2604,
    Constraint = 2606,
    Schema = 2615,
    Operator = 2617,
    Rule = 2618,
    Trigger = 2620,
    Extension = 3079,
    Policy = 3256,
    Statistics = 3381,
    Collation = 3456,
    Publication = 6104,
};

/// Which object is meant by the numbers of a dependency, a comment or a right. Objects are known by
/// small numbers of their own.
class CatalogIds
{
public:
    using Number = quint32;

    Number add(CatalogClass catalog, quint32 oid, const schema::ObjectId &id);
    /// Another number for an object that is known: a view's rule, an array of a type.
    void alias(quint32 catalog, quint32 oid, Number number);
    /// A column: \a attribute counts from 1.
    void setColumnName(quint32 relation, int attribute, const QString &name);

    /// Of \a attribute 0 the whole object. Nothing for what was not added.
    std::optional<Number> find(quint32 catalog, quint32 oid, int attribute = 0);
    std::optional<Number> find(CatalogClass catalog, quint32 oid, int attribute = 0)
    {
        return find(quint32(catalog), oid, attribute);
    }
    const schema::ObjectId &at(Number number) const { return m_ids[number]; }
    /// The relation that a column is of; nothing for what is no column.
    std::optional<Number> relationOf(Number column) const;
    /// The column's name, or nothing.
    QString columnName(quint32 relation, int attribute) const;

private:
    static quint64 key(quint32 high, quint32 low) { return quint64(high) << 32 | low; }

    std::vector<schema::ObjectId> m_ids;
    QHash<quint64, Number> m_numbers;       ///< by catalog and oid
    QHash<quint64, Number> m_columnNumbers; ///< by relation and attribute
    QHash<quint64, QString> m_columnNames;  ///< by relation and attribute
    QHash<Number, Number> m_relations;      ///< of columns
};

} // namespace load
