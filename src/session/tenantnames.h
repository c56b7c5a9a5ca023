// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/pool.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

namespace session
{

/// The ids of the tenant, and of the nested one if it names one, that are called \a wanted by id or
/// label; the nested one is looked for among the tenant's. Blocks.
base::Result<tenant::TenantId> tenantId(pg::Pool &pool,
                                        const tenant::Classification &classification,
                                        const tenant::TenantId &wanted);

} // namespace session
