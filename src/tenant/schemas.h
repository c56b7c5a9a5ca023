// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/select.h"
#include "tenant/classification.h"

namespace tenant
{

/// How the rows of the materialized \a view, or of another as they come, stand to the tenants whose
/// schemas they are: BySchema when nothing but its own schema's and what is everybody's is read,
/// Global when only that; else ByQuery with the reason. \a classification knows the tables.
TableScope scopeOfSchemaView(const schema::View &view, const schema::Database &database,
                             const Classification &classification);

/// classify() where a person said that each tenant has a schema of its own. Tables outside of these
/// schemas are the same for all tenants, unless they refer to a tenant's table or are a part of
/// one: then nobody knows whose a row is.
Classification classifySchemas(const schema::Database &database, const Settings &settings,
                               const QHash<schema::Name, schema::TableTraits> &traits);

/// Schemas that hold tables of the same names, three or more: a tenant each, perhaps. Said to the
/// person, who decides; never taken for it.
QStringList schemasAlike(const schema::Database &database);

/// The table that \a name means for the tenant: its own, where one schema's declaration stands for
/// those of all tenants.
schema::Name placed(const schema::Name &name, const Classification &classification,
                    const QString &tenantId);
/// \a select with the tenant's tables in the place of the declared ones.
query::Select placed(query::Select select, const Classification &classification,
                     const QString &tenantId);

/// Whether \a name lies in the schema of another tenant, in that of the declaration, whose rows are
/// nobody's, or in one of which nobody said whether it is a tenant's.
bool isForeign(const schema::Name &name, const Classification &classification,
               const QString &tenantId);

} // namespace tenant
