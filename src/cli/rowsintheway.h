// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "migrate/plan.h"
#include "runner/rowsintheway.h"

#include <QJsonArray>

namespace cli
{

/// --show-rows: values of a tenant's rows, which must not end up in the log of a pipeline unasked.
void rowsOption(Arguments &arguments);
/// Whether rows may be shown: it was said, or a person looks at a terminal.
bool showsRows(const Arguments &arguments);

/// Tells on standard error what stands in the way, and how to list the rows. Some of the rows
/// themselves, with \a showRows, go to standard error as well: standard output is for the plan.
void printRowsInTheWay(const runner::RowsInTheWay &rows, bool showRows);
QJsonArray asJson(const runner::RowsInTheWay &rows, bool showRows);

/// What \a line reads, writes or loses of the rows that are there, in words with their number and
/// size; empty where nothing is or nothing is known.
QString touched(const migrate::PlanLine &line);
/// The same of every relation that it locks.
QJsonArray touchedAsJson(const migrate::PlanLine &line);

} // namespace cli
