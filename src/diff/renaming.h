// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace diff
{

/// Applies \a rename to \a database: the thing itself and whatever PostgreSQL keeps in step with
/// it.
void apply(const Rename &rename, schema::Database &database);

/// The names that PostgreSQL or drizzle made up of a table's or a column's and that should follow
/// \a rename, which \a database has not seen yet: of an unnamed primary key and the sequences of
/// serial columns. Those that the schema names are compared by what they are.
QList<Rename> followers(const Rename &rename, const schema::Database &database);

/// The one of \a changes that gave what \a later renames its name, on the way to the next; null for
/// none.
const Rename *continuedBy(const Rename &later, const QList<Change> &changes);

/// The target of \a key.
schema::Name targetOf(const schema::ForeignKey &key);

/// The table that a linked \a policy is on.
schema::Name tableOf(const schema::Policy &policy);

bool isSerial(const QString &type);

} // namespace diff
