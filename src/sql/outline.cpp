// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/outline.h"

#include "sql/tokens.h"
#include "sql/tree.h"
#include "sql/withnames.h"

#include <QSet>

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <numeric>

namespace sql
{

namespace
{

Use useOf(const ProtobufCMessage &message)
{
    if (is(message, pg_query__insert_stmt__descriptor))
        return Use::Insert;
    if (is(message, pg_query__update_stmt__descriptor))
        return Use::Update;
    return is(message, pg_query__delete_stmt__descriptor) ? Use::Delete : Use::Merge;
}

StatementKind kindOf(const PgQuery__Node &node)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return node.select_stmt->into_clause ? StatementKind::Other : StatementKind::Select;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return StatementKind::Insert;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return StatementKind::Update;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return StatementKind::Delete;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return StatementKind::Merge;
    default:
        return StatementKind::Other;
    }
}

bool isSystemColumn(const QString &name)
{
    static const QSet<QString> names{QStringLiteral("ctid"), QStringLiteral("tableoid"),
                                     QStringLiteral("xmin"), QStringLiteral("xmax"),
                                     QStringLiteral("cmin"), QStringLiteral("cmax")};
    return names.contains(name);
}

/// Walks the tree of one statement and notes what it names.
class OutlineWalk
{
public:
    OutlineWalk(const Source &source, const Tokens &tokens)
        : m_source(source)
        , m_tokens(tokens)
    {
    }

    Outline run(const PgQuery__Node &statement)
    {
        const PgQuery__Node *body = &statement;
        if (body->node_case == PG_QUERY__NODE__NODE_EXPLAIN_STMT) {
            m_outline.isExplain = true;
            m_outline.body =
                m_source.span(m_tokens.start(m_tokens.bodyOfExplain()), m_source.byteCount())
                    .offset;
            body = body->explain_stmt->query;
        }
        m_outline.kind = kindOf(*body);
        walk(body->base);
        return take();
    }

private:
    Outline take()
    {
        QList<qsizetype> order(m_outline.relations.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(
            order, {}, [this](qsizetype i) { return m_outline.relations.at(i).span.offset; });
        QList<RelationPlace> sorted;
        for (const qsizetype i : order)
            sorted << m_outline.relations.at(i);
        for (WritePlace &write : m_outline.writes)
            write.target = order.indexOf(write.target);
        m_outline.relations = sorted;
        return std::move(m_outline);
    }

    void walk(const ProtobufCMessage &message)
    {
        const qsizetype visible = m_with.size();
        const PgQuery__WithClause *with = withClause(message);
        if (with)
            enterWith(*with, m_with, [this](const ProtobufCMessage &query) { walk(query); });
        note(message);
        const PgQuery__RangeVar *target = writtenRelation(message);
        if (target)
            addWrite(useOf(message), *target, message);
        // FOR UPDATE OF names aliases.
        if (is(message, pg_query__locking_clause__descriptor))
            m_outline.locks = true;
        else
            forEachChild(message, [&](const ProtobufCMessage &child) {
                if ((!with || &child != &with->base) && (!target || &child != &target->base))
                    walk(child);
            });
        m_with.resize(visible);
    }

    void note(const ProtobufCMessage &message)
    {
        if (const auto *range = as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor))
            addRelation(*range, Use::Read);
        else if (const auto *sample = as<PgQuery__RangeTableSample>(
                     message, pg_query__range_table_sample__descriptor))
            m_sample = sample;
        else if (const auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
            m_outline.functions << WordPlace{nameParts(call->funcname, call->n_funcname).join(u'.'),
                                             m_source.wordAtByte(call->location)};
        else if (const auto *expression =
                     as<PgQuery__AExpr>(message, pg_query__a__expr__descriptor))
            addOperator(expression->name, expression->n_name);
        else if (const auto *link = as<PgQuery__SubLink>(message, pg_query__sub_link__descriptor))
            addOperator(link->oper_name, link->n_oper_name);
        else if (const auto *sort = as<PgQuery__SortBy>(message, pg_query__sort_by__descriptor))
            addOperator(sort->use_op, sort->n_use_op);
        else if (const auto *column =
                     as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor))
            addColumn(*column);
        else if (const auto *part =
                     as<PgQuery__AIndirection>(message, pg_query__a__indirection__descriptor))
            addNames(m_outline.columns, nameParts(part->indirection, part->n_indirection));
        else if (const auto *place =
                     as<PgQuery__ParamRef>(message, pg_query__param_ref__descriptor))
            m_outline.parameters << WordPlace{u'$' + QString::number(place->number),
                                              m_source.wordAtByte(place->location)};
        else if (const auto *cursor =
                     as<PgQuery__CurrentOfExpr>(message, pg_query__current_of_expr__descriptor))
            m_outline.cursors << WordPlace{QString::fromUtf8(cursor->cursor_name), {}};
    }

