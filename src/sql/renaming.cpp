// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/renaming.h"

#include "sql/identifier.h"
#include "sql/text.h"
#include "sql/tree.h"

#include <QHash>

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>

namespace sql
{

namespace
{
using base::Result;

/// What is renamed: the relation, or one of its columns.
struct Renaming {
    RelationName relation;
    RelationName newRelation; ///< as `relation` when only a column is renamed
    QString column;           ///< empty: none
    QString newColumn;
};

QString text(const PgQuery__Node &node)
{
    return node.node_case == PG_QUERY__NODE__NODE_STRING ? QString::fromUtf8(node.string->sval)
                                                         : QString();
}

/// Finds the places of a tree where a name changes.
class RenamingWalk
{
public:
    RenamingWalk(const Source &source, const Renaming &renaming)
        : m_source(source)
        , m_renaming(renaming)
    {
    }

    Result<base::Done> run()
    {
        const Result<base::Done> scanned = scan(m_source, [this](const PgQuery__ScanResult &found) {
            for (size_t i = 0; i < found.n_tokens; ++i) {
                m_indexOf.insert(found.tokens[i]->start, m_tokens.size());
                m_tokens << Token{found.tokens[i]->start, found.tokens[i]->end};
            }
        });
        if (!scanned)
            return scanned;
        return parse(m_source, [this](const PgQuery__ParseResult &tree) { walk(tree.base); });
    }

    bool isPossible() const { return m_isPossible; }

    QString result() const
    {
        QByteArray bytes = m_source.bytes(0, m_source.byteCount()).toByteArray();
        QList<Edit> edits = m_edits;
        std::ranges::stable_sort(edits, std::greater{}, &Edit::from);
        for (const Edit &edit : std::as_const(edits))
            bytes.replace(edit.from, edit.to - edit.from, edit.by.toUtf8());
        return QString::fromUtf8(bytes);
    }

private:
    struct Token {
        qsizetype start, end;
    };
    struct Edit {
        qsizetype from, to;
        QString by;
    };
    /// What a FROM makes known under a name.
    struct Entry {
        QString name;
        bool isRenamed = false; ///< it is the relation
        bool hasAlias = false;
    };

    void walk(const ProtobufCMessage &message)
    {
        const auto *select = as<PgQuery__SelectStmt>(message, pg_query__select_stmt__descriptor);
        if (select) {
            m_scopes << entries(select->from_clause, select->n_from_clause);
            keepNames(*select);
        }
        if (const auto *range = as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor))
            rename(*range);
        if (const auto *column = as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor))
            rename(*column);
        if (const auto *join = as<PgQuery__JoinExpr>(message, pg_query__join_expr__descriptor))
            look(*join);
        forEachChild(message, [this](const ProtobufCMessage &child) { walk(child); });
        if (select)
            m_scopes.removeLast();
    }

    bool isRelation(const PgQuery__RangeVar &range) const
    {
        return QString::fromUtf8(range.schemaname) == m_renaming.relation.schema &&
               QString::fromUtf8(range.relname) == m_renaming.relation.name;
    }

    QList<Entry> entries(PgQuery__Node *const *nodes, size_t count) const
    {
        QList<Entry> found;
        for (size_t i = 0; i < count; ++i)
            found << entries(*nodes[i]);
        return found;
    }

    QList<Entry> entries(const PgQuery__Node &node) const
    {
        const auto alias = [](const PgQuery__Alias *given) {
            return given ? QString::fromUtf8(given->aliasname) : QString();
        };
        switch (node.node_case) {
        case PG_QUERY__NODE__NODE_RANGE_VAR: {
            const PgQuery__RangeVar &range = *node.range_var;
            return {Entry{range.alias ? alias(range.alias) : QString::fromUtf8(range.relname),
                          isRelation(range), range.alias != nullptr}};
        }
        case PG_QUERY__NODE__NODE_JOIN_EXPR:
            return entries(*node.join_expr->larg) + entries(*node.join_expr->rarg);
        case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
            return {Entry{alias(node.range_subselect->alias)}};
        default:
            return {Entry{}};
        }
    }

    /// The entry that \a qualifier means here; without one the only one that there is.
    const Entry *entryOf(const QString &qualifier) const
    {
        if (qualifier.isEmpty())
            return !m_scopes.isEmpty() && m_scopes.last().size() == 1 ? &m_scopes.last().first()
                                                                      : nullptr;
        for (auto scope = m_scopes.crbegin(); scope != m_scopes.crend(); ++scope) {
            const auto entry = std::ranges::find(*scope, qualifier, &Entry::name);
            if (entry != scope->cend())
                return &*entry;
        }
        return nullptr;
    }

