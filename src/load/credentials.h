// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/environment.h"
#include "load/project.h"

#include <nlohmann/json.hpp>

namespace load
{

/// Sets \a config's url from `dbCredentials` ({url} or {host, port, user, password, database,
/// ssl}), else from DATABASE_URL; without either, the names that were looked for and where. \a
/// namesRead are the unset variables that the config asked for.
void setUrl(Config &config, const nlohmann::ordered_json &credentials, const QStringList &namesRead,
            const Environment &environment);

} // namespace load
