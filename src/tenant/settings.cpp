// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/settings.h"

#include "tenant/schemas.h"
#include "tenant/text.h"

#include <algorithm>
#include <functional>

#include <nlohmann/json.hpp>

namespace tenant
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
using Json = nlohmann::ordered_json;

constexpr auto globalWord = "global";
constexpr auto unknownWord = "unknown";
constexpr auto shownWord = "shown";
constexpr auto hiddenWord = "hidden";

/// A word of the file that is not what is expected there.
struct Misfit {
    QString place, wanted;
};

QString plain(const std::string &text)
{
    return QString::fromStdString(text);
}

schema::Name nameFrom(const QString &text)
{
    const qsizetype dot = text.indexOf(u'.');
    const QString schema = dot < 0 ? QString() : text.left(dot);
    return {schema == QLatin1String("public") ? QString() : schema, text.mid(dot + 1)};
}

QString textOf(const schema::Name &name)
{
    return name.schema.isEmpty() ? name.name : name.schema + u'.' + name.name;
}

/// The text at \a key of \a object, empty when there is none.
QString textAt(const Json &object, const char *key, const QString &place)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (!found->is_string())
        throw Misfit{place + u'.' + QLatin1String(key), Text::tr("a text")};
    return plain(found->get<std::string>());
}

/// A text or a list of texts at \a key of \a object.
QStringList textsAt(const Json &object, const char *key, const QString &place)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    const Misfit misfit{place + u'.' + QLatin1String(key), Text::tr("a text or a list of texts")};
    QStringList texts;
    const Json list = found->is_array() ? *found : Json::array({*found});
    for (const Json &value : list) {
        if (!value.is_string() || value.get<std::string>().empty())
            throw misfit;
        texts << plain(value.get<std::string>());
    }
    if (texts.isEmpty())
        throw misfit;
    return texts;
}

using TableSettings = QHash<schema::Name, TableSetting>;

/// Calls \a read with each entry of "tables" in \a object: the value, the table, the place.
void eachTable(const Json &object, const QString &place,
               const std::function<void(const Json &, const schema::Name &, const QString &)> &read)
{
    const auto tables = object.find("tables");
    if (tables == object.end())
        return;
    if (!tables->is_object())
        throw Misfit{place + QStringLiteral(".tables"), Text::tr("an object")};
    for (const auto &[name, value] : tables->items())
        read(value, nameFrom(plain(name)), place + QStringLiteral(".tables.") + plain(name));
}

void readTable(const Json &value, const schema::Name &name, const QString &place,
               Settings &settings)
{
    if (value == globalWord || value == unknownWord) {
        const Scoping said = value == globalWord ? Scoping::Global : Scoping::Unscoped;
        settings.tables.insert(name, {said, {}});
        return;
    }
    const QString column = value.is_object() ? textAt(value, "column", place) : QString();
    const QString shared = value.is_object() ? textAt(value, "shared", place) : QString();
    if (column.isEmpty() && shared.isEmpty())
        throw Misfit{place,
                     Text::tr(R"("global", "unknown" or {"column": "…", "shared": "shown"})")};
    if (!column.isEmpty())
        settings.tables.insert(name, {Scoping::Direct, column});
    if (shared.isEmpty())
        return;
    if (shared != QLatin1String(shownWord) && shared != QLatin1String(hiddenWord))
        throw Misfit{place + QStringLiteral(".shared"), Text::tr(R"("shown" or "hidden")")};
    settings.shared.insert(name, shared == QLatin1String(shownWord) ? SharedRows::Shown
                                                                    : SharedRows::Hidden);
}

/// Of the level below. Whether rows without a tenant are shown is said of the table once.
NestedSettings nestedIn(const Json &value, const QString &place)
{
    if (!value.is_object())
        throw Misfit{place, Text::tr("an object")};
    NestedSettings nested{.column = textAt(value, "column", place),
                          .root = nameFrom(textAt(value, "root", place)),
                          .label = textAt(value, "label", place),
                          .tables = {}};
    if (nested.column.isEmpty())
        throw Misfit{place + QStringLiteral(".column"),
                     Text::tr("the column that names a tenant within a tenant")};
    eachTable(value, place, [&](const Json &entry, const schema::Name &name, const QString &at) {
        Settings said;
        readTable(entry, name, at, said);
        if (!said.shared.isEmpty())
            throw Misfit{at, Text::tr(R"("shared" in tenant.tables)")};
        nested.tables.insert(said.tables);
    });
    return nested;
}

