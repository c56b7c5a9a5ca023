// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace diff
{

/// Answers that say a part of a table was renamed although its definition changed too.
using PartRenames = QList<RenameAnswer>;

/// Appends the changes that turn \a from into \a to: one table, whose name and columns' names are
/// those after all renames. What only has another name is a Rename when exactly one pair fits.
void compareTable(const schema::Table &from, const schema::Table &to, const PartRenames &answers,
                  QList<Change> &changes);

/// The same for the policies of a table that may be outside of the schema.
void comparePolicies(const schema::Name &table, QList<schema::Policy> from,
                     const QList<schema::Policy> &to, const PartRenames &answers,
                     QList<Change> &changes);

} // namespace diff
