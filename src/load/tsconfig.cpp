// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/tsconfig.h"

#include "load/disk.h"
#include "load/frameworkaliases.h"
#include "load/packages.h"

#include <QDir>
#include <QFileInfo>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

QStringList texts(const Json &json)
{
    QStringList result;
    for (const Json &item : json.is_array() ? json : Json::array({json})) {
        if (item.is_string())
            result.append(QString::fromStdString(item.get<std::string>()));
    }
    return result;
}

Json memberOf(const Json &json, const char *name)
{
    return json.is_object() ? json.value(name, Json()) : Json();
}

QString absolute(const QString &folder, const QString &path)
{
    return QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

/// Adds what a framework writes into \a path, a file it makes of its own in \a folder: it is not in
/// a fresh clone. False when no framework is known to make it.
bool addMadeFile(Disk &disk, TsConfig &config, const QString &path, const QString &folder)
{
    const bool isSvelteKit = path.contains(QLatin1String(".svelte-kit/"));
    if (!isSvelteKit && !path.contains(QLatin1String(".nuxt/")))
        return false;
    config.pathsBase = folder;
    config.paths = isSvelteKit ? svelteKitAliases(disk, folder) : nuxtAliases(disk, folder);
    return true;
}

bool isDenoFile(const QString &file)
{
    return file.endsWith(QLatin1String("/deno.json")) ||
           file.endsWith(QLatin1String("/deno.jsonc"));
}

} // namespace

QStringList TsConfig::candidates(const QString &specifier) const
{
    const QStringList *targets = nullptr;
    QString star;
    qsizetype length = -1;
    for (const auto &[pattern, list] : paths) {
        const qsizetype at = pattern.indexOf(u'*');
        if (at < 0) {
            if (pattern == specifier) {
                targets = &list;
                star.clear();
                break;
            }
            continue;
        }
        const QString before = pattern.first(at), behind = pattern.sliced(at + 1);
        if (at <= length || !specifier.startsWith(before) || !specifier.endsWith(behind) ||
            specifier.size() < before.size() + behind.size())
            continue;
        length = at;
        targets = &list;
        star = specifier.sliced(at, specifier.size() - at - behind.size());
    }
    QStringList result;
    for (QString target : targets ? *targets : QStringList())
        result.append(absolute(pathsBase, target.replace(u'*', star)));
    return result;
}

QString TsConfigs::extended(const QString &folder, const QString &specifier) const
{
    const bool isPath = specifier.startsWith(u'.') || specifier.startsWith(u'/');
    const QString path = isPath ? absolute(folder, specifier) : QString();
    if (!isPath)
        return m_locate(folder, specifier);
    for (const char *ending : {"", ".json", "/tsconfig.json"}) {
        if (m_disk.isFile(path + QLatin1String(ending)))
            return path + QLatin1String(ending);
    }
    return {};
}

void TsConfigs::merge(TsConfig &config, const QString &file, const QString &leafFolder, int depth)
{
    constexpr int deepest = 16; // a config that extends itself ends here
    if (depth > deepest)
        return;
    const Json json = readJsonWithComments(m_disk.read(file));
    const QString folder = QFileInfo(file).path();
    for (const QString &base : texts(memberOf(json, "extends"))) {
        const QString found = extended(folder, base);
        if (!found.isEmpty())
            merge(config, found, leafFolder, depth + 1);
        else if (!addMadeFile(m_disk, config, base, folder) && base.startsWith(u'.'))
            m_missing.append({file, base});
    }
    const Json options = memberOf(json, "compilerOptions");
    const auto filledIn = [&](QString text) {
        return text.replace(QLatin1String("${configDir}"), leafFolder);
    };
    if (const Json url = memberOf(options, "baseUrl"); url.is_string())
        config.baseUrl = absolute(folder, filledIn(texts(url).first()));
    if (const Json paths = memberOf(options, "paths"); paths.is_object()) {
        config.paths.clear();
        config.pathsBase = folder;
        for (const auto &[pattern, targets] : paths.items()) {
            QStringList list;
            for (const QString &target : texts(targets))
                list.append(filledIn(target));
            config.paths.append({QString::fromStdString(pattern), list});
        }
    }
    if (isDenoFile(file)) {
        config.pathsBase = folder;
        config.paths += denoAliases(m_disk.read(file));
    }
    if (depth > 0)
        return;
    for (const char *name : {"/deno.json", "/deno.jsonc"}) {
        if (!isDenoFile(file) && m_disk.isFile(folder + QLatin1String(name)))
            config.references.append(folder + QLatin1String(name));
    }
    for (const Json &reference :
         memberOf(json, "references").is_array() ? json["references"] : Json::array()) {
        for (const QString &path : texts(memberOf(reference, "path"))) {
            const QString found =
                extended(folder, path.startsWith(u'.') ? path : QLatin1String("./") + path);
            if (!found.isEmpty() && QFileInfo(found).path() == folder)
                config.references.append(found);
            else if (found.isEmpty() && config.paths.isEmpty())
                addMadeFile(m_disk, config, path, folder);
        }
    }
}

const TsConfig *TsConfigs::read(const QString &file)
{
    if (const auto known = m_files.constFind(file); known != m_files.cend())
        return known->get();
    auto config = std::make_shared<TsConfig>();
    config->file = file;
    merge(*config, file, QFileInfo(file).path(), 0);
    if (!config->baseUrl.isEmpty())
        config->pathsBase = config->baseUrl;
    return m_files.insert(file, config)->get();
}

QString TsConfigs::fileFor(const QString &folder)
{
    if (const auto known = m_folders.constFind(folder); known != m_folders.cend())
        return *known;
    QString found;
    for (const char *name : {"/tsconfig.json", "/jsconfig.json", "/deno.json", "/deno.jsonc"}) {
        if (found.isEmpty() && m_disk.isFile(folder + QLatin1String(name)))
            found = folder + QLatin1String(name);
    }
    if (!found.isEmpty())
        read(found);
    else if (folder != m_workspace && folder.startsWith(m_workspace + u'/'))
        found = fileFor(folder.first(folder.lastIndexOf(u'/')));
    m_folders.insert(folder, found);
    return found;
}

QList<const TsConfig *> TsConfigs::forFolder(const QString &folder)
{
    const QString file = fileFor(folder);
    if (file.isEmpty())
        return {};
    QList<const TsConfig *> configs{read(file)};
    for (const QString &reference : configs.first()->references)
        configs.append(read(reference));
    return configs;
}

} // namespace load
