// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

/// PostgreSQL's table locks, weakest first.
enum class Lock {
    None,
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive
};

/// What a statement does with the stored rows of the tables it locks; the longest part counts.
enum class Work {
    None,       ///< the catalog only: at once
    Scan,       ///< reads every row
    IndexBuild, ///< reads every row and writes an index
    Rewrite     ///< writes every row and every index anew
};

/// A relation that exists before the plan runs, and the strongest lock that a statement takes on
/// it.
struct LockedRelation {
    schema::Name relation; ///< as called when the statement runs
    Lock lock = Lock::None;
    qint64 rows = -1; ///< estimate of the server; -1: not known
    qint64 bytes = -1;
    bool operator==(const LockedRelation &) const = default;
};

/// What a statement does to the running database, as measured on PostgreSQL 15.
struct Effect {
    QList<LockedRelation> locks{}; ///< none: nothing that others could wait for
    Work work = Work::None;
    QString loss{};            ///< which data is gone afterwards, in words; empty: none
    bool inTransaction = true; ///< false: the server refuses it inside one
    bool operator==(const Effect &) const = default;
    /// The strongest of the locks.
    Lock lock() const;
};

/// What can go wrong with a statement: one rule each, tested each on its own.
enum class Rule {
    None,
    DropTable,
    DropColumn,
    RenameInUse,
    TypeRewrites,
    TypeAtOnce,
    TypeNarrows,
    TypeHasDependants,
    NotNullWithoutDefault,
    FilledColumn,
    SetNotNull,
    DropNotNull,
    AddForeignKey,
    ForeignKeyWithoutIndex,
    DropForeignKey,
    NewTableReferences,
    AddCheck,
    CheckCallsFunction,
    AddUnique,
    CreateIndex,
    ConcurrentlyInTransaction,
    DropIndex,
    IndexInUse,
    IndexReplaced,
    InvalidIndex,
    WideIndex,
    PrefixIndex,
    EnumValueUsed,
    EnumValueAtEnd,
    EnumRebuilt,
    EnumValueRenamed,
    PrimaryKeyChanged,
    SmallKey,
    TypeAdvice,
    RowSecurityWithoutPolicy,
    AccessChanged,
    ViewRecreated,
    MaterializedViewRecreated,
    SequenceMoves,
    LongName,
    UnmanagedRestored,
    DefaultChanged,
    CachedPlans,
    AddExclusion,
    RowsRemoved,
    RowsOverwritten,
    BigUpdate,
    TriggerChanged,
    FunctionChanged,
    DropCascade,
    UnqualifiedName,
    ExtensionChanged,
    PartitionScan,
    PartitionDetach,
    NotRepeatable,
    ControlsTransaction,
    DomainConstraint,
    TableRebuilt,
    MaterializedViewRefreshed,
    HiddenCode,
    ColumnMadeAnew,
    TriggersFire,
    DiskSpace,
    NotReplicated,
    NoReplicaIdentity,
    SeveralTables
};

/// What a statement locks, rewrites or loses, in words with a weight.
struct Hazard {
    enum class Severity { Safe, Advice, Warning, Loss };
    Severity severity = Severity::Safe;
    QString text;           ///< "ACCESS EXCLUSIVE · scans the table"; "loses the column's values"
    Rule rule = Rule::None; ///< None: the text says what the effect is
    bool operator==(const Hazard &) const = default;
};

} // namespace migrate
