// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/folder.h"

#include "load/project.h"
#include "session/text.h"

namespace session
{

base::Result<migrate::Folder> readFolder(const load::Config &config)
{
    if (config.out.isEmpty()) {
        const QString above = load::folderWithConfigAbove(config.root);
        return base::Error{.kind = base::ErrorKind::NotFound,
                           .text = Text::tr("No drizzle config says where the migrations are"),
                           .where = config.root,
                           .hint =
                               above.isEmpty()
                                   ? Text::tr("name the folder that holds the config, or write one")
                                   : Text::tr("did you mean %1?").arg(above)};
    }
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