Json jsonOf(const schema::Name &name, const Settings &settings)
{
    const auto table = settings.tables.constFind(name);
    const bool isSaid = table != settings.tables.cend();
    if (isSaid && table->scoping != Scoping::Direct)
        return table->scoping == Scoping::Global ? globalWord : unknownWord;
    Json value = Json::object();
    if (isSaid)
        value["column"] = table->column.toStdString();
    if (const auto shared = settings.shared.constFind(name); shared != settings.shared.cend())
        value["shared"] = *shared == SharedRows::Shown ? shownWord : hiddenWord;
    return value;
}

Settings settingsIn(const Json &root)
{
    if (!root.is_object())
        throw Misfit{QStringLiteral("/"), Text::tr("an object")};
    Settings settings;
    const auto found = root.find("tenant");
    if (found == root.end())
        return settings;
    const QString place = QStringLiteral("tenant");
    if (!found->is_object())
        throw Misfit{place, Text::tr("an object")};
    settings.column = textAt(*found, "column", place);
    settings.root = nameFrom(textAt(*found, "root", place));
    settings.label = textAt(*found, "label", place);
    settings.schemas = textsAt(*found, "schemas", place);
    settings.declared = textAt(*found, "declared", place);
    const bool namesColumn = !settings.column.isEmpty() || !settings.root.name.isEmpty();
    if (!settings.schemas.isEmpty() && namesColumn)
        throw Misfit{place, Text::tr(R"(either "schemas" or "column" and "root")")};
    if (settings.schemas.isEmpty() && !settings.declared.isEmpty())
        throw Misfit{place, Text::tr(R"("schemas" beside "declared")")};
    if (const auto nested = found->find("nested"); nested != found->end())
        settings.nested = nestedIn(*nested, place + QStringLiteral(".nested"));
    if (!settings.schemas.isEmpty() && !settings.nested.column.isEmpty())
        throw Misfit{place, Text::tr(R"(either "schemas" or "nested")")};
    eachTable(*found, place, [&](const Json &value, const schema::Name &name, const QString &at) {
        readTable(value, name, at, settings);
    });
    return settings;
}

Result<Json> parsed(const QByteArray &json, const QString &file)
{
    if (json.trimmed().isEmpty())
        return Json::object();
    try {
        return Json::parse(json.cbegin(), json.cend());
    } catch (const nlohmann::json::parse_error &error) {
        // One past the last byte that was read.
        const auto end =
            json.cbegin() + std::clamp<qsizetype>(qsizetype(error.byte) - 1, 0, json.size());
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("This is no JSON"),
                     .where = QStringLiteral("%1:%2").arg(file).arg(
                         1 + std::count(json.cbegin(), end, '\n')),
                     .hint = Text::tr("mend it, or remove it: it says whose rows are whose")};
    } catch (const nlohmann::json::exception &error) {
        // A number that no double holds, which is no error of parsing to the library.
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("This is no JSON"),
                     .where = file,
                     .detail = QString::fromUtf8(error.what()),
                     .hint = Text::tr("mend it, or remove it: it says whose rows are whose")};
    }
}

void put(Json &object, const char *key, const QString &text)
{
    if (text.isEmpty())
        object.erase(key);
    else
        object[key] = text.toStdString();
}

void putTables(Json &object, const Settings &settings)
{
    QList<schema::Name> names = settings.tables.keys();
    for (const schema::Name &name : settings.shared.keys()) {
        if (!settings.tables.contains(name))
            names << name;
    }
    std::ranges::sort(names, {}, textOf);
    Json tables = Json::object();
    for (const schema::Name &name : std::as_const(names))
        tables[textOf(name).toStdString()] = jsonOf(name, settings);
    if (tables.empty())
        object.erase("tables");
    else
        object["tables"] = tables;
}

void putNested(Json &tenant, const NestedSettings &settings)
{
    if (settings.column.isEmpty()) {
        tenant.erase("nested");
        return;
    }
    Json &nested = tenant.emplace("nested", Json::object()).first.value();
    put(nested, "column", settings.column);
    put(nested, "root", textOf(settings.root));
    put(nested, "label", settings.label);
    Settings tables;
    tables.tables = settings.tables;
    putTables(nested, tables);
}

