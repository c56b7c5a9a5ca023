// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <variant>

namespace diff
{

/// What a change or a question is about.
enum class Kind {
    Schema,
    Table,
    Column,
    Enum,
    EnumValue,
    View,
    Sequence,
    Role,
    Policy,
    Index,
    PrimaryKey,
    ForeignKey,
    Unique,
    Check
};

// clang-format off
// Typed changes, never SQL. `table` names the table as it is called after the change.
struct AddSchema { QString schema; bool operator==(const AddSchema &) const = default; };
struct DropSchema { QString schema; bool operator==(const DropSchema &) const = default; };
struct AddTable { schema::Table table; bool operator==(const AddTable &) const = default; };
struct DropTable { schema::Table table; bool operator==(const DropTable &) const = default; };
struct SetRowLevelSecurity { schema::Name table; bool enabled = false; bool operator==(const SetRowLevelSecurity &) const = default; };
struct AddColumn { schema::Name table; schema::Column column; bool operator==(const AddColumn &) const = default; };
struct DropColumn { schema::Name table; schema::Column column; bool operator==(const DropColumn &) const = default; };
/// Type, default, nullability, identity or generated expression differ; a new name is a Rename of its own.
struct AlterColumn { schema::Name table; schema::Column before, after; bool operator==(const AlterColumn &) const = default; };
/// Also a key of one column, which the schema marks at its column; `key.name` may then be empty.
struct AddPrimaryKey { schema::Name table; schema::PrimaryKey key; bool operator==(const AddPrimaryKey &) const = default; };
struct DropPrimaryKey { schema::Name table; schema::PrimaryKey key; bool operator==(const DropPrimaryKey &) const = default; };
struct AddIndex { schema::Name table; schema::Index index; bool operator==(const AddIndex &) const = default; };
struct DropIndex { schema::Name table; schema::Index index; bool operator==(const DropIndex &) const = default; };
struct AddForeignKey { schema::Name table; schema::ForeignKey key; bool operator==(const AddForeignKey &) const = default; };
struct DropForeignKey { schema::Name table; schema::ForeignKey key; bool operator==(const DropForeignKey &) const = default; };
struct AddUnique { schema::Name table; schema::Unique unique; bool operator==(const AddUnique &) const = default; };
struct DropUnique { schema::Name table; schema::Unique unique; bool operator==(const DropUnique &) const = default; };
struct AddCheck { schema::Name table; schema::Check check; bool operator==(const AddCheck &) const = default; };
struct DropCheck { schema::Name table; schema::Check check; bool operator==(const DropCheck &) const = default; };
struct AddPolicy { schema::Name table; schema::Policy policy; bool operator==(const AddPolicy &) const = default; };
struct DropPolicy { schema::Name table; schema::Policy policy; bool operator==(const DropPolicy &) const = default; };
struct AlterPolicy { schema::Name table; schema::Policy before, after; bool operator==(const AlterPolicy &) const = default; };
struct AddEnum { schema::Enum type; bool operator==(const AddEnum &) const = default; };
struct DropEnum { schema::Enum type; bool operator==(const DropEnum &) const = default; };
/// `before` is the existing value it is placed in front of; empty appends.
struct AddEnumValue { schema::Name type; QString value, before; bool operator==(const AddEnumValue &) const = default; };
/// Values are dropped or change places: the type has to be made anew.
struct RebuildEnum { schema::Enum before, after; bool operator==(const RebuildEnum &) const = default; };
struct AddSequence { schema::Sequence sequence; bool operator==(const AddSequence &) const = default; };
struct DropSequence { schema::Sequence sequence; bool operator==(const DropSequence &) const = default; };
struct AlterSequence { schema::Sequence before, after; bool operator==(const AlterSequence &) const = default; };
struct AddRole { schema::Role role; bool operator==(const AddRole &) const = default; };
struct DropRole { schema::Role role; bool operator==(const DropRole &) const = default; };
struct AlterRole { schema::Role before, after; bool operator==(const AlterRole &) const = default; };
struct AddView { schema::View view; bool operator==(const AddView &) const = default; };
struct DropView { schema::View view; bool operator==(const DropView &) const = default; };
struct AlterView { schema::View before, after; bool operator==(const AlterView &) const = default; };
/// A new name, another schema, or both. Schemas, roles, and what belongs to a table or enum have no
/// schema in `from` and `to`.
struct Rename {
    Kind kind = Kind::Table;
    schema::Name table; ///< of a column, policy, index or constraint its table, of a value its enum, as called after
    schema::Name from, to;
    bool operator==(const Rename &) const = default;
};
// clang-format on

/// A difference that is seen and shown but cannot be turned into statements yet.
struct Unsupported {
    QString kind; ///< policy, view, sequence, role, primary key, enum values, schema
    QString name; ///< qualified name of what differs
    QString what; ///< in words: what differs
    bool operator==(const Unsupported &) const = default;
};

using Change =
    std::variant<AddSchema, DropSchema, AddTable, DropTable, SetRowLevelSecurity, AddColumn,
                 DropColumn, AlterColumn, AddPrimaryKey, DropPrimaryKey, AddIndex, DropIndex,
                 AddForeignKey, DropForeignKey, AddUnique, DropUnique, AddCheck, DropCheck,
                 AddPolicy, DropPolicy, AlterPolicy, AddEnum, DropEnum, AddEnumValue, RebuildEnum,
                 AddSequence, DropSequence, AlterSequence, AddRole, DropRole, AlterRole, AddView,
                 DropView, AlterView, Rename, Unsupported>;

/// What was dropped and added side by side and may be a rename: a question for the person.
struct RenameCandidate {
    enum class Kind { Table, Column };
    Kind kind = Kind::Column;
    schema::Name table; ///< of the column, or the dropped table
    QString from;       ///< dropped name
    QString to;         ///< added name
    QString evidence;   ///< same type, same position …
    bool operator==(const RenameCandidate &) const = default;
};

struct Difference {
    QList<Change> changes; ///< in an order in which they could be applied
    QList<RenameCandidate> renameCandidates;
    bool empty() const { return changes.isEmpty(); }
};

/// The changes that turn \a from into \a to. Relations and origins do not count.
Difference compare(const schema::Database &from, const schema::Database &to);

/// One line for a change: what is added, dropped or altered, with before → after.
QString describe(const Change &change);

} // namespace diff
