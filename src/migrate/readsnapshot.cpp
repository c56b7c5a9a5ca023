// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/folders.h"
#include "migrate/journal.h"
#include "migrate/json.h"
#include "migrate/text.h"

#include <QDir>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
QString keyOf(const Json::const_iterator &it)
{
    return QString::fromStdString(it.key());
}

QString plainSchema(const QString &schema)
{
    return schema == QLatin1String("public") ? QString() : schema;
}

/// A number or a boolean as its text; a text that looks like one of them gets single quotes, so
/// that it is written as a text again.
QString scalarText(const Json &value)
{
    if (value.is_number_float())
        return javaScriptNumber(value.get<double>());
    if (!value.is_string())
        return QString::fromStdString(value.dump());
    const QString text = QString::fromStdString(value.get<std::string>());
    const Json parsed = Json::parse(value.get<std::string>(), nullptr, false);
    const bool hasQuotes = text.size() >= 2 && text.startsWith(u'\'') && text.endsWith(u'\'');
    const bool ambiguous = parsed.is_number() || parsed.is_boolean() || hasQuotes;
    return ambiguous ? u'\'' + text + u'\'' : text;
}

QList<std::pair<QString, QString>> optionsOf(const Json &object)
{
    QList<std::pair<QString, QString>> options;
    for (auto it = object.begin(); it != object.end(); ++it)
        options << std::pair(keyOf(it), scalarText(*it));
    return options;
}

schema::SequenceOptions sequenceOptions(const Json &object)
{
    return {.increment = textOf(object, "increment"),
            .startWith = textOf(object, "startWith"),
            .minValue = textOf(object, "minValue"),
            .maxValue = textOf(object, "maxValue"),
            .cache = textOf(object, "cache"),
            .cycle = flagOf(object, "cycle")};
}

std::optional<schema::Default> defaultOf(const Json &column)
{
    using Form = schema::Default::Form;
    const auto it = column.find("default");
    if (it == column.end())
        return std::nullopt;
    if (it->is_string())
        return schema::Default{Form::Sql, textOf(column, "default")};
    if (it->is_boolean())
        return schema::Default{Form::Boolean, scalarText(*it)};
    if (it->is_number())
        return schema::Default{Form::Number, scalarText(*it)};
    return schema::Default{Form::Json, QString::fromStdString(it->dump())};
}

schema::Column columnOf(const Json &object)
{
    schema::Column column;
    column.name = textOf(object, "name");
    column.type = textOf(object, "type");
    column.typeSchema = textOf(object, "typeSchema");
    column.primaryKey = flagOf(object, "primaryKey");
    column.notNull = flagOf(object, "notNull");
    column.defaultValue = defaultOf(object);
    const Json &generated = objectOf(object, "generated");
    if (!generated.empty())
        column.generated = schema::Generated{textOf(generated, "as"),
                                             textOf(generated, "type") != QLatin1String("virtual")};
    const Json &identity = objectOf(object, "identity");
    if (!identity.empty())
        column.identity = schema::Identity{
            textOf(identity, "type") == QLatin1String("always") ? schema::Identity::Kind::Always
                                                                : schema::Identity::Kind::ByDefault,
            textOf(identity, "name"), plainSchema(textOf(identity, "schema")),
            sequenceOptions(identity)};
    return column;
}

QList<schema::Column> columnsOf(const Json &owner)
{
    QList<schema::Column> columns;
    for (const Json &column : objectOf(owner, "columns"))
        columns << columnOf(column);
    return columns;
}

schema::Index indexOf(const Json &object)
{
    schema::Index index;
    index.name = textOf(object, "name");
    index.isUnique = flagOf(object, "isUnique");
    index.where = textOf(object, "where");
    index.concurrently = flagOf(object, "concurrently");
    index.method = textOf(object, "method");
    index.with = optionsOf(objectOf(object, "with"));
    const auto columns = object.find("columns");
    if (columns == object.end() || !columns->is_array())
        return index;
    for (const Json &column : *columns) {
        index.columns << schema::IndexColumn{
            textOf(column, "expression"), flagOf(column, "isExpression"),
            flagOf(column, "asc", true), textOf(column, "nulls"), textOf(column, "opclass")};
    }
    return index;
}

schema::ForeignKey foreignKeyOf(const Json &object)
{
    schema::ForeignKey key;
    key.name = textOf(object, "name");
    key.columns = textsOf(object, "columnsFrom");
    key.targetSchema = plainSchema(textOf(object, "schemaTo"));
    key.targetTable = textOf(object, "tableTo");
    key.targetColumns = textsOf(object, "columnsTo");
    key.onDelete = textOf(object, "onDelete");
    key.onUpdate = textOf(object, "onUpdate");
    return key;
}

