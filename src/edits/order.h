// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "edits/staged.h"

namespace edits
{

/// In which order \a rows can be written, as positions in it: deletions first, those of referring
/// tables before those of referred ones; then new rows, the other way round; then changes. What one
/// row needs of another comes before that: a row is there before something points at it, nothing
/// points at a row any more when it goes, and a unique value is free before it is taken, also when
/// a row only moves into a partial index or out of it. Refused, with the rows, when they need each
/// other in a circle.
base::Result<QList<qsizetype>> writingOrder(const QList<RowEdit> &rows,
                                            const schema::Database &database);

} // namespace edits
