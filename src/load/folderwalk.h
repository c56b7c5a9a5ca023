// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/disk.h"

#include <QDir>

namespace load
{

/// How far a walk goes.
struct WalkLimits {
    int depth = 7;        ///< folders in folders
    int folders = 20'000; ///< for home folders and the like
    QString part;         ///< of the names of files that matter
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
/// files, sorted, without hidden ones; it says whether to go on. Links to folders are not followed.
template <typename Take>
void walkFolders(Disk &disk, const QString &folder, const WalkLimits &limits, const Take &take)
{
    QList<std::pair<QString, int>> queue{{folder, 0}};
    for (qsizetype i = 0; i < queue.size() && i < limits.folders; ++i) {
        const auto [path, depth] = queue.at(i);
        const QDir dir(path);
        QStringList names;
        for (const Disk::Item &item : disk.list(path, limits.part)) {
            if (item.isFile() && !item.name.startsWith(u'.'))
                names.append(item.name);
            else if (item.isFolder() && !item.isLink && depth < limits.depth &&
                     !isNoSourceFolder(item.name))
                queue.append({dir.filePath(item.name), depth + 1});
        }
        if (!take(dir, names))
            return;
    }
}

} // namespace load
