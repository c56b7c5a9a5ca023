// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/bundle.h"
#include "load/configsearch.h"
#include "load/environment.h"
#include "load/process.h"
#include "load/project.h"

namespace load
{

/// Reads the config at \a place, by its text when that is enough, else in the sandbox, and decodes
/// it; `schemaFiles` are resolved.
base::Result<Config> readConfig(const base::Installation &installation, const Place &place,
                                Bundler &bundler, const Environment &environment,
                                const Cancelled &cancelled);

/// The schema files of other configs beside that of \a config, as far as they are literals.
QStringList schemaFilesOfOthers(Disk &disk, const Config &config);

} // namespace load
