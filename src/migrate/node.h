// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: a statement of a plan before it has its place.
#pragma once

#include "migrate/plan.h"

namespace migrate
{

/// drizzle-kit's fixed order of statements: what decides where dependencies leave a choice.
enum class Stage {
    Schemas,
    SchemaRenames,
    Enums,
    EnumMoves,
    EnumRenames,
    EnumValues,
    Sequences,
    SequenceMoves,
    SequenceRenames,
    SequenceChanges,
    RoleRenames,
    RoleDrops,
    Roles,
    RoleChanges,
    Tables,
    RowSecurityOn,
    RowSecurityOff,
    ViewDrops,
    ViewRenames,
    ViewChanges,
    EarlyForeignKeyDrops, ///< ours: before the table they point to is dropped with CASCADE
    TableDrops,
    TableMoves,
    TableRenames,
    ColumnRenames,
    PartRenames, ///< ours: indexes, constraints, sequences of serial columns
    UniqueDrops,
    CheckDrops,
    ForeignKeyDrops,
    EnumRebuilds,
    IndexDrops,
    ChangedIndexDrops,
    PrimaryKeyDrops,
    Alterations,
    PrimaryKeys,
    ColumnAdditions,
    NewTableForeignKeys,
    NewTableIndexes,
    ForeignKeys,
    Indexes,
    ChangedIndexes,
    ColumnDrops,
    Uniques,
    Checks,
    Views,
    PolicyRenames,
    PolicyDrops,
    Policies,
    PolicyChanges,
    LateRoleDrops, ///< ours: of roles that something still names
    EnumDrops,
    SequenceDrops,
    SchemaDrops
};

/// A statement and what it has to do with the others. Objects are called as after all renames;
/// `creates` and `uses` are about the schema to reach, `frees` and `releases` about the one before.
struct Node {
    Stage stage = Stage::Schemas;
    PlanLine line{};
    QList<schema::ObjectId> creates{}; ///< what is there once it has run, under this name
    QList<schema::ObjectId> uses{};
    QList<schema::ObjectId> frees{};    ///< what is gone once it has run
    QList<schema::ObjectId> ends{};     ///< as frees, of what has lost its name before
    QList<schema::ObjectId> releases{}; ///< old objects that it needs, or lets go
    QStringList gives{}, takes{};  ///< names of the server (nameKey) that become free, are taken
    QList<int> after{};            ///< nodes that run before
    QList<int> afterCommit{};      ///< nodes that have to be committed before
    QList<diff::Change> applies{}; ///< what it does to the schema; none: nothing
    int continues = -1;            ///< the node that gave it the name that it now loses again
    bool alone = false;            ///< must be a migration of its own
    bool late = false;             ///< drops something that comes back: not earlier than needed
    bool dead = false;             ///< replaced by others
    QString name{};                ///< suggested for its migration
};

// Ids under which the parts of the planner know things.
schema::ObjectId schemaId(const QString &name);
schema::ObjectId roleId(const QString &name);
schema::ObjectId tableId(const schema::Name &name);
schema::ObjectId viewId(const schema::View &view);
schema::ObjectId enumId(const schema::Name &name);
schema::ObjectId sequenceId(const schema::Name &name);
schema::ObjectId columnId(const schema::Name &table, const QString &column);
schema::ObjectId constraintId(const schema::Name &table, const QString &name);
schema::ObjectId indexId(const schema::Name &table, const QString &name);
schema::ObjectId policyId(const schema::Name &table, const QString &name);
/// The unique key that a foreign key to \a columns of \a table needs, whatever provides it.
schema::ObjectId keyId(const schema::Name &table, QStringList columns);

/// That a column that was not NOT NULL now is: a primary key waits for it.
schema::ObjectId notNullId(const schema::Name &table, const QString &column);

/// The one name under which only one of several kinds of objects can stand: relations share theirs.
QString relationKey(const schema::Name &name);
QString typeKey(const schema::Name &name);
/// What the server stores for the name of \a id; empty for what has no name of its own.
QStringList nameKeys(const schema::ObjectId &id);

} // namespace migrate
