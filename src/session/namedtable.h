// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

namespace session
{

/// The table or view that a person names, as the database calls it: contacts, app.contacts.
base::Result<schema::Table> namedTable(const schema::Database &database, const QString &named);

} // namespace session
