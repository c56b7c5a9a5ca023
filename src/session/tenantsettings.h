// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "load/catalog.h"
#include "tenant/classification.h"

namespace session
{

/// Where the project in the folder \a root keeps what was said of its tenants, for git.
QString tenantSettingsPath(const QString &root);

/// What the project in \a root says; nothing is said where there is no such file. InvalidInput with
/// file and line, Io.
base::Result<tenant::Settings> readTenantSettings(const QString &root);

/// Puts \a settings into that file, all or nothing; what else it says stays.
base::Result<base::Done> keepTenantSettings(const QString &root, const tenant::Settings &settings);

/// The tables of \a catalog by what the project in \a root says of them.
base::Result<tenant::Classification> classified(const load::Catalog &catalog, const QString &root);

} // namespace session
