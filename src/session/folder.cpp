// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/folder.h"

#include "load/project.h"

namespace session
{

base::Result<migrate::Folder> readFolder(const load::Config &config)
{
    return migrate::readFolder(config.out, config.drizzleMajor >= 1 ? migrate::Layout::Folders
                                                                    : migrate::Layout::Journal);
}

base::Result<migrate::Folder> soundFolder(const load::Config &config, migrate::Needs needs)
{
    base::Result<migrate::Folder> folder = readFolder(config);
    if (!folder)
        return folder;
    if (const std::optional<base::Error> error = migrate::unsound(*folder, needs))
        return *error;
    return folder;
}

} // namespace session
