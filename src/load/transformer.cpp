// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/transformer.h"

#include "load/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringDecoder>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace load
{

using base::Error;

namespace
{

const QByteArray mapMark = "sourceMappingURL";
constexpr qint64 largest = 8 << 20; ///< bytes of one source file
constexpr int dataMiB = 1024; ///< of esbuild, which reads package.json and tsconfig.json itself

QStringList options()
{
    QStringList options{
        QStringLiteral("--bundle"),
        QStringLiteral("--packages=external"),
        // Taken for the pattern of a package's name, it fits ./x and ../x, and no absolute path.
        QStringLiteral("--external:.*"),
        QStringLiteral("--tree-shaking=false"),
        QStringLiteral("--ignore-annotations"),
        QStringLiteral("--format=cjs"),
        QStringLiteral("--platform=node"),
        QStringLiteral("--target=es2022"),
        QStringLiteral("--log-level=error"),
        QStringLiteral("--color=false"),
        QStringLiteral("--log-limit=0"),
        QStringLiteral("--charset=utf8"),
        QStringLiteral("--sourcemap=external"),
        QStringLiteral("--sources-content=false"),
        // The engine has no import(): it becomes require().
        QStringLiteral("--supported:dynamic-import=false"),
        // The evaluator's loader hands every file its module. Not __dirname, which such files
        // declare themselves: const __dirname = import.meta.dirname.
        QStringLiteral("--define:import.meta.url=module.url"),
        QStringLiteral("--define:import.meta.dirname=module.path"),
        QStringLiteral("--define:import.meta.filename=module.filename"),
        // What Bun and Vite, and what Deno call the variables of the environment.
        QStringLiteral("--define:import.meta.env=process.env"),
        QStringLiteral("--define:Bun.env=process.env"),
        QStringLiteral("--define:Deno.env=process.variables"),
        QStringLiteral("--loader:.sql=text"),
    };
    for (const char *kind :
         {"css", "scss", "svg", "png", "jpg", "gif", "webp", "woff2", "node", "md"})
        options.append(QStringLiteral("--loader:.%1=empty").arg(QLatin1String(kind)));
    return options;
}

/// What esbuild wrote.
QByteArray readMade(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    return !decoder.hasError();
}

/// Where \a text is not UTF-8 outside of its comments; esbuild would put U+FFFD there, and a name
/// would silently become another.
std::optional<qsizetype> invalidAt(const QByteArray &text)
{
    if (isUtf8(text))
        return std::nullopt;
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != Token::Kind::End; token = lexer.next()) {
        if (token.kind != Token::Kind::Comment && !isUtf8(lexer.textOf(token)))
            return token.start;
    }
    return std::nullopt;
}

/// esbuild's messages: "✘ [ERROR] text" and below it "    file:line:column:".
const QRegularExpression &messages()
{
    static const QRegularExpression message(
        QStringLiteral("\\[ERROR\\] (.*?)\\n\\n? *(\\S[^\\n]*?):(\\d+):(\\d+):\\n"),
        QRegularExpression::DotMatchesEverythingOption);
    return message;
}

/// Files of \a folder whose names differ only in case from another's there. What esbuild is given
/// depends on them, and not what comes out: they are nothing that is noted.
QSet<QString> ambiguousNames(const QString &folder)
{
    QHash<QString, QString> seen;
    QSet<QString> ambiguous;
    for (const QString &name : disk::listed(folder, {})) {
        QString &other = seen[name.toLower()];
        if (other.isEmpty())
            other = name;
        else
            ambiguous << name << other;
    }
    return ambiguous;
}

} // namespace

Transformer::Transformer(const base::Installation &installation, Disk &disk, const QString &root,
                         const TsConfigFor &tsConfigFor, const IsAlias &isAlias)
    : m_installation(installation)
    , m_disk(disk)
    , m_root(root)
    , m_tsConfigFor(tsConfigFor)
    , m_isAlias(isAlias)
{
}

const Transformed *Transformer::find(const QString &file) const
{
    const auto found = m_made.find(file);
    return found == m_made.end() ? nullptr : &found->second;
}

std::optional<FileError> Transformer::read(const QString &file, QByteArray &text)
{
    const Disk::Content content = m_disk.content(file, largest);
    if (content.size > largest)
        return FileError{.kind = base::ErrorKind::Limit,
                         .text = Text::tr("The file is too large for a schema: %1 MB of at most %2")
                                     .arg(content.size >> 20)
                                     .arg(largest >> 20),
                         .hint = Text::tr("Import no data into the schema")};
    if (!content.error.isEmpty())
        return FileError{.kind = base::ErrorKind::Io,
                         .text = Text::tr("The file cannot be read: %1").arg(content.error),
                         .hint = Text::tr("Check who may read it")};
    text = content.text;
    const auto invalid = invalidAt(text);
    if (!invalid)
        return std::nullopt;
    const schema::SourceLocation place = placeAt(file, text, *invalid);
    return FileError{.text = Text::tr("The file is not UTF-8"),
                     .hint = Text::tr("Save it in the encoding UTF-8"),
                     .line = place.line,
                     .column = place.column};
}

