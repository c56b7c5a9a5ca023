// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace load
{
struct Config;
}

namespace session
{

/// What a project's schema is read from, as paths whose change means to read it again. Absolute.
struct WatchList {
    QStringList files;   ///< their content matters; one that is missing may appear
    QStringList folders; ///< a source file that appears in one, or goes, matters
    bool operator==(const WatchList &) const = default;
};

/// What to watch when the code of \a config was read from \a files: those, the `.env*` files and
/// tsconfig beside them, and the folders that its `schema` names. Looks at the disk.
WatchList watchListOf(const load::Config &config, const QStringList &files);

/// What to watch when reading failed: \a known, the file \a culprit and every folder of the project
/// in \a root, since what is missing may appear anywhere (at most a thousand). Looks at the disk.
WatchList watchListOfFailure(const QString &root, const WatchList &known, const QString &culprit);

/// Whether a file called \a name can be part of a schema or say how it is read.
bool isSourceName(const QString &name);

} // namespace session
