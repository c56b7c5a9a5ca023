// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <nlohmann/json.hpp>

namespace load
{

class Disk;

/// The file that `main`, `module`, `types` or `source` of the package in \a folder name, as source;
/// empty when there is none.
QString mainFile(Disk &disk, const QString &folder, const nlohmann::ordered_json &package);

/// The source file behind \a subpath ("." or "./x") of the package in \a folder: by its `exports`,
/// else by the path itself. What `exports` sets to null is not there.
QString exportedFile(Disk &disk, const QString &folder, const nlohmann::ordered_json &package,
                     const QString &subpath);

/// The file that Node loads for \a subpath of an installed package by an import; empty when the
/// package does not export it.
QString publishedFile(Disk &disk, const QString &folder, const nlohmann::ordered_json &package,
                      const QString &subpath);

/// What \a specifier ("#x") means by the package's `imports`: an absolute file, another package's
/// name, or empty.
QString importedTarget(Disk &disk, const QString &folder, const nlohmann::ordered_json &package,
                       const QString &specifier);

} // namespace load
