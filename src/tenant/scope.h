// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

namespace tenant
{

/// \a select kept to one tenant: every table of it that has the tenant column, or reaches a table
/// that has it, gets the condition; for a nested one also that of the level below.
/// Pure; scoping again changes nothing, scoping to another tenant replaces the first.
query::Select scoped(query::Select select, const Classification &classification,
                     const TenantId &tenantId);

/// Whether \a select names what scoped() puts no condition on though it may hold the rows of other
/// tenants: a view, or what is not known at all. Such a query is run as a hand-written statement.
bool readsViews(const query::Select &select, const Classification &classification,
                const TenantId &tenantId);

/// The tables of \a select of which nothing says whose their rows are, so that scoped() cannot
/// restrict them. Said to the person, since their rows are those of all tenants.
QList<schema::Name> beyondScope(const query::Select &select, const Classification &classification);

} // namespace tenant
