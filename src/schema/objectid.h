// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace schema
{

/// What a live database is made of, whether a Drizzle schema can declare it or not.
enum class ObjectKind {
    Schema,
    Role,
    Extension,
    Table, ///< also a partitioned one
    Partition,
    ForeignTable,
    View,
    MaterializedView,
    Sequence,
    Index,
    Column,
    Default,
    Constraint, ///< also of a domain
    Policy,
    Trigger,
    Rule,
    Function,
    Procedure,
    Aggregate,
    Operator,
    Enum,
    Domain,
    Composite,
    Range,
    Collation,
    Statistics,
    Publication,
    EventTrigger,
    Other ///< `part` says in PostgreSQL's words what it is
};

/// One object of a live database.
struct ObjectId {
    ObjectKind kind = ObjectKind::Other;
    /// Its name; for what belongs to a table (Column, Default, Constraint, Policy, Trigger, Rule)
    /// the table's. Without a schema (not even public): Schema, Role, Extension, Publication and
    /// EventTrigger.
    Name name;
    /// Of what belongs to a table: its own name, a default's is its column's. Of a function,
    /// procedure, aggregate or operator: the arguments that tell it from others of the name. Else
    /// empty.
    QString part{};

    bool operator==(const ObjectId &) const = default;
};
size_t qHash(const ObjectId &id, size_t seed = 0) noexcept;

/// How SQL calls the kind: MATERIALIZED VIEW, FOREIGN TABLE; TABLE for a partition; empty for
/// Default and Other.
QString sqlName(ObjectKind kind);

} // namespace schema
