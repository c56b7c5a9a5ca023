// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/splice.h"

namespace tenant
{

/// EXPLAIN (VERBOSE, FORMAT JSON) of \a scoped, or of what it explains itself.
sql::Statement planQuestion(const Scoped &scoped);
/// Where a place of planQuestion's text stands in what the person wrote.
base::TextSpan originalInPlan(const Scoped &scoped, base::TextSpan span);

/// What the server's plan reads that the splice did not restrict, refused with its name: behind a
/// view, a function whose body the planner has taken in, or a name that was taken for another.
std::optional<base::Error> planRefusal(const QByteArray &plan, const Scoped &scoped,
                                       const Classification &classification);

/// Asks for code of the project's own that the statement's words could mean: functions and
/// operators under PostgreSQL's names, functions written as columns, casts. Rows of kind and name;
/// extensions' are not counted.
sql::Statement ownCodeQuestion(const Scoped &scoped);
std::optional<base::Error> ownCodeRefusal(const QList<QStringList> &rows, const QByteArray &plan);

} // namespace tenant
