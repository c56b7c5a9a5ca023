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

template <typename Item> Json list(const QList<Item> &items)
{
    Json result = Json::array();
    for (const Item &item : items)
        result.push_back(write(item));
    return result;
}

Json write(const Name &name)
{
    return {{"schema", text(name.schema)}, {"name", text(name.name)}};
}

Json write(const Origin &origin)
{
    Json result = Json::object();
    if (!origin.name.isEmpty())
        result["name"] = text(origin.name);
    if (!origin.location.file.isEmpty())
        result["file"] = text(origin.location.file);
    if (origin.location.line > 0)
        result["line"] = origin.location.line;
    if (origin.location.column > 0)
        result["column"] = origin.location.column;
    return result;
}

Json write(const std::pair<QString, QString> &option)
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

Json write(const Default &value)
{
    switch (value.form) {
    case Default::Form::Number:
        return {{"number", text(value.text)}};
    case Default::Form::Boolean:
        return {{"boolean", text(value.text)}};
    case Default::Form::Sql:
        break;
    }
    return {{"sql", text(value.text)}};
}

Json write(const Identity &identity)
{
    Json result = {
        {"kind", identity.kind == Identity::Kind::Always ? "always" : "byDefault"},
        {"sequenceName", text(identity.sequenceName)},
        {"sequenceSchema", text(identity.sequenceSchema)},
    };
    writeOptions(result, identity.options);
    return result;
}

Json write(const Column &column)
{
    Json result = {
        {"name", text(column.name)},
        {"type", text(column.type)},
        {"typeSchema", text(column.typeSchema)},
        {"primaryKey", column.primaryKey},
        {"notNull", column.notNull},
    };
    if (column.defaultValue)
        result["default"] = write(*column.defaultValue);
    if (column.generated)
        result["generated"] = {{"expression", text(column.generated->expression)},
                               {"stored", column.generated->stored}};
    if (column.identity)
        result["identity"] = write(*column.identity);
    result["origin"] = write(column.origin);
    return result;
}

Json write(const IndexColumn &column)
{
    return {
        {"expression", text(column.expression)},
        {"isExpression", column.isExpression},
        {"ascending", column.ascending},
        {"nulls", text(column.nulls)},
        {"operatorClass", text(column.operatorClass)},
    };
}

Json write(const Index &index)
{
    return {
        {"name", text(index.name)},           {"columns", list(index.columns)},
        {"isUnique", index.isUnique},         {"where", text(index.where)},
        {"concurrently", index.concurrently}, {"method", text(index.method)},
        {"with", list(index.with)},           {"origin", write(index.origin)},
    };
}

Json write(const ForeignKey &key)
{
    return {
        {"name", text(key.name)},
        {"columns", texts(key.columns)},
        {"targetSchema", text(key.targetSchema)},
        {"targetTable", text(key.targetTable)},
        {"targetColumns", texts(key.targetColumns)},
        {"onDelete", text(key.onDelete)},
        {"onUpdate", text(key.onUpdate)},
        {"origin", write(key.origin)},
    };
}

Json write(const PrimaryKey &key)
{
    return {{"name", text(key.name)}, {"columns", texts(key.columns)}};
}

Json write(const Unique &unique)
{
    return {
        {"name", text(unique.name)},
        {"columns", texts(unique.columns)},
        {"nullsNotDistinct", unique.nullsNotDistinct},
        {"origin", write(unique.origin)},
    };
}

Json write(const Check &check)
{
    return {
        {"name", text(check.name)},
        {"expression", text(check.expression)},
        {"origin", write(check.origin)},
    };
}

Json write(const Policy &policy)
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
    result["origin"] = write(policy.origin);
    return result;
}

Json write(const Table &table)
{
    Json result = write(table.name);
    result["columns"] = list(table.columns);
    result["indexes"] = list(table.indexes);
    result["foreignKeys"] = list(table.foreignKeys);
    result["primaryKeys"] = list(table.primaryKeys);
    result["uniques"] = list(table.uniques);
    result["checks"] = list(table.checks);
    result["policies"] = list(table.policies);
    result["rowLevelSecurity"] = table.rowLevelSecurity;
    result["origin"] = write(table.origin);
    return result;
}

Json write(const Enum &type)
{
    Json result = write(type.name);
    result["values"] = texts(type.values);
    result["origin"] = write(type.origin);
    return result;
}

Json write(const Sequence &sequence)
{
    Json result = write(sequence.name);
    writeOptions(result, sequence.options);
    result["origin"] = write(sequence.origin);
    return result;
}

Json write(const Role &role)
{
    return {
        {"name", text(role.name)}, {"createDb", role.createDb},    {"createRole", role.createRole},
        {"inherit", role.inherit}, {"origin", write(role.origin)},
    };
}

Json write(const View &view)
{
    Json result = write(view.name);
    result["materialized"] = view.materialized;
    result["existing"] = view.existing;
    result["definition"] = text(view.definition);
    result["columns"] = list(view.columns);
    result["with"] = list(view.with);
    result["origin"] = write(view.origin);
    return result;
}

Json write(const Relation &relation)
{
    return {
        {"table", write(relation.table)},
        {"name", text(relation.name)},
        {"kind", relation.kind == Relation::Kind::One ? "one" : "many"},
        {"target", write(relation.target)},
        {"columns", texts(relation.columns)},
        {"targetColumns", texts(relation.targetColumns)},
        {"relationName", text(relation.relationName)},
        {"origin", write(relation.origin)},
    };
}

} // namespace

nlohmann::ordered_json write(const Database &database)
{
    return {
        {"format", "sluice-schema"},
        {"version", 1},
        {"schemas", texts(database.schemas)},
        {"tables", list(database.tables)},
        {"enums", list(database.enums)},
        {"sequences", list(database.sequences)},
        {"roles", list(database.roles)},
        {"views", list(database.views)},
        {"linkedPolicies", list(database.linkedPolicies)},
        {"relations", list(database.relations)},
    };
}

} // namespace schema::json
