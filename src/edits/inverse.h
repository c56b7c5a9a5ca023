// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

namespace edits
{

/// A row that was written.
struct Written {
    RowEdit edit;
    QList<Field> before;   ///< of a change: the whole values that were not kept
    QList<Field> returned; ///< the row as RETURNING gave it: of a deletion as it was
};

/// What takes \a written back, to be reviewed and committed like other edits: a change is set back,
/// a new row deleted, a deleted one inserted with all values that it had. What a cascade has
/// deleted is not among it.
Staged inverseOf(const QList<Written> &written, const schema::Database &live);

} // namespace edits
