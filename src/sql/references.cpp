// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"
#include "sql/tree.h"

#include <QSet>

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>

namespace sql
{

namespace
{

/// Walks a tree with the names of WITH queries that are visible at each place.
class RelationWalk
{
public:
    explicit RelationWalk(const Source &source)
        : m_source(source)
    {
    }

    void walk(const ProtobufCMessage &message)
    {
        const qsizetype visible = m_with.size();
        const PgQuery__WithClause *with = withClause(message);
        if (with)
            enter(*with);
        if (const auto *range = as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor))
            add(*range, false);
        const PgQuery__RangeVar *target = written(message);
        if (target)
            add(*target, true);
        forEachChild(message, [&](const ProtobufCMessage &child) {
            if ((!with || &child != &with->base) && (!target || &child != &target->base))
                walk(child);
        });
        m_with.resize(visible);
    }

    QList<RelationUse> take()
    {
        std::ranges::stable_sort(m_uses, {},
                                 [](const RelationUse &use) { return use.span.offset; });
        return std::move(m_uses);
    }

private:
    static const PgQuery__WithClause *withClause(const ProtobufCMessage &message)
    {
        if (const auto *select =
                as<PgQuery__SelectStmt>(message, pg_query__select_stmt__descriptor))
            return select->with_clause;
        if (const auto *insert =
                as<PgQuery__InsertStmt>(message, pg_query__insert_stmt__descriptor))
            return insert->with_clause;
        if (const auto *update =
                as<PgQuery__UpdateStmt>(message, pg_query__update_stmt__descriptor))
            return update->with_clause;
        if (const auto *remove =
                as<PgQuery__DeleteStmt>(message, pg_query__delete_stmt__descriptor))
            return remove->with_clause;
        const auto *merge = as<PgQuery__MergeStmt>(message, pg_query__merge_stmt__descriptor);
        return merge ? merge->with_clause : nullptr;
    }

    static const PgQuery__RangeVar *written(const ProtobufCMessage &message)
    {
        if (const auto *insert =
                as<PgQuery__InsertStmt>(message, pg_query__insert_stmt__descriptor))
            return insert->relation;
        if (const auto *update =
                as<PgQuery__UpdateStmt>(message, pg_query__update_stmt__descriptor))
            return update->relation;
        if (const auto *remove =
                as<PgQuery__DeleteStmt>(message, pg_query__delete_stmt__descriptor))
            return remove->relation;
        const auto *merge = as<PgQuery__MergeStmt>(message, pg_query__merge_stmt__descriptor);
        return merge ? merge->relation : nullptr;
    }

    /// A WITH query sees those before it; with RECURSIVE all of them and itself. So contacts inside
    /// WITH contacts AS (SELECT … FROM contacts) is the table.
    void enter(const PgQuery__WithClause &with)
    {
        QStringList names;
        for (size_t i = 0; i < with.n_ctes; ++i)
            names << QString::fromUtf8(with.ctes[i]->common_table_expr->ctename);
        if (with.recursive)
            m_with += names;
        for (size_t i = 0; i < with.n_ctes; ++i) {
            walk(with.ctes[i]->base);
            if (!with.recursive)
                m_with << names.at(qsizetype(i));
        }
    }

    void add(const PgQuery__RangeVar &range, bool target)
    {
        const QString schema = QString::fromUtf8(range.schemaname);
        const QString name = QString::fromUtf8(range.relname);
        if (!target && schema.isEmpty() && m_with.contains(name))
            return;
        m_uses << RelationUse{schema,
                              name,
                              target,
                              m_source.wordAtByte(range.location),
                              range.alias ? QString::fromUtf8(range.alias->aliasname) : QString(),
                              range.inh && !*range.catalogname &&
                                  (!range.alias || range.alias->n_colnames == 0)};
    }

    const Source &m_source;
    QStringList m_with;
    QList<RelationUse> m_uses;
};

void collect(const ProtobufCMessage &message, QSet<QString> &functions)
{
    if (const auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
        functions << nameParts(call->funcname, call->n_funcname).join(u'.');
    forEachChild(message, [&](const ProtobufCMessage &child) { collect(child, functions); });
}

} // namespace

base::Result<QList<RelationUse>> collectTables(const QString &text)
{
    const Source source(text);
    RelationWalk walk(source);
    const base::Result<base::Done> parsed =
        parse(source, [&](const PgQuery__ParseResult &tree) { walk.walk(tree.base); });
    if (!parsed)
        return parsed.error();
    return walk.take();
}

base::Result<QStringList> collectFunctions(const QString &text)
{
    QSet<QString> functions;
    const base::Result<base::Done> parsed = parse(
        Source(text), [&](const PgQuery__ParseResult &tree) { collect(tree.base, functions); });
    if (!parsed)
        return parsed.error();
    QStringList names = functions.values();
    std::ranges::sort(names);
    return names;
}

} // namespace sql
