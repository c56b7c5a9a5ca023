// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/column.h"
#include "schema/constraint.h"

#include <QList>

namespace schema
{

/// A table's or enum's name with its schema; public is the empty text, as in drizzle-kit's
/// snapshots.
struct Name {
    QString schema;
    QString name;
    auto operator<=>(const Name &) const = default;
    bool operator==(const Name &) const = default;
    /// public.contacts, auth.users: for people and for snapshot keys.
    QString qualified() const;
};
size_t qHash(const Name &name, size_t seed = 0) noexcept;

struct Table {
    Name name;
    QList<Column> columns; ///< in declared order
    QList<Index> indexes;
    QList<ForeignKey> foreignKeys;
    QList<PrimaryKey> primaryKeys; ///< none or one; columns with primaryKey are not repeated here
    QList<Unique> uniques;
    QList<Check> checks;
    QList<Policy> policies;
    bool rowLevelSecurity = false; ///< enableRLS() or ENABLE ROW LEVEL SECURITY
    /// Of a live table: it has policies, and row-level security is switched off all the same.
    bool policiesInactive = false;
    Origin origin;

    const Column *column(const QString &columnName) const;
    /// The columns of the primary key, whichever way it is declared; empty without one.
    QStringList keyColumns() const;
    bool operator==(const Table &) const = default;
};

struct Enum {
    Name name;
    QStringList values;
    Origin origin;
    bool operator==(const Enum &) const = default;
};

struct Sequence {
    Name name;
    SequenceOptions options;
    Origin origin;
    bool operator==(const Sequence &) const = default;
};

struct Role {
    QString name;
    bool createDb = false;
    bool createRole = false;
    bool inherit = true;
    Origin origin;
    bool operator==(const Role &) const = default;
};

struct View {
    Name name;
    bool materialized = false;
    bool existing = false; ///< declared with .existing(): produces no SQL
    QString definition;
    QList<Column> columns;
    QList<std::pair<QString, QString>> with; ///< options, keys in camelCase as in the snapshot
    std::optional<bool> withNoData;          ///< of a materialized view
    QString accessMethod;                    ///< of a materialized view, USING …; may be empty
    QString tablespace;                      ///< of a materialized view; may be empty
    Origin origin;
    bool operator==(const View &) const = default;
};

/// A relation of Drizzle's relations() or defineRelations(): knowledge of the code, not of the
/// database.
struct Relation {
    enum class Kind { One, Many };
    /// The table between the two of a many-to-many relation: its columns match Relation::columns,
    /// its targetColumns match Relation::targetColumns.
    struct Through {
        Name table;
        QStringList columns;
        QStringList targetColumns;
        bool operator==(const Through &) const = default;
    };
    Name table;
    QString name; ///< the key under which a query asks for it
    Kind kind = Kind::One;
    Name target;
    QStringList columns;       ///< of table; empty when the other side declares them
    QStringList targetColumns; ///< of target
    QString relationName;      ///< joins two sides when there are several; may be empty
    std::optional<Through> through{};
    Origin origin;
    bool operator==(const Relation &) const = default;
};

/// A database schema as a plain value. Order is the order of declaration.
struct Database {
    QStringList schemas; ///< declared schemas without public
    QList<Table> tables;
    QList<Enum> enums;
    QList<Sequence> sequences;
    QList<Role> roles;
    QList<View> views;
    QList<Policy> linkedPolicies; ///< policies .link()ed to tables outside the schema files
    QList<Relation> relations;

    const Table *table(const Name &name) const;
    const Enum *enumType(const Name &name) const;
    bool operator==(const Database &) const = default;
};

} // namespace schema
