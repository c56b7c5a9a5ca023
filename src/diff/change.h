// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

#include <QHash>

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
/// Also when a table's first policy comes or its last one goes, which switch it as drizzle-kit does.
struct SetRowLevelSecurity { schema::Name table; bool enabled = false; bool operator==(const SetRowLevelSecurity &) const = default; };
struct AddColumn { schema::Name table; schema::Column column; bool operator==(const AddColumn &) const = default; };
struct DropColumn { schema::Name table; schema::Column column; bool operator==(const DropColumn &) const = default; };
/// Type, default, nullability, identity or generated expression differ; a new name is a Rename of its own.
struct AlterColumn { schema::Name table; schema::Column before, after; bool operator==(const AlterColumn &) const = default; };
/// Also a key of one column, which the schema marks at its column; `key.name` may then be empty. A
/// table's first key of one marked column that is new, and its last one of a column that is dropped,
/// is part of AddColumn or DropColumn alone.
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
/// schema in `from` and `to`. Names that change places do so through one that is free, which is a
/// Rename more. The name of a primary key or sequence of a serial column is not in a
/// Drizzle schema: it is the one PostgreSQL makes up, and may be another one in the database.
struct Rename {
    Kind kind = Kind::Table;
    schema::Name table; ///< of a column, policy, index, constraint or owned sequence its table, of a value its enum, as called after
    schema::Name from, to;
    bool operator==(const Rename &) const = default;
};
// clang-format on

/// Any one of them. What a variant of so many types is made of is compiled once and not by
/// everybody.
class Change
    : public std::variant<
          AddSchema, DropSchema, AddTable, DropTable, SetRowLevelSecurity, AddColumn, DropColumn,
          AlterColumn, AddPrimaryKey, DropPrimaryKey, AddIndex, DropIndex, AddForeignKey,
          DropForeignKey, AddUnique, DropUnique, AddCheck, DropCheck, AddPolicy, DropPolicy,
          AlterPolicy, AddEnum, DropEnum, AddEnumValue, RebuildEnum, AddSequence, DropSequence,
          AlterSequence, AddRole, DropRole, AlterRole, AddView, DropView, AlterView, Rename>
{
public:
    Change();
    template <typename T> Change(T change);
    Change(const Change &other);
    Change(Change &&other) noexcept;
    Change &operator=(const Change &other);
    Change &operator=(Change &&other) noexcept;
    ~Change();
    bool operator==(const Change &other) const;
};

/// What is gone and what is new and may be one thing renamed or moved: a question for the person.
/// Names are as Rename has them.
struct RenameCandidate {
    Kind kind = Kind::Column;
    schema::Name table; ///< of a column its table, of a value its enum, as called after
    schema::Name from, to;
    double score = 0;     ///< what speaks for it, 0 to 1
    QStringList evidence; ///< in words: same type text, same position
    bool operator==(const RenameCandidate &) const = default;
};

/// The person's answer: \a from was renamed to \a to, or with an empty `to` really is dropped, and
/// what is new is new. Names may also be those before the renames of schemas and tables. Together
/// answers may let names change places or follow each other.
struct RenameAnswer {
    Kind kind = Kind::Column;
    schema::Name table; ///< as RenameCandidate::table
    schema::Name from, to;
    /// Given for an earlier difference: it is only about what is gone and what is new. A name that
    /// is on both sides may mean something else by now.
    bool kept = false;
    bool operator==(const RenameAnswer &other) const
    {
        return kind == other.kind && table == other.table && from == other.from && to == other.to;
    }
};

/// What a connection knows of the rows of \a from, for the questions.
struct Evidence {
    QHash<schema::Name, qint64> rows; ///< of tables; -1 or absent: unknown
};

struct Difference {
    /// For reading: renames first, then kind by kind. Each Rename's `from` is called as the renames
    /// before it leave it, everything else as after all renames.
    QList<Change> changes;
    /// Not empty: an answer is missing, and what they ask about is in `changes` as dropped and
    /// added. Nothing may be written then.
    QList<RenameCandidate> questions;
    bool empty() const { return changes.isEmpty(); }
};

/// The changes that turn \a from into \a to. Relations and origins do not count. What \a answers
/// say and is not about these two schemas (any more) is ignored.
Difference compare(const schema::Database &from, const schema::Database &to,
                   const QList<RenameAnswer> &answers = {}, const Evidence &evidence = {});

/// \a from after the renames among \a changes: what the other changes are about. Whatever
/// PostgreSQL itself keeps in step (references, expressions) follows.
schema::Database renamed(schema::Database from, const QList<Change> &changes);

/// The word of a kind as `--rename` writes it: table, column, enum-value, primary-key.
QString word(Kind kind);

/// One line for a question: what may have become what, and what speaks for it.
QString describe(const RenameCandidate &candidate);

/// One line for a change: what is added, dropped or altered, with before → after.
QString describe(const Change &change);

} // namespace diff
