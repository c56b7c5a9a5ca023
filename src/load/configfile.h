// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/bundle.h"
#include "load/environment.h"
#include "load/process.h"
#include "load/project.h"

namespace load
{

/// What a path given by a person means.
struct Place {
    QString configFile; ///< absolute, or empty for a bare schema file
    QString schemaFile; ///< absolute, or empty for a config
    QString root;       ///< the folder of the one or the other
};

/// Finds the drizzle config of \a path (a folder, a config file, or one schema file). NotFound says
/// which names were looked for; several configs without the usual name are Ambiguous.
base::Result<Place> findConfig(const QString &path);

/// Evaluates the config at \a place and decodes it; `schemaFiles` are resolved.
base::Result<Config> readConfig(const base::Installation &installation, const Place &place,
                                Bundler &bundler, const Environment &environment,
                                const Cancelled &cancelled);

} // namespace load
