// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/packages.h"

#include "load/disk.h"
#include "load/folderwalk.h"
#include "load/glob.h"
#include "load/packageexports.h"

#include <QDir>
#include <QRegularExpression>

#include <yaml-cpp/yaml.h>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

/// Calls \a take with pnpm-workspace.yaml when that is a map. pnpm itself refuses a file that is
/// no YAML; imports of the workspace stay stand-ins then.
template <typename Take> void withPnpmFile(Disk &disk, const QString &workspace, const Take &take)
{
    try {
        const YAML::Node yaml =
            YAML::Load(disk.read(workspace + QStringLiteral("/pnpm-workspace.yaml")).toStdString());
        if (yaml.IsMap())
            take(yaml);
    } catch (const YAML::Exception &) {
    }
}

/// The packages that pnpm-workspace.yaml lists.
QStringList pnpmPatterns(Disk &disk, const QString &workspace)
{
    QStringList patterns;
    withPnpmFile(disk, workspace, [&](const YAML::Node &yaml) {
        for (const YAML::Node &pattern : yaml["packages"])
            patterns.append(QString::fromStdString(pattern.as<std::string>(std::string())));
    });
    return patterns;
}

/// `workspaces` of a package.json: a list, or an object with a list.
QStringList npmPatterns(const Json &json)
{
    QStringList patterns;
    if (!json.is_object() || !json.contains("workspaces"))
        return patterns;
    Json list = json["workspaces"];
    if (list.is_object())
        list = list.value("packages", Json::array());
    for (const Json &pattern : list.is_array() ? list : Json::array()) {
        if (pattern.is_string())
            patterns.append(QString::fromStdString(pattern.get<std::string>()));
    }
    return patterns;
}

} // namespace

QString fileAt(Disk &disk, const QString &path)
{
    const auto there = [&](const QString &name) { return disk.isFile(name); };
    if (there(path))
        return path;
    for (const char *ending : {".tsx", ".ts", ".jsx", ".js", ".css", ".json"}) {
        if (const QString name = path + QLatin1String(ending); there(name))
            return name;
    }
    static const std::pair<const char *, const char *> rewritten[] = {
        {".js", ".ts"},   {".js", ".tsx"},  {".jsx", ".ts"},
        {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}};
    for (const auto &[written, meant] : rewritten) {
        const QLatin1String ending(written);
        if (!path.endsWith(ending))
            continue;
        if (const QString name = path.chopped(ending.size()) + QLatin1String(meant); there(name))
            return name;
    }
    return {};
}

QString fileOrIndexAt(Disk &disk, const QString &path)
{
    if (!path.endsWith(u'/')) {
        if (const QString file = fileAt(disk, path); !file.isEmpty())
            return file;
    }
    if (!disk.isFolder(path))
        return {};
    const QString package = path + QStringLiteral("/package.json");
    if (disk.exists(package)) {
        const Json json = readJsonWithComments(disk.read(package));
        if (const QString file = mainFile(disk, path, json); !file.isEmpty())
            return file;
    }
    return fileAt(disk, path + QStringLiteral("/index"));
}

Packages::Packages(Disk &disk, const QString &workspace)
    : m_disk(disk)
    , m_workspace(workspace)
{
}

Packages::~Packages() = default;

const Package *Packages::read(const QString &folder)
{
    if (const auto known = m_folders.constFind(folder); known != m_folders.cend())
        return known->get();
    std::shared_ptr<const Package> package;
    const QString file = folder + QStringLiteral("/package.json");
    if (m_disk.isFile(file)) {
        const QByteArray text = m_disk.read(file);
        Json json = Json::parse(text.cbegin(), text.cend(), nullptr, false);
        if (json.is_object()) {
            const auto name = json.find("name");
            package = std::make_shared<Package>(
                Package{folder,
                        name != json.end() && name->is_string()
                            ? QString::fromStdString(name->get<std::string>())
                            : QString(),
                        std::move(json)});
        }
    }
    return m_folders.insert(folder, package)->get();
}

const Package *Packages::nearest(const QString &folder)
{
    for (QString at = folder; at == m_workspace || at.startsWith(m_workspace + u'/');
         at = at.first(at.lastIndexOf(u'/'))) {
        if (const Package *package = read(at))
            return package;
        if (at == m_workspace)
            break;
    }
    return nullptr;
}

