// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/surroundings.h"

#include <QStringList>

#include <memory>

namespace pg
{
class Pool;
}

namespace session
{

/// A live database as a plan has to know it.
struct LiveDatabase {
    std::shared_ptr<pg::Pool> pool;
    schema::Surroundings surroundings; ///< under the names that it has now
    int serverVersion = 0;             ///< 150020
    QStringList unread{}; ///< what of it could not be read, and why, where nobody else says so
};

/// Reads what a plan for the database at \a url has to know of it. Blocks.
base::Result<std::shared_ptr<const LiveDatabase>> liveDatabase(const QString &url);

} // namespace session
