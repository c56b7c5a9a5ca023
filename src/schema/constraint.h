// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace schema
{

struct IndexColumn {
    QString expression; ///< a column name, or SQL when isExpression
    bool isExpression = false;
    bool ascending = true;
    QString nulls = QStringLiteral("last"); ///< first, last
    QString operatorClass;                  ///< empty: the type's default
    bool operator==(const IndexColumn &) const = default;
};

struct Index {
    QString name;
    QList<IndexColumn> columns;
    bool isUnique = false;
    QString where; ///< the predicate of a partial index, SQL, or empty
    bool concurrently = false;
    QString method = QStringLiteral("btree");
    QList<std::pair<QString, QString>> with; ///< storage parameters: name, value
    bool invalid = false; ///< of a live index: left over from a failed build, no query uses it
    Origin origin;
    bool operator==(const Index &) const = default;
};

struct ForeignKey {
    QString name;
    QStringList columns;
    QString targetSchema; ///< empty for public
    QString targetTable;
    QStringList targetColumns;
    QString onDelete = QStringLiteral("no action"); ///< as it was written, mostly in lower case
    QString onUpdate = QStringLiteral("no action");
    Origin origin;
    bool operator==(const ForeignKey &) const = default;
};

/// A primary key that is declared on the table (of two or more columns, or by primaryKey({…})).
struct PrimaryKey {
    QString name;
    QStringList columns;
    Origin origin{};
    bool operator==(const PrimaryKey &) const = default;
};

struct Unique {
    QString name;
    QStringList columns;
    bool nullsNotDistinct = false;
    Origin origin;
    bool operator==(const Unique &) const = default;
};

struct Check {
    QString name;
    QString expression;
    Origin origin;
    bool operator==(const Check &) const = default;
};

/// A row-level security policy.
struct Policy {
    QString name;
    QString as = QStringLiteral("PERMISSIVE"); ///< PERMISSIVE, RESTRICTIVE
    QString command = QStringLiteral("ALL");   ///< ALL, SELECT, INSERT, UPDATE, DELETE
    QStringList roles;                         ///< sorted
    std::optional<QString> usingExpression;
    std::optional<QString> withCheck;
    QString onSchema; ///< of a linked policy: its table's schema, also public; empty in a table
    QString on;       ///< of a linked policy: its table as SQL, "auth"."users"; empty in a table
    Origin origin;
    bool operator==(const Policy &) const = default;
};

} // namespace schema