void Packages::list()
{
    m_listed = true;
    QStringList patterns = pnpmPatterns(m_disk, m_workspace);
    if (const Package *root = read(m_workspace)) {
        patterns += npmPatterns(root->json);
        m_names.insert(root->name, root->folder);
    }
    const Json lerna =
        readJsonWithComments(m_disk.read(m_workspace + QStringLiteral("/lerna.json")));
    patterns +=
        npmPatterns({{"workspaces", lerna.is_object() ? lerna.value("packages", Json()) : Json()}});
    QStringList folders;
    for (QString pattern : std::as_const(patterns)) {
        const bool without = pattern.startsWith(u'!');
        if (without)
            pattern.remove(0, 1);
        while (pattern.endsWith(u'/'))
            pattern.chop(1);
        const QStringList found =
            globMatches(m_disk, m_workspace, pattern + QStringLiteral("/package.json"));
        for (const QString &file : found) {
            const QString folder = m_disk.canonical(file.first(file.lastIndexOf(u'/')));
            folders.removeAll(folder);
            if (!without && folder.startsWith(m_workspace + u'/'))
                folders.append(folder);
        }
    }
    for (const QString &folder : std::as_const(folders)) {
        const Package *package = read(folder);
        if (package && !package->name.isEmpty() && !m_names.contains(package->name))
            m_names.insert(package->name, folder);
    }
}

const Package *Packages::inWorkspace(const QString &folder, const QString &name)
{
    if (const Package *own = nearest(folder); own && own->name == name)
        return own;
    if (!m_listed)
        list();
    if (const auto found = m_names.constFind(name); found != m_names.cend())
        return read(*found);
    // A link that some tool made to a folder of the workspace, listed or not.
    const QString linked = installed(folder, name);
    if (!linked.isEmpty())
        return linked.contains(QLatin1String("/node_modules/")) ? nullptr : read(linked);
    const QString meant = dependency(folder, name);
    return meant.isEmpty() ? nullptr : read(meant);
}

/// The folder of the workspace that the nearest package depends on as \a name: the path it gives,
/// or with `workspace:*` the package of that name, which tools like Rush list in files of their
/// own.
QString Packages::dependency(const QString &folder, const QString &name)
{
    const Package *own = nearest(folder);
    if (!own)
        return {};
    QString version;
    for (const char *member : {"dependencies", "devDependencies", "peerDependencies"}) {
        const auto list = own->json.find(member);
        if (version.isEmpty() && list != own->json.end() && list->is_object())
            if (const auto found = list->find(name.toStdString());
                found != list->end() && found->is_string())
                version = QString::fromStdString(found->get<std::string>());
    }
    static const QRegularExpression path(
        QStringLiteral("^(?:file|link|portal|workspace):(\\.\\.?/.*)"));
    if (const auto match = path.match(version); match.hasMatch()) {
        const QString meant =
            m_disk.canonical(QDir::cleanPath(own->folder + u'/' + match.captured(1)));
        return meant.startsWith(m_workspace + u'/') ? meant : QString();
    }
    return version.startsWith(QLatin1String("workspace:")) ? anywhere(name) : QString();
}

