// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "tenant/classification.h"

namespace session
{

/// Where each tenant has a schema: \a code as if it declared the tenant's own tables, so that its
/// relations, keys and columns are found beside these.
schema::Database placedCode(schema::Database code, const tenant::Classification &classification,
                            const QString &tenantId);

} // namespace session
