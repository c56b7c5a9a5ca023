// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"
#include "migrate/plan.h"

namespace migrate
{

/// One statement of a column's alteration with what it does to the table.
struct AlterationStatement {
    QString statement;
    QList<Hazard> hazards;
};

/// The statements of \a change: type, default, NOT NULL, in drizzle-kit's order. A default that
/// would stop the type's change is dropped before it, which drizzle-kit forgets.
QList<AlterationStatement> alteration(const diff::AlterColumn &change, const schema::Database &from,
                                      const schema::Database &to);

} // namespace migrate