std::optional<QByteArray> Transformer::source(const QString &file)
{
    if (const auto known = m_sources.constFind(file); known != m_sources.cend())
        return *known;
    QByteArray text;
    if (m_made.contains(file))
        return std::nullopt;
    if (const auto error = read(file, text)) {
        m_made.insert({file, Transformed{.error = error}});
        return std::nullopt;
    }
    m_sources.insert(file, text);
    return text;
}

QList<Import> Transformer::importsOf(const QString &file)
{
    if (const auto known = m_imports.constFind(file); known != m_imports.cend())
        return *known;
    const auto text = source(file);
    return text ? *m_imports.insert(file, importsOfSource(*text)) : QList<Import>();
}

/// What esbuild is given for each file: itself, or a copy without what would mislead esbuild or
/// take(): a name that differs from another one's only in case, a name with a star, a source map of
/// the file's own. The copy keeps the options of its tsconfig.
QHash<QString, QString> Transformer::inputsFor(const QStringList &files, const QString &scratch)
{
    QHash<QString, QString> inputs;
    QHash<QString, QSet<QString>> ambiguous;
    for (const QString &file : files) {
        const QFileInfo info(file);
        auto names = ambiguous.constFind(info.path());
        if (names == ambiguous.cend())
            names = ambiguous.insert(info.path(), ambiguousNames(info.path()));
        QString input = file;
        const QByteArray text = source(file).value_or(QByteArray());
        // A star in a path is a pattern to esbuild; take() looks for a line with the file's name;
        // and esbuild would read a map from wherever the file says, and answer with its places.
        if (names->contains(info.fileName()) || file.contains(u'*') || file.contains(u'\n') ||
            text.contains(mapMark)) {
            const QDir copies(QStringLiteral("%1/copy%2").arg(scratch).arg(inputs.size()));
            copies.mkpath(QStringLiteral("."));
            input = copies.filePath(QLatin1String("copy.") + info.suffix());
            QFile copy(input);
            if (copy.open(QIODevice::WriteOnly))
                copy.write(QByteArray(text).replace(mapMark, "sourceMapping___"));
            QFile config(copies.filePath(QStringLiteral("tsconfig.json")));
            const QString base = m_tsConfigFor(info.path());
            if (!base.isEmpty() && config.open(QIODevice::WriteOnly))
                config.write(QByteArray::fromStdString(
                    nlohmann::json({{"extends", base.toStdString()}}).dump()));
        }
        inputs.insert(file, input);
    }
    return inputs;
}

/// Notes that esbuild's first error is one of a tsconfig.json, which concerns every file.
bool Transformer::takeTsConfigError(const QByteArray &output)
{
    const auto match = messages().match(QString::fromUtf8(output));
    if (!m_badTsConfig.first.isEmpty() || !match.captured(2).endsWith(QLatin1String(".json")))
        return false;
    m_badTsConfig = {
        QDir::cleanPath(QDir(m_root).absoluteFilePath(match.captured(2))),
        FileError{.text = Text::tr("It cannot be read: %1").arg(match.captured(1).trimmed()),
                  .hint = Text::tr("Correct the file and save it"),
                  .line = match.captured(3).toInt(),
                  .column = match.captured(4).toInt() + 1}};
    return true;
}

/// Notes the errors of esbuild's output with the files they are of. False when none of them is of
/// one of \a files.
bool Transformer::takeErrors(const QStringList &files, const QHash<QString, QString> &inputs,
                             const QByteArray &output)
{
    QHash<QString, QString> names; // as esbuild prints them, relative to its working folder
    for (const QString &file : files)
        names.insert(QDir(m_root).relativeFilePath(inputs.value(file)), file);
    bool any = false;
    const QString text = QString::fromUtf8(output);
    for (auto it = messages().globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString file = names.value(match.captured(2));
        if (file.isEmpty() || m_made.contains(file))
            continue;
        any = true;
        m_made[file].error = FileError{.text = match.captured(1).trimmed(),
                                       .hint = Text::tr("Correct the file and save it"),
                                       .line = match.captured(3).toInt(),
                                       .column = match.captured(4).toInt() + 1};
    }
    return any;
}

