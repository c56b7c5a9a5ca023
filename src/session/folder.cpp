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

} // namespace session
