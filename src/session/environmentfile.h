// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace load
{
struct Config;
}

namespace session
{

/// The project's `.env` file that DATABASE_URL is taken from, or would be when it named one. Empty
/// when the config has its address from elsewhere, so that writing it would change nothing.
QString environmentFileOf(const load::Config &config);

/// Sets DATABASE_URL in \a file, which is made for its owner alone when it is absent; every other
/// line stays as it is.
base::Result<base::Done> writeDatabaseUrl(const QString &file, const QString &url);

} // namespace session
