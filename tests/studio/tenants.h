// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"

/// Keeps \a project, which has read its tenants, to the one called \a label.
inline void chooseTenantOf(session::Project &project, const char *label)
{
    for (const session::Tenant &tenant : *project.tenants().value) {
        if (tenant.label == QLatin1String(label))
            project.setTenant(tenant);
    }
}
