// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/withnames.h"

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

const PgQuery__WithClause *withClause(const ProtobufCMessage &message)
{
    if (const auto *select = as<PgQuery__SelectStmt>(message, pg_query__select_stmt__descriptor))
        return select->with_clause;
    if (const auto *insert = as<PgQuery__InsertStmt>(message, pg_query__insert_stmt__descriptor))
        return insert->with_clause;
    if (const auto *update = as<PgQuery__UpdateStmt>(message, pg_query__update_stmt__descriptor))
        return update->with_clause;
    if (const auto *remove = as<PgQuery__DeleteStmt>(message, pg_query__delete_stmt__descriptor))
        return remove->with_clause;
    const auto *merge = as<PgQuery__MergeStmt>(message, pg_query__merge_stmt__descriptor);
    return merge ? merge->with_clause : nullptr;
}

const PgQuery__RangeVar *writtenRelation(const ProtobufCMessage &message)
{
    if (const auto *insert = as<PgQuery__InsertStmt>(message, pg_query__insert_stmt__descriptor))
        return insert->relation;
    if (const auto *update = as<PgQuery__UpdateStmt>(message, pg_query__update_stmt__descriptor))
        return update->relation;
    if (const auto *remove = as<PgQuery__DeleteStmt>(message, pg_query__delete_stmt__descriptor))
        return remove->relation;
    const auto *merge = as<PgQuery__MergeStmt>(message, pg_query__merge_stmt__descriptor);
    return merge ? merge->relation : nullptr;
}

void enterWith(const PgQuery__WithClause &with, QStringList &visible,
               const std::function<void(const ProtobufCMessage &)> &visit)
{
    QStringList names;
    for (size_t i = 0; i < with.n_ctes; ++i)
        names << QString::fromUtf8(with.ctes[i]->common_table_expr->ctename);
    if (with.recursive)
        visible += names;
    for (size_t i = 0; i < with.n_ctes; ++i) {
        visit(with.ctes[i]->base);
        if (!with.recursive)
            visible << names.at(qsizetype(i));
    }
}

} // namespace sql