QString Packages::anywhere(const QString &name)
{
    if (!m_all) {
        m_all.emplace();
        const WalkLimits limits{
            .depth = 5, .folders = 5'000, .part = QStringLiteral("package.json")};
        walkFolders(m_disk, m_workspace, limits, [&](const QDir &dir, const QStringList &names) {
            const Package *package =
                names.contains(limits.part) ? read(m_disk.canonical(dir.path())) : nullptr;
            if (package && !m_all->contains(package->name))
                m_all->insert(package->name, package->folder);
            return true;
        });
    }
    return m_all->value(name);
}

QString Packages::installed(const QString &folder, const QString &name) const
{
    const QString real = linked(folder, name);
    return real.startsWith(m_workspace + u'/') ? real : QString();
}

QString Packages::linked(const QString &folder, const QString &name) const
{
    for (QString at = folder; at == m_workspace || at.startsWith(m_workspace + u'/');
         at = at.first(at.lastIndexOf(u'/'))) {
        const QString found = at + QStringLiteral("/node_modules/") + name;
        if (m_disk.isFolder(found))
            return m_disk.canonical(found);
        if (at == m_workspace)
            break;
    }
    return {};
}

QString Packages::catalogVersion(const QString &catalog, const QString &name) const
{
    QString version;
    withPnpmFile(m_disk, m_workspace, [&](const YAML::Node &yaml) {
        const bool isDefault = catalog.isEmpty() || catalog == u"default";
        const YAML::Node versions =
            isDefault && yaml["catalog"]
                ? yaml["catalog"]
                : yaml["catalogs"][isDefault ? "default" : catalog.toStdString()];
        version =
            QString::fromStdString(versions[name.toStdString()].as<std::string>(std::string()));
    });
    if (!version.isEmpty())
        return version;
    // Bun has them in the workspace's package.json, within `workspaces` or beside it.
    const Json root =
        readJsonWithComments(m_disk.read(m_workspace + QStringLiteral("/package.json")));
    const auto member = [](const Json &json, const std::string &key) {
        return json.is_object() ? json.value(key, Json()) : Json();
    };
    for (const Json &holder : {member(root, "workspaces"), root}) {
        const bool isDefault = catalog.isEmpty() || catalog == u"default";
        const Json versions = isDefault ? member(holder, "catalog")
                                        : member(member(holder, "catalogs"), catalog.toStdString());
        const Json found = member(versions, name.toStdString());
        if (found.is_string())
            return QString::fromStdString(found.get<std::string>());
    }
    return {};
}

QString Packages::fileOf(const Package &package, const QString &subpath) const
{
    return exportedFile(m_disk, package.folder, package.json, subpath);
}

QString Packages::internalImport(const Package &package, const QString &specifier) const
{
    return importedTarget(m_disk, package.folder, package.json, specifier);
}

QString withoutOrigin(const QString &specifier)
{
    if (!specifier.startsWith(QLatin1String("npm:")) &&
        !specifier.startsWith(QLatin1String("https:")))
        return specifier;
    static const QRegularExpression from(
        QStringLiteral("^(?:npm:/?|https://esm\\.sh/(?:v\\d+/)?)((?:@[^/@]+/)?[^/@]+)(?:@[^/?]*)?"
                       "(/[^?]*)?"));
    const auto match = from.match(specifier);
    return match.hasMatch() ? match.captured(1) + match.captured(2) : specifier;
}

QString packageNameOf(const QString &specifier)
{
    if (specifier.isEmpty() || specifier.startsWith(u'.') || specifier.startsWith(u'/') ||
        specifier.startsWith(u'#') || specifier.contains(u':'))
        return {};
    return specifier.section(u'/', 0, specifier.startsWith(u'@') ? 1 : 0);
}

namespace
{

/// \a text without its comments and without commas before a closing bracket.
QByteArray plainJson(const QByteArray &text)
{
    QByteArray plain;
    plain.reserve(text.size());
    bool inText = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (inText) {
            plain += c;
            if (c == '\\' && i + 1 < text.size())
                plain += text.at(++i);
            else if (c == '"')
                inText = false;
        } else if (c == '/' && QByteArrayView(text).sliced(i).startsWith("//")) {
            i = std::max(text.indexOf('\n', i), i + 1);
        } else if (c == '/' && QByteArrayView(text).sliced(i).startsWith("/*")) {
            i = std::max(text.indexOf("*/", i + 2) + 1, i + 1);
        } else if (c == '}' || c == ']') {
            while (!plain.isEmpty() && static_cast<unsigned char>(plain.back()) <= ' ')
                plain.chop(1);
            if (plain.endsWith(','))
                plain.chop(1);
            plain += c;
        } else {
            inText = c == '"';
            plain += c;
        }
    }
    if (plain.startsWith("\xEF\xBB\xBF"))
        plain.remove(0, 3);
    return plain;
}

} // namespace

Json readJsonWithComments(const QByteArray &text)
{
    // Most are JSON as it is; drizzle-orm's own package.json has 180 kB.
    const Json json = Json::parse(text.cbegin(), text.cend(), nullptr, false);
    if (!json.is_discarded())
        return json;
    const QByteArray plain = plainJson(text);
    return Json::parse(plain.cbegin(), plain.cend(), nullptr, false);
}

} // namespace load
