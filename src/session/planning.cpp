// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/planning.h"

#include "base/receive.h"
#include "load/catalog.h"
#include "pg/pool.h"

namespace session
{

using base::Result;

Result<std::shared_ptr<const LiveDatabase>> liveDatabase(const QString &url)
{
    const auto pool = std::make_shared<pg::Pool>(pg::Settings{.url = url});
    const Result<load::Catalog> catalog = base::await(load::catalog(pool, {}));
    if (!catalog)
        return catalog.error();
    return std::make_shared<const LiveDatabase>(
        LiveDatabase{pool, catalog->surroundings, catalog->serverVersion, catalog->notices});
}

Result<Planned> planned(const diff::Difference &difference, const schema::Database &from,
                        const schema::Database &to, const PlanningOptions &options)
{
    migrate::PlanOptions how{.safe = options.safe};
    if (options.database) {
        how.surroundings = &options.database->surroundings;
        how.serverVersion = options.database->serverVersion;
    }
    Planned made{.plan = migrate::plan(difference, from, to, how), .rows = {}, .unread = {}};
    if (options.database)
        made.unread = options.database->unread;
    const bool canRun = made.plan.questions.isEmpty() && made.plan.errors.isEmpty();
    if (!options.database || !canRun)
        return made;
    Result<runner::RowsInTheWay> rows = runner::rowsInTheWay(*options.database->pool, made.plan);
    if (!rows)
        return rows.error();
    made.rows = *rows;
    return made;
}

} // namespace session
