// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/folder.h"
#include "migrate/folders.h"
#include "migrate/journal.h"
#include "migrate/json.h"
#include "migrate/jsonfault.h"
#include "migrate/text.h"
#include "schema/jsontree.h"

#include <QDir>

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
using schema::JsonValue;
using Kind = JsonValue::Kind;

// Members of an object that may lack them or have another type: then the default.

QString textOf(const JsonValue &object, const char *key)
{
    const JsonValue *value = object.find(key);
    return value && value->isText() ? value->text() : QString();
}

bool flagOf(const JsonValue &object, const char *key, bool otherwise = false)
{
    const JsonValue *value = object.find(key);
    return value && value->kind() == Kind::Boolean ? value->flag() : otherwise;
}

QStringList textsOf(const JsonValue &object, const char *key)
{
    QStringList texts;
    const JsonValue *value = object.find(key);
    if (!value || !value->isList())
        return texts;
    for (const JsonValue &entry : value->list()) {
        if (entry.isText())
            texts << entry.text();
    }
    return texts;
}

/// The members of an object's member that is an object; none otherwise.
std::span<const JsonValue> membersOf(const JsonValue &object, const char *key)
{
    const JsonValue *value = object.find(key);
    return value && value->isObject() ? value->members() : std::span<const JsonValue>();
}

/// The member as an object that is not empty; null otherwise.
const JsonValue *objectOf(const JsonValue &object, const char *key)
{
    return membersOf(object, key).empty() ? nullptr : object.find(key);
}

QString nameOf(const JsonValue &member)
{
    return QString::fromUtf8(member.name().data(), qsizetype(member.name().size()));
}

/// \a value as a value that can be printed.
Json toJson(const JsonValue &value)
{
    switch (value.kind()) {
    case Kind::Null:
        return nullptr;
    case Kind::Boolean:
        return value.flag();
    case Kind::Integer:
        return Json::parse(value.digits().toStdString());
    case Kind::Float:
        return value.number();
    case Kind::Text:
        return std::string(value.utf8());
    case Kind::List: {
        Json list = Json::array();
        for (const JsonValue &item : value.list())
            list.push_back(toJson(item));
        return list;
    }
    case Kind::Object:
        break;
    }
    Json object = Json::object();
    for (const JsonValue &member : value.members())
        object[std::string(member.name())] = toJson(member);
    return object;
}

QString plainSchema(const QString &schema)
{
    return schema == QLatin1String("public") ? QString() : schema;
}

/// A number or a boolean as its text; a text that looks like one of them gets single quotes, so
/// that it is written as a text again.
QString scalarText(const JsonValue &value)
{
    if (value.kind() == Kind::Float)
        return javaScriptNumber(value.number());
    if (!value.isText())
        return QString::fromStdString(toJson(value).dump());
    const QString text = value.text();
    const Json parsed = Json::parse(value.utf8(), nullptr, false);
    const bool hasQuotes = text.size() >= 2 && text.startsWith(u'\'') && text.endsWith(u'\'');
    const bool ambiguous = parsed.is_number() || parsed.is_boolean() || hasQuotes;
    return ambiguous ? u'\'' + text + u'\'' : text;
}

QList<std::pair<QString, QString>> optionsOf(const JsonValue &owner, const char *key)
{
    QList<std::pair<QString, QString>> options;
    for (const JsonValue &option : membersOf(owner, key))
        options << std::pair(nameOf(option), scalarText(option));
    return options;
}

schema::SequenceOptions sequenceOptions(const JsonValue &object)
{
    return {.increment = textOf(object, "increment"),
            .startWith = textOf(object, "startWith"),
            .minValue = textOf(object, "minValue"),
            .maxValue = textOf(object, "maxValue"),
            .cache = textOf(object, "cache"),
            .cycle = flagOf(object, "cycle")};
}

std::optional<schema::Default> defaultOf(const JsonValue &column)
{
    using Form = schema::Default::Form;
    const JsonValue *value = column.find("default");
    if (!value)
        return std::nullopt;
    switch (value->kind()) {
    case Kind::Text:
        return schema::Default{Form::Sql, value->text()};
    case Kind::Boolean:
        return schema::Default{Form::Boolean, scalarText(*value)};
    case Kind::Integer:
    case Kind::Float:
        return schema::Default{Form::Number, scalarText(*value)};
    default:
        return schema::Default{Form::Json, QString::fromStdString(toJson(*value).dump())};
    }
}

schema::Column columnOf(const JsonValue &object)
{
    schema::Column column;
    column.name = textOf(object, "name");
    column.type = textOf(object, "type");
    column.typeSchema = textOf(object, "typeSchema");
    column.primaryKey = flagOf(object, "primaryKey");
    column.notNull = flagOf(object, "notNull");
    column.defaultValue = defaultOf(object);
    if (const JsonValue *generated = objectOf(object, "generated"))
        column.generated = schema::Generated{
            textOf(*generated, "as"), textOf(*generated, "type") != QLatin1String("virtual")};
    if (const JsonValue *identity = objectOf(object, "identity"))
        column.identity =
            schema::Identity{textOf(*identity, "type") == QLatin1String("always")
                                 ? schema::Identity::Kind::Always
                                 : schema::Identity::Kind::ByDefault,
                             textOf(*identity, "name"), plainSchema(textOf(*identity, "schema")),
                             sequenceOptions(*identity)};
    return column;
}

QList<schema::Column> columnsOf(const JsonValue &owner)
{
    QList<schema::Column> columns;
    for (const JsonValue &column : membersOf(owner, "columns"))
        columns << columnOf(column);
    return columns;
}

