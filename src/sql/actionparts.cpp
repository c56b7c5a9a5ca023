// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/actionparts.h"

#include <QHash>

#include <algorithm>

#include <pg_query/pg_query.pb-c.h>

namespace sql
{

namespace
{
using Kind = Action::Kind;

/// The names of the parser, as drizzle spells the types.
QString spelled(const QString &name)
{
    static const QHash<QString, QString> names = {
        {QStringLiteral("int4"), QStringLiteral("integer")},
        {QStringLiteral("int8"), QStringLiteral("bigint")},
        {QStringLiteral("int2"), QStringLiteral("smallint")},
        {QStringLiteral("bool"), QStringLiteral("boolean")},
        {QStringLiteral("float4"), QStringLiteral("real")},
        {QStringLiteral("float8"), QStringLiteral("double precision")},
        {QStringLiteral("bpchar"), QStringLiteral("char")},
        {QStringLiteral("timestamptz"), QStringLiteral("timestamp with time zone")},
        {QStringLiteral("timetz"), QStringLiteral("time with time zone")}};
    return names.value(name, name);
}

/// 'app.numbers', '"Numbers"'::regclass.
ObjectName quotedName(const QString &text)
{
    ObjectName name;
    QString word;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'"' && quoted && i + 1 < text.size() && text.at(i + 1) == u'"')
            word += text.at(i++);
        else if (c == u'"')
            quoted = !quoted;
        else if (c == u'.' && !quoted)
            name.schema = std::exchange(word, QString());
        else
            word += quoted ? c : c.toLower();
    }
    name.name = word;
    return name;
}

void lookAtCall(const PgQuery__FuncCall &call, Action &action)
{
    const QStringList parts = nameParts(call.funcname, call.n_funcname);
    action.functions << parts.join(u'.');
    const QString name = parts.value(parts.size() - 1);
    if ((name != QLatin1String("nextval") && name != QLatin1String("setval")) || call.n_args == 0)
        return;
    const PgQuery__Node *argument = call.args[0];
    if (argument->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        argument = argument->type_cast->arg;
    if (argument && argument->node_case == PG_QUERY__NODE__NODE_A_CONST && argument->a_const->sval)
        action.numbers << quotedName(textOf(argument->a_const->sval->sval));
}

Action::Kind dropKind(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
        return Kind::DropTable;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return Kind::DropView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return Kind::DropIndex;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return Kind::DropSequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return Kind::DropType;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return Kind::DropSchema;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        return Kind::DropExtension;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return Kind::DropFunction;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return Kind::DropPolicy;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return Kind::DropTrigger;
    default:
        return Kind::Other;
    }
}
} // namespace

QString textOf(const char *text)
{
    return text ? QString::fromUtf8(text) : QString();
}

ObjectName nameOf(const PgQuery__RangeVar *range)
{
    return range ? ObjectName{textOf(range->schemaname), textOf(range->relname)} : ObjectName();
}

ObjectName nameOf(PgQuery__Node *const *nodes, size_t count)
{
    const QStringList words = wordsOf(nodes, count);
    return {words.value(words.size() - 2), words.value(words.size() - 1)};
}

ObjectName nameOf(const PgQuery__Node *node)
{
    if (!node)
        return {};
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_LIST:
        return nameOf(node->list->items, node->list->n_items);
    case PG_QUERY__NODE__NODE_TYPE_NAME:
        return nameOf(node->type_name->names, node->type_name->n_names);
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
        return nameOf(node->object_with_args->objname, node->object_with_args->n_objname);
    case PG_QUERY__NODE__NODE_STRING:
        return {{}, textOf(node->string->sval)};
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return nameOf(node->range_var);
    default:
        return {};
    }
}

QStringList wordsOf(PgQuery__Node *const *nodes, size_t count)
{
    QStringList words;
    for (size_t i = 0; i < count; ++i) {
        if (nodes[i]->node_case == PG_QUERY__NODE__NODE_STRING)
            words << textOf(nodes[i]->string->sval);
    }
    return words;
}

bool isCascade(int behavior)
{
    return behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

void look(const ProtobufCMessage &message, Action &action)
{
    if (const auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
        lookAtCall(*call, action);
    if (const auto *range = as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor)) {
        const ObjectName name = nameOf(range);
        if (!action.reads.contains(name))
            action.reads << name;
    }
    forEachChild(message, [&](const ProtobufCMessage &child) { look(child, action); });
}

void look(const PgQuery__Node *node, Action &action)
{
    if (node)
        look(node->base, action);
}

void noteType(const PgQuery__TypeName *type, Action &action)
{
    if (!type)
        return;
    const ObjectName name = nameOf(type->names, type->n_names);
    action.typeSchema = name.schema == QLatin1String("pg_catalog") ? QString() : name.schema;
    QStringList modifiers;
    for (size_t i = 0; i < type->n_typmods; ++i) {
        const PgQuery__Node &node = *type->typmods[i];
        if (node.node_case == PG_QUERY__NODE__NODE_A_CONST && node.a_const->ival)
            modifiers << QString::number(node.a_const->ival->ival);
    }
    QString text = spelled(name.name);
    // The parser says char(1) and interval's range where nothing is written.
    if (!modifiers.isEmpty() && text != QLatin1String("interval"))
        text.insert(text.contains(u' ') ? text.indexOf(u' ') : text.size(),
                    u'(' + modifiers.join(u',') + u')');
    action.type = text + QStringLiteral("[]").repeated(qsizetype(type->n_array_bounds));
}

void readDrop(const PgQuery__DropStmt &statement, QList<Action> &actions)
{
    Action action;
    action.kind = dropKind(statement.remove_type);
    action.cascade = isCascade(statement.behavior);
    action.tolerant = statement.missing_ok;
    action.concurrently = statement.concurrent;
    if (statement.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW)
        action.relation = Action::Relation::MaterializedView;
    for (size_t i = 0; i < statement.n_objects; ++i) {
        const PgQuery__Node &object = *statement.objects[i];
        action.object = nameOf(&object);
        const bool part = action.kind == Kind::DropPolicy || action.kind == Kind::DropTrigger;
        if (part && object.node_case == PG_QUERY__NODE__NODE_LIST) {
            action.part = action.object.name;
            action.object = nameOf(object.list->items, object.list->n_items - 1);
        }
        actions << action;
    }
}

} // namespace sql
