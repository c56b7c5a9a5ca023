// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "schema/database.h"

#include <QStringList>

namespace session
{

/// \a live with what nobody could read of it (\a unread, as load::Catalog has it) taken over from
/// \a declared: what is not known is no difference.
schema::Database withUnread(schema::Database live, const QStringList &unread,
                            const schema::Database &declared);

} // namespace session
