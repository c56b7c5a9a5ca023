// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema/jsonread.h"

namespace schema::json
{

namespace
{

using Json = nlohmann::ordered_json;

QString text(const Json &json, const char *member)
{
    return QString::fromStdString(json.at(member).get_ref<const std::string &>());
}

bool flag(const Json &json, const char *member)
{
    return json.at(member).get<bool>();
}

QStringList texts(const Json &json, const char *member)
{
    QStringList result;
    for (const Json &item : json.at(member))
        result.append(QString::fromStdString(item.get_ref<const std::string &>()));
    return result;
}

/// The list under \a member, each item read by \a read.
template <typename Item>
QList<Item> list(const Json &json, const char *member, Item (*read)(const Json &))
{
    QList<Item> result;
    for (const Json &item : json.at(member))
        result.append(read(item));
    return result;
}

std::optional<QString> optionalText(const Json &json, const char *member)
{
    return json.contains(member) ? std::optional(text(json, member)) : std::nullopt;
}

Name readName(const Json &json)
{
    return {text(json, "schema"), text(json, "name")};
}

SourceLocation readLocation(const Json &json)
{
    return {optionalText(json, "file").value_or(QString()), json.value("line", 0),
            json.value("column", 0)};
}

Origin readOrigin(const Json &json)
{
    Origin origin;
    const auto found = json.find("origin");
    if (found == json.end())
        return origin;
    origin.name = optionalText(*found, "name").value_or(QString());
    origin.location = readLocation(*found);
    if (const auto definition = found->find("definition"); definition != found->end())
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
    if (json.contains("number"))
        return {Default::Form::Number, text(json, "number")};
    if (json.contains("boolean"))
        return {Default::Form::Boolean, text(json, "boolean")};
    if (json.contains("json"))
        return {Default::Form::Json, text(json, "json")};
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
    if (json.contains("default"))
        column.defaultValue = readDefault(json.at("default"));
    if (json.contains("generated"))
        column.generated = Generated{text(json.at("generated"), "expression"),
                                     flag(json.at("generated"), "stored")};
    if (json.contains("identity"))
        column.identity = readIdentity(json.at("identity"));
    if (const auto filled = json.find("filledByCode"); filled != json.end())
        column.filledByCode = {filled->value("onInsert", false), filled->value("onUpdate", false)};
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
        .withNoData =
            json.contains("withNoData") ? std::optional(flag(json, "withNoData")) : std::nullopt,
        .accessMethod = optionalText(json, "accessMethod").value_or(QString()),
        .tablespace = optionalText(json, "tablespace").value_or(QString()),
        .origin = readOrigin(json),
    };
}

std::optional<Relation::Through> readThrough(const Json &json)
{
    const auto found = json.find("through");
    if (found == json.end())
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

Database readDatabase(const nlohmann::ordered_json &json)
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
