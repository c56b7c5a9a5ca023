// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QStringList>

namespace sql
{

/// A name as it is written; without a schema it is looked up by search_path.
struct ObjectName {
    QString schema{};
    QString name{};
    bool operator==(const ObjectName &) const = default;
};

/// One thing that a statement does to a database. ALTER TABLE and CREATE TABLE do several.
struct Action {
    enum class Kind {
        Other, ///< nothing that is known here
        CreateTable,
        DropTable,
        AddColumn,
        DropColumn,
        SetDefault,
        DropDefault,
        SetNotNull,
        DropNotNull,
        SetType,
        DropExpression,
        ChangeIdentity,
        AddPrimaryKey,
        AddUnique,
        AddForeignKey,
        AddCheck,
        AddExclusion,
        ValidateConstraint,
        DropConstraint,
        EnableRowSecurity,
        DisableRowSecurity,
        SetOptions,
        SetStatistics,
        MoveStorage, ///< to another tablespace, access method, LOGGED or not: written anew
        SwitchTrigger,
        AttachPartition,
        DetachPartition,
        AlterTable, ///< any other form: ACCESS EXCLUSIVE and at once
        RenameRelation,
        RenameColumn,
        RenamePart, ///< a constraint, policy, trigger or rule
        MoveRelation,
        CreateIndex,
        DropIndex,
        RenameIndex,
        Reindex,
        CreateView,
        CreateMaterializedView,
        DropView,
        RefreshMaterializedView,
        CreatePolicy,
        AlterPolicy,
        DropPolicy,
        CreateTrigger,
        DropTrigger,
        CreateRule,
        CreateSequence,
        AlterSequence,
        DropSequence,
        CreateType,
        AddEnumValue,
        RenameEnumValue,
        DropType,
        RenameType,
        AddDomainConstraint,
        CreateFunction,
        DropFunction,
        RunCode, ///< DO, CALL
        CreateExtension,
        AlterExtension,
        DropExtension,
        CreateSchema,
        DropSchema,
        RenameSchema,
        Truncate,
        Insert,
        Update,
        Delete,
        Select,
        Cluster,
        Vacuum,
        Analyze,
        LockTable,
        Comment,
        Grant,
        ControlTransaction
    };
    /// What ALTER TABLE, RENAME and the like are really about.
    enum class Relation { Table, View, MaterializedView, Index, Sequence, Type };

    Kind kind = Kind::Other;
    Relation relation = Relation::Table;
    ObjectName object{}; ///< what it is about: for a part of a table the table
    QString part{};      ///< that part: column, constraint, policy, trigger; or a value of an enum
    ObjectName target{}; ///< of a foreign key; the new name, or schema; a partition; USING INDEX;
                         ///< the sequence of an identity
    QString type{};      ///< of a column: varchar(20)[]; a schema stands in typeSchema
    QString typeSchema{};
    QStringList columns{};       ///< of a key or index; empty texts for expressions
    QStringList functions{};     ///< that its expressions call
    QList<ObjectName> reads{};   ///< relations that its queries and expressions name
    QList<ObjectName> numbers{}; ///< sequences that nextval and setval move
    bool concurrently = false;
    bool notValid = false;  ///< NOT VALID; WITH NO DATA
    bool cascade = false;   ///< also with TRUNCATE
    bool tolerant = false;  ///< IF [NOT] EXISTS, OR REPLACE
    bool everyRow = false;  ///< UPDATE or DELETE without WHERE
    bool unique = false;    ///< of an index
    bool notNull = false;   ///< of a new column; a check that says so of `columns`
    bool hasValue = false;  ///< of a new column: DEFAULT
    bool generated = false; ///< of a new column: GENERATED … STORED or AS IDENTITY
    bool usingIndex = false;
    bool partition = false; ///< of a new table: PARTITION OF target; else INHERITS
    bool full = false;      ///< VACUUM FULL
    bool ordered = false;   ///< a new value of an enum with BEFORE or AFTER
    bool operator==(const Action &) const = default;
};

/// One statement of a script.
struct ScriptStatement {
    base::TextSpan span{};
    QList<Action> actions{};
};

/// What the statements of \a script do, in their order. Errors as for collectTables.
base::Result<QList<ScriptStatement>> actionsOf(const QString &script);

} // namespace sql
