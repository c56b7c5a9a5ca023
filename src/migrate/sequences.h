// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: the sequences behind serial and identity columns.
#pragma once

#include "migrate/planner.h"

namespace migrate
{

/// The sequence of the serial column: as the live database calls it, or as PostgreSQL names it.
schema::Name serialSequence(const Planner &planner, const schema::Name &table,
                            const QString &column);

/// Whether the name is certain; else statements have to ask the server for it.
bool knowsSequence(const Planner &planner, const schema::Name &table, const QString &column);

/// DROP SEQUENCE of a serial column that is one no more and has lost its default.
QString dropSerialSequence(const Planner &planner, const schema::Name &table,
                           const QString &column);

/// SELECT setval(…): the next number is behind all that the rows have, and not before \a start.
QString sequenceBehindRows(const schema::Name &table, const QString &column,
                           const schema::Name &sequence, const schema::SequenceOptions &options);

} // namespace migrate
