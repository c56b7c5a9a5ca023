// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/bundle.h"

#include "load/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

namespace load
{

using base::Error;

namespace
{

using Json = nlohmann::ordered_json;

const QString entryName = QStringLiteral("<stdin>");

/// What both passes of esbuild share: they have to see the same imports.
QStringList commonOptions()
{
    QStringList options{
        QStringLiteral("--format=cjs"),
        QStringLiteral("--platform=node"),
        QStringLiteral("--target=es2022"),
        QStringLiteral("--log-level=error"),
        QStringLiteral("--color=false"),
        QStringLiteral("--log-limit=5"),
        QStringLiteral("--charset=utf8"),
        // The engine has no import(): it becomes require().
        QStringLiteral("--supported:dynamic-import=false"),
        QStringLiteral("--define:import.meta.url=\"file:///\""),
        QStringLiteral("--define:import.meta.dirname=\"/\""),
        QStringLiteral("--define:import.meta.filename=\"/\""),
        QStringLiteral("--loader:.sql=text"),
    };
    for (const char *kind :
         {"css", "scss", "svg", "png", "jpg", "gif", "webp", "woff2", "node", "md"})
        options.append(QStringLiteral("--loader:.%1=empty").arg(QLatin1String(kind)));
    return options;
}

/// esbuild's first message: "✘ [ERROR] text" and below it "    file:line:column:".
Error compileError(const QByteArray &output)
{
    const QString text = QString::fromUtf8(output);
    static const QRegularExpression message(QStringLiteral("\\[ERROR\\] (.*)"));
    static const QRegularExpression place(QStringLiteral("^\\s+(\\S.*:\\d+:\\d+):$"),
                                          QRegularExpression::MultilineOption);
    const auto said = message.match(text);
    const QString where = place.match(text).captured(1);
    return {
        .kind = base::ErrorKind::InvalidInput,
        .text = Text::tr("The project's TypeScript cannot be compiled"),
        .where = where.startsWith(entryName) ? QString() : where,
        .detail = said.hasMatch() ? said.captured(1).trimmed() : text.trimmed(),
        .hint = Text::tr("Correct the file and save it"),
    };
}

base::Result<QByteArray> esbuild(const base::Installation &installation, const QString &root,
                                 const QStringList &arguments, const QByteArray &input,
                                 const Cancelled &cancelled)
{
    auto finished = run(
        {.program = installation.esbuild(), .arguments = arguments, .folder = root, .input = input},
        cancelled);
    if (!finished)
        return finished.error();
    if (finished->crashed || finished->code != 0)
        return compileError(finished->errors);
    return finished->output;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Pass one: the graph of imports. Nothing of its bundle is used.
base::Result<Json> graph(const base::Installation &installation, const QString &root,
                         const QStringList &entries, const QString &scratch,
                         const Cancelled &cancelled)
{
    QByteArray script;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const std::string path = Json(entries.at(i).toStdString()).dump();
        script += "import * as m" + QByteArray::number(i) + " from " +
                  QByteArray::fromStdString(path) + ";\nexport { m" + QByteArray::number(i) +
                  " };\n";
    }
    const QString metafile = scratch + QStringLiteral("/graph.json");
    const auto output = esbuild(
        installation, root,
        commonOptions() +
            QStringList{QStringLiteral("--bundle"), QStringLiteral("--packages=external"),
                        QStringLiteral("--ignore-annotations"),
                        QStringLiteral("--metafile=") + metafile,
                        QStringLiteral("--outfile=") + scratch + QStringLiteral("/graph.js")},
        script, cancelled);
    if (!output)
        return output.error();
    const QByteArray text = readFile(metafile);
    Json json = Json::parse(text.cbegin(), text.cend(), nullptr, false);
    if (!json.is_object() || !json.contains("inputs"))
        return Error{.kind = base::ErrorKind::Process,
                     .text = Text::tr("esbuild's answer cannot be read")};
    return json["inputs"];
}

/// An error when \a file, relative to \a root, lies outside of the workspace.
std::optional<Error> confined(const QString &root, const QString &workspace, const QString &file,
                              const QString &importer)
{
    const QString path = QFileInfo(QDir(root).absoluteFilePath(file)).canonicalFilePath();
    if (path.startsWith(workspace + u'/') || path.isEmpty())
        return std::nullopt;
    return Error{
        .kind = base::ErrorKind::Refused,
        .text = Text::tr("The schema imports a file from outside of its workspace"),
        .where = importer,
        .detail = Text::tr("%1 is not inside of %2").arg(path, workspace),
        .hint = Text::tr("Move the file into the workspace, or open the folder that holds both"),
    };
}

/// Fills in which file each import means; the code comes later.
base::Result<Bundle> fromGraph(const Json &inputs, const QString &root, const QString &workspace)
{
    Bundle result;
    QHash<QString, QString> importers;
    for (const auto &[name, input] : inputs.items()) {
        const QString file = QString::fromStdString(name);
        Bundle::Module module;
        for (const Json &import : input["imports"]) {
            const QString target = QString::fromStdString(import.value("path", std::string()));
            if (import.value("external", false)) {
                result.packages.insert(target);
            } else if (import.contains("original")) {
                module.resolutions.insert(
                    QString::fromStdString(import["original"].get<std::string>()), target);
                importers.insert(target, file);
            }
        }
        if (file != entryName && !file.startsWith(u'('))
            result.modules.insert(file, module);
    }
    for (auto it = result.modules.cbegin(); it != result.modules.cend(); ++it) {
        if (const auto error = confined(root, workspace, it.key(), importers.value(it.key())))
            return *error;
    }
    return result;
}

/// Pass two: each file by itself.
std::optional<Error> transform(const base::Installation &installation, const QString &root,
                               const QString &scratch, Bundle &bundle, const Cancelled &cancelled)
{
    QStringList arguments = commonOptions();
    arguments += {QStringLiteral("--sourcemap=external"), QStringLiteral("--sources-content=false"),
                  QStringLiteral("--outdir=") + scratch};
    const QStringList files = bundle.modules.keys();
    for (qsizetype i = 0; i < files.size(); ++i)
        arguments.append(
            QStringLiteral("m%1=%2").arg(i).arg(QDir(root).absoluteFilePath(files.at(i))));
    const auto output = esbuild(installation, root, arguments, QByteArray(), cancelled);
    if (!output)
        return output.error();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QString made = QStringLiteral("%1/m%2.js").arg(scratch).arg(i);
        Bundle::Module &module = bundle.modules[files.at(i)];
        module.code = readFile(made);
        module.map = readFile(made + QStringLiteral(".map"));
    }
    return std::nullopt;
}

} // namespace

