// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/predicate.h"

#include "sql/columns.h"
#include "sql/tree.h"

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <vector>

namespace sql
{

struct Predicate::Part {
    enum class Kind { Opaque, Column, OneOf, IsNull, IsTrue, And, Or, Not };
    Kind kind = Kind::Opaque;
    QString column;           ///< of Column and OneOf
    QList<QByteArray> values; ///< of OneOf
    std::vector<Part> parts;
};

namespace
{
using Part = Predicate::Part;
using Kind = Part::Kind;
constexpr int deepest = 64;

// What a condition may come to, as a set: while a value is not known, it is more than one of them.
using Truths = unsigned;
constexpr Truths yes = 1, no = 2, null = 4, any = yes | no | null;

const PgQuery__Node &withoutCasts(const PgQuery__Node &node)
{
    const PgQuery__Node *inner = &node;
    while (inner->node_case == PG_QUERY__NODE__NODE_TYPE_CAST && inner->type_cast->arg)
        inner = inner->type_cast->arg;
    return *inner;
}

std::optional<QString> columnIn(const PgQuery__Node &node)
{
    const PgQuery__Node &inner = withoutCasts(node);
    if (inner.node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return std::nullopt;
    const PgQuery__ColumnRef &column = *inner.column_ref;
    const QStringList names = nameParts(column.fields, column.n_fields);
    return names.isEmpty() ? std::nullopt : std::optional(names.last());
}

std::optional<QByteArray> constantIn(const PgQuery__Node &node)
{
    const PgQuery__Node &inner = withoutCasts(node);
    if (inner.node_case != PG_QUERY__NODE__NODE_A_CONST || inner.a_const->isnull)
        return std::nullopt;
    const PgQuery__AConst &constant = *inner.a_const;
    switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return QByteArray::number(constant.ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return QByteArray(constant.fval->fval);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return QByteArray(constant.sval->sval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return QByteArray(constant.boolval->boolval ? "t" : "f");
    default:
        return std::nullopt;
    }
}

bool isBooleanConstant(const PgQuery__Node &node)
{
    return node.node_case == PG_QUERY__NODE__NODE_A_CONST &&
           node.a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL;
}

Part with(Kind kind, Part &&inner)
{
    Part outer{.kind = kind, .column = {}, .values = {}, .parts = {}};
    outer.parts.push_back(std::move(inner));
    return outer;
}

Part negatedIf(bool isNegated, Part &&part)
{
    return isNegated ? with(Kind::Not, std::move(part)) : std::move(part);
}

/// The nodes that a comparison goes through: one constant, or the list of IN and = ANY.
std::optional<QList<const PgQuery__Node *>> comparedWith(const PgQuery__Node &node)
{
    const PgQuery__Node &inner = withoutCasts(node);
    const auto all = [](PgQuery__Node *const *nodes, size_t count) {
        return QList<const PgQuery__Node *>(nodes, nodes + count);
    };
    if (inner.node_case == PG_QUERY__NODE__NODE_LIST)
        return all(inner.list->items, inner.list->n_items);
    if (inner.node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR)
        return all(inner.a_array_expr->elements, inner.a_array_expr->n_elements);
    if (inner.node_case == PG_QUERY__NODE__NODE_A_CONST)
        return QList<const PgQuery__Node *>{&inner};
    return std::nullopt;
}

Part comparison(const PgQuery__AExpr &expression)
{
    const QString name = nameParts(expression.name, expression.n_name).value(0);
    const bool isEqual = name == QLatin1String("=");
    const bool isList = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN ||
                        expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY;
    const bool isOne = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    const bool isNot =
        name == QLatin1String("<>") && expression.kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY;
    if (!(isList || isOne) || !(isEqual || isNot) || !expression.lexpr || !expression.rexpr)
        return {};
    const std::optional<QString> column = columnIn(*expression.lexpr);
    const auto compared = comparedWith(*expression.rexpr);
    if (!column || !compared)
        return {};
    if (isOne && isBooleanConstant(*compared->first())) {
        Part part{.kind = Kind::Column, .column = *column, .values = {}, .parts = {}};
        const bool isTrue = constantIn(*compared->first()) == QByteArray("t");
        return negatedIf(isTrue == isNot, std::move(part));
    }
    Part part{.kind = Kind::OneOf, .column = *column, .values = {}, .parts = {}};
    for (const PgQuery__Node *node : *compared) {
        const std::optional<QByteArray> value = constantIn(*node);
        if (!value)
            return {};
        part.values << *value;
    }
    return negatedIf(isNot, std::move(part));
}

Part partOf(const PgQuery__Node &node, int depth);

Part booleanTest(const PgQuery__BooleanTest &test, int depth)
{
    Part inner = partOf(*test.arg, depth + 1);
    switch (test.booltesttype) {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
        return negatedIf(test.booltesttype == PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE,
                         with(Kind::IsTrue, std::move(inner)));
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
        return negatedIf(test.booltesttype == PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE,
                         with(Kind::IsTrue, with(Kind::Not, std::move(inner))));
    default:
        return {};
    }
}

Part junction(const PgQuery__BoolExpr &expression, int depth)
{
    Part part;
    part.kind = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR  ? Kind::Not
                : expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? Kind::Or
                                                                         : Kind::And;
    for (size_t i = 0; i < expression.n_args; ++i)
        part.parts.push_back(partOf(*expression.args[i], depth + 1));
    return part.parts.empty() ? Part() : part;
}

Part partOf(const PgQuery__Node &node, int depth)
{
    if (depth > deepest)
        return {};
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return junction(*node.bool_expr, depth);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return booleanTest(*node.boolean_test, depth);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return comparison(*node.a_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST: {
        const std::optional<QString> column = columnIn(*node.null_test->arg);
        Part part{.kind = column ? Kind::IsNull : Kind::Opaque,
                  .column = column.value_or(QString()),
                  .values = {},
                  .parts = {}};
        return negatedIf(node.null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL,
                         std::move(part));
    }
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return {.kind = Kind::Column,
                .column = columnIn(node).value_or(QString()),
                .values = {},
                .parts = {}};
    default:
        return {};
    }
}

/// A boolean as a person may have written it.
Truths booleanIn(const QByteArray &text)
{
    static const QList<QByteArray> yeses{"t", "true", "yes", "on", "1"};
    static const QList<QByteArray> nos{"f", "false", "no", "off", "0"};
    const QByteArray word = text.trimmed().toLower();
    return yeses.contains(word) ? yes : nos.contains(word) ? no : any;
}

bool isSame(const QByteArray &value, const QByteArray &constant)
{
    bool isNumber = false, isOther = false;
    const qlonglong left = value.toLongLong(&isNumber), right = constant.toLongLong(&isOther);
    return isNumber && isOther ? left == right : value == constant;
}

Truths negated(Truths truths)
{
    return (truths & null) | (truths & yes ? no : 0U) | (truths & no ? yes : 0U);
}

/// Both at once: false where one is, true where both are.
Truths both(Truths left, Truths right)
{
    const bool isFalse = (left & no) || (right & no);
    const bool isNull =
        ((left & null) && (right & (null | yes))) || ((right & null) && (left & (null | yes)));
    return (isFalse ? no : 0U) | (isNull ? null : 0U) | (left & right & yes);
}

Truths truthsOf(const Part &part, const Predicate::ValueOf &valueOf);

Truths junctionOf(const Part &part, const Predicate::ValueOf &valueOf)
{
    const bool isOr = part.kind == Kind::Or;
    Truths truths = yes;
    for (const Part &each : part.parts) {
        const Truths own = truthsOf(each, valueOf);
        truths = both(truths, isOr ? negated(own) : own);
    }
    return isOr ? negated(truths) : truths;
}

Truths columnsTruths(const Part &part, const Predicate::ValueOf &valueOf)
{
    const std::optional<Parameter> value = valueOf(part.column);
    if (part.kind == Kind::IsNull)
        return !value ? yes | no : *value ? no : yes;
    if (!value || !*value)
        return value ? null : any;
    if (part.kind == Kind::Column)
        return booleanIn(**value);
    const bool isOne = std::ranges::any_of(
        part.values, [&](const QByteArray &constant) { return isSame(**value, constant); });
    return isOne ? yes : no;
}

Truths truthsOf(const Part &part, const Predicate::ValueOf &valueOf)
{
    switch (part.kind) {
    case Kind::Column:
    case Kind::OneOf:
    case Kind::IsNull:
        return columnsTruths(part, valueOf);
    case Kind::And:
    case Kind::Or:
        return junctionOf(part, valueOf);
    case Kind::Not:
        return negated(truthsOf(part.parts.front(), valueOf));
    case Kind::IsTrue: {
        const Truths inner = truthsOf(part.parts.front(), valueOf);
        return (inner & yes) | (inner & (no | null) ? no : 0U);
    }
    case Kind::Opaque:
        break;
    }
    return any;
}
} // namespace

Predicate::Predicate(const QString &condition)
{
    // The line end closes a comment at the condition's end.
    const QString query = QStringLiteral("SELECT WHERE (%1\n)").arg(condition);
    Part root;
    (void)parse(Source(query), [&root](const PgQuery__ParseResult &tree) {
        if (tree.n_stmts != 1 || tree.stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
            return;
        if (const PgQuery__Node *where = tree.stmts[0]->stmt->select_stmt->where_clause)
            root = partOf(*where, 0);
    });
    m_root = std::make_shared<const Part>(std::move(root));
    if (const base::Result<QList<ColumnUse>> uses = collectColumns(query)) {
        for (const ColumnUse &use : *uses)
            m_columns << use.name;
    }
}

Predicate::Holds Predicate::holds(const ValueOf &valueOf) const
{
    const Truths truths = truthsOf(*m_root, valueOf);
    return truths == yes ? Holds::Yes : truths & yes ? Holds::Unknown : Holds::No;
}

} // namespace sql
