// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "judge.h"
#include "migrate/folder.h"

namespace changes
{

/// Why nothing may be written from \a plan; empty: it may.
QString objection(const migrate::Plan &plan);

/// Writes the plan's migrations into \a folder, one a step. \a content instead of the statements of
/// a plan that has one step, unless it is empty.
base::Result<base::Done> writePlan(const QString &folder, const migrate::Plan &plan,
                                   const schema::Database &state, const QString &name,
                                   const QByteArray &content = {});

/// Writes the trial's two states as migrations into \a folder, without a look at any database. Why
/// that fails, or nothing.
QString writeBoth(const QString &folder, const Trial &trial);

} // namespace changes