    static void addNames(QStringList &names, const QStringList &more)
    {
        for (const QString &name : more) {
            if (!names.contains(name))
                names << name;
        }
    }

    void addOperator(PgQuery__Node *const *nodes, size_t count)
    {
        if (count > 0)
            addNames(m_outline.operators, {nameParts(nodes, count).last()});
    }

    void addColumn(const PgQuery__ColumnRef &column)
    {
        const QStringList names = nameParts(column.fields, column.n_fields);
        addNames(m_outline.columns, names);
        if (column.n_fields == 1)
            addNames(m_outline.bareColumns, names);
        if (!names.isEmpty() && isSystemColumn(names.last()))
            m_outline.systemColumns
                << WordPlace{names.last(), m_source.wordAtByte(column.location)};
        if (column.n_fields < 3)
            return;
        const qsizetype first = m_tokens.at(column.location);
        const qsizetype table = first + 2 * qsizetype(column.n_fields - 2);
        m_outline.qualified << QualifiedColumn{
            names.mid(0, qsizetype(column.n_fields) - 2).join(u'.'),
            names.value(qsizetype(column.n_fields) - 2),
            m_source.span(m_tokens.start(first), m_tokens.start(table))};
    }

    void addRelation(const PgQuery__RangeVar &range, Use use)
    {
        const QString schema = QString::fromUtf8(range.schemaname);
        const QString name = QString::fromUtf8(range.relname);
        if (use == Use::Read && schema.isEmpty() && m_with.contains(name))
            return;
        const Tokens::Name found = m_tokens.relationAt(range.location, use == Use::Read);
        RelationPlace place{
            .catalog = QString::fromUtf8(range.catalogname),
            .schema = schema,
            .name = name,
            .alias = range.alias ? QString::fromUtf8(range.alias->aliasname) : QString(),
            .renamesColumns = range.alias && range.alias->n_colnames > 0,
            .use = use,
            .only = !range.inh,
            .isWholeQuery = found.isWholeQuery,
            .span = m_source.span(m_tokens.start(found.first), m_tokens.end(found.last))};
        if (m_sample && m_sample->relation->range_var == &range)
            addSample(place);
        m_outline.relations << place;
    }

    void addSample(RelationPlace &place) const
    {
        const qsizetype method = m_tokens.at(m_sample->location);
        place.sample =
            m_source.span(m_tokens.start(method - 1), m_tokens.end(m_tokens.endOfSample(method)));
        for (size_t i = 0; i < m_sample->n_args; ++i)
            place.sampleIsConstant = place.sampleIsConstant &&
                                     m_sample->args[i]->node_case == PG_QUERY__NODE__NODE_A_CONST;
        if (m_sample->repeatable)
            place.sampleIsConstant = place.sampleIsConstant && m_sample->repeatable->node_case ==
                                                                   PG_QUERY__NODE__NODE_A_CONST;
    }

    void addWrite(Use use, const PgQuery__RangeVar &target, const ProtobufCMessage &message)
    {
        WritePlace write{.use = use, .target = m_outline.relations.size()};
        addRelation(target, use);
        if (const auto *insert =
                as<PgQuery__InsertStmt>(message, pg_query__insert_stmt__descriptor))
            write.conflictUpdates =
                insert->on_conflict_clause && insert->on_conflict_clause->action ==
                                                  PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
        const Tokens::Condition found = m_tokens.conditionAfter(m_tokens.at(target.location), use);
        write.condition = m_source.span(found.from, found.to);
        m_outline.writes << write;
    }

    const Source &m_source;
    const Tokens &m_tokens;
    QStringList m_with;
    const PgQuery__RangeTableSample *m_sample = nullptr;
    Outline m_outline;
};

} // namespace

base::Result<Outline> outline(const QString &text)
{
    const Source source(text);
    const base::Result<Tokens> tokens = Tokens::of(source);
    if (!tokens)
        return tokens.error();
    Outline result;
    const base::Result<base::Done> parsed = parse(source, [&](const PgQuery__ParseResult &tree) {
        if (tree.n_stmts == 1)
            result = OutlineWalk(source, *tokens).run(*tree.stmts[0]->stmt);
    });
    if (!parsed)
        return parsed.error();
    return result;
}

} // namespace sql