/// Of a table, or of a view that holds rows.
const QList<schema::Column> *columnsOf(const schema::Database &database, const schema::Name &name)
{
    if (const schema::Table *table = database.table(name))
        return &table->columns;
    for (const schema::View &view : database.views) {
        if (view.materialized && view.name == name)
            return &view.columns;
    }
    return nullptr;
}

bool hasColumn(const QList<schema::Column> &columns, const QString &name)
{
    return std::ranges::any_of(columns,
                               [&](const schema::Column &column) { return column.name == name; });
}
} // namespace

Result<Settings> settingsFrom(const QByteArray &json, const QString &file)
{
    const Result<Json> root = parsed(json, file);
    if (!root)
        return root.error();
    try {
        return settingsIn(*root);
    } catch (const Misfit &misfit) {
        return Error{.kind = ErrorKind::InvalidInput,
                     .text = Text::tr("%1 is not what it should be").arg(misfit.place),
                     .where = file,
                     .hint = Text::tr("write %1 there").arg(misfit.wanted)};
    }
}

Result<QByteArray> withSettings(const QByteArray &json, const Settings &settings,
                                const QString &file)
{
    // What cannot be read is not overwritten.
    if (const Result<Settings> before = settingsFrom(json, file); !before)
        return before.error();
    Json root = *parsed(json, file);
    Json &tenant = root.emplace("tenant", Json::object()).first.value();
    put(tenant, "column", settings.column);
    put(tenant, "root", textOf(settings.root));
    put(tenant, "label", settings.label);
    put(tenant, "declared", settings.declared);
    if (settings.schemas.isEmpty()) {
        tenant.erase("schemas");
    } else if (textsAt(tenant, "schemas", {}) != settings.schemas) {
        Json schemas = Json::array();
        for (const QString &schema : settings.schemas)
            schemas.push_back(schema.toStdString());
        tenant["schemas"] = schemas;
    }
    putTables(tenant, settings);
    putNested(tenant, settings.nested);
    if (tenant.empty())
        root.erase("tenant");
    return QByteArray::fromStdString(root.dump(2)) + '\n';
}

namespace
{
/// Of \a said of tables, what \a database does not have.
QStringList unknownTables(const TableSettings &said, const schema::Database &database)
{
    QStringList unknown;
    for (auto it = said.cbegin(); it != said.cend(); ++it) {
        const QList<schema::Column> *columns = columnsOf(database, it.key());
        if (!columns)
            unknown << textOf(it.key());
        else if (!it->column.isEmpty() && !hasColumn(*columns, it->column))
            unknown << textOf(it.key()) + u'.' + it->column;
    }
    return unknown;
}
} // namespace

QStringList unknownNames(const Settings &settings, const schema::Database &database)
{
    QStringList unknown =
        unknownTables(settings.tables, database) + unknownTables(settings.nested.tables, database);
    const auto isAnywhere = [&](const QString &column) {
        return std::ranges::any_of(database.tables, [&](const schema::Table &table) {
            return table.column(column) != nullptr;
        });
    };
    if (!settings.column.isEmpty() && !isAnywhere(settings.column))
        unknown << settings.column;
    const schema::Table *root = database.table(settings.root);
    if (!settings.root.name.isEmpty() && !root)
        unknown << textOf(settings.root);
    if (root && !settings.label.isEmpty() && !root->column(settings.label))
        unknown << textOf(settings.root) + u'.' + settings.label;
    const schema::Table *nestedRoot = database.table(settings.nested.root);
    if (nestedRoot && !settings.nested.label.isEmpty() &&
        !nestedRoot->column(settings.nested.label))
        unknown << textOf(settings.nested.root) + u'.' + settings.nested.label;
    for (const schema::Name &name : settings.shared.keys()) {
        if (!settings.tables.contains(name) && !columnsOf(database, name))
            unknown << textOf(name);
    }
    for (const QString &pattern : settings.schemas) {
        Settings alone;
        alone.schemas = {pattern};
        alone.declared = settings.declared;
        if (classifySchemas(database, alone, {}).schemas.isEmpty())
            unknown << pattern;
    }
    unknown.sort();
    return unknown;
}

} // namespace tenant
