// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/packageexports.h"

#include "load/disk.h"
#include "load/packages.h"

#include <QDir>
#include <QStringList>

#include <optional>

namespace load
{

namespace
{

using Json = nlohmann::ordered_json;

QString toText(const Json &json)
{
    return json.is_string() ? QString::fromStdString(json.get<std::string>()) : QString();
}

bool isBuildFolder(const QString &name)
{
    for (const char *one : {"dist", "build", "lib", "out", "output", ".output", "esm", "cjs", "es",
                            "types", "_esm", "_cjs", "bundle"}) {
        if (name == QLatin1String(one))
            return true;
    }
    return false;
}

/// \a path without what a compiler puts behind a name: .js, .d.ts and their like.
QString withoutEnding(const QString &path)
{
    for (const char *ending : {".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs", ".jsx"}) {
        if (path.endsWith(QLatin1String(ending)))
            return path.chopped(qstrlen(ending));
    }
    return path;
}

/// A source file called \a stem with an ending of TypeScript's or JavaScript's.
QString sourceAt(Disk &disk, const QString &stem)
{
    for (const char *ending : {".ts", ".tsx", ".mts", ".cts", "/index.ts", "/index.tsx"}) {
        if (disk.isFile(stem + QLatin1String(ending)))
            return stem + QLatin1String(ending);
    }
    return {};
}

/// Where the source of \a target, a path inside of a package, may lie, without an ending: dist/a.js
/// is src/a or a, dist/esm/a.js also src/a, dist/db/src/a.js src/a.
QStringList sourceStems(const QString &target)
{
    QStringList parts = withoutEnding(target).split(u'/', Qt::SkipEmptyParts);
    QStringList stems{parts.join(u'/')};
    const qsizetype inner = parts.lastIndexOf(QLatin1String("src"));
    while (!parts.isEmpty() && isBuildFolder(parts.first())) {
        parts.removeFirst();
        stems.append(QLatin1String("src/") + parts.join(u'/'));
        stems.append(parts.join(u'/'));
    }
    if (inner > 0)
        stems.append(stems.first().split(u'/').mid(inner).join(u'/'));
    return stems;
}

/// The file to load for \a target ("./dist/a.js"): its source when that is there, else itself.
QString targetFile(Disk &disk, const QString &folder, QString target)
{
    target = QDir::cleanPath(target);
    if (target.startsWith(QLatin1String("../")) || target.startsWith(u'/'))
        return {};
    const QString path = folder + u'/' + target;
    const bool built = withoutEnding(target) != target;
    if (!built && disk.isFile(path))
        return path;
    for (const QString &stem : sourceStems(target)) {
        if (const QString file = sourceAt(disk, folder + u'/' + stem); !file.isEmpty())
            return file;
    }
    if (target.contains(QLatin1String(".d.")))
        return {};
    const QString file = fileAt(disk, path);
    return file.isEmpty() ? fileAt(disk, path + QStringLiteral("/index")) : file;
}

/// Every target of a conditional export, the person's source first; nothing for null.
void collectTargets(const Json &value, QStringList &sources, QStringList &others)
{
    if (value.is_string()) {
        others.append(toText(value));
    } else if (value.is_array()) {
        for (const Json &item : value)
            collectTargets(item, sources, others);
    } else if (value.is_object()) {
        for (const auto &[condition, item] : value.items()) {
            if (condition == "source" || condition == "development")
                collectTargets(item, sources, sources);
            else if (condition != "browser" && condition != "react-native" &&
                     condition != "worker" && condition != "edge-light")
                collectTargets(item, sources, others);
        }
    }
}

struct Match {
    Json value;
    QString star; ///< what stands for `*`
};

/// The entry of an `exports` or `imports` map for \a key: the exact one, else the longest pattern.
std::optional<Match> find(const Json &map, const QString &key)
{
    if (const auto exact = map.find(key.toStdString()); exact != map.end())
        return Match{*exact, QString()};
    std::optional<Match> best;
    qsizetype length = -1;
    for (const auto &[name, value] : map.items()) {
        const QString pattern = QString::fromStdString(name);
        const qsizetype star = pattern.indexOf(u'*');
        const bool folder = pattern.endsWith(u'/');
        const QString before = folder ? pattern : pattern.first(std::max<qsizetype>(star, 0));
        const QString behind = star < 0 ? QString() : pattern.sliced(star + 1);
        if ((star < 0 && !folder) || before.size() <= length || !key.startsWith(before) ||
            !key.endsWith(behind) || key.size() < before.size() + behind.size())
            continue;
        length = before.size();
        best = Match{value, key.sliced(length, key.size() - length - behind.size())};
    }
    return best;
}

QStringList targetsOf(const Match &match)
{
    QStringList sources, others;
    collectTargets(match.value, sources, others);
    QStringList targets = sources + others;
    for (QString &target : targets) {
        if (target.endsWith(u'/'))
            target += match.star;
        else
            target.replace(u'*', match.star);
    }
    return targets;
}

/// The target of an export as Node picks it for an import.
QString importTarget(const Json &value)
{
    if (value.is_string())
        return toText(value);
    if (value.is_object()) {
        for (const auto &[condition, item] : value.items()) {
            if (condition == "import" || condition == "default" || condition == "node" ||
                condition == "module")
                return importTarget(item);
        }
    }
    return {};
}

QString firstFile(Disk &disk, const QString &folder, const QStringList &targets)
{
    for (const QString &target : targets) {
        if (const QString file = targetFile(disk, folder, target); !file.isEmpty())
            return file;
    }
    return {};
}

} // namespace

QString mainFile(Disk &disk, const QString &folder, const Json &package)
{
    if (!package.is_object())
        return {};
    QStringList targets;
    for (const char *member : {"source", "module", "main", "types", "typings"}) {
        if (const auto found = package.find(member); found != package.end() && found->is_string())
            targets.append(toText(*found));
    }
    return firstFile(disk, folder, targets);
}

QString exportedFile(Disk &disk, const QString &folder, const Json &package, const QString &subpath)
{
    const auto exports = package.find("exports");
    if (exports != package.end() && !exports->is_null()) {
        const bool isMap = exports->is_object() && !exports->empty() &&
                           QString::fromStdString(exports->begin().key()).startsWith(u'.');
        const Json map = isMap ? *exports : Json{{".", *exports}};
        if (const auto match = find(map, subpath)) {
            if (match->value.is_null())
                return {};
            if (const QString file = firstFile(disk, folder, targetsOf(*match)); !file.isEmpty())
                return file;
        }
    }
    if (subpath != QLatin1String("."))
        return targetFile(disk, folder, subpath);
    if (const QString file = mainFile(disk, folder, package); !file.isEmpty())
        return file;
    return firstFile(disk, folder, {QStringLiteral("index.js"), QStringLiteral("src/index.js")});
}

QString publishedFile(Disk &disk, const QString &folder, const Json &package,
                      const QString &subpath)
{
    const auto exports = package.is_object() ? package.find("exports") : package.end();
    QString target;
    if (exports != package.end() && !exports->is_null()) {
        const bool isMap = exports->is_object() && !exports->empty() &&
                           QString::fromStdString(exports->begin().key()).startsWith(u'.');
        const auto match = find(isMap ? *exports : Json{{".", *exports}}, subpath);
        if (match)
            target = importTarget(match->value).replace(u'*', match->star);
    } else if (subpath == QLatin1String(".")) {
        target = toText(package.value("module", package.value("main", Json("index.js"))));
    } else {
        target = subpath;
    }
    const QString path = QDir::cleanPath(folder + u'/' + target);
    return !target.isEmpty() && path.startsWith(folder + u'/') ? fileOrIndexAt(disk, path)
                                                               : QString();
}

QString importedTarget(Disk &disk, const QString &folder, const Json &package,
                       const QString &specifier)
{
    const auto imports = package.find("imports");
    if (imports == package.end() || !imports->is_object())
        return {};
    const auto match = find(*imports, specifier);
    if (!match || match->value.is_null())
        return {};
    const QStringList targets = targetsOf(*match);
    for (const QString &target : targets) {
        if (!target.startsWith(u'.'))
            return target;
        if (const QString file = targetFile(disk, folder, target); !file.isEmpty())
            return file;
    }
    return {};
}

} // namespace load