/// Names in \a files that mean files, which esbuild would otherwise follow.
QStringList Transformer::externals(const QStringList &files)
{
    QSet<QString> names = m_followed;
    for (const QString &file : files) {
        for (const Import &import : importsOf(file)) {
            if (!import.specifier.startsWith(u'.') && m_isAlias(file, import.specifier))
                names.insert(import.specifier);
        }
    }
    return names.values();
}

/// Notes what esbuild reads by itself of the folders that \a files are in and of those above them.
void Transformer::noteSettings(const QStringList &files)
{
    for (const QString &file : files) {
        QString folder = file.first(file.lastIndexOf(u'/'));
        if (m_noted.contains(folder))
            continue;
        m_tsConfigFor(folder);
        for (; !m_noted.contains(folder); folder = folder.first(folder.lastIndexOf(u'/'))) {
            m_noted.insert(folder);
            for (const char *name : {"/package.json", "/tsconfig.json", "/jsconfig.json"}) {
                if (m_disk.isFile(folder + QLatin1String(name)))
                    m_disk.read(folder + QLatin1String(name));
            }
            if (folder.isEmpty())
                break;
        }
    }
}

/// Whether esbuild's runtime gave up, and did not find an error in a file.
bool ranOutOfMemory(const QByteArray &errors)
{
    return (errors.startsWith("fatal error: ") || errors.startsWith("runtime: ")) &&
           errors.first(std::max<qsizetype>(errors.indexOf('\n'), 0)).contains("out of memory");
}

/// Imports that esbuild went after by itself, of its metafile: names that externals() did not find
/// in the text, or took for a package's. The file behind one may be any of the machine.
QSet<QString> followed(const QByteArray &metafile)
{
    QSet<QString> specifiers;
    const auto json = nlohmann::json::parse(metafile.cbegin(), metafile.cend());
    for (const auto &[file, input] : json.at("inputs").items()) {
        for (const auto &import : input.value("imports", nlohmann::json::array())) {
            if (file != "<stdin>" && !import.value("external", false))
                specifiers.insert(QString::fromStdString(
                    import.value("original", import.value("path", std::string()))));
        }
    }
    return specifiers;
}

/// The script that has every file in the bundle, and the name by which each can be asked for.
QByteArray entryOf(const QStringList &files, const QHash<QString, QString> &inputs)
{
    QByteArray script;
    for (qsizetype i = 0; i < files.size(); ++i)
        script += "exports[" + QByteArray::number(i) + "] = () => require(" +
                  QByteArray::fromStdString(
                      nlohmann::json(inputs.value(files.at(i)).toStdString()).dump()) +
                  ");\n";
    return script;
}

/// Whether \a bundle may hold a file that is none of \a files: a line that looks like the one with
/// a file's name may also be a text's.
bool Transformer::hasOthers(const QStringList &files, const QHash<QString, QString> &inputs,
                            const QByteArray &bundle) const
{
    QSet<QByteArray> names{"<stdin>"};
    const QDir root(m_root);
    for (const QString &file : files)
        names.insert(root.relativeFilePath(inputs.value(file)).toUtf8());
    const QByteArray start = "\n// ";
    for (qsizetype at = bundle.indexOf(start); at >= 0; at = bundle.indexOf(start, at + 1)) {
        const qsizetype from = at + start.size();
        if (!names.contains(bundle.mid(from, bundle.indexOf('\n', from) - from)))
            return true;
    }
    return false;
}

/// Cuts \a bundle into its files. Before each of them stands a line with its name, before the
/// first one the helpers, behind the last one the script of entryOf(), which tells how esbuild
/// calls what a file runs and exports. False when it does not look like that.
bool Transformer::take(const QStringList &files, const QHash<QString, QString> &inputs,
                       const QByteArray &bundle, const QByteArray &map)
{
    const auto shared = std::make_shared<const SourceMap>(SourceMap::parse(map));
    const QDir root(m_root);
    const auto heading = [&](const QString &name) { return "\n// " + name.toUtf8() + '\n'; };
    QList<qsizetype> starts;
    qsizetype at = 0;
    for (const QString &file : files) {
        at = bundle.indexOf(heading(root.relativeFilePath(inputs.value(file))), at) + 1;
        starts.append(at);
    }
    const qsizetype script = bundle.indexOf(heading(QStringLiteral("<stdin>")), at) + 1;
    starts.append(script);
    const QByteArrayList calls =
        bundle.sliced(bundle.indexOf("\nexports[0]", script) + 1).split('\n');
    if (starts.contains(0) || calls.size() < files.size())
        return false;
    m_helpers += bundle.first(starts.first());
    static const QByteArray commonJs =
        "const __commonJS = (body) => () => body[Object.keys(body)[0]].call(exports, exports, "
        "module);";
    int line = 1 + int(bundle.first(starts.first()).count('\n'));
    for (qsizetype i = 0; i < files.size(); ++i) {
        const QByteArray piece = bundle.sliced(starts.at(i), starts.at(i + 1) - starts.at(i));
        const QByteArray call = calls.at(i).sliced(calls.at(i).indexOf("=>") + 3).chopped(1);
        static const QRegularExpression module(
            QStringLiteral("^\\((\\S+\\(\\)), __toCommonJS\\((\\S+)\\)\\)$"));
        const auto match = module.match(QString::fromUtf8(call));
        Transformed result{.map = shared, .firstLine = line};
        // As Node has it, what a file exports is there before it runs: cycles of imports see it.
        result.code = (piece.contains("__commonJS(") ? commonJs : QByteArray()) +
                      piece.sliced(piece.indexOf('\n'));
        if (match.hasMatch())
            result.code += QStringLiteral("Object.defineProperty(module.exports = %2, "
                                          "\"__esModule\", { value: true });\n%1;\n")
                               .arg(match.captured(1), match.captured(2))
                               .toUtf8();
        else
            result.code += call + ";\n";
        result.imports = importsOfOutput(piece);
        m_made[files.at(i)] = std::move(result);
        line += int(piece.count('\n'));
    }
    return true;
}

