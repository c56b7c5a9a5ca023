// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"
#include "sql/tree.h"

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <array>

namespace sql
{

namespace
{
/// What of ALTER TABLE neither changes a value nor takes a column away.
bool keepsRows(const PgQuery__AlterTableStmt &alter)
{
    static constexpr std::array keeping{PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity,
                                        PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity};
    for (size_t i = 0; i < alter.n_cmds; ++i) {
        const PgQuery__Node &node = *alter.cmds[i];
        if (node.node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD ||
            std::ranges::find(keeping, node.alter_table_cmd->subtype) == keeping.end())
            return false;
    }
    return true;
}

/// Not a table, a type or a schema: with these go rows, or the names of what is left.
bool keepsRows(const PgQuery__DropStmt &drop)
{
    static constexpr std::array keeping{
        PG_QUERY__OBJECT_TYPE__OBJECT_VIEW,     PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW,
        PG_QUERY__OBJECT_TYPE__OBJECT_INDEX,    PG_QUERY__OBJECT_TYPE__OBJECT_POLICY,
        PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER,
        PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE};
    return std::ranges::find(keeping, drop.remove_type) != keeping.end();
}

bool keepsRows(const PgQuery__Node &statement)
{
    switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return keepsRows(*statement.alter_table_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return keepsRows(*statement.drop_stmt);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
        return !*statement.alter_enum_stmt->old_val; // no other name for a value
    case PG_QUERY__NODE__NODE_CREATE_STMT:
    case PG_QUERY__NODE__NODE_INDEX_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_GRANT_STMT:
        return true;
    default:
        return false;
    }
}
} // namespace

bool leavesRowsAlone(const QString &text)
{
    bool keeps = false;
    const base::Result<base::Done> parsed =
        parse(Source(text), [&keeps](const PgQuery__ParseResult &tree) {
            keeps = true;
            for (size_t i = 0; i < tree.n_stmts; ++i)
                keeps = keeps && tree.stmts[i]->stmt && keepsRows(*tree.stmts[i]->stmt);
        });
    return parsed && keeps;
}

} // namespace sql
