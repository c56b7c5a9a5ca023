// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "property/world.h"
#include "tenant/tenantid.h"

namespace property
{

/// The same world one level down: its tenants are what a tenant is divided into. The first two are
/// one group's, the third is another's, and plans are those of each group as a whole.
class NestedWorld
{
public:
    /// Which tables name the group themselves; the others lead to it as they lead to the tenant.
    enum class Naming { AllTables, RootOnly };
    NestedWorld(const World &world, Naming naming);

    tenant::TenantId idOf(int number) const;
    tenant::Settings settings() const; ///< without shared rows
    /// Statements behind World's: of everything, and of a database for tenant \a number alone.
    QByteArray everything() const;
    QByteArray only(int number) const;

private:
    static int groupOf(int number) { return number == World::tenants ? 2 : 1; }

    const World &m_world;
    Naming m_naming;
};

} // namespace property
