// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

namespace edits
{

/// A row that was written.
struct Written {
    RowEdit edit;
    QList<Field> before; ///< of a change: the whole values that were not kept
    /// As RETURNING gave it: of a change the key and what was changed, of a new row all of it, of
    /// both for comparing only; a deleted row whole, since it is made anew of this.
    QList<SeenField> returned;
};

/// What takes \a written back, to be reviewed and committed like other edits: a change is set back,
/// a new row deleted, a deleted one inserted with all values that it had. Of a row
/// that was changed and deleted the deletion is set back only.
Staged inverseOf(const QList<Written> &written, const schema::Database &live);

} // namespace edits