schema::SourceLocation Bundle::toSource(const schema::SourceLocation &generated) const
{
    const auto module = modules.constFind(generated.file);
    if (module == modules.cend())
        return {};
    auto map = m_maps.find(generated.file);
    if (map == m_maps.end())
        map = m_maps.insert(generated.file, SourceMap::parse(module->map));
    const SourceMap::Position position = map->lookUp(generated.line, generated.column);
    return {generated.file, position.line, position.column};
}

base::Result<Bundle> bundle(const base::Installation &installation, const QString &root,
                            const QString &workspace, const QStringList &entries,
                            const Cancelled &cancelled)
{
    QTemporaryDir scratch;
    if (!scratch.isValid())
        return Error{.kind = base::ErrorKind::Io,
                     .text = Text::tr("No temporary folder can be made"),
                     .detail = scratch.errorString()};
    // esbuild names files by their real paths.
    const QString folder = QDir(root).canonicalPath();
    QStringList files;
    for (const QString &entry : entries)
        files.append(QFileInfo(entry).canonicalFilePath());
    const auto inputs = graph(installation, folder, files, scratch.path(), cancelled);
    if (!inputs)
        return inputs.error();
    auto result = fromGraph(*inputs, folder, workspace);
    if (!result)
        return result;
    for (const QString &file : std::as_const(files))
        result->entries.append(QDir(folder).relativeFilePath(file));
    if (const auto error = transform(installation, folder, scratch.path(), *result, cancelled))
        return *error;
    return result;
}

} // namespace load
