// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/actions.h"

#include "sql/actionparts.h"
#include "sql/parse.h"

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

namespace
{
using Kind = Action::Kind;

Action about(Kind kind, const ObjectName &object)
{
    Action action;
    action.kind = kind;
    action.object = object;
    return action;
}

void readIndex(const PgQuery__IndexStmt &statement, QList<Action> &actions)
{
    Action action = about(Kind::CreateIndex, nameOf(statement.relation));
    action.part = textOf(statement.idxname);
    action.unique = statement.unique;
    action.concurrently = statement.concurrent;
    action.tolerant = statement.if_not_exists;
    for (size_t i = 0; i < statement.n_index_params; ++i) {
        const PgQuery__IndexElem &element = *statement.index_params[i]->index_elem;
        action.columns << textOf(element.name);
        look(element.expr, action);
    }
    look(statement.where_clause, action);
    actions << action;
}

void readPolicy(const PgQuery__Node &node, QList<Action> &actions)
{
    const auto read = [&](Kind kind, const auto &statement) {
        Action action = about(kind, nameOf(statement.table));
        action.part = textOf(statement.policy_name);
        look(statement.qual, action);
        look(statement.with_check, action);
        actions << action;
    };
    if (node.node_case == PG_QUERY__NODE__NODE_CREATE_POLICY_STMT)
        read(Kind::CreatePolicy, *node.create_policy_stmt);
    else
        read(Kind::AlterPolicy, *node.alter_policy_stmt);
}

void readView(const PgQuery__Node &node, QList<Action> &actions)
{
    if (node.node_case == PG_QUERY__NODE__NODE_VIEW_STMT) {
        Action action = about(Kind::CreateView, nameOf(node.view_stmt->view));
        action.tolerant = node.view_stmt->replace;
        look(node.view_stmt->query, action);
        actions << action;
        return;
    }
    if (node.node_case == PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT) {
        const PgQuery__RefreshMatViewStmt &statement = *node.refresh_mat_view_stmt;
        Action action = about(Kind::RefreshMaterializedView, nameOf(statement.relation));
        action.concurrently = statement.concurrent;
        action.notValid = statement.skip_data;
        actions << action;
        return;
    }
    const PgQuery__CreateTableAsStmt &statement = *node.create_table_as_stmt;
    const bool view = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
    Action action =
        about(view ? Kind::CreateMaterializedView : Kind::CreateTable, nameOf(statement.into->rel));
    action.notValid = statement.into->skip_data;
    action.tolerant = statement.if_not_exists;
    look(statement.query, action);
    actions << action;
}

/// Writing and reading rows; the target is not among what is read.
void readRows(const PgQuery__Node &node, QList<Action> &actions)
{
    Action action;
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        action = about(Kind::Insert, nameOf(node.insert_stmt->relation));
        look(node.insert_stmt->select_stmt, action);
        break;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        action = about(Kind::Update, nameOf(node.update_stmt->relation));
        action.everyRow = !node.update_stmt->where_clause;
        look(node.update_stmt->base, action);
        break;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        action = about(Kind::Delete, nameOf(node.delete_stmt->relation));
        action.everyRow = !node.delete_stmt->where_clause;
        look(node.delete_stmt->base, action);
        break;
    default:
        action.kind = Kind::Select;
        look(&node, action);
    }
    action.reads.removeAll(action.object);
    actions << action;
}

