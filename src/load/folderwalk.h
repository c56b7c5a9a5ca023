// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>

namespace load
{

/// How far a walk goes.
struct WalkLimits {
    int depth = 7;        ///< folders in folders
    int folders = 20'000; ///< for home folders and the like
};

/// Whether what is in a folder of that name is nobody's source: packages, builds, hidden things.
inline bool isNoSourceFolder(const QString &name)
{
    for (const char *one : {"node_modules", "dist", "build", "out", "coverage", "vendor", "target",
                            "bower_components", "__pycache__", "tmp"}) {
        if (name == QLatin1String(one))
            return true;
    }
    return name.startsWith(u'.');
}

/// Calls \a take with each folder, from \a folder on and nearer ones first, and the names of its
/// files, sorted; it says whether to go on. Links to folders are not followed.
template <typename Take>
void walkFolders(const QString &folder, const WalkLimits &limits, const Take &take)
{
    QList<std::pair<QString, int>> queue{{folder, 0}};
    for (qsizetype i = 0; i < queue.size() && i < limits.folders; ++i) {
        const auto [path, depth] = queue.at(i);
        const QDir dir(path);
        if (!take(dir, dir.entryList(QDir::Files, QDir::Name)))
            return;
        if (depth == limits.depth)
            continue;
        for (const QString &name :
             dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name)) {
            if (!isNoSourceFolder(name))
                queue.append({dir.filePath(name), depth + 1});
        }
    }
}

} // namespace load
