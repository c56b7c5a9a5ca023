// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/pool.h"
#include "tenant/classification.h"

namespace session
{

/// The id of the tenant that is called \a wanted by id or label. Blocks.
base::Result<QString> tenantId(pg::Pool &pool, const tenant::Classification &classification,
                               const QString &wanted);

} // namespace session
