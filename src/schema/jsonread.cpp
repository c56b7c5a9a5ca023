// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/jsonread.h"

namespace schema::json
{

namespace
{

using Json = JsonValue;

QString text(const Json &json, const char *member)
{
    return json.at(member).text();
}

bool flag(const Json &json, const char *member)
{
    return json.at(member).flag();
}

QStringList texts(const Json &json, const char *member)
{
    QStringList result;
    const auto items = json.at(member).list();
    result.reserve(qsizetype(items.size()));
    for (const Json &item : items)
        result.append(item.text());
    return result;
}

/// The list under \a member, each item read by \a read.
template <typename Item>
QList<Item> list(const Json &json, const char *member, Item (*read)(const Json &))
{
    QList<Item> result;
    const auto items = json.at(member).list();
    result.reserve(qsizetype(items.size()));
    for (const Json &item : items)
        result.append(read(item));
    return result;
}

std::optional<QString> optionalText(const Json &json, const char *member)
{
    const Json *found = json.find(member);
    return found ? std::optional(found->text()) : std::nullopt;
}

std::optional<bool> optionalFlag(const Json &json, const char *member)
{
    const Json *found = json.find(member);
    return found ? std::optional(found->flag()) : std::nullopt;
}

Name readName(const Json &json)
{
    return {text(json, "schema"), text(json, "name")};
}

SourceLocation readLocation(const Json &json)
{
    const auto number = [&](const char *member) {
        const Json *found = json.find(member);
        return found ? int(found->integer()) : 0;
    };
    return {optionalText(json, "file").value_or(QString()), number("line"), number("column")};
}

Origin readOrigin(const Json &json)
{
    Origin origin;
    const Json *found = json.find("origin");
    if (!found)
        return origin;
    origin.name = optionalText(*found, "name").value_or(QString());
    origin.location = readLocation(*found);
    if (const Json *definition = found->find("definition"))
        origin.definition = readLocation(*definition);
    origin.description = optionalText(*found, "description").value_or(QString());
    return origin;
}

std::pair<QString, QString> readOption(const Json &json)
{
    return {text(json, "name"), text(json, "value")};
}

SequenceOptions readOptions(const Json &json)
{
    return {
        .increment = text(json, "increment"),
        .startWith = text(json, "startWith"),
        .minValue = text(json, "minValue"),
        .maxValue = text(json, "maxValue"),
        .cache = text(json, "cache"),
        .cycle = flag(json, "cycle"),
    };
}

Default readDefault(const Json &json)
{
    if (const auto number = optionalText(json, "number"))
        return {Default::Form::Number, *number};
    if (const auto boolean = optionalText(json, "boolean"))
        return {Default::Form::Boolean, *boolean};
    if (const auto other = optionalText(json, "json"))
        return {Default::Form::Json, *other};
    return {Default::Form::Sql, text(json, "sql")};
}

Identity readIdentity(const Json &json)
{
    return {
        .kind =
            text(json, "kind") == u"always" ? Identity::Kind::Always : Identity::Kind::ByDefault,
        .sequenceName = text(json, "sequenceName"),
        .sequenceSchema = text(json, "sequenceSchema"),
        .options = readOptions(json),
    };
}

Column readColumn(const Json &json)
{
    Column column{
        .name = text(json, "name"),
        .type = text(json, "type"),
        .typeSchema = text(json, "typeSchema"),
        .primaryKey = flag(json, "primaryKey"),
        .notNull = flag(json, "notNull"),
        .origin = readOrigin(json),
    };
    if (const Json *value = json.find("default"))
        column.defaultValue = readDefault(*value);
    if (const Json *generated = json.find("generated"))
        column.generated = Generated{text(*generated, "expression"), flag(*generated, "stored")};
    if (const Json *identity = json.find("identity"))
        column.identity = readIdentity(*identity);
    if (const Json *filled = json.find("filledByCode"))
        column.filledByCode = {optionalFlag(*filled, "onInsert").value_or(false),
                               optionalFlag(*filled, "onUpdate").value_or(false)};
    return column;
}

IndexColumn readIndexColumn(const Json &json)
{
    return {
        .expression = text(json, "expression"),
        .isExpression = flag(json, "isExpression"),
        .ascending = flag(json, "ascending"),
        .nulls = text(json, "nulls"),
        .operatorClass = text(json, "operatorClass"),
    };
}

Index readIndex(const Json &json)
{
    return {
        .name = text(json, "name"),
        .columns = list(json, "columns", readIndexColumn),
        .isUnique = flag(json, "isUnique"),
        .where = text(json, "where"),
        .concurrently = flag(json, "concurrently"),
        .method = text(json, "method"),
        .with = list(json, "with", readOption),
        .invalid = optionalFlag(json, "invalid").value_or(false),
        .origin = readOrigin(json),
    };
}

ForeignKey readForeignKey(const Json &json)
{
    return {
        .name = text(json, "name"),
        .columns = texts(json, "columns"),
        .targetSchema = text(json, "targetSchema"),
        .targetTable = text(json, "targetTable"),
        .targetColumns = texts(json, "targetColumns"),
        .onDelete = text(json, "onDelete"),
        .onUpdate = text(json, "onUpdate"),
        .origin = readOrigin(json),
    };
}

PrimaryKey readPrimaryKey(const Json &json)
{
    return {
        .name = text(json, "name"), .columns = texts(json, "columns"), .origin = readOrigin(json)};
}

Unique readUnique(const Json &json)
{
    return {
        .name = text(json, "name"),
        .columns = texts(json, "columns"),
        .nullsNotDistinct = flag(json, "nullsNotDistinct"),
        .origin = readOrigin(json),
    };
}

Check readCheck(const Json &json)
{
    return {
        .name = text(json, "name"),
        .expression = text(json, "expression"),
        .origin = readOrigin(json),
    };
}

Policy readPolicy(const Json &json)
{
    return {
        .name = text(json, "name"),
        .as = text(json, "as"),
        .command = text(json, "command"),
        .roles = texts(json, "roles"),
        .usingExpression = optionalText(json, "using"),
        .withCheck = optionalText(json, "withCheck"),
        .onSchema = optionalText(json, "onSchema").value_or(QString()),
        .on = optionalText(json, "on").value_or(QString()),
        .origin = readOrigin(json),
    };
}

Table readTable(const Json &json)
{
    return {
        .name = readName(json),
        .columns = list(json, "columns", readColumn),
        .indexes = list(json, "indexes", readIndex),
        .foreignKeys = list(json, "foreignKeys", readForeignKey),
        .primaryKeys = list(json, "primaryKeys", readPrimaryKey),
        .uniques = list(json, "uniques", readUnique),
        .checks = list(json, "checks", readCheck),
        .policies = list(json, "policies", readPolicy),
        .rowLevelSecurity = flag(json, "rowLevelSecurity"),
        .policiesInactive = optionalFlag(json, "policiesInactive").value_or(false),
        .origin = readOrigin(json),
    };
}

Enum readEnum(const Json &json)
{
    return {.name = readName(json), .values = texts(json, "values"), .origin = readOrigin(json)};
}

Sequence readSequence(const Json &json)
{
    return {.name = readName(json), .options = readOptions(json), .origin = readOrigin(json)};
}

Role readRole(const Json &json)
{
    return {
        .name = text(json, "name"),
        .createDb = flag(json, "createDb"),
        .createRole = flag(json, "createRole"),
        .inherit = flag(json, "inherit"),
        .origin = readOrigin(json),
    };
}

View readView(const Json &json)
{
    return {
        .name = readName(json),
        .materialized = flag(json, "materialized"),
        .existing = flag(json, "existing"),
        .definition = text(json, "definition"),
        .columns = list(json, "columns", readColumn),
        .with = list(json, "with", readOption),
        .withNoData = optionalFlag(json, "withNoData"),
        .accessMethod = optionalText(json, "accessMethod").value_or(QString()),
        .tablespace = optionalText(json, "tablespace").value_or(QString()),
        .origin = readOrigin(json),
    };
}

std::optional<Relation::Through> readThrough(const Json &json)
{
    const Json *found = json.find("through");
    if (!found)
        return std::nullopt;
    return Relation::Through{readName(found->at("table")), texts(*found, "columns"),
                             texts(*found, "targetColumns")};
}

Relation readRelation(const Json &json)
{
    return {
        .table = readName(json.at("table")),
        .name = text(json, "name"),
        .kind = text(json, "kind") == u"one" ? Relation::Kind::One : Relation::Kind::Many,
        .target = readName(json.at("target")),
        .columns = texts(json, "columns"),
        .targetColumns = texts(json, "targetColumns"),
        .relationName = text(json, "relationName"),
        .through = readThrough(json),
        .origin = readOrigin(json),
    };
}

} // namespace

Database readDatabase(const JsonValue &json)
{
    return {
        .schemas = texts(json, "schemas"),
        .tables = list(json, "tables", readTable),
        .enums = list(json, "enums", readEnum),
        .sequences = list(json, "sequences", readSequence),
        .roles = list(json, "roles", readRole),
        .views = list(json, "views", readView),
        .linkedPolicies = list(json, "linkedPolicies", readPolicy),
        .relations = list(json, "relations", readRelation),
    };
}

} // namespace schema::json
