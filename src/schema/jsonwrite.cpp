// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/jsonwrite.h"

namespace schema::json
{

namespace
{

using Json = nlohmann::ordered_json;

std::string text(const QString &string)
{
    return string.toStdString();
}

Json texts(const QStringList &strings)
{
    Json result = Json::array();
    for (const QString &string : strings)
        result.push_back(text(string));
    return result;
}

/// \a encode is the overload for the item.
template <typename Item> Json list(const QList<Item> &items, Json (*encode)(const Item &))
{
    Json result = Json::array();
    for (const Item &item : items)
        result.push_back(encode(item));
    return result;
}

Json encode(const Name &name)
{
    return {{"schema", text(name.schema)}, {"name", text(name.name)}};
}

void writeLocation(Json &result, const SourceLocation &location)
{
    if (!location.file.isEmpty())
        result["file"] = text(location.file);
    if (location.line > 0)
        result["line"] = location.line;
    if (location.column > 0)
        result["column"] = location.column;
}

Json encode(const Origin &origin)
{
    Json result = Json::object();
    if (!origin.name.isEmpty())
        result["name"] = text(origin.name);
    writeLocation(result, origin.location);
    if (!origin.definition.file.isEmpty())
        writeLocation(result["definition"], origin.definition);
    if (!origin.description.isEmpty())
        result["description"] = text(origin.description);
    return result;
}

Json encode(const std::pair<QString, QString> &option)
{
    return {{"name", text(option.first)}, {"value", text(option.second)}};
}

void writeOptions(Json &result, const SequenceOptions &options)
{
    result["increment"] = text(options.increment);
    result["startWith"] = text(options.startWith);
    result["minValue"] = text(options.minValue);
    result["maxValue"] = text(options.maxValue);
    result["cache"] = text(options.cache);
    result["cycle"] = options.cycle;
}

Json encode(const Default &value)
{
    switch (value.form) {
    case Default::Form::Number:
        return {{"number", text(value.text)}};
    case Default::Form::Boolean:
        return {{"boolean", text(value.text)}};
    case Default::Form::Json:
        return {{"json", text(value.text)}};
    case Default::Form::Sql:
        break;
    }
    return {{"sql", text(value.text)}};
}

Json encode(const Identity &identity)
{
    Json result = {
        {"kind", identity.kind == Identity::Kind::Always ? "always" : "byDefault"},
        {"sequenceName", text(identity.sequenceName)},
        {"sequenceSchema", text(identity.sequenceSchema)},
    };
    writeOptions(result, identity.options);
    return result;
}

Json encode(const Column &column)
{
    Json result = {
        {"name", text(column.name)},
        {"type", text(column.type)},
        {"typeSchema", text(column.typeSchema)},
        {"primaryKey", column.primaryKey},
        {"notNull", column.notNull},
    };
    if (column.defaultValue)
        result["default"] = encode(*column.defaultValue);
    if (column.generated)
        result["generated"] = {{"expression", text(column.generated->expression)},
                               {"stored", column.generated->stored}};
    if (column.identity)
        result["identity"] = encode(*column.identity);
    if (column.filledByCode.onInsert || column.filledByCode.onUpdate)
        result["filledByCode"] = {{"onInsert", column.filledByCode.onInsert},
                                  {"onUpdate", column.filledByCode.onUpdate}};
    result["origin"] = encode(column.origin);
    return result;
}

Json encode(const IndexColumn &column)
{
    return {
        {"expression", text(column.expression)},
        {"isExpression", column.isExpression},
        {"ascending", column.ascending},
        {"nulls", text(column.nulls)},
        {"operatorClass", text(column.operatorClass)},
    };
}

Json encode(const Index &index)
{
    Json result{
        {"name", text(index.name)},           {"columns", list(index.columns, encode)},
        {"isUnique", index.isUnique},         {"where", text(index.where)},
        {"concurrently", index.concurrently}, {"method", text(index.method)},
        {"with", list(index.with, encode)},   {"origin", encode(index.origin)},
    };
    if (index.invalid)
        result["invalid"] = true;
    return result;
}

Json encode(const ForeignKey &key)
{
    return {
        {"name", text(key.name)},
        {"columns", texts(key.columns)},
        {"targetSchema", text(key.targetSchema)},
        {"targetTable", text(key.targetTable)},
        {"targetColumns", texts(key.targetColumns)},
        {"onDelete", text(key.onDelete)},
        {"onUpdate", text(key.onUpdate)},
        {"origin", encode(key.origin)},
    };
}

Json encode(const PrimaryKey &key)
{
    return {
        {"name", text(key.name)},
        {"columns", texts(key.columns)},
        {"origin", encode(key.origin)},
    };
}

Json encode(const Unique &unique)
{
    return {
        {"name", text(unique.name)},
        {"columns", texts(unique.columns)},
        {"nullsNotDistinct", unique.nullsNotDistinct},
        {"origin", encode(unique.origin)},
    };
}

Json encode(const Check &check)
{
    return {
        {"name", text(check.name)},
        {"expression", text(check.expression)},
        {"origin", encode(check.origin)},
    };
}

Json encode(const Policy &policy)
{
    Json result = {
        {"name", text(policy.name)},
        {"as", text(policy.as)},
        {"command", text(policy.command)},
        {"roles", texts(policy.roles)},
    };
    if (policy.usingExpression)
        result["using"] = text(*policy.usingExpression);
    if (policy.withCheck)
        result["withCheck"] = text(*policy.withCheck);
    if (!policy.on.isEmpty()) {
        result["onSchema"] = text(policy.onSchema);
        result["on"] = text(policy.on);
    }
    result["origin"] = encode(policy.origin);
    return result;
}

Json encode(const Table &table)
{
    Json result = encode(table.name);
    result["columns"] = list(table.columns, encode);
    result["indexes"] = list(table.indexes, encode);
    result["foreignKeys"] = list(table.foreignKeys, encode);
    result["primaryKeys"] = list(table.primaryKeys, encode);
    result["uniques"] = list(table.uniques, encode);
    result["checks"] = list(table.checks, encode);
    result["policies"] = list(table.policies, encode);
    result["rowLevelSecurity"] = table.rowLevelSecurity;
    if (table.policiesInactive)
        result["policiesInactive"] = true;
    result["origin"] = encode(table.origin);
    return result;
}

Json encode(const Enum &type)
{
    Json result = encode(type.name);
    result["values"] = texts(type.values);
    result["origin"] = encode(type.origin);
    return result;
}

Json encode(const Sequence &sequence)
{
    Json result = encode(sequence.name);
    writeOptions(result, sequence.options);
    result["origin"] = encode(sequence.origin);
    return result;
}

Json encode(const Role &role)
{
    return {
        {"name", text(role.name)}, {"createDb", role.createDb},     {"createRole", role.createRole},
        {"inherit", role.inherit}, {"origin", encode(role.origin)},
    };
}

Json encode(const View &view)
{
    Json result = encode(view.name);
    result["materialized"] = view.materialized;
    result["existing"] = view.existing;
    result["definition"] = text(view.definition);
    result["columns"] = list(view.columns, encode);
    result["with"] = list(view.with, encode);
    if (view.withNoData)
        result["withNoData"] = *view.withNoData;
    if (!view.accessMethod.isEmpty())
        result["accessMethod"] = text(view.accessMethod);
    if (!view.tablespace.isEmpty())
        result["tablespace"] = text(view.tablespace);
    result["origin"] = encode(view.origin);
    return result;
}

Json encode(const Relation &relation)
{
    Json result = {
        {"table", encode(relation.table)},
        {"name", text(relation.name)},
        {"kind", relation.kind == Relation::Kind::One ? "one" : "many"},
        {"target", encode(relation.target)},
        {"columns", texts(relation.columns)},
        {"targetColumns", texts(relation.targetColumns)},
        {"relationName", text(relation.relationName)},
        {"origin", encode(relation.origin)},
    };
    if (relation.through)
        result["through"] = {{"table", encode(relation.through->table)},
                             {"columns", texts(relation.through->columns)},
                             {"targetColumns", texts(relation.through->targetColumns)}};
    return result;
}

} // namespace

nlohmann::ordered_json write(const Database &database)
{
    return {
        {"format", "sluice-schema"},
        {"version", 1},
        {"schemas", texts(database.schemas)},
        {"tables", list(database.tables, encode)},
        {"enums", list(database.enums, encode)},
        {"sequences", list(database.sequences, encode)},
        {"roles", list(database.roles, encode)},
        {"views", list(database.views, encode)},
        {"linkedPolicies", list(database.linkedPolicies, encode)},
        {"relations", list(database.relations, encode)},
    };
}

} // namespace schema::json
