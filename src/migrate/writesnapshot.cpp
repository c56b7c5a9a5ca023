// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/json.h"
#include "migrate/objectorder.h"

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
void put(Json &object, const char *key, const QString &text)
{
    object[key] = toJson(text);
}

/// A member that drizzle-kit leaves out when it has nothing to say.
void putIf(Json &object, const char *key, const QString &text)
{
    if (!text.isEmpty())
        put(object, key, text);
}

QString schemaName(const QString &schema)
{
    return schema.isEmpty() ? QStringLiteral("public") : schema;
}

/// The way back from text: numbers and booleans are bare, 'texts' may have quotes.
Json scalar(const QString &text)
{
    if (text.size() >= 2 && text.startsWith(u'\'') && text.endsWith(u'\''))
        return toJson(text.mid(1, text.size() - 2));
    Json parsed = Json::parse(text.toStdString(), nullptr, false);
    return parsed.is_number() || parsed.is_boolean() ? parsed : toJson(text);
}

struct Option {
    QString name;
    QString value;
};

Json options(const QList<std::pair<QString, QString>> &pairs)
{
    QList<Option> entries;
    for (const auto &[name, value] : pairs)
        entries << Option{name, value};
    Json object = Json::object();
    for (const Option &entry : inObjectOrder(entries))
        object[entry.name.toStdString()] = scalar(entry.value);
    return object;
}

void putSequence(Json &object, const schema::SequenceOptions &sequence)
{
    putIf(object, "increment", sequence.increment);
    putIf(object, "startWith", sequence.startWith);
    putIf(object, "minValue", sequence.minValue);
    putIf(object, "maxValue", sequence.maxValue);
    putIf(object, "cache", sequence.cache);
    object["cycle"] = sequence.cycle;
}

Json identity(const schema::Identity &value)
{
    Json object = Json::object();
    object["type"] = value.kind == schema::Identity::Kind::Always ? "always" : "byDefault";
    put(object, "name", value.sequenceName);
    put(object, "schema", schemaName(value.sequenceSchema));
    putSequence(object, value.options);
    return object;
}

Json defaultValue(const schema::Default &value)
{
    switch (value.form) {
    case schema::Default::Form::Sql:
        return toJson(value.text);
    case schema::Default::Form::Json:
        return Json::parse(value.text.toStdString(), nullptr, false);
    case schema::Default::Form::Number:
    case schema::Default::Form::Boolean:
        break;
    }
    return scalar(value.text);
}

Json column(const schema::Column &value)
{
    Json object = Json::object();
    put(object, "name", value.name);
    put(object, "type", value.type);
    putIf(object, "typeSchema", value.typeSchema);
    object["primaryKey"] = value.primaryKey;
    object["notNull"] = value.notNull;
    if (value.generated)
        object["generated"] = Json{{"as", toJson(value.generated->expression)},
                                   {"type", value.generated->stored ? "stored" : "virtual"}};
    if (value.identity)
        object["identity"] = identity(*value.identity);
    if (value.defaultValue)
        object["default"] = defaultValue(*value.defaultValue);
    return object;
}

Json index(const schema::Index &value)
{
    Json columns = Json::array();
    for (const schema::IndexColumn &entry : value.columns) {
        Json object = Json::object();
        put(object, "expression", entry.expression);
        // The tool makes the two kinds in two places, with two orders of keys.
        if (entry.isExpression)
            object["asc"] = entry.ascending;
        object["isExpression"] = entry.isExpression;
        if (!entry.isExpression)
            object["asc"] = entry.ascending;
        put(object, "nulls", entry.nulls);
        putIf(object, "opclass", entry.operatorClass);
        columns.push_back(object);
    }
    Json object = Json::object();
    put(object, "name", value.name);
    object["columns"] = columns;
    object["isUnique"] = value.isUnique;
    putIf(object, "where", value.where);
    object["concurrently"] = value.concurrently;
    put(object, "method", value.method);
    object["with"] = options(value.with);
    return object;
}

Json policy(const schema::Policy &value)
{
    Json object = Json::object();
    put(object, "name", value.name);
    put(object, "as", value.as);
    put(object, "for", value.command);
    object["to"] = toJson(value.roles);
    if (value.usingExpression)
        put(object, "using", *value.usingExpression);
    if (value.withCheck)
        put(object, "withCheck", *value.withCheck);
    putIf(object, "schema", value.onSchema);
    putIf(object, "on", value.on);
    return object;
}

