// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/plan.h"
#include "migrate/renames.h"
#include "runner/rowsintheway.h"
#include "session/livedatabase.h"

namespace session
{

/// A plan with what the database that it is for says of it.
struct Planned {
    migrate::Plan plan;
    runner::RowsInTheWay rows; ///< that would make it fail; none without a database
    QStringList unread;        ///< what of the database the plan does not know, and why
};

struct PlanningOptions {
    bool safe = false;                            ///< as migrate::PlanOptions::safe
    std::shared_ptr<const LiveDatabase> database; ///< that it is for; null: none is known
};

/// Plans \a difference. With a database what somebody else has made on the changed objects is
/// dropped and made again, statements say how much they touch, and the database is asked for rows
/// that would make the plan fail. Blocks while it is.
base::Result<Planned> planned(const diff::Difference &difference, const schema::Database &from,
                              const schema::Database &to, const PlanningOptions &options);

} // namespace session
