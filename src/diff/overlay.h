// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <optional>

namespace diff
{

/// Where a thing exists, for the marks of the tree.
enum class Presence {
    Unknown, ///< no connection yet: only the code is known
    Both,
    InCode,
    InDatabase,
    Differs, ///< in both, but a name, type or nullability inside differs; `note` says what
};

/// A node of code and database laid over each other. Plain values for an item model.
struct OverlayNode {
    enum class Kind {
        Schema,
        Table,
        Column,
        Index,
        ForeignKey,
        Relation,
        EnumGroup,
        Enum,
        EnumValue,
        Check,
        Policy
    };
    Kind kind = Kind::Schema;
    QString name;
    QString detail; ///< a column's type, an index's columns, a relation's target
    Presence presence = Presence::Unknown;
    QString note;       ///< what differs, in words; for a tooltip
    schema::Name owner; ///< the table or enum this node is or belongs to
    bool primaryKey = false;
    bool notNull = false;
    schema::FilledByCode filledByCode; ///< of a column
    schema::Origin origin;             ///< place in the code, when it is in code
    QList<OverlayNode> children;
};

/// Code and database as one tree, by name, type and nullability. Schemas, then under each its
/// tables (columns, indexes, foreign keys, checks, policies, relations) in order of name, then its
/// enums. Without \a database every presence is Unknown; without \a code everything is InDatabase.
QList<OverlayNode> overlay(const std::optional<schema::Database> &code,
                           const std::optional<schema::Database> &database);

} // namespace diff