/// What looks after tables: several tables are several actions.
void readUpkeep(const PgQuery__Node &node, QList<Action> &actions)
{
    if (node.node_case == PG_QUERY__NODE__NODE_TRUNCATE_STMT) {
        const PgQuery__TruncateStmt &statement = *node.truncate_stmt;
        for (size_t i = 0; i < statement.n_relations; ++i) {
            actions << about(Kind::Truncate, nameOf(statement.relations[i]->range_var));
            actions.last().cascade = isCascade(statement.behavior);
        }
    } else if (node.node_case == PG_QUERY__NODE__NODE_VACUUM_STMT) {
        const PgQuery__VacuumStmt &statement = *node.vacuum_stmt;
        Action action = about(statement.is_vacuumcmd ? Kind::Vacuum : Kind::Analyze, {});
        for (size_t i = 0; i < statement.n_options; ++i)
            action.full =
                action.full || qstrcmp(statement.options[i]->def_elem->defname, "full") == 0;
        for (size_t i = 0; i < statement.n_rels; ++i) {
            action.object = nameOf(statement.rels[i]->vacuum_relation->relation);
            actions << action;
        }
        if (statement.n_rels == 0)
            actions << action;
    } else if (node.node_case == PG_QUERY__NODE__NODE_LOCK_STMT) {
        for (size_t i = 0; i < node.lock_stmt->n_relations; ++i)
            actions << about(Kind::LockTable, nameOf(node.lock_stmt->relations[i]->range_var));
    } else if (node.node_case == PG_QUERY__NODE__NODE_CLUSTER_STMT) {
        actions << about(Kind::Cluster, node.cluster_stmt->relation
                                            ? nameOf(node.cluster_stmt->relation)
                                            : ObjectName());
    } else {
        const PgQuery__ReindexStmt &statement = *node.reindex_stmt;
        Action action =
            about(Kind::Reindex, statement.relation ? nameOf(statement.relation)
                                                    : ObjectName{{}, textOf(statement.name)});
        if (statement.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX)
            action.relation = Action::Relation::Index;
        for (size_t i = 0; i < statement.n_params; ++i)
            action.concurrently =
                action.concurrently ||
                qstrcmp(statement.params[i]->def_elem->defname, "concurrently") == 0;
        actions << action;
    }
}

void readTrigger(const PgQuery__Node &node, QList<Action> &actions)
{
    if (node.node_case == PG_QUERY__NODE__NODE_RULE_STMT) {
        actions << about(Kind::CreateRule, nameOf(node.rule_stmt->relation));
        actions.last().part = textOf(node.rule_stmt->rulename);
        return;
    }
    actions << about(Kind::CreateTrigger, nameOf(node.create_trig_stmt->relation));
    actions.last().part = textOf(node.create_trig_stmt->trigname);
    actions.last().tolerant = node.create_trig_stmt->replace;
}

void readEnum(const PgQuery__AlterEnumStmt &statement, QList<Action> &actions)
{
    const bool renames = !textOf(statement.old_val).isEmpty();
    Action action = about(renames ? Kind::RenameEnumValue : Kind::AddEnumValue,
                          nameOf(statement.type_name, statement.n_type_name));
    action.part = textOf(renames ? statement.old_val : statement.new_val);
    if (renames)
        action.target.name = textOf(statement.new_val);
    action.ordered = !textOf(statement.new_val_neighbor).isEmpty();
    action.tolerant = statement.skip_if_new_val_exists;
    actions << action;
}

void readMove(const PgQuery__AlterObjectSchemaStmt &statement, QList<Action> &actions)
{
    Action action = about(Kind::MoveRelation, statement.relation ? nameOf(statement.relation)
                                                                 : nameOf(statement.object));
    action.target = {textOf(statement.newschema), action.object.name};
    if (!statement.relation)
        action.kind = Kind::RenameType;
    action.tolerant = statement.missing_ok;
    actions << action;
}

void readComment(const PgQuery__CommentStmt &statement, QList<Action> &actions)
{
    Action action;
    if (statement.object && statement.object->node_case == PG_QUERY__NODE__NODE_LIST) {
        const PgQuery__List &list = *statement.object->list;
        const bool part = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN ||
                          statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT ||
                          statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ||
                          statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER;
        const bool relation = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                              statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW ||
                              statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW ||
                              statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE ||
                              statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX;
        if (part || relation)
            action = about(Kind::Comment, nameOf(list.items, list.n_items - (part ? 1 : 0)));
    }
    actions << action;
}

