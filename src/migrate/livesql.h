// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "base/result.h"
#include "diff/change.h"
#include "schema/surroundings.h"

namespace migrate
{

/// \a sql, which drops, makes or adorns the live object \a id, as it has to read once the renames
/// among \a changes have run.
base::Result<QString> afterRenames(const QString &sql, const schema::ObjectId &id,
                                   const QList<diff::Change> &changes);

} // namespace migrate
