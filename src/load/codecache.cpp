// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/cachefolder.h"
#include "load/configsearch.h"
#include "load/environment.h"
#include "load/project.h"
#include "load/workspace.h"
#include "schema/json.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

CacheFolder folder()
{
    return {QStringLiteral("schemas"), 64 << 20};
}

std::string encode(const QString &text)
{
    return text.toStdString();
}

Json encode(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(text.toStdString());
    return list;
}

void decode(const Json &json, QString &text)
{
    text = QString::fromStdString(json.get<std::string>());
}

void decode(const Json &json, QStringList &texts)
{
    for (const Json &item : json)
        texts.append(QString::fromStdString(item.get<std::string>()));
}

void decode(const Json &json, bool &value)
{
    value = json.get<bool>();
}

bool encode(bool value)
{
    return value;
}

/// Calls \a take with the name of each part of a config and the part: both ways share the list.
/// The url is none of them, because it holds a password.
template <typename ConfigType, typename Take> void forEachPart(ConfigType &config, const Take &take)
{
    take("file", config.file);
    take("root", config.root);
    take("schema", config.schema);
    take("schemaFiles", config.schemaFiles);
    take("out", config.out);
    take("urlNamesTried", config.urlNamesTried);
    take("ledgerSchema", config.ledgerSchema);
    take("ledgerTable", config.ledgerTable);
    take("prefix", config.prefix);
    take("breakpoints", config.breakpoints);
    take("casing", config.casing);
    take("schemaFilter", config.schemaFilter);
    take("tablesFilter", config.tablesFilter);
    take("extensionsFilters", config.extensionsFilters);
    take("rolesWanted", config.roles.wanted);
    take("rolesProvider", config.roles.provider);
    take("rolesInclude", config.roles.include);
    take("rolesExclude", config.roles.exclude);
    take("driver", config.driver);
    take("noConnection", config.noConnection);
}

Json encode(const schema::Problem &problem)
{
    return {{"text", encode(problem.text)},          {"hint", encode(problem.hint)},
            {"file", encode(problem.location.file)}, {"line", problem.location.line},
            {"column", problem.location.column},     {"chain", encode(problem.importChain)}};
}

schema::Problem decodeProblem(const Json &json)
{
    schema::Problem problem;
    decode(json.at("text"), problem.text);
    decode(json.at("hint"), problem.hint);
    decode(json.at("file"), problem.location.file);
    problem.location.line = json.at("line").get<int>();
    problem.location.column = json.at("column").get<int>();
    decode(json.at("chain"), problem.importChain);
    return problem;
}

/// What the record of the project at \a path is called: a newer Sluice does not find an older
/// one's.
QByteArray keyOf(const base::Installation &installation, const QString &path)
{
    const QFileInfo prelude(installation.prelude());
    return "1 " SLUICE_VERSION " " + QByteArray::number(prelude.size()) + ' ' +
           QByteArray::number(prelude.lastModified().toMSecsSinceEpoch()) + ' ' +
           QFileInfo(path).canonicalFilePath().toUtf8();
}

void add(QCryptographicHash &hash, const Variables &variables)
{
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        hash.addData(it.key().toUtf8() + '=' + it.value().toUtf8() + '\0');
}

/// One digest of what all \a files hold and of the variables that the code sees; empty when a file
/// is gone. One of everything, so that a variable's value cannot be guessed by itself.
QByteArray digestOf(const QStringList &files, const QString &root)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &name : files) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return {};
        hash.addData(name.toUtf8() + '\0');
    }
    const QString folder = QDir(root).canonicalPath();
    const Environment environment = environmentOf(folder, workspaceOf(folder));
    add(hash, environment.values);
    for (auto it = environment.files.cbegin(); it != environment.files.cend(); ++it) {
        hash.addData(it.key().toUtf8() + '\0');
        add(hash, *it);
    }
    return hash.result().toHex();
}

std::optional<Code> decodeRecord(const QByteArray &head, const QByteArray &schemaJson)
{
    const Json json = Json::parse(head.cbegin(), head.cend());
    Code code;
    decode(json.at("files"), code.files);
    forEachPart(code.config,
                [&](const char *name, auto &part) { decode(json.at("config").at(name), part); });
    if (digestOf(code.files, code.config.root).toStdString() != json.at("digest"))
        return std::nullopt;
    for (const Json &problem : json.at("problems"))
        code.problems.append(decodeProblem(problem));
    const auto database = schema::fromJson(schemaJson);
    if (!database)
        return std::nullopt;
    code.schema = *database;
    return code;
}

} // namespace

std::optional<Code> cachedCode(const base::Installation &installation, const QString &path)
{
    const QByteArray record = folder().read(keyOf(installation, path));
    const qsizetype end = record.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    try {
        return decodeRecord(record.first(end), record.sliced(end + 1));
    } catch (const nlohmann::json::exception &) {
        return std::nullopt; // a record that something else wrote over
    }
}

void rememberCode(const base::Installation &installation, const QString &path, const Code &code)
{
    const auto isError = [](const schema::Problem &problem) {
        return problem.severity == schema::Problem::Severity::Error;
    };
    const QByteArray digest = digestOf(code.files, code.config.root);
    if (digest.isEmpty() || std::ranges::any_of(code.problems, isError))
        return;
    Json json = {{"digest", digest.toStdString()}, {"files", encode(code.files)}};
    forEachPart(code.config,
                [&](const char *name, const auto &part) { json["config"][name] = encode(part); });
    json["problems"] = Json::array();
    for (const schema::Problem &problem : code.problems)
        json["problems"].push_back(encode(problem));
    const std::string head = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    folder().write(keyOf(installation, path),
                   QByteArray::fromStdString(head) + '\n' + schema::toJson(code.schema));
}

} // namespace load
