// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/workspace.h"

#include "load/disk.h"
#include "load/glob.h"
#include "load/text.h"

#include <QDir>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace load
{

namespace
{

bool hasWorkspaces(Disk &disk, const QString &packageFile)
{
    if (!disk.isFile(packageFile))
        return false;
    const QByteArray text = disk.read(packageFile);
    const auto json = nlohmann::json::parse(text.cbegin(), text.cend(), nullptr, false);
    return json.is_object() && json.contains("workspaces");
}

/// What workspaceOf() answers where nothing marks a workspace, as in the archive of one.
QString packageAbove(Disk &disk, const QString &folder)
{
    constexpr int most = 5;
    QDir at(folder);
    for (int i = 0; i < most && !at.isRoot() && at != QDir::home(); ++i) {
        for (const char *name : {"package.json", "deno.json", "deno.jsonc"}) {
            if (disk.isFile(at.filePath(QLatin1String(name))))
                return at.path();
        }
        if (!at.cdUp())
            break;
    }
    return folder;
}

/// The patterns for the sources of what a build makes: of dist/db/*.js src/db/*.ts and db/*.ts.
QStringList sourcePatterns(const QString &pattern)
{
    static const QStringList builds{QStringLiteral("dist"), QStringLiteral("build"),
                                    QStringLiteral("out"), QStringLiteral(".output")};
    static const QRegularExpression ending(QStringLiteral("\\.([mc]?)js$"));
    const QStringList parts = QDir::cleanPath(pattern).split(u'/');
    const auto build =
        std::ranges::find_if(parts, [&](const QString &part) { return builds.contains(part); });
    if (build == parts.cend())
        return {};
    const qsizetype at = build - parts.cbegin();
    const QString before = parts.first(at).join(u'/') + (at > 0 ? QStringLiteral("/") : QString());
    const QString behind =
        parts.sliced(at + 1).join(u'/').replace(ending, QStringLiteral(".\\1ts"));
    return {before + QStringLiteral("src/") + behind, before + behind};
}

/// What \a pattern names, or the sources of what it would name were it built.
QStringList namedBy(Disk &disk, const QString &folder, const QString &pattern)
{
    QStringList files = globMatches(disk, folder, pattern);
    if (!files.isEmpty())
        return files;
    for (const QString &source : sourcePatterns(pattern)) {
        files = globMatches(disk, folder, source);
        if (!files.isEmpty())
            break;
    }
    return files;
}

bool namesFiles(Disk &disk, const QString &folder, const QString &pattern)
{
    return !namedBy(disk, folder, pattern).isEmpty();
}

} // namespace

QString workspaceOf(Disk &disk, const QString &folder)
{
    const QString start = disk.canonical(folder);
    constexpr std::array markers{".git", "pnpm-workspace.yaml", "lerna.json", "nx.json"};
    QDir at(start);
    do {
        const bool isMarked = std::any_of(markers.begin(), markers.end(), [&](const char *name) {
            return disk.exists(at.filePath(QLatin1String(name)));
        });
        if (isMarked || hasWorkspaces(disk, at.filePath(QStringLiteral("package.json"))))
            return at.path();
    } while (!at.isRoot() && at.cdUp());
    return packageAbove(disk, start);
}

QString workingFolder(Disk &disk, const QString &folder, const QStringList &patterns)
{
    const QString workspace = workspaceOf(disk, folder);
    const auto isOneThere = [&](const QString &candidate) {
        return std::ranges::any_of(
            patterns, [&](const QString &pattern) { return namesFiles(disk, candidate, pattern); });
    };
    const auto areAllThere = [&](const QString &candidate) {
        return std::ranges::all_of(
            patterns, [&](const QString &pattern) { return namesFiles(disk, candidate, pattern); });
    };
    if (patterns.isEmpty() || areAllThere(folder))
        return folder;
    QStringList above;
    for (QDir at(disk.canonical(folder)); at.path() != workspace && at.cdUp();)
        above.append(at.path());
    for (const QString &candidate : std::as_const(above)) {
        if (areAllThere(candidate))
            return candidate;
    }
    if (isOneThere(folder))
        return folder;
    const auto found = std::ranges::find_if(above, isOneThere);
    return found == above.cend() ? folder : *found;
}

bool namesBuilt(Disk &disk, const QString &root, const QString &pattern)
{
    return globMatches(disk, root, pattern).isEmpty() && namesFiles(disk, root, pattern);
}

base::Result<QStringList> schemaFiles(Disk &disk, const QString &root, const QStringList &patterns)
{
    QStringList files;
    for (const QString &pattern : patterns) {
        for (const QString &match : namedBy(disk, root, pattern)) {
            QStringList here{match};
            if (disk.isFolder(match)) {
                here.clear();
                for (const Disk::Item &item : disk.list(match)) {
                    if (item.isFile())
                        here.append(QDir(match).filePath(item.name));
                }
                here.sort();
            }
            for (const QString &file : std::as_const(here)) {
                if (!files.contains(file))
                    files.append(file);
            }
        }
    }
    if (files.isEmpty())
        return base::Error{
            .kind = base::ErrorKind::NotFound,
            .text = Text::tr("The schema files of the project are not there"),
            .where = patterns.join(QLatin1String(", ")),
            .detail = Text::tr("nothing in %1 matches").arg(root),
            .hint = Text::tr("Correct `schema` in the drizzle config"),
        };
    return files;
}

} // namespace load
