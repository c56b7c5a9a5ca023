// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/server.h"

#include "base/receive.h"
#include "session/text.h"

namespace session
{

using base::Error;
using base::Result;

Result<Server> serverOf(const load::Config &config, const ServerOptions &options, bool writing,
                        pg::Limits limits)
{
    const pg::Settings settings{.url = options.url.isEmpty() ? config.url : options.url};
    if (settings.url.isEmpty())
        return noUrl(options.project, config.urlNamesTried, config.noConnection);
    const Result<pg::Target> target = pg::target(settings);
    if (!target)
        return target.error();
    if (writing && !options.remote && !target->isLocalhost())
        return Error{.kind = base::ErrorKind::Refused,
                     .text = Text::tr("Writing to a server off this machine is refused"),
                     .where = target->display(),
                     .hint = Text::tr("add --remote if this server is meant")};
    return Server{config, *target, std::make_shared<pg::Pool>(settings, limits)};
}

Result<Server> serverOf(const base::Installation &installation, const ServerOptions &options,
                        bool writing, pg::Limits limits)
{
    const Result<load::Config> config = base::await(load::config(installation, options.project));
    if (!config)
        return config.error();
    return serverOf(*config, options, writing, limits);
}

} // namespace session