std::optional<Error> Transformer::run(const QStringList &files, const Cancelled &cancelled,
                                      bool withMetafile)
{
    if (files.isEmpty())
        return std::nullopt;
    noteSettings(files);
    QTemporaryDir scratch;
    if (!scratch.isValid())
        return Error{.kind = base::ErrorKind::Io,
                     .text = Text::tr("No temporary folder can be made"),
                     .detail = scratch.errorString()};
    const QHash<QString, QString> inputs = inputsFor(files, scratch.path());
    QStringList arguments = options();
    const QString made = scratch.filePath(QStringLiteral("bundle.js"));
    const QString metafile = scratch.filePath(QStringLiteral("meta.json"));
    arguments.append(QStringLiteral("--outfile=") + made);
    if (withMetafile)
        arguments.append(QStringLiteral("--metafile=") + metafile);
    if (!m_badTsConfig.first.isEmpty())
        arguments.append(QStringLiteral("--tsconfig-raw={}"));
    for (const QString &name : externals(files))
        arguments.append(QStringLiteral("--external:") + name);
    const auto finished = load::run({.program = m_installation.esbuild(),
                                     .arguments = arguments,
                                     .folder = m_root,
                                     .input = entryOf(files, inputs),
                                     .dataMiB = dataMiB},
                                    cancelled);
    if (!finished)
        return finished.error();
    if (ranOutOfMemory(finished->errors))
        return Error{
            .kind = base::ErrorKind::Limit,
            .text = Text::tr("esbuild needs more memory than it may use (%1 MiB)").arg(dataMiB),
            .where = m_root,
            .hint = Text::tr("Look for a package.json, or a file that a tsconfig.json "
                             "extends, that is very large or no ordinary file")};
    if (finished->crashed || finished->code != 0) {
        QStringList rest = files;
        if (takeErrors(files, inputs, finished->errors)) {
            rest.removeIf([&](const QString &file) { return m_made.contains(file); });
            return run(rest, cancelled);
        }
        if (takeTsConfigError(finished->errors))
            return run(files, cancelled);
        if (files.size() == 1) {
            m_made[files.first()].error = FileError{
                .text = QString::fromUtf8(finished->errors.trimmed()).section(u'\n', 0, 0),
                .hint = {}};
            return std::nullopt;
        }
        // It does not say which one: halves tell.
        const auto error = run(files.first(files.size() / 2), cancelled);
        return error ? error : run(files.sliced(files.size() / 2), cancelled);
    }
    const QByteArray bundle = readMade(made);
    // The metafile takes esbuild a fifth longer, and nearly never has anything to tell.
    if (!withMetafile && hasOthers(files, inputs, bundle))
        return run(files, cancelled, true);
    const QSet<QString> strayed = withMetafile ? followed(readMade(metafile)) : QSet<QString>();
    if (!m_followed.contains(strayed)) {
        m_followed.unite(strayed);
        return run(files, cancelled);
    }
    if (!strayed.isEmpty() || !take(files, inputs, bundle, readMade(made + QStringLiteral(".map"))))
        return Error{.kind = base::ErrorKind::Process,
                     .text = Text::tr("What esbuild made of the project cannot be read"),
                     .where = m_root,
                     .hint = Text::tr("Build or install Sluice again")};
    return std::nullopt;
}

std::optional<Error> Transformer::transform(const QStringList &files, const Cancelled &cancelled)
{
    QStringList wanted;
    for (const QString &file : files) {
        if (!m_made.contains(file) && source(file))
            wanted.append(file);
    }
    return run(wanted, cancelled);
}

} // namespace load
