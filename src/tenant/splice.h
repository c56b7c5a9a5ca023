// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "sql/statement.h"
#include "tenant/classification.h"

namespace tenant
{

/// Whether the server may evaluate the statement's own expressions on rows of other tenants before
/// it drops those rows. Open keeps the indexes' use; an error may then quote another tenant's value
/// (SQLSTATE class 22), so the statement is run once more Fenced and that answer is shown.
enum class Fence { Open, Fenced };

/// A statement that a person wrote, kept to the rows of one tenant: every table of a tenant is
/// replaced in the text by a subquery of its rows of that tenant, so layout and comments stay.
///
/// Done for one reading statement over known tables, direct or along a path, with functions of a
/// closed list (functions can read behind the statement's back). Everything else is Refused with
/// the reason, never passed through: writes, views and unknown relations, unscoped tables, ONLY,
/// TABLESAMPLE, TABLE. A guard against mistakes; row-level security is the wall.
base::Result<sql::Statement> scopeStatement(const QString &text,
                                            const Classification &classification,
                                            const QString &tenantId, Fence fence = Fence::Open);

} // namespace tenant
