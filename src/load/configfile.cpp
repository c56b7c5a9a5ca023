// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/configfile.h"

#include "load/configtext.h"
#include "load/credentials.h"
#include "load/evaluate.h"
#include "load/text.h"
#include "load/workspace.h"

#include <QDir>
#include <QFileInfo>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;
using schema::Problem;

QString text(const Json &json, const char *name, const QString &otherwise = QString())
{
    const auto found = json.is_object() ? json.find(name) : json.end();
    return found != json.end() && found->is_string()
               ? QString::fromStdString(found->get<std::string>())
               : otherwise;
}

/// A text or a list of texts.
QStringList texts(const Json &json, const char *name)
{
    const auto found = json.is_object() ? json.find(name) : json.end();
    if (found == json.end())
        return {};
    QStringList result;
    for (const Json &item : found->is_array() ? *found : Json::array({*found})) {
        if (item.is_string())
            result.append(QString::fromStdString(item.get<std::string>()));
    }
    return result;
}

Json objectAt(const Json &json, const char *name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_object() ? *found : Json::object();
}

std::optional<base::Error> unsuitable(const Json &json, const QString &file)
{
    const QString dialect = text(json, "dialect");
    const QString driver = text(json, "driver");
    if (dialect == u"postgresql" || (dialect.isEmpty() && (driver.isEmpty() || driver == u"pg")))
        return std::nullopt;
    return base::Error{.kind = base::ErrorKind::Unsupported,
                       .text = Text::tr("The project is not for PostgreSQL"),
                       .where = file,
                       .detail =
                           Text::tr("its dialect is %1").arg(dialect.isEmpty() ? driver : dialect),
                       .hint = Text::tr("Open a config with dialect: \"postgresql\"")};
}

/// A value that only a package or an unset variable knows says neither where the schema is nor what
/// its names are; and no other casing than these two is one.
std::optional<base::Error> unknownValue(const Config &config)
{
    for (const QString &value : config.schema + config.schemaFilter + config.tablesFilter +
                                    config.extensionsFilters +
                                    QStringList{config.out, config.ledgerSchema, config.ledgerTable,
                                                config.prefix, config.casing}) {
        if (const auto name = markedName(value))
            return base::Error{
                .kind = base::ErrorKind::InvalidInput,
                .text = Text::tr("A value of the drizzle config is not known"),
                .where = config.file,
                .detail = Text::tr("it is taken from %1").arg(*name),
                .hint = Text::tr("Set it in the project's .env file, or write the value itself")};
    }
    if (config.casing.isEmpty() || config.casing == u"camelCase" || config.casing == u"snake_case")
        return std::nullopt;
    return base::Error{.kind = base::ErrorKind::InvalidInput,
                       .text = Text::tr("The drizzle config names an unknown casing"),
                       .where = config.file,
                       .detail = config.casing,
                       .hint = Text::tr("Write \"camelCase\" or \"snake_case\"")};
}

QStringList namesRead(const Json &envelope)
{
    QStringList names;
    for (const Json &name : envelope.value("namesRead", Json::array()))
        names.append(QString::fromStdString(name.get<std::string>()));
    return names;
}

/// \a sure: nothing that the schema depends on can be in what was not understood.
Problem literalsProblem(const base::Error &error, const QString &file, bool sure)
{
    return {.severity = sure ? Problem::Severity::Notice : Problem::Severity::Error,
            .text =
                Text::tr("The drizzle config cannot be evaluated; what is written in it as text "
                         "was taken. %1")
                    .arg(error.detail),
            .hint = Text::tr("Set the variables it needs in the project's .env file"),
            .location = {QFileInfo(file).fileName(), 0, 0},
            .importChain = {}};
}

