// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "load/project.h"
#include "pg/pool.h"
#include "pg/settings.h"
#include "session/connection.h"

#include <memory>

namespace session
{

/// A project's server; nothing is connected before the pool is used.
struct Server {
    load::Config config;
    pg::Target target;
    std::shared_ptr<pg::Pool> pool;
};

/// The server of the project in \a options with the project's \a config; with \a writing only on
/// this machine, unless `remote` was said.
base::Result<Server> serverOf(const load::Config &config, const ServerOptions &options,
                              bool writing, pg::Limits limits = {});
/// The same, with the config read first.
base::Result<Server> serverOf(const base::Installation &installation, const ServerOptions &options,
                              bool writing, pg::Limits limits = {});

} // namespace session