/// Statements about what is no table; true when \a node is one.
bool readObject(const PgQuery__Node &node, QList<Action> &actions)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        actions << about(Kind::CreateSequence, nameOf(node.create_seq_stmt->sequence));
        actions.last().tolerant = node.create_seq_stmt->if_not_exists;
        return true;
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
        actions << about(Kind::AlterSequence, nameOf(node.alter_seq_stmt->sequence));
        return true;
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
        actions << about(Kind::CreateType, nameOf(node.create_enum_stmt->type_name,
                                                  node.create_enum_stmt->n_type_name));
        return true;
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
        readEnum(*node.alter_enum_stmt, actions);
        return true;
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
        // C: a constraint is added, V: one is validated.
        if (*node.alter_domain_stmt->subtype == 'C' || *node.alter_domain_stmt->subtype == 'V') {
            actions << about(
                Kind::AddDomainConstraint,
                nameOf(node.alter_domain_stmt->type_name, node.alter_domain_stmt->n_type_name));
            actions.last().notValid = node.alter_domain_stmt->def &&
                                      node.alter_domain_stmt->def->constraint->skip_validation;
        }
        return true;
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        actions << about(Kind::CreateFunction, nameOf(node.create_function_stmt->funcname,
                                                      node.create_function_stmt->n_funcname));
        actions.last().tolerant = node.create_function_stmt->replace;
        return true;
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
        actions << about(Kind::CreateExtension, {{}, textOf(node.create_extension_stmt->extname)});
        actions.last().tolerant = node.create_extension_stmt->if_not_exists;
        return true;
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
        actions << about(Kind::AlterExtension, {{}, textOf(node.alter_extension_stmt->extname)});
        return true;
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
        actions << about(Kind::CreateSchema, {{}, textOf(node.create_schema_stmt->schemaname)});
        actions.last().tolerant = node.create_schema_stmt->if_not_exists;
        return true;
    default:
        return false;
    }
}

/// Statements about tables and what is on them.
void readTable(const PgQuery__Node &node, QList<Action> &actions)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return readCreateTable(*node.create_stmt, actions);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return readAlterTable(*node.alter_table_stmt, actions);
    case PG_QUERY__NODE__NODE_RENAME_STMT:
        return readRename(*node.rename_stmt, actions);
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return readDrop(*node.drop_stmt, actions);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return readIndex(*node.index_stmt, actions);
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
        return readPolicy(node, actions);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
        return readView(node, actions);
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
    case PG_QUERY__NODE__NODE_RULE_STMT:
        return readTrigger(node, actions);
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
    case PG_QUERY__NODE__NODE_LOCK_STMT:
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        return readUpkeep(node, actions);
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
        return readMove(*node.alter_object_schema_stmt, actions);
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
        return readComment(*node.comment_stmt, actions);
    default:
        return;
    }
}

QList<Action> read(const PgQuery__Node &node)
{
    QList<Action> actions;
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        readRows(node, actions);
        break;
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
        actions << about(Kind::RunCode, {});
        break;
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
        if (node.transaction_stmt->kind != PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT &&
            node.transaction_stmt->kind != PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE &&
            node.transaction_stmt->kind != PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO)
            actions << about(Kind::ControlTransaction, {});
        break;
    case PG_QUERY__NODE__NODE_GRANT_STMT:
        actions << about(Kind::Grant, {});
        break;
    default:
        if (!readObject(node, actions))
            readTable(node, actions);
    }
    return actions;
}
} // namespace

base::Result<QList<ScriptStatement>> actionsOf(const QString &script)
{
    const Source source(script);
    const base::Result<QList<base::TextSpan>> spans = split(script);
    if (!spans)
        return spans.error();
    QList<ScriptStatement> statements;
    const base::Result<base::Done> parsed = parse(source, [&](const PgQuery__ParseResult &tree) {
        for (size_t i = 0; i < tree.n_stmts; ++i)
            statements << ScriptStatement{spans->value(qsizetype(i)), read(*tree.stmts[i]->stmt)};
    });
    if (!parsed)
        return parsed.error();
    return statements;
}

} // namespace sql