std::optional<QString> optionalText(const Json &object, const char *key)
{
    return object.contains(key) ? std::optional(textOf(object, key)) : std::nullopt;
}

schema::Policy policyOf(const Json &object)
{
    schema::Policy policy;
    policy.name = textOf(object, "name");
    policy.as = textOf(object, "as");
    policy.command = textOf(object, "for");
    policy.roles = textsOf(object, "to");
    policy.usingExpression = optionalText(object, "using");
    policy.withCheck = optionalText(object, "withCheck");
    policy.onSchema = textOf(object, "schema");
    policy.on = textOf(object, "on");
    return policy;
}

schema::Table tableOf(const Json &object)
{
    schema::Table table;
    table.name = {plainSchema(textOf(object, "schema")), textOf(object, "name")};
    table.columns = columnsOf(object);
    for (const Json &index : objectOf(object, "indexes"))
        table.indexes << indexOf(index);
    for (const Json &key : objectOf(object, "foreignKeys"))
        table.foreignKeys << foreignKeyOf(key);
    for (const Json &key : objectOf(object, "compositePrimaryKeys"))
        table.primaryKeys << schema::PrimaryKey{textOf(key, "name"), textsOf(key, "columns")};
    for (const Json &unique : objectOf(object, "uniqueConstraints"))
        table.uniques << schema::Unique{textOf(unique, "name"),
                                        textsOf(unique, "columns"),
                                        flagOf(unique, "nullsNotDistinct"),
                                        {}};
    for (const Json &policy : objectOf(object, "policies"))
        table.policies << policyOf(policy);
    for (const Json &check : objectOf(object, "checkConstraints"))
        table.checks << schema::Check{textOf(check, "name"), textOf(check, "value"), {}};
    table.rowLevelSecurity = flagOf(object, "isRLSEnabled");
    return table;
}

schema::View viewOf(const Json &object)
{
    schema::View view;
    view.name = {plainSchema(textOf(object, "schema")), textOf(object, "name")};
    view.materialized = flagOf(object, "materialized");
    view.existing = flagOf(object, "isExisting");
    view.definition = textOf(object, "definition");
    view.columns = columnsOf(object);
    view.with = optionsOf(objectOf(object, "with"));
    if (object.contains("withNoData"))
        view.withNoData = flagOf(object, "withNoData");
    view.accessMethod = textOf(object, "using");
    view.tablespace = textOf(object, "tablespace");
    return view;
}

schema::Database databaseOf(const Json &root)
{
    schema::Database database;
    for (const Json &table : objectOf(root, "tables"))
        database.tables << tableOf(table);
    for (const Json &type : objectOf(root, "enums"))
        database.enums << schema::Enum{{plainSchema(textOf(type, "schema")), textOf(type, "name")},
                                       textsOf(type, "values"),
                                       {}};
    const Json &schemas = objectOf(root, "schemas");
    for (auto it = schemas.begin(); it != schemas.end(); ++it)
        database.schemas << keyOf(it);
    for (const Json &sequence : objectOf(root, "sequences"))
        database.sequences << schema::Sequence{
            {plainSchema(textOf(sequence, "schema")), textOf(sequence, "name")},
            sequenceOptions(sequence),
            {}};
    for (const Json &role : objectOf(root, "roles"))
        database.roles << schema::Role{textOf(role, "name"),
                                       flagOf(role, "createDb"),
                                       flagOf(role, "createRole"),
                                       flagOf(role, "inherit", true),
                                       {}};
    for (const Json &policy : objectOf(root, "policies"))
        database.linkedPolicies << policyOf(policy);
    for (const Json &view : objectOf(root, "views"))
        database.views << viewOf(view);
    return database;
}
} // namespace

base::Result<schema::Database> readSnapshotFile(const QString &path)
{
    const base::Result<Json> root = readJson(path);
    if (!root)
        return root.error();
    const QString version = textOf(*root, "version");
    const QString dialect = textOf(*root, "dialect");
    if (version.isEmpty() || !root->contains("tables"))
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The file is not a snapshot of drizzle-kit"),
                           .where = path};
    if (dialect != QLatin1String("postgresql"))
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("The snapshot is not one of PostgreSQL"),
                           .where = path,
                           .detail = Text::tr("its dialect is %1").arg(dialect)};
    if (version != QLatin1String("7"))
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("The snapshot has a version that is not supported"),
                           .where = path,
                           .detail = Text::tr("version %1, expected 7").arg(version),
                           .hint = version.toInt() < 7 ? Text::tr("run \"drizzle-kit up\"")
                                                       : QString()};
    return databaseOf(*root);
}

base::Result<schema::Database> readSnapshot(const Folder &folder, const Migration &migration)
{
    if (folder.layout == Layout::Folders)
        return readNestedState(folder, migration);
    return readSnapshotFile(snapshotPath(folder.path, migration.tag));
}

} // namespace migrate
