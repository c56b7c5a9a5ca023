// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace load
{

class Disk;

/// What a path given by a person means.
struct Place {
    QString configFile; ///< absolute, or empty without a config
    QString schema;     ///< absolute: a schema file, or a folder of them; empty for a config
    QString root;       ///< the config's folder, or the one that was opened, or the file's
};

/// Finds the drizzle config of \a path (a folder, a config file, or one schema file). In a folder:
/// its own config, else the only one below it, else the schema at one of the usual places. NotFound
/// says what was looked for; several configs are Ambiguous.
base::Result<Place> findConfig(Disk &disk, const QString &path);

/// The files of \a folder that are drizzle configs by their names, whatever database they are for.
QStringList configsBeside(Disk &disk, const QString &folder);

} // namespace load