schema::Index indexOf(const JsonValue &object)
{
    schema::Index index;
    index.name = textOf(object, "name");
    index.isUnique = flagOf(object, "isUnique");
    index.where = textOf(object, "where");
    index.concurrently = flagOf(object, "concurrently");
    index.method = textOf(object, "method");
    index.with = optionsOf(object, "with");
    const JsonValue *columns = object.find("columns");
    if (!columns || !columns->isList())
        return index;
    for (const JsonValue &column : columns->list()) {
        index.columns << schema::IndexColumn{
            textOf(column, "expression"), flagOf(column, "isExpression"),
            flagOf(column, "asc", true), textOf(column, "nulls"), textOf(column, "opclass")};
    }
    return index;
}

schema::ForeignKey foreignKeyOf(const JsonValue &object)
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

std::optional<QString> optionalText(const JsonValue &object, const char *key)
{
    return object.find(key) ? std::optional(textOf(object, key)) : std::nullopt;
}

schema::Policy policyOf(const JsonValue &object)
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

schema::Table tableOf(const JsonValue &object)
{
    schema::Table table;
    table.name = {plainSchema(textOf(object, "schema")), textOf(object, "name")};
    table.columns = columnsOf(object);
    for (const JsonValue &index : membersOf(object, "indexes"))
        table.indexes << indexOf(index);
    for (const JsonValue &key : membersOf(object, "foreignKeys"))
        table.foreignKeys << foreignKeyOf(key);
    for (const JsonValue &key : membersOf(object, "compositePrimaryKeys"))
        table.primaryKeys << schema::PrimaryKey{textOf(key, "name"), textsOf(key, "columns")};
    for (const JsonValue &unique : membersOf(object, "uniqueConstraints"))
        table.uniques << schema::Unique{textOf(unique, "name"),
                                        textsOf(unique, "columns"),
                                        flagOf(unique, "nullsNotDistinct"),
                                        {}};
    for (const JsonValue &policy : membersOf(object, "policies"))
        table.policies << policyOf(policy);
    for (const JsonValue &check : membersOf(object, "checkConstraints"))
        table.checks << schema::Check{textOf(check, "name"), textOf(check, "value"), {}};
    table.rowLevelSecurity = flagOf(object, "isRLSEnabled");
    return table;
}

schema::View viewOf(const JsonValue &object)
{
    schema::View view;
    view.name = {plainSchema(textOf(object, "schema")), textOf(object, "name")};
    view.materialized = flagOf(object, "materialized");
    view.existing = flagOf(object, "isExisting");
    view.definition = textOf(object, "definition");
    view.columns = columnsOf(object);
    view.with = optionsOf(object, "with");
    if (object.find("withNoData"))
        view.withNoData = flagOf(object, "withNoData");
    view.accessMethod = textOf(object, "using");
    view.tablespace = textOf(object, "tablespace");
    return view;
}

schema::Database databaseOf(const JsonValue &root)
{
    schema::Database database;
    for (const JsonValue &table : membersOf(root, "tables"))
        database.tables << tableOf(table);
    for (const JsonValue &type : membersOf(root, "enums"))
        database.enums << schema::Enum{{plainSchema(textOf(type, "schema")), textOf(type, "name")},
                                       textsOf(type, "values"),
                                       {}};
    for (const JsonValue &schema : membersOf(root, "schemas"))
        database.schemas << nameOf(schema);
    for (const JsonValue &sequence : membersOf(root, "sequences"))
        database.sequences << schema::Sequence{
            {plainSchema(textOf(sequence, "schema")), textOf(sequence, "name")},
            sequenceOptions(sequence),
            {}};
    for (const JsonValue &role : membersOf(root, "roles"))
        database.roles << schema::Role{textOf(role, "name"),
                                       flagOf(role, "createDb"),
                                       flagOf(role, "createRole"),
                                       flagOf(role, "inherit", true),
                                       {}};
    for (const JsonValue &policy : membersOf(root, "policies"))
        database.linkedPolicies << policyOf(policy);
    for (const JsonValue &view : membersOf(root, "views"))
        database.views << viewOf(view);
    return database;
}
} // namespace

base::Result<schema::Database> readSnapshotFile(const QString &path)
{
    const base::Result<QByteArray> text = readFile(path);
    return text ? readSnapshotText(*text, path) : text.error();
}

base::Result<schema::Database> readSnapshotText(const QByteArray &text, const QString &path)
{
    const schema::JsonTree tree(text);
    if (tree.fault())
        return notJson(path, text, tree.fault()->what);
    const JsonValue &root = tree.root();
    const QString version = textOf(root, "version");
    const QString dialect = textOf(root, "dialect");
    if (version.isEmpty() || !root.find("tables"))
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The file is not a snapshot of drizzle-kit"),
                           .where = path};
    if (dialect != QLatin1String("postgresql"))
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("The snapshot is not one of PostgreSQL"),
                           .where = path,
                           .detail = Text::tr("its dialect is %1").arg(dialect),
                           // As drizzle-kit called PostgreSQL before version 6.
                           .hint =
                               dialect == u"pg" ? Text::tr("run \"drizzle-kit up\"") : QString()};
    if (version != QLatin1String("7"))
        return base::Error{.kind = base::ErrorKind::Unsupported,
                           .text = Text::tr("The snapshot has a version that is not supported"),
                           .where = path,
                           .detail = Text::tr("version %1, expected 7").arg(version),
                           .hint = version.toInt() < 7 ? Text::tr("run \"drizzle-kit up\"")
                                                       : QString()};
    return databaseOf(root);
}

base::Result<schema::Database> readSnapshot(const Folder &folder, const Migration &migration)
{
    if (folder.layout == Layout::Folders)
        return readNestedState(folder, migration);
    return readSnapshotFile(snapshotPath(folder.path, migration.tag));
}

} // namespace migrate
