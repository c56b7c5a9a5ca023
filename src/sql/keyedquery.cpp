// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/keyedquery.h"

#include "sql/text.h"
#include "sql/tree.h"

#include <QHash>

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <optional>

namespace sql
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{

Error because(const QString &reason)
{
    return {.kind = ErrorKind::Refused, .text = reason};
}

/// Something that FROM names, under its alias.
struct Source {
    QString schema, name; ///< of a table; empty of a subquery
    QString alias;
    KeyedRows rows;
    bool mayBeMissing = false; ///< of an outer join
    int group = 0;             ///< sources of one group have the same key in each row
};

struct Place {
    qsizetype source = -1;
    QString column;
};

class KeyWalk
{
public:
    KeyWalk(const RowsOf &rowsOf, const ReadsNothing &readsNothing)
        : m_rowsOf(rowsOf)
        , m_readsNothing(readsNothing)
    {
    }

    Result<KeyedRows> run(const PgQuery__SelectStmt &select)
    {
        const QHash<QString, KeyedRows> outer = m_with;
        Result<KeyedRows> rows = enter(select);
        m_with = outer;
        return rows;
    }

private:
    Result<KeyedRows> enter(const PgQuery__SelectStmt &select)
    {
        if (select.with_clause) {
            if (const std::optional<Error> error = readWith(*select.with_clause))
                return *error;
        }
        if (select.limit_count || select.limit_offset)
            return because(Text::tr("it takes a number of rows out of those of all tenants"));
        if (select.n_locking_clause > 0 || select.into_clause)
            return because(Text::tr("its query is not understood"));
        if (select.op != PG_QUERY__SET_OPERATION__SETOP_NONE)
            return joined(select);
        if (select.n_values_lists > 0)
            return values(select);
        return KeySelect(*this).run(select);
    }

    std::optional<Error> readWith(const PgQuery__WithClause &with)
    {
        if (with.recursive)
            return because(Text::tr("it is recursive"));
        for (size_t i = 0; i < with.n_ctes; ++i) {
            const PgQuery__CommonTableExpr &query = *with.ctes[i]->common_table_expr;
            if (query.ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
                return because(Text::tr("its query is not understood"));
            Result<KeyedRows> rows = run(*query.ctequery->select_stmt);
            if (!rows)
                return rows.error();
            m_with.insert(QString::fromUtf8(query.ctename),
                          renamed(*rows, nameParts(query.aliascolnames, query.n_aliascolnames)));
        }
        return std::nullopt;
    }

    static KeyedRows renamed(const KeyedRows &rows, const QStringList &names)
    {
        KeyedRows result = rows;
        result.keys.clear();
        for (qsizetype i = 0; i < rows.columns.size(); ++i) {
            result.columns[i] = names.value(i, rows.columns.at(i));
            if (rows.keys.contains(rows.columns.at(i)))
                result.keys << result.columns.at(i);
        }
        if (!names.isEmpty()) // what leads on goes by the table's own names
            result.leadsTo.clear();
        return unambiguous(result);
    }

    /// Of two columns of one name nobody knows which is meant.
    static KeyedRows unambiguous(KeyedRows rows)
    {
        rows.keys.removeIf([&](const QString &key) { return rows.columns.count(key) > 1; });
        return rows;
    }

    /// UNION and its like: what holds the key on both sides.
    Result<KeyedRows> joined(const PgQuery__SelectStmt &select)
    {
        const Result<KeyedRows> left = run(*select.larg);
        if (!left)
            return left;
        const Result<KeyedRows> right = run(*select.rarg);
        if (!right)
            return right;
        KeyedRows rows{left->columns, left->isKeyed || right->isKeyed, {}};
        for (qsizetype i = 0; i < rows.columns.size(); ++i) {
            if (left->keys.contains(left->columns.at(i)) &&
                right->keys.contains(right->columns.value(i)))
                rows.keys << rows.columns.at(i);
        }
        if (rows.isKeyed && rows.keys.isEmpty())
            return because(Text::tr("a part of it does not say whose its rows are"));
        return rows;
    }

    static Result<KeyedRows> values(const PgQuery__SelectStmt &select)
    {
        KeyedRows rows;
        for (size_t i = 0; i < select.values_lists[0]->list->n_items; ++i)
            rows.columns << QStringLiteral("column%1").arg(i + 1);
        return rows;
    }

    /// One SELECT without set operations.
    class KeySelect
    {
    public:
        explicit KeySelect(KeyWalk &walk)
            : m_walk(walk)
        {
        }

        Result<KeyedRows> run(const PgQuery__SelectStmt &select)
        {
            m_select = &select;
            for (size_t i = 0; i < select.n_from_clause; ++i) {
                if (!addFrom(*select.from_clause[i]))
                    return *m_error;
            }
            link(select.where_clause, {});
            linkPaths();
            if (!isOne() || !look(select.base) || !isDistinctByKey())
                return *m_error;
            return output();
        }

    private:
        bool fail(const QString &reason)
        {
            m_error = because(reason);
            return false;
        }
        bool misunderstood() { return fail(Text::tr("its query is not understood")); }

        bool addFrom(const PgQuery__Node &node)
        {
            switch (node.node_case) {
            case PG_QUERY__NODE__NODE_RANGE_VAR:
                return addTable(*node.range_var);
            case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
                return addSubquery(*node.range_subselect);
            case PG_QUERY__NODE__NODE_JOIN_EXPR:
                return addJoin(*node.join_expr);
            case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
                return addFunction(*node.range_function);
            default:
                return misunderstood();
            }
        }

        bool add(Source source, const PgQuery__Alias *alias)
        {
            if (alias)
                source.rows = renamed(source.rows, nameParts(alias->colnames, alias->n_colnames));
            source.alias = alias ? QString::fromUtf8(alias->aliasname) : source.name;
            source.group = int(m_sources.size());
            m_sources << source;
            return true;
        }

        bool addTable(const PgQuery__RangeVar &range)
        {
            Source source{
                QString::fromUtf8(range.schemaname), QString::fromUtf8(range.relname), {}, {}};
            if (source.schema.isEmpty() && m_walk.m_with.contains(source.name)) {
                source.rows = m_walk.m_with.value(source.name);
                return add(source, range.alias);
            }
            const Result<KeyedRows> rows = m_walk.m_rowsOf(source.schema, source.name);
            if (!rows) {
                m_error = rows.error();
                return false;
            }
            source.rows = *rows;
            return add(source, range.alias);
        }

        bool addSubquery(const PgQuery__RangeSubselect &range)
        {
            if (range.subquery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
                return misunderstood();
            const Result<KeyedRows> rows = m_walk.run(*range.subquery->select_stmt);
            if (!rows) {
                m_error = rows.error();
                return false;
            }
            return add({{}, {}, {}, *rows}, range.alias);
        }

        /// It makes rows of its arguments, which are in the row beside it.
        bool addFunction(const PgQuery__RangeFunction &range)
        {
            if (!range.alias)
                return misunderstood();
            const PgQuery__Alias &alias = *range.alias;
            Source source;
            source.rows.columns = alias.n_colnames > 0
                                      ? nameParts(alias.colnames, alias.n_colnames)
                                      : QStringList{QString::fromUtf8(alias.aliasname)};
            return add(source, &alias);
        }

        bool addJoin(const PgQuery__JoinExpr &join)
        {
            if (join.alias || join.join_using_alias || join.is_natural)
                return misunderstood();
            const qsizetype begin = m_sources.size();
            if (!addFrom(*join.larg))
                return false;
            const qsizetype middle = m_sources.size();
            if (!addFrom(*join.rarg))
                return false;
            const qsizetype end = m_sources.size();
            Outer outer;
            if (join.jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT)
                outer = {middle, end};
            else if (join.jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT)
                outer = {begin, middle};
            else if (join.jointype != PG_QUERY__JOIN_TYPE__JOIN_INNER)
                return misunderstood();
            for (qsizetype i = outer.begin; i < outer.end; ++i)
                m_sources[i].mayBeMissing = true;
            for (const QString &column : nameParts(join.using_clause, join.n_using_clause)) {
                const auto in = [&](qsizetype from, qsizetype to) {
                    for (qsizetype i = from; i < to; ++i) {
                        if (m_sources.at(i).rows.columns.contains(column))
                            return Place{i, column};
                    }
                    return Place();
                };
                linkPair(in(begin, middle), in(middle, end), outer);
            }
            link(join.quals, outer);
            return true;
        }

        /// The sources whose rows an outer join leaves out where nothing matches.
        struct Outer {
            qsizetype begin = 0, end = 0;
            bool isOne() const { return begin != end; }
            bool has(qsizetype source) const { return source >= begin && source < end; }
        };

        Place placeOf(const PgQuery__Node *node) const
        {
            if (!node || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
                return {};
            const QStringList names =
                nameParts(node->column_ref->fields, node->column_ref->n_fields);
            if (names.size() != qsizetype(node->column_ref->n_fields) || names.isEmpty())
                return {}; // a star
            for (qsizetype i = 0; i < m_sources.size(); ++i) {
                const Source &source = m_sources.at(i);
                if (source.rows.columns.contains(names.last()) &&
                    (names.size() == 1 || names.at(names.size() - 2) == source.alias))
                    return {i, names.last()};
            }
            return {};
        }

        /// Notes what the conditions, joined by AND, say is equal.
        void link(const PgQuery__Node *condition, const Outer &outer)
        {
            if (!condition)
                return;
            if (condition->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
                condition->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
                for (size_t i = 0; i < condition->bool_expr->n_args; ++i)
                    link(condition->bool_expr->args[i], outer);
                return;
            }
            if (condition->node_case != PG_QUERY__NODE__NODE_A_EXPR)
                return;
            const PgQuery__AExpr &expression = *condition->a_expr;
            if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                nameParts(expression.name, expression.n_name) == QStringList{QStringLiteral("=")})
                linkPair(placeOf(expression.lexpr), placeOf(expression.rexpr), outer);
        }

        void linkPair(const Place &left, const Place &right, const Outer &outer)
        {
            if (left.source < 0 || right.source < 0)
                return;
            // ON of an outer join drops no row of the side that stays.
            if (outer.isOne() && !outer.has(left.source) && !outer.has(right.source))
                return;
            m_equal << std::pair(left, right);
            if (isKey(left) && isKey(right))
                unite(left.source, right.source);
        }

        bool isKey(const Place &place) const
        {
            return place.source >= 0 && m_sources.at(place.source).rows.keys.contains(place.column);
        }

        void unite(qsizetype left, qsizetype right)
        {
            const int from = m_sources.at(right).group;
            const int to = m_sources.at(left).group;
            for (Source &source : m_sources)
                source.group = source.group == from ? to : source.group;
        }

        bool isEqual(const Place &left, const Place &right) const
        {
            const auto same = [](const Place &a, const Place &b) {
                return a.source == b.source && a.column == b.column;
            };
            return std::ranges::any_of(m_equal, [&](const auto &pair) {
                return (same(pair.first, left) && same(pair.second, right)) ||
                       (same(pair.first, right) && same(pair.second, left));
            });
        }

        /// A row without a key has that of the row that it points at, when they are joined so.
        void linkPaths()
        {
            for (qsizetype i = 0; i < m_sources.size(); ++i) {
                const KeyedRows &rows = m_sources.at(i).rows;
                for (qsizetype j = 0; j < m_sources.size() && !rows.leadsTo.isEmpty(); ++j) {
                    const Source &target = m_sources.at(j);
                    if (target.name != rows.leadsTo || plain(target.schema) != rows.leadsToSchema)
                        continue;
                    bool all = true;
                    for (qsizetype k = 0; k < rows.leadingColumns.size(); ++k)
                        all = all && isEqual({i, rows.leadingColumns.at(k)},
                                             {j, rows.leadsToColumns.value(k)});
                    if (all)
                        unite(i, j);
                }
            }
        }

        static QString plain(const QString &schema)
        {
            return schema == QLatin1String("public") ? QString() : schema;
        }

        bool isOne()
        {
            const Source *first = nullptr;
            for (const Source &source : m_sources) {
                if (!source.rows.isKeyed)
                    continue;
                if (first && source.group != first->group)
                    return fail(Text::tr("%1 and %2 are joined without saying that both are the "
                                         "same tenant's")
                                    .arg(first->alias, source.alias));
                first = first ? first : &source;
            }
            m_isKeyed = first != nullptr;
            return true;
        }

        /// Looks for what reads across keys, or what nobody can look into.
        bool look(const ProtobufCMessage &message)
        {
            if (const auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor);
                call && !lookAt(*call))
                return false;
            if (const auto *link = as<PgQuery__SubLink>(message, pg_query__sub_link__descriptor))
                return lookAt(*link);
            if (const auto *expression = as<PgQuery__AExpr>(message, pg_query__a__expr__descriptor);
                expression && expression->n_name > 1 &&
                nameParts(expression->name, 1).first() != QLatin1String("pg_catalog"))
                return fail(Text::tr("what an operator of the project's own reads is not known"));
            if (is(message, pg_query__grouping_set__descriptor))
                return fail(Text::tr("it adds up over all tenants"));
            bool isFine = true;
            forEachChild(message, [&](const ProtobufCMessage &child) {
                // Subqueries in FROM, and WITH, have been looked at.
                if (isFine && !is(child, pg_query__range_subselect__descriptor) &&
                    !is(child, pg_query__with_clause__descriptor))
                    isFine = look(child);
            });
            return isFine;
        }

        bool lookAt(const PgQuery__FuncCall &call)
        {
            const QString name = nameParts(call.funcname, call.n_funcname).join(u'.');
            if (!m_walk.m_readsNothing(name))
                return fail(Text::tr("what %1() reads is not known").arg(name));
            return !m_isKeyed || !call.over || hasKey(*call.over) ||
                   fail(Text::tr("%1() looks at the rows of all tenants").arg(name));
        }

        bool hasKey(const PgQuery__WindowDef &window) const
        {
            if (isAnyKey(window.partition_clause, window.n_partition_clause))
                return true;
            const QByteArray base = *window.name ? window.name : window.refname;
            for (size_t i = 0; i < m_select->n_window_clause && !base.isEmpty(); ++i) {
                const PgQuery__WindowDef &named = *m_select->window_clause[i]->window_def;
                if (base == named.name)
                    return isAnyKey(named.partition_clause, named.n_partition_clause);
            }
            return false;
        }

        bool isAnyKey(PgQuery__Node *const *nodes, size_t count) const
        {
            return std::any_of(nodes, nodes + count, [this](const PgQuery__Node *node) {
                const Place place = placeOf(node);
                return isKey(place) && !m_sources.at(place.source).mayBeMissing;
            });
        }

        bool lookAt(const PgQuery__SubLink &link)
        {
            if (link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
                return misunderstood();
            const Result<KeyedRows> rows = m_walk.run(*link.subselect->select_stmt);
            if (rows && rows->isKeyed)
                return fail(Text::tr("a subquery looks at the rows of all tenants"));
            if (!rows)
                m_error = rows.error();
            return rows && (!link.testexpr || look(link.testexpr->base));
        }

        bool isDistinctByKey()
        {
            const bool isOn =
                m_select->n_distinct_clause > 0 &&
                m_select->distinct_clause[0]->node_case != PG_QUERY__NODE__NODE__NOT_SET;
            return !m_isKeyed || !isOn ||
                   isAnyKey(m_select->distinct_clause, m_select->n_distinct_clause) ||
                   fail(Text::tr("DISTINCT ON chooses among the rows of all tenants"));
        }

        Result<KeyedRows> output()
        {
            KeyedRows rows;
            rows.isKeyed = m_isKeyed;
            for (size_t i = 0; i < m_select->n_target_list; ++i) {
                const PgQuery__ResTarget &target = *m_select->target_list[i]->res_target;
                if (addStar(*target.val, rows))
                    continue;
                const Place place = placeOf(target.val);
                const QString name = *target.name ? QString::fromUtf8(target.name) : place.column;
                rows.columns << name;
                if (isKey(place) && !m_sources.at(place.source).mayBeMissing)
                    rows.keys << name;
            }
            return unambiguous(rows);
        }

        bool addStar(const PgQuery__Node &node, KeyedRows &rows) const
        {
            if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
                return false;
            const PgQuery__ColumnRef &column = *node.column_ref;
            if (column.fields[column.n_fields - 1]->node_case != PG_QUERY__NODE__NODE_A_STAR)
                return false;
            const QString alias =
                column.n_fields > 1
                    ? QString::fromUtf8(column.fields[column.n_fields - 2]->string->sval)
                    : QString();
            for (const Source &source : m_sources) {
                if (!alias.isEmpty() && source.alias != alias)
                    continue;
                rows.columns += source.rows.columns;
                if (!source.mayBeMissing)
                    rows.keys += source.rows.keys;
            }
            return true;
        }

        KeyWalk &m_walk;
        const PgQuery__SelectStmt *m_select = nullptr;
        QList<Source> m_sources;
        QList<std::pair<Place, Place>> m_equal;
        bool m_isKeyed = false;
        std::optional<Error> m_error;
    };

    const RowsOf &m_rowsOf;
    const ReadsNothing &m_readsNothing;
    QHash<QString, KeyedRows> m_with;
};

} // namespace

Result<KeyedRows> keyedRows(const QString &text, const RowsOf &rowsOf,
                            const ReadsNothing &readsNothing)
{
    Result<KeyedRows> rows = because(Text::tr("its query is not understood"));
    const Result<base::Done> parsed =
        parse(sql::Source(text), [&](const PgQuery__ParseResult &tree) {
            if (tree.n_stmts == 1 &&
                tree.stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
                rows = KeyWalk(rowsOf, readsNothing).run(*tree.stmts[0]->stmt->select_stmt);
        });
    if (!parsed)
        return parsed.error();
    if (rows && rows->isKeyed && rows->keys.isEmpty())
        return because(Text::tr("none of its columns says whose a row is"));
    return rows;
}

} // namespace sql