    /// The token of the \a part of a name with dots that starts at \a location.
    qsizetype tokenOf(qsizetype location, qsizetype part) const
    {
        return m_indexOf.value(location) + 2 * part;
    }

    void replace(qsizetype first, qsizetype last, const QString &by)
    {
        m_edits << Edit{m_tokens.at(first).start, m_tokens.at(last).end, by};
    }

    void rename(const PgQuery__RangeVar &range)
    {
        const RelationName &to = m_renaming.newRelation;
        if (!isRelation(range) ||
            (to.name == m_renaming.relation.name && to.schema == m_renaming.relation.schema))
            return;
        replace(tokenOf(range.location, 0), tokenOf(range.location, 1),
                identifier(to.schema, to.name));
    }

    static bool isStar(const PgQuery__ColumnRef &column)
    {
        return column.fields[column.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
    }

    bool isRenamed(const PgQuery__ColumnRef &column) const
    {
        const qsizetype fields = qsizetype(column.n_fields);
        if (m_renaming.column.isEmpty() || isStar(column) ||
            text(*column.fields[fields - 1]) != m_renaming.column)
            return false;
        const Entry *entry = entryOf(fields > 1 ? text(*column.fields[fields - 2]) : QString());
        return entry && entry->isRenamed;
    }

    void rename(const PgQuery__ColumnRef &column)
    {
        const qsizetype fields = qsizetype(column.n_fields);
        if (isRenamed(column)) {
            const qsizetype token = tokenOf(column.location, fields - 1);
            replace(token, token, identifier(m_renaming.newColumn));
        }
        if (fields < 2)
            return;
        const Entry *entry = entryOf(text(*column.fields[fields - 2]));
        if (entry && entry->isRenamed && !entry->hasAlias &&
            m_renaming.newRelation.name != m_renaming.relation.name) {
            const qsizetype token = tokenOf(column.location, fields - 2);
            replace(token, token, identifier(m_renaming.newRelation.name));
        }
    }

    /// A column that is selected without a name of its own gives the result its name.
    void keepNames(const PgQuery__SelectStmt &select)
    {
        for (size_t i = 0; i < select.n_target_list; ++i) {
            if (select.target_list[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
                continue;
            const PgQuery__ResTarget &target = *select.target_list[i]->res_target;
            if (*target.name || !target.val ||
                target.val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
                continue;
            const PgQuery__ColumnRef &column = *target.val->column_ref;
            if (!isRenamed(column))
                continue;
            const qsizetype end =
                m_tokens.at(tokenOf(column.location, qsizetype(column.n_fields) - 1)).end;
            m_edits << Edit{end, end, QStringLiteral(" AS ") + identifier(m_renaming.column)};
        }
    }

    /// Both sides of USING have one name, and only one of them gets another.
    void look(const PgQuery__JoinExpr &join)
    {
        for (size_t i = 0; i < join.n_using_clause; ++i) {
            if (text(*join.using_clause[i]) == m_renaming.column)
                m_isPossible = false;
        }
    }

    const Source &m_source;
    const Renaming &m_renaming;
    QList<Token> m_tokens;
    QHash<qsizetype, qsizetype> m_indexOf; ///< by the byte where a token starts
    QList<QList<Entry>> m_scopes;
    QList<Edit> m_edits;
    bool m_isPossible = true;
};

Result<QString> renamed(const QString &statement, const Renaming &renaming)
{
    const Source source(statement);
    RenamingWalk walk(source, renaming);
    if (const Result<base::Done> done = walk.run(); !done)
        return done.error();
    if (!walk.isPossible())
        return base::Error{
            .kind = base::ErrorKind::Unsupported,
            .text = Text::tr("A join with USING (%1) cannot follow the column's new name")
                        .arg(renaming.column)};
    return walk.result();
}
} // namespace

Result<QString> renameRelation(const QString &statement, const RelationName &from,
                               const RelationName &to)
{
    return renamed(statement, {from, to, {}, {}});
}

Result<QString> renameColumn(const QString &statement, const RelationName &relation,
                             const QString &from, const QString &to)
{
    return renamed(statement, {relation, relation, from, to});
}

} // namespace sql
