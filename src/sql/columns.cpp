// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/columns.h"

#include "sql/tree.h"

#include <pg_query/pg_query.pb-c.h>

#include <set>

namespace sql
{

namespace
{
QString text(const PgQuery__Node &node)
{
    return node.node_case == PG_QUERY__NODE__NODE_STRING ? QString::fromUtf8(node.string->sval)
                                                         : QString();
}

using Uses = std::set<std::pair<QString, QString>>;

void collect(const ProtobufCMessage &message, Uses &uses)
{
    if (const auto *column = as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor)) {
        const size_t count = column->n_fields;
        ColumnUse use;
        if (count > 0)
            use.name = text(*column->fields[count - 1]);
        if (count > 1)
            use.qualifier = text(*column->fields[count - 2]);
        uses.insert({use.qualifier, use.name});
    }
    forEachChild(message, [&](const ProtobufCMessage &child) { collect(child, uses); });
}

bool isStar(const PgQuery__Node &node)
{
    if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    const PgQuery__ColumnRef &column = *node.column_ref;
    return column.n_fields > 0 &&
           column.fields[column.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

/// Where the list of what is selected ends: at the FROM of the outermost query, or the text's end.
qsizetype endOfTargets(const Source &source, qsizetype start)
{
    qsizetype end = source.byteCount();
    const auto visit = [&](const PgQuery__ScanResult &tokens) {
        int depth = 0;
        for (size_t i = 0; i < tokens.n_tokens; ++i) {
            const PgQuery__ScanToken &token = *tokens.tokens[i];
            if (token.start < start)
                continue;
            if (token.token == PG_QUERY__TOKEN__ASCII_40)
                ++depth;
            else if (token.token == PG_QUERY__TOKEN__ASCII_41 && --depth < 0)
                return void(end = token.start);
            else if (token.token == PG_QUERY__TOKEN__FROM && depth == 0)
                return void(end = token.start);
        }
    };
    return scan(source, visit) ? end : start;
}

/// Start bytes of the targets of the one plain SELECT; none otherwise.
QList<qsizetype> targetStarts(const PgQuery__ParseResult &tree)
{
    if (tree.n_stmts != 1 || tree.stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return {};
    const PgQuery__SelectStmt &select = *tree.stmts[0]->stmt->select_stmt;
    if (select.op != PG_QUERY__SET_OPERATION__SETOP_NONE || select.n_from_clause == 0)
        return {};
    QList<qsizetype> starts;
    for (size_t i = 0; i < select.n_target_list; ++i) {
        const PgQuery__Node &node = *select.target_list[i];
        if (node.node_case != PG_QUERY__NODE__NODE_RES_TARGET || !node.res_target->val ||
            isStar(*node.res_target->val))
            return {};
        starts << node.res_target->location;
    }
    return starts;
}
} // namespace

base::Result<QList<ColumnUse>> collectColumns(const QString &text)
{
    Uses uses;
    const base::Result<base::Done> parsed =
        parse(Source(text), [&](const PgQuery__ParseResult &tree) { collect(tree.base, uses); });
    if (!parsed)
        return parsed.error();
    QList<ColumnUse> list;
    for (const auto &[qualifier, name] : uses)
        list << ColumnUse{qualifier, name};
    return list;
}

std::optional<QStringList> outputColumns(const QString &text)
{
    const Source source(text);
    QList<qsizetype> starts;
    const base::Result<base::Done> parsed =
        parse(source, [&](const PgQuery__ParseResult &tree) { starts = targetStarts(tree); });
    if (!parsed || starts.isEmpty())
        return std::nullopt;
    QStringList columns;
    starts << endOfTargets(source, starts.first());
    for (qsizetype i = 0; i + 1 < starts.size(); ++i) {
        const QByteArrayView bytes = source.bytes(starts[i], starts[i + 1]);
        QString column = QString::fromUtf8(bytes).simplified();
        if (column.endsWith(u','))
            column = column.chopped(1).trimmed();
        columns << column;
    }
    return columns;
}

} // namespace sql
