// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/configfile.h"

#include "load/credentials.h"
#include "load/evaluate.h"
#include "load/text.h"
#include "load/workspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

const QStringList &configNames()
{
    static const QStringList names{
        QStringLiteral("drizzle.config.ts"),  QStringLiteral("drizzle.config.js"),
        QStringLiteral("drizzle.config.mjs"), QStringLiteral("drizzle.config.cjs"),
        QStringLiteral("drizzle.config.mts"), QStringLiteral("drizzle.config.json"),
    };
    return names;
}

bool isConfigName(const QString &name)
{
    static const QRegularExpression config(
        QStringLiteral("\\bconfig\\b.*\\.(ts|mts|cts|js|mjs|cjs|json)$"));
    return config.match(name).hasMatch();
}

base::Result<Place> findInFolder(const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : configNames()) {
        if (dir.exists(name))
            return Place{.configFile = dir.filePath(name), .root = folder};
    }
    const QStringList others = dir.entryList(
        {QStringLiteral("drizzle*config*.ts"), QStringLiteral("drizzle*config*.js"),
         QStringLiteral("drizzle*config*.mjs"), QStringLiteral("drizzle*config*.json")},
        QDir::Files, QDir::Name);
    if (others.size() == 1)
        return Place{.configFile = dir.filePath(others.first()), .root = folder};
    if (others.size() > 1)
        return base::Error{.kind = base::ErrorKind::Ambiguous,
                           .text = Text::tr("The folder holds several drizzle configs"),
                           .where = folder,
                           .detail = others.join(QLatin1String(", ")),
                           .hint = Text::tr("Open one of these files instead of the folder")};
    return base::Error{
        .kind = base::ErrorKind::NotFound,
        .text = Text::tr("No drizzle config was found"),
        .where = folder,
        .detail = Text::tr("looked for %1").arg(configNames().join(QLatin1String(", "))),
        .hint = Text::tr("Open the folder that holds the config, or one schema file")};
}

QString text(const Json &json, const char *name, const QString &otherwise = QString())
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string()
               ? QString::fromStdString(found->get<std::string>())
               : otherwise;
}

/// A text or a list of texts.
QStringList texts(const Json &json, const char *name)
{
    const auto found = json.find(name);
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

/// A value that only a package or an unset variable knows cannot be a path.
std::optional<base::Error> unknownPath(const QStringList &paths, const QString &file)
{
    for (const QString &path : paths) {
        if (const auto name = markedName(path))
            return base::Error{
                .kind = base::ErrorKind::InvalidInput,
                .text = Text::tr("A path of the drizzle config is not known"),
                .where = file,
                .detail = Text::tr("it is taken from %1").arg(*name),
                .hint = Text::tr("Set it in the project's .env file, or write the path itself")};
    }
    return std::nullopt;
}

/// The texts behind `schema:` and `out:` in a config that cannot be evaluated; 37 of 40 real
/// configs write literals.
Json literals(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return Json::object();
    const QString code = QString::fromUtf8(source.readAll());
    static const QRegularExpression member(
        QStringLiteral("\\b(schema|out|dialect|casing)\\s*:\\s*(['\"`])([^'\"`$\\n]+)\\2"));
    Json json = Json::object();
    for (auto it = member.globalMatch(code); it.hasNext();) {
        const auto match = it.next();
        const std::string name = match.captured(1).toStdString();
        if (!json.contains(name))
            json[name] = match.captured(3).toStdString();
    }
    return json.contains("schema") ? json : Json::object();
}

/// Evaluates as it is; when that throws, with marks for variables that are not set; then only the
/// literals count.
base::Result<Evaluated> evaluateConfig(const base::Installation &installation, const Place &place,
                                       Bundler &bundler, const Environment &environment,
                                       const Cancelled &cancelled)
{
    const auto bundled = bundler.bundle({place.configFile}, cancelled);
    if (!bundled)
        return bundled.error();
    Evaluation evaluation{
        .mode = Evaluation::Mode::Config, .root = bundler.root(), .environment = environment};
    auto result = evaluate(installation, *bundled, evaluation, cancelled);
    if (result || result.error().kind != base::ErrorKind::InvalidInput)
        return result;
    evaluation.inventEnvironment = true;
    auto second = evaluate(installation, *bundled, evaluation, cancelled);
    if (second)
        return second;
    Json found = literals(place.configFile);
    if (found.empty())
        return result;
    return Evaluated{.envelope = {{"config", found}}, .schema = {}, .problems = {}};
}

QStringList namesRead(const Json &envelope)
{
    QStringList names;
    for (const Json &name : envelope.value("namesRead", Json::array()))
        names.append(QString::fromStdString(name.get<std::string>()));
    return names;
}

Config decode(const Json &json, const Place &place)
{
    const QDir root(place.root);
    const Json migrations = objectAt(json, "migrations");
    Config config;
    config.file = place.configFile;
    config.root = place.root;
    config.schema = texts(json, "schema");
    config.out =
        QDir::cleanPath(root.absoluteFilePath(text(json, "out", QStringLiteral("drizzle"))));
    config.ledgerSchema = text(migrations, "schema", config.ledgerSchema);
    config.ledgerTable = text(migrations, "table", config.ledgerTable);
    config.prefix = text(migrations, "prefix", config.prefix);
    config.casing = text(json, "casing");
    config.schemaFilter = texts(json, "schemaFilter");
    config.tablesFilter = texts(json, "tablesFilter");
    if (const auto found = json.find("breakpoints"); found != json.end() && found->is_boolean())
        config.breakpoints = found->get<bool>();
    return config;
}

} // namespace

base::Result<Place> findConfig(const QString &path)
{
    const QFileInfo info(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    if (!info.exists())
        return base::Error{.kind = base::ErrorKind::NotFound,
                           .text = Text::tr("The project is not there"),
                           .where = info.filePath(),
                           .detail = Text::tr("no such file or folder"),
                           .hint = Text::tr("Check the path")};
    if (info.isDir())
        return findInFolder(info.filePath());
    if (isConfigName(info.fileName()))
        return Place{.configFile = info.filePath(), .root = info.path()};
    return Place{.schemaFile = info.filePath(), .root = info.path()};
}

base::Result<Config> readConfig(const base::Installation &installation, const Place &place,
                                Bundler &bundler, const Environment &environment,
                                const Cancelled &cancelled)
{
    if (place.configFile.isEmpty()) {
        Config config;
        config.root = place.root;
        config.schema = config.schemaFiles = QStringList{place.schemaFile};
        setUrl(config, Json::object(), {}, environment);
        return config;
    }
    auto evaluated = evaluateConfig(installation, place, bundler, environment, cancelled);
    if (!evaluated)
        return evaluated.error();
    const Json json = objectAt(evaluated->envelope, "config");
    if (const auto error = unsuitable(json, place.configFile))
        return *error;
    Config config = decode(json, place);
    if (const auto error = unknownPath(config.schema + QStringList{config.out}, place.configFile))
        return *error;
    if (config.schema.isEmpty())
        return base::Error{.kind = base::ErrorKind::InvalidInput,
                           .text = Text::tr("The drizzle config names no schema"),
                           .where = place.configFile,
                           .hint = Text::tr("Add `schema`: a file, a folder or a glob")};
    setUrl(config, objectAt(json, "dbCredentials"), namesRead(evaluated->envelope), environment);
    auto files = schemaFiles(place.root, config.schema);
    if (!files)
        return files.error();
    config.schemaFiles = *files;
    return config;
}

} // namespace load