/// A list, a function or a value that only a package knows is no config.
std::optional<base::Error> notAnObject(const Json &json, const QString &file)
{
    if (json.is_object())
        return std::nullopt;
    const QString text =
        json.is_string() ? QString::fromStdString(json.get<std::string>()) : QString();
    const auto name = markedName(text);
    return base::Error{
        .kind = base::ErrorKind::InvalidInput,
        .text = Text::tr("The drizzle config is not an object"),
        .where = file,
        .detail = name ? Text::tr("it is made by %1, which is not evaluated").arg(*name)
                  : json.is_array() ? Text::tr("it is a list")
                                    : Text::tr("it is a %1").arg(text),
        .hint = Text::tr("drizzle-kit takes one object: write a file for each database")};
}

constexpr qint64 largest = 1 << 20; ///< bytes of a config

/// Evaluates as it is; when that throws, with marks for variables that are not set; then only the
/// literals count.
base::Result<ConfigText> evaluateConfig(const base::Installation &installation, const Place &place,
                                        Bundler &bundler, const Environment &environment,
                                        const Cancelled &cancelled,
                                        QList<schema::Problem> &problems)
{
    const QByteArray code = bundler.disk().read(place.configFile, largest);
    const Json written = configLiterals(code);
    const QString folder = workingFolder(bundler.disk(), place.root, texts(written, "schema"));
    if (const auto files = schemaFiles(bundler.disk(), folder, texts(written, "schema")))
        bundler.expect(*files);
    const auto bundled = bundler.bundle({place.configFile}, cancelled);
    if (!bundled)
        return bundled.error();
    Evaluation evaluation{.disk = bundler.disk(),
                          .mode = Evaluation::Mode::Config,
                          .root = bundler.root(),
                          .folder = bundler.disk().canonical(folder),
                          .environment = environment};
    auto result = evaluate(installation, *bundled, evaluation, cancelled);
    if (!result && result.error().kind == base::ErrorKind::InvalidInput) {
        evaluation.inventEnvironment = true;
        if (auto second = evaluate(installation, *bundled, evaluation, cancelled))
            result = std::move(second);
    }
    std::optional<base::Error> error;
    if (!result)
        error = result.error();
    else
        error = notAnObject(result->envelope.value("config", Json()), place.configFile);
    if (result)
        problems += result->variableNotices;
    if (!error)
        return ConfigText{result->envelope["config"], namesRead(result->envelope)};
    if (error->kind != base::ErrorKind::InvalidInput || !written.contains("schema"))
        return *error;
    problems.append(literalsProblem(*error, place.configFile,
                                    written.contains("casing") || !mayNameCasing(code)));
    return ConfigText{written, {}};
}

RolesFilter rolesOf(const Json &entities)
{
    RolesFilter filter;
    const auto roles = entities.find("roles");
    if (roles == entities.end())
        return filter;
    filter.wanted = roles->is_boolean() ? roles->get<bool>() : roles->is_object();
    filter.provider = text(*roles, "provider");
    filter.include = texts(*roles, "include");
    filter.exclude = texts(*roles, "exclude");
    return filter;
}

/// Where the config is for. What it computes as an absolute path is looked for as it is written.
QString folderOf(Disk &disk, const QStringList &schema, const Place &place)
{
    QStringList patterns = schema;
    patterns.removeIf([](const QString &pattern) { return QDir::isAbsolutePath(pattern); });
    if (patterns.isEmpty())
        patterns = texts(configLiterals(disk.read(place.configFile, largest)), "schema");
    return workingFolder(disk, place.root, patterns);
}

