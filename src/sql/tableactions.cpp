// SPDX-License-Identifier: GPL-3.0-or-later
// CREATE TABLE and ALTER TABLE.
#include "sql/actionparts.h"

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

namespace
{
using Kind = Action::Kind;

Kind constraintKind(const PgQuery__Constraint &constraint)
{
    switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        return Kind::AddPrimaryKey;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        return Kind::AddUnique;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return Kind::AddForeignKey;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return Kind::AddCheck;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        return Kind::AddExclusion;
    default:
        return Kind::Other;
    }
}

/// The column of an expression that is nothing but "column IS NOT NULL"; else empty.
QString testedColumn(const PgQuery__Node *node)
{
    if (!node || node->node_case != PG_QUERY__NODE__NODE_NULL_TEST ||
        node->null_test->nulltesttype != PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL ||
        node->null_test->arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return {};
    const PgQuery__ColumnRef &column = *node->null_test->arg->column_ref;
    return nameOf(column.fields, column.n_fields).name;
}

/// The name that an identity's options give its sequence.
ObjectName sequenceOf(const PgQuery__Constraint &identity)
{
    for (size_t i = 0; i < identity.n_options; ++i) {
        const PgQuery__DefElem &option = *identity.options[i]->def_elem;
        if (qstrcmp(option.defname, "sequence_name") == 0)
            return nameOf(option.arg);
    }
    return {};
}

/// \a column: of the column that it stands in; else empty.
void readConstraint(const PgQuery__Constraint &constraint, Action action, const QString &column,
                    QList<Action> &actions)
{
    action.kind = constraintKind(constraint);
    if (action.kind == Kind::Other)
        return;
    action.part = textOf(constraint.conname);
    action.notValid = constraint.skip_validation;
    action.usingIndex = !textOf(constraint.indexname).isEmpty();
    action.columns = action.kind == Kind::AddForeignKey
                         ? wordsOf(constraint.fk_attrs, constraint.n_fk_attrs)
                         : wordsOf(constraint.keys, constraint.n_keys);
    if (action.columns.isEmpty() && !column.isEmpty())
        action.columns = {column};
    if (constraint.pktable)
        action.target = nameOf(constraint.pktable);
    else if (action.usingIndex)
        action.target.name = textOf(constraint.indexname);
    look(constraint.raw_expr, action);
    if (const QString tested = testedColumn(constraint.raw_expr); !tested.isEmpty()) {
        action.notNull = true;
        action.columns = {tested};
    }
    actions << action;
}

void readColumn(const PgQuery__ColumnDef &column, const Action &base, QList<Action> &actions)
{
    Action action = base;
    action.kind = Kind::AddColumn;
    action.part = textOf(column.colname);
    noteType(column.type_name, action);
    QList<Action> constraints;
    for (size_t i = 0; i < column.n_constraints; ++i) {
        const PgQuery__Constraint &constraint = *column.constraints[i]->constraint;
        switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            action.notNull = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            action.hasValue = true;
            look(constraint.raw_expr, action);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
            action.generated = true;
            action.target = sequenceOf(constraint);
            break;
        default:
            readConstraint(constraint, base, action.part, constraints);
        }
    }
    actions << action << constraints;
}

Kind simpleKind(PgQuery__AlterTableType type)
{
    switch (type) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        return Kind::DropColumn;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        return Kind::SetNotNull;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        return Kind::DropNotNull;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        return Kind::DropExpression;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        return Kind::ChangeIdentity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        return Kind::ValidateConstraint;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        return Kind::DropConstraint;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
        return Kind::EnableRowSecurity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
        return Kind::DisableRowSecurity;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        return Kind::SetOptions;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        return Kind::SetStatistics;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        return Kind::MoveStorage;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        return Kind::SwitchTrigger;
    default:
        return Kind::AlterTable;
    }
}

void readPartition(const PgQuery__AlterTableCmd &command, Action action, QList<Action> &actions)
{
    action.kind = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition
                      ? Kind::AttachPartition
                      : Kind::DetachPartition;
    if (command.def) {
        action.target = nameOf(command.def->partition_cmd->name);
        action.concurrently = command.def->partition_cmd->concurrent;
    }
    actions << action;
}

void readCommand(const PgQuery__AlterTableCmd &command, Action action, QList<Action> &actions)
{
    action.part = textOf(command.name);
    action.cascade = isCascade(command.behavior);
    action.tolerant = command.missing_ok;
    switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        readColumn(*command.def->column_def, action, actions);
        return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        readConstraint(*command.def->constraint, action, {}, actions);
        return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        action.kind = Kind::SetType;
        noteType(command.def->column_def->type_name, action);
        look(command.def->column_def->raw_default, action);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        action.kind = command.def ? Kind::SetDefault : Kind::DropDefault;
        look(command.def, action);
        break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
        readPartition(command, action, actions);
        return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        action.target = sequenceOf(*command.def->constraint);
        [[fallthrough]];
    default:
        action.kind = simpleKind(command.subtype);
        action.generated = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity;
    }
    actions << action;
}

Action::Relation relationOf(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        return Action::Relation::View;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return Action::Relation::MaterializedView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return Action::Relation::Index;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return Action::Relation::Sequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return Action::Relation::Type;
    default:
        return Action::Relation::Table;
    }
}
} // namespace

void readAlterTable(const PgQuery__AlterTableStmt &statement, QList<Action> &actions)
{
    Action base;
    base.object = nameOf(statement.relation);
    base.relation = relationOf(statement.objtype);
    for (size_t i = 0; i < statement.n_cmds; ++i)
        readCommand(*statement.cmds[i]->alter_table_cmd, base, actions);
}

void readCreateTable(const PgQuery__CreateStmt &statement, QList<Action> &actions)
{
    Action base;
    base.object = nameOf(statement.relation);
    Action table = base;
    table.kind = Action::Kind::CreateTable;
    table.tolerant = statement.if_not_exists;
    for (size_t i = 0; i < statement.n_inh_relations; ++i)
        table.target = nameOf(statement.inh_relations[i]->range_var);
    table.partition = statement.partbound != nullptr;
    actions << table;
    for (size_t i = 0; i < statement.n_table_elts; ++i) {
        const PgQuery__Node &element = *statement.table_elts[i];
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
            readColumn(*element.column_def, base, actions);
        else if (element.node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
            readConstraint(*element.constraint, base, {}, actions);
    }
}

void readRename(const PgQuery__RenameStmt &statement, QList<Action> &actions)
{
    Action action;
    action.object = statement.relation ? nameOf(statement.relation) : nameOf(statement.object);
    action.part = textOf(statement.subname);
    action.target.name = textOf(statement.newname);
    action.relation = relationOf(statement.rename_type);
    action.tolerant = statement.missing_ok;
    switch (statement.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        action.kind = Kind::RenameRelation;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        action.kind = Kind::RenameIndex;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        action.kind = Kind::RenameColumn;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        action.kind = Kind::RenamePart;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        action.kind = Kind::RenameType;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        action.kind = Kind::RenameSchema;
        action.object = {{}, textOf(statement.subname)};
        break;
    default:
        break;
    }
    actions << action;
}

} // namespace sql
