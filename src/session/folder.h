// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/folder.h"

namespace load
{
struct Config;
}

namespace session
{

/// The migrations folder of a project. One without migrations has the layout of the drizzle-kit
/// that the project uses.
base::Result<migrate::Folder> readFolder(const load::Config &config);

/// The same, or the error for which it cannot be relied on: a broken folder is no empty one.
base::Result<migrate::Folder> soundFolder(const load::Config &config, migrate::Needs needs);

} // namespace session
