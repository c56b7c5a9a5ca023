// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/installedparts.h"

#include "load/archiveparts.h"
#include "load/cachefolder.h"
#include "load/disk.h"
#include "load/packageexports.h"
#include "load/text.h"
#include "schema/jsontree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

/// Of what Sluice itself or esbuild made.
QByteArray readMade(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString memberOf(const Json &json, const char *name)
{
    const auto found = json.is_object() ? json.find(name) : json.end();
    return found != json.end() && found->is_string()
               ? QString::fromStdString(found->get<std::string>())
               : QString();
}

/// The version of \a name that Sluice brings along.
QString ownVersion(const QString &name)
{
    const Json json = readJsonWithComments(readMade(QStringLiteral(":/evaluator/package.json")));
    return memberOf(json["dependencies"], name.toUtf8().constData());
}

/// The modules of \a name that a schema may ask for: those of our own copy, and what versions
/// before or after it have.
QStringList modulesOf(const QString &name, const QString &list)
{
    const QByteArray text = readMade(QStringLiteral(":/evaluator/") + list);
    static const QRegularExpression call(QStringLiteral("\\(\\) => require\\(\"([^\"]+)\"\\)"));
    QStringList modules;
    for (auto it = call.globalMatch(QString::fromUtf8(text)); it.hasNext();)
        modules.append(it.next().captured(1));
    if (name == u"drizzle-orm")
        modules.append(QStringLiteral("drizzle-orm/_relations"));
    return modules;
}

/// The JavaScript that esbuild bundles: an object of the package's modules, each evaluated when it
/// is asked for.
QByteArray entryText(Disk &disk, const Package &package, const QStringList &modules,
                     bool withVersion)
{
    QByteArray members;
    for (const QString &module : modules) {
        const QString subpath = u'.' + module.sliced(package.name.size());
        const QString file = publishedFile(disk, package.folder, package.json, subpath);
        if (!file.isEmpty())
            members += "  " + QByteArray::fromStdString(Json(module.toStdString()).dump()) +
                       ": () => require(" +
                       QByteArray::fromStdString(Json(file.toStdString()).dump()) + "),\n";
    }
    if (!withVersion)
        return "module.exports = {\n" + members + "};\n";
    const std::string version = memberOf(package.json, "version").toStdString();
    return "module.exports = { version: " + QByteArray::fromStdString(Json(version).dump()) +
           ", modules: {\n" + members + "} };\n";
}

/// What esbuild read for a bundle, of its metafile, relative to \a folder; nothing when a file of
/// another folder is among them.
std::optional<QStringList> inputsOf(const QByteArray &metafile, const QString &folder)
{
    const Json json = Json::parse(metafile.cbegin(), metafile.cend(), nullptr, false);
    if (!json.is_object() || !json.contains("inputs"))
        return std::nullopt;
    QStringList inputs;
    for (const auto &[name, input] : json["inputs"].items()) {
        const QString file = QString::fromStdString(name);
        if (file.startsWith(u'<') || file.startsWith(u'('))
            continue;
        const QString path = QFileInfo(QDir(folder).absoluteFilePath(file)).canonicalFilePath();
        if (!path.startsWith(folder + u'/'))
            return std::nullopt;
        inputs.append(path);
    }
    return inputs;
}

/// One file of all \a modules of \a package; empty when it cannot be made.
QByteArray bundled(const base::Installation &installation, Disk &disk, const Package &package,
                   const QByteArray &entry, const Cancelled &cancelled)
{
    // The folder's own name is a part of the key: two projects do not push each other out.
    const QByteArray key = "2 " + package.folder.toUtf8() + '\n' +
                           QByteArray::fromStdString(package.json.dump()) + '\n' + entry;
    const CacheFolder cache(QStringLiteral("packages"), 64 << 20);
    schema::Reader reader(cache.read(key));
    Inputs inputs;
    QByteArray code;
    reader(inputs, code);
    if (reader.isGood() && inputs.check().holds) {
        disk.add(inputs);
        return code;
    }
    Disk seen;
    seen.noteOwn(installation.esbuild());
    QTemporaryDir scratch;
    const QString metafile = scratch.filePath(QStringLiteral("meta.json"));
    const QString made = scratch.filePath(QStringLiteral("made.js"));
    const auto finished = run(
        {.program = installation.esbuild(),
         .arguments = {QStringLiteral("--bundle"), QStringLiteral("--format=cjs"),
                       QStringLiteral("--platform=neutral"), QStringLiteral("--packages=external"),
                       QStringLiteral("--main-fields=module,main"),
                       QStringLiteral("--conditions=import"), QStringLiteral("--target=es2022"),
                       QStringLiteral("--charset=utf8"), QStringLiteral("--log-level=error"),
                       QStringLiteral("--legal-comments=none"), QStringLiteral("--tsconfig-raw={}"),
                       QStringLiteral("--metafile=") + metafile,
                       QStringLiteral("--outfile=") + made},
         .folder = package.folder,
         .input = entry},
        cancelled);
    if (!finished || finished->crashed || finished->code != 0)
        return {};
    const auto files = inputsOf(readMade(metafile), package.folder);
    if (!files)
        return {};
    seen.noteReadByOthers(*files);
    disk.add(seen.inputs());
    code = readMade(made);
    if (seen.inputs().exact) {
        schema::Writer writer;
        writer(seen.inputs(), code);
        cache.write(key, writer.finish());
    }
    return code;
}

/// An installed package.
struct Installed {
    QString folder; ///< canonical
    QString version;
    Package read(Disk &disk, const QString &name) const
    {
        return {folder, name,
                readJsonWithComments(disk.read(folder + QStringLiteral("/package.json")))};
    }
};

/// `version` in the package.json \a text; nothing when that is no object. drizzle-orm's has 180 kB,
/// which takes ten times as long to read into values that can be changed.
std::optional<QString> versionIn(const QByteArray &text)
{
    const schema::JsonTree tree(text);
    if (tree.fault()) {
        const Json json = readJsonWithComments(text);
        return json.is_object() ? std::optional(memberOf(json, "version")) : std::nullopt;
    }
    if (!tree.root().isObject())
        return std::nullopt;
    const schema::JsonValue *version = tree.root().find("version");
    return version && version->isText() ? version->text() : QString();
}

/// The package \a name as files in \a folder see it. \a outside: one that is installed outside of
/// the workspace, which is for nothing but to know of it.
std::optional<Installed> packageSeenFrom(Bundler &bundler, const QString &folder,
                                         const QString &name, bool outside)
{
    const Packages &packages = bundler.resolver().packages();
    const QString installed =
        outside ? packages.linked(folder, name) : packages.installed(folder, name);
    const QString file = installed + QStringLiteral("/package.json");
    if (installed.isEmpty() || !bundler.disk().isFile(file))
        return std::nullopt;
    const auto version = versionIn(bundler.disk().read(file));
    return version ? std::optional(Installed{installed, *version}) : std::nullopt;
}

/// The same as the files of \a bundle see it.
std::optional<Installed> installedPackage(Bundler &bundler, const Bundle &bundle,
                                          const QString &name, bool outside = false)
{
    QSet<QString> folders;
    for (const QString &file : bundle.named + bundle.modules.keys()) {
        // Thousands of files lie in a few folders.
        const QString written = file.first(std::max<qsizetype>(file.lastIndexOf(u'/'), 0));
        if (folders.contains(written))
            continue;
        folders.insert(written);
        const QString folder = QDir::cleanPath(QDir(bundler.root()).absoluteFilePath(written));
        if (auto package = packageSeenFrom(bundler, folder, name, outside))
            return package;
    }
    return std::nullopt;
}

/// The number that \a version, or a range of versions, begins with; 0 without one.
int majorOf(const QString &version)
{
    static const QRegularExpression number(QStringLiteral("(?:^|[^\\d.])(\\d+)(?:\\.|$|[^\\d])"));
    return number.match(version).captured(1).toInt();
}

/// The range of versions of \a name that the nearest package.json at or above \a folder asks for.
QString wantedRange(Bundler &bundler, const QString &folder, const QString &name)
{
    QString range;
    Packages &packages = bundler.resolver().packages();
    const Package *package = packages.nearest(folder);
    while (package) {
        for (const char *member : {"dependencies", "devDependencies", "peerDependencies"}) {
            if (package->json.contains(member) && range.isEmpty())
                range = memberOf(package->json[member], name.toUtf8().constData());
        }
        if (!range.isEmpty() || package->folder == bundler.resolver().workspace())
            break;
        package = packages.nearest(QFileInfo(package->folder).path());
    }
    return range.startsWith(QLatin1String("catalog:"))
               ? packages.catalogVersion(range.sliced(8), name)
               : range;
}

/// The same for the first file of \a bundle.
QString wantedRange(Bundler &bundler, const Bundle &bundle, const QString &name)
{
    const QString file = bundle.named.isEmpty() ? QString() : bundle.named.first();
    const QString start = QDir::cleanPath(QDir(bundler.root()).absoluteFilePath(file));
    return wantedRange(bundler, QFileInfo(start).path(), name);
}

schema::Problem noticeOf(const QString &text, const QString &hint)
{
    return {.severity = schema::Problem::Severity::Notice,
            .text = text,
            .hint = hint,
            .location = {},
            .importChain = {}};
}

QByteArray drizzlePart(const base::Installation &installation, Bundler &bundler,
                       const Bundle &bundle, const Cancelled &cancelled,
                       QList<schema::Problem> &notices)
{
    const QString name = QStringLiteral("drizzle-orm");
    const QString own = ownVersion(name);
    if (const auto found = installedPackage(bundler, bundle, name)) {
        const QString version = found->version;
        if (version == own)
            return {};
        const Package package = found->read(bundler.disk(), name);
        const QStringList modules = modulesOf(name, QStringLiteral("drizzle.js"));
        const QByteArray code =
            bundled(installation, bundler.disk(), package,
                    entryText(bundler.disk(), package, modules, true), cancelled);
        if (code.isEmpty())
            notices.append(noticeOf(Text::tr("The project's drizzle-orm %1 cannot be bundled; "
                                             "Sluice's %2 was used")
                                        .arg(version, own),
                                    Text::tr("Install the project's packages again")));
        return code;
    }
    const auto outside = installedPackage(bundler, bundle, name, true);
    if (const QString version = outside ? outside->version : own; version != own)
        notices.append(noticeOf(
            Text::tr("The project's drizzle-orm %1 is not used, because it is not inside of %2; "
                     "Sluice's %3 was used")
                .arg(version, bundler.resolver().workspace(), own),
            Text::tr("Install the project's packages inside of its workspace")));
    const QString range = outside ? QString() : wantedRange(bundler, bundle, name);
    if (majorOf(range) >= 1)
        notices.append(noticeOf(
            Text::tr("The project wants drizzle-orm %1, which is not installed; Sluice's %2 was "
                     "used")
                .arg(range, own),
            Text::tr("Install the project's packages, and reload")));
    return {};
}

void addZod(const base::Installation &installation, Bundler &bundler, const Bundle &bundle,
            const Cancelled &cancelled, InstalledParts &parts)
{
    const QString name = QStringLiteral("zod");
    if (const auto found = installedPackage(bundler, bundle, name)) {
        if (found->version == ownVersion(name))
            return;
        const Package package = found->read(bundler.disk(), name);
        parts.zod = bundled(
            installation, bundler.disk(), package,
            entryText(bundler.disk(), package, modulesOf(name, QStringLiteral("zod.js")), false),
            cancelled);
        return;
    }
    if (majorOf(wantedRange(bundler, bundle, name)) == 3)
        parts.zodSuffix = QStringLiteral("\nmodule.exports.zod = module.exports[\"zod/v3\"];\n");
}

} // namespace

InstalledParts installedParts(const base::Installation &installation, Bundler &bundler,
                              const Bundle &bundle, const Cancelled &cancelled)
{
    InstalledParts parts;
    if (bundle.imports(QStringLiteral("drizzle-orm")))
        parts.drizzle = drizzlePart(installation, bundler, bundle, cancelled, parts.notices);
    if (bundle.imports(QStringLiteral("zod")))
        addZod(installation, bundler, bundle, cancelled, parts);
    return parts;
}

bool mayUseOwnDrizzle(Bundler &bundler, const Bundle &bundle)
{
    const QString name = QStringLiteral("drizzle-orm");
    if (!bundle.imports(name))
        return false;
    Bundle named; // their folders are the first in which a package is looked for
    named.named = bundle.named;
    const auto package = installedPackage(bundler, named, name);
    return !package || package->version == ownVersion(name);
}

int drizzleMajor(Bundler &bundler)
{
    const QString name = QStringLiteral("drizzle-orm");
    const auto installed = packageSeenFrom(bundler, bundler.root(), name, true);
    return majorOf(installed ? installed->version : wantedRange(bundler, bundler.root(), name));
}

} // namespace load
