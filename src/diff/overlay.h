// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

#include <optional>

namespace diff
{

/// Where a thing exists, for the marks of the tree.
enum class Presence {
    Unknown, ///< nothing was compared: only the code is known, or the comparison failed
    Both,
    InCode,
    InDatabase,
    Differs, ///< in both, but a change is about it or something in it; `note` says what differs
};

/// A node of code and database laid over each other. Plain values for an item model.
struct OverlayNode {
    enum class Kind {
        Schema,
        Table,
        Column,
        Index, ///< or a unique constraint
        ForeignKey,
        Relation,
        EnumGroup,
        Enum,
        EnumValue,
        Check,
        Policy,
        ViewGroup,
        View,
        SequenceGroup,
        Sequence,
        RoleGroup,
        Role
    };
    Kind kind = Kind::Schema;
    QString name;
    QString detail; ///< a column's type, an index's columns, a relation's target
    Presence presence = Presence::Unknown;
    QString note;       ///< what differs, in words; for a tooltip
    schema::Name owner; ///< the table, enum, view, sequence or role this node is or belongs to
    bool primaryKey = false;
    bool notNull = false;
    schema::FilledByCode filledByCode; ///< of a column
    schema::Origin origin;             ///< place in the code, when it is in code
    QList<OverlayNode> children;
};

/// Whether a node of \a kind only holds others of one kind.
bool isGroup(OverlayNode::Kind kind);

/// Code and database as one tree; either may be null. Schemas, then under each its tables (columns,
/// indexes, foreign keys, checks, policies, relations) in order of name, then its views, sequences
/// and enums; the roles last. The marks are those of \a difference, the changes that turn
/// \a database into \a code; without one every presence is Unknown.
QList<OverlayNode> overlay(const schema::Database *code, const schema::Database *database,
                           const Difference *difference);

} // namespace diff