/// An object of named parts, in JavaScript's order of keys.
template <typename Part, typename Make> Json named(const QList<Part> &parts, Make make)
{
    Json object = Json::object();
    for (const Part &part : inObjectOrder(parts))
        object[part.name.toStdString()] = make(part);
    return object;
}

Json table(const schema::Table &value)
{
    Json object = Json::object();
    put(object, "name", value.name.name);
    put(object, "schema", value.name.schema);
    object["columns"] = named(value.columns, column);
    object["indexes"] = named(value.indexes, index);
    object["foreignKeys"] = named(value.foreignKeys, [&](const schema::ForeignKey &key) {
        Json entry = Json::object();
        put(entry, "name", key.name);
        put(entry, "tableFrom", value.name.name);
        put(entry, "tableTo", key.targetTable);
        putIf(entry, "schemaTo", key.targetSchema);
        entry["columnsFrom"] = toJson(key.columns);
        entry["columnsTo"] = toJson(key.targetColumns);
        putIf(entry, "onDelete", key.onDelete);
        putIf(entry, "onUpdate", key.onUpdate);
        return entry;
    });
    object["compositePrimaryKeys"] = named(value.primaryKeys, [](const schema::PrimaryKey &key) {
        return Json{{"name", toJson(key.name)}, {"columns", toJson(key.columns)}};
    });
    object["uniqueConstraints"] = named(value.uniques, [](const schema::Unique &unique) {
        return Json{{"name", toJson(unique.name)},
                    {"nullsNotDistinct", unique.nullsNotDistinct},
                    {"columns", toJson(unique.columns)}};
    });
    object["policies"] = named(value.policies, policy);
    object["checkConstraints"] = named(value.checks, [](const schema::Check &check) {
        return Json{{"name", toJson(check.name)}, {"value", toJson(check.expression)}};
    });
    object["isRLSEnabled"] = value.rowLevelSecurity;
    return object;
}

Json view(const schema::View &value)
{
    Json object = Json::object();
    object["columns"] = named(value.columns, column);
    if (!value.existing)
        put(object, "definition", value.definition);
    put(object, "name", value.name.name);
    put(object, "schema", schemaName(value.name.schema));
    object["isExisting"] = value.existing;
    if (!value.with.isEmpty())
        object["with"] = options(value.with);
    if (value.withNoData)
        object["withNoData"] = *value.withNoData;
    object["materialized"] = value.materialized;
    putIf(object, "tablespace", value.tablespace);
    putIf(object, "using", value.accessMethod);
    return object;
}

Json sequence(const schema::Sequence &value)
{
    Json object = Json::object();
    put(object, "name", value.name.name);
    put(object, "schema", schemaName(value.name.schema));
    putSequence(object, value.options);
    return object;
}

Json enumType(const schema::Enum &value)
{
    return Json{{"name", toJson(value.name.name)},
                {"schema", toJson(schemaName(value.name.schema))},
                {"values", toJson(value.values)}};
}

Json role(const schema::Role &value)
{
    return Json{{"name", toJson(value.name)},
                {"createDb", value.createDb},
                {"createRole", value.createRole},
                {"inherit", value.inherit}};
}

/// Keyed by schema and name, which never looks like a number.
template <typename Entry, typename Make> Json qualified(const QList<Entry> &entries, Make make)
{
    Json object = Json::object();
    for (const Entry &entry : entries)
        object[entry.name.qualified().toStdString()] = make(entry);
    return object;
}

struct Named {
    QString name;
};
} // namespace

QByteArray writeSnapshot(const schema::Database &database, const QString &id, const QString &prevId)
{
    QList<Named> schemas;
    for (const QString &name : database.schemas)
        schemas << Named{name};
    Json root = Json::object();
    put(root, "id", id);
    put(root, "prevId", prevId);
    put(root, "version", QStringLiteral("7"));
    put(root, "dialect", QStringLiteral("postgresql"));
    root["tables"] = qualified(database.tables, table);
    root["enums"] = qualified(database.enums, enumType);
    root["schemas"] = named(schemas, [](const Named &entry) { return toJson(entry.name); });
    root["sequences"] = qualified(database.sequences, sequence);
    root["roles"] = named(database.roles, role);
    root["policies"] = named(database.linkedPolicies, policy);
    root["views"] = qualified(database.views, view);
    root["_meta"] =
        Json{{"columns", Json::object()}, {"schemas", Json::object()}, {"tables", Json::object()}};
    return stringify(root);
}

} // namespace migrate
