// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/effect.h"

namespace migrate::hazards
{

/// What \a effect means for those who use the database, in words: lock, work, loss.
QList<Hazard> ofEffect(const Effect &effect);

/// The hazard of \a rule. \a detail is what it is about, where its text names something.
Hazard of(Rule rule, const QString &detail = {});

/// What to do instead, in words; empty where nothing is better.
QString remedy(Rule rule);

/// Functions whose value differs from row to row, so that every row has to be written.
bool isVolatile(const QString &expression);

/// Whether adding \a column writes every row.
bool fillsRows(const schema::Column &column);

} // namespace migrate::hazards

namespace migrate
{

/// ACCESS EXCLUSIVE
QString lockName(Lock lock);
/// What others cannot do while the lock is held, in words; empty: nothing.
QString lockBlocks(Lock lock);
/// rewrites the table and its indexes
QString workName(Work work);

} // namespace migrate
