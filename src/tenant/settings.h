// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tenant/classification.h"

namespace tenant
{

/// The settings in \a json, the content of the project's sluice.json:
/// {"tenant": {"column": "organization_id", "root": "organizations", "label": "name",
/// "tables": {"plans": "global", "auth.jobs": "unknown", "notes": {"column": "org", "shared":
/// "shown"}, "tags": {"shared": "hidden"}}}}, or of one schema a tenant {"tenant": {"schemas":
/// ["tenant_*"], "declared": "template"}}. Tenants within a tenant are "nested": {"column":
/// "project_id", "root": "projects", "label": "name", "tables": {…}} beside "column". Nothing at
/// all is no settings. \a file is for errors: InvalidInput with file and place.
base::Result<Settings> settingsFrom(const QByteArray &json, const QString &file);

/// \a json with \a settings in it; what else it says stays, in its order.
base::Result<QByteArray> withSettings(const QByteArray &json, const Settings &settings,
                                      const QString &file);

/// Tables and columns that \a settings name and \a database does not have.
QStringList unknownNames(const Settings &settings, const schema::Database &database);

} // namespace tenant
