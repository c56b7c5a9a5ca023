// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tenant
{

/// Whose rows: those of a tenant, or of one that is nested in it.
struct TenantId {
    QString tenant;      ///< empty: of everybody
    QString nested = {}; ///< empty: all that are the tenant's

    TenantId() = default;
    // A tenant alone is what most have.
    TenantId(QString id, QString nestedId = {}) // NOLINT(google-explicit-constructor)
        : tenant(std::move(id))
        , nested(std::move(nestedId))
    {
    }

    bool isEmpty() const { return tenant.isEmpty(); }
    bool operator==(const TenantId &) const = default;
};

} // namespace tenant