Config decode(Disk &disk, const Json &json, const Place &place)
{
    const Json migrations = objectAt(json, "migrations");
    Config config;
    config.file = place.configFile;
    config.root = place.root;
    config.schema = texts(json, "schema");
    config.folder = folderOf(disk, config.schema, place);
    config.out = QDir::cleanPath(
        QDir(config.folder).absoluteFilePath(text(json, "out", QStringLiteral("drizzle"))));
    config.ledgerSchema = text(migrations, "schema", config.ledgerSchema);
    config.ledgerTable = text(migrations, "table", config.ledgerTable);
    config.prefix = text(migrations, "prefix", config.prefix);
    config.casing = text(json, "casing");
    config.schemaFilter = texts(json, "schemaFilter");
    config.tablesFilter = texts(json, "tablesFilter");
    config.extensionsFilters = texts(json, "extensionsFilters");
    config.driver = text(json, "driver");
    config.roles = rolesOf(objectAt(json, "entities"));
    if (const auto found = json.find("breakpoints"); found != json.end() && found->is_boolean())
        config.breakpoints = found->get<bool>();
    return config;
}

/// What holds for a schema that was opened by itself: drizzle-kit's defaults.
base::Result<Config> withoutConfig(Disk &disk, const Place &place, const Environment &environment)
{
    Config config;
    config.root = config.folder = place.root;
    config.schema = QStringList{place.schema};
    const auto files = schemaFiles(disk, place.root, config.schema);
    if (!files)
        return files.error();
    config.schemaFiles = *files;
    const QString folder = QDir(place.root).filePath(QStringLiteral("drizzle"));
    if (disk.exists(folder + QStringLiteral("/meta/_journal.json")))
        config.out = folder;
    setUrl(config, Json::object(), {}, environment);
    return config;
}

} // namespace

base::Result<Config> readConfig(const base::Installation &installation, const Place &place,
                                Bundler &bundler, const Environment &environment,
                                const Cancelled &cancelled)
{
    Disk &disk = bundler.disk();
    if (place.configFile.isEmpty())
        return withoutConfig(disk, place, environment);
    QList<schema::Problem> problems;
    auto plain = plainConfig(disk.read(place.configFile, largest), environment);
    if (!plain) {
        auto evaluated =
            evaluateConfig(installation, place, bundler, environment, cancelled, problems);
        if (!evaluated)
            return evaluated.error();
        plain = std::move(*evaluated);
    }
    const Json &json = plain->config;
    if (const auto error = unsuitable(json, place.configFile))
        return *error;
    Config config = decode(disk, json, place);
    config.problems = problems;
    if (const auto error = unknownValue(config))
        return *error;
    if (config.schema.isEmpty())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The drizzle config names no schema"),
                           .where = place.configFile,
                           .hint = Text::tr("Add `schema`: a file, a folder or a glob")};
    // Before 0.20 a config named its database itself.
    const bool hasCredentials = json.contains("dbCredentials") || !json.contains("driver");
    setUrl(config, hasCredentials ? objectAt(json, "dbCredentials") : json, plain->namesRead,
           environment);
    auto files = schemaFiles(disk, config.folder, config.schema);
    if (!files) {
        base::Error error = files.error();
        if (workspaceOf(disk, place.root) != disk.canonical(place.root))
            error.detail =
                Text::tr("nothing in %1 matches, nor in a folder above it").arg(config.root);
        return error;
    }
    config.schemaFiles = *files;
    for (const QString &pattern : std::as_const(config.schema)) {
        if (namesBuilt(disk, config.folder, pattern))
            config.problems.append(
                {.severity = Problem::Severity::Notice,
                 .text = Text::tr("The schema %1 is not built; its source is read").arg(pattern),
                 .hint = Text::tr("drizzle-kit needs the built one: build it first"),
                 .location = {QFileInfo(config.file).fileName(), 0, 0},
                 .importChain = {}});
    }
    return config;
}

QStringList schemaFilesOfOthers(Disk &disk, const Config &config)
{
    QStringList files;
    if (config.file.isEmpty())
        return files;
    for (const QString &other : configsBeside(disk, config.root)) {
        if (other == config.file)
            continue;
        const QStringList schema = texts(configLiterals(disk.read(other, largest)), "schema");
        const QString folder = workingFolder(disk, config.root, schema);
        if (const auto named = schemaFiles(disk, folder, schema))
            files += *named;
    }
    return files;
}

} // namespace load
