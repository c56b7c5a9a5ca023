// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diff/change.h"

namespace diff
{

/// Pairs of a dropped and an added table, or column of one table, that may be one thing renamed:
/// those for which something speaks (the same type, place, columns, or a similar name).
QList<RenameCandidate> renameCandidates(const QList<Change> &changes, const schema::Database &from,
                                        const schema::Database &to);

} // namespace diff
