// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parse.h"
#include "sql/tree.h"
#include "sql/withnames.h"

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
            enterWith(*with, m_with, [this](const ProtobufCMessage &query) { walk(query); });
        if (const auto *range = as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor))
            add(*range, false);
        const PgQuery__RangeVar *target = writtenRelation(message);
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
