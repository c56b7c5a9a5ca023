// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/request.h"

namespace load
{

namespace
{

/// Of thousands of members: the ordered one looks each name up among all before it.
using Json = nlohmann::json;

Json toJson(const Variables &variables)
{
    Json json = Json::object();
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        json[it.key().toStdString()] = it.value().toStdString();
    return json;
}

QByteArray textOf(const Json &json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// \a text as JSON. nlohmann goes through each character, and a request is megabytes of code.
QByteArray quoted(const QByteArray &text)
{
    if (!text.isValidUtf8())
        return textOf(text.toStdString());
    QByteArray json = "\"";
    json.reserve(text.size() + text.size() / 8);
    const char *from = text.cbegin();
    for (const char *at = from; at != text.cend(); ++at) {
        if (*at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= ' ')
            continue;
        json.append(from, at - from);
        if (*at == '\n')
            json += "\\n";
        else if (*at == '"' || *at == '\\')
            json.append('\\').append(*at);
        else
            json += "\\u00" + QByteArray(1, *at).toHex();
        from = at + 1;
    }
    return json.append(from, text.cend() - from) + '"';
}

/// The members `modules` and `resolutions` of a request.
class Modules
{
public:
    void add(const QString &name, const Bundle::Module &module)
    {
        const QByteArray key = (m_code.isEmpty() ? "" : ",") + quoted(name.toUtf8()) + ':';
        m_code += key + quoted(module.code);
        m_resolutions += key + textOf(toJson(module.resolutions));
    }
    /// The line of a request that has the members of \a others, too.
    QByteArray lineWith(const Json &others) const
    {
        return "{\"modules\":{" + m_code + "},\"resolutions\":{" + m_resolutions + '}' +
               (others.empty() ? QByteArray("}") : ',' + textOf(others).sliced(1)) + '\n';
    }

private:
    QByteArray m_code, m_resolutions;
};

/// What does not depend on a bundle's files.
Json headOf(const Evaluation &evaluation)
{
    Json request = {
        {"mode", evaluation.mode == Evaluation::Mode::Config ? "config" : "schema"},
        {"root", evaluation.root.toStdString()},
        {"folder", evaluation.folder.toStdString()},
        {"casing", evaluation.casing.toStdString()},
        {"inventEnvironment", evaluation.inventEnvironment},
        {"environment", toJson(evaluation.environment.values)},
    };
    const auto &files = evaluation.environment.files;
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        request["environmentFiles"][it.key().toStdString()] = toJson(*it);
    return request;
}

void addEntries(Json &json, const char *member, const QStringList &files)
{
    for (const QString &file : files)
        json[member].push_back(file.toStdString());
}

void addLibraries(Json &json, const InstalledParts &parts)
{
    if (!parts.drizzle.isEmpty())
        json["parts"]["drizzle"] = parts.drizzle.toStdString();
    if (!parts.zod.isEmpty())
        json["parts"]["zod"] = parts.zod.toStdString();
    json["partSuffixes"]["zod"] = parts.zodSuffix.toStdString();
}

} // namespace

QByteArray requestOf(const Bundle &bundle, const Evaluation &evaluation)
{
    Json request = headOf(evaluation);
    addEntries(request, "entries", bundle.entries);
    Modules modules;
    for (auto it = bundle.modules.cbegin(); it != bundle.modules.cend(); ++it)
        modules.add(it.key(), *it);
    request["helpers"] = bundle.helpers.toStdString();
    addEntries(request, "relationEntries", bundle.relationEntries);
    addEntries(request, "broken", bundle.broken.keys());
    addLibraries(request, evaluation.parts);
    return modules.lineWith(request);
}

EarlyRequest::EarlyRequest(StartedProcess &evaluator, const Evaluation &evaluation,
                           std::function<bool(const Bundle &)> isCertain)
    : m_evaluator(evaluator)
    , m_evaluation(evaluation)
    , m_isCertain(std::move(isCertain))
{
}

void EarlyRequest::send(const Bundle &bundle)
{
    m_isHeld = m_isHeld || !m_isCertain(bundle);
    if (m_isHeld)
        return;
    Json part = m_isBegun ? Json::object() : headOf(m_evaluation);
    if (!m_isBegun)
        addEntries(part, "entries", bundle.named);
    Modules modules;
    for (auto it = bundle.modules.cbegin(); it != bundle.modules.cend(); ++it) {
        if (m_sent.contains(it.key()))
            continue;
        m_sent.insert(it.key());
        modules.add(it.key(), *it);
    }
    if (m_helpers != bundle.helpers) {
        m_helpers = bundle.helpers;
        part["helpers"] = m_helpers.toStdString();
    }
    addEntries(part, "broken", bundle.broken.keys());
    m_isBegun = true;
    m_evaluator.send(modules.lineWith(part));
}

QByteArray EarlyRequest::rest(const Bundle &bundle, const Evaluation &evaluation) const
{
    Json part = Json::object();
    Modules modules;
    for (auto it = bundle.modules.cbegin(); it != bundle.modules.cend(); ++it) {
        if (!m_sent.contains(it.key()))
            modules.add(it.key(), *it);
    }
    part["helpers"] = bundle.helpers.toStdString();
    addEntries(part, "relationEntries", bundle.relationEntries);
    addEntries(part, "broken", bundle.broken.keys());
    addLibraries(part, evaluation.parts);
    return modules.lineWith(part);
}

} // namespace load
