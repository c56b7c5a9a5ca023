// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"
#include "tenant/classification.h"

namespace session
{

/// The table or view that a person names, as the database calls it: contacts, app.contacts. Where
/// each tenant has a schema, the declared name means the table of the one with \a tenantId.
base::Result<schema::Table> namedTable(const schema::Database &database, const QString &named,
                                       const tenant::Classification &classification,
                                       const QString &tenantId);

} // namespace session
