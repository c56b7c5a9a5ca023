// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "studio/widgets/chip.h"

#include <optional>

namespace session
{
class Project;
}

namespace studio
{

/// How a table stands to the chosen tenant, in words.
struct ScopeText {
    Chip::Kind kind = Chip::Kind::Quiet;
    QString before; ///< organization =
    QString bold;   ///< Globex
    QString after;  ///< , without shared rows
    QString explanation;
};

/// Nothing when the project has no tenants at all.
std::optional<ScopeText> scopeText(const session::Project &project, const schema::Name &table);

/// What is said where a table has no rows to show: whose there are none of.
QString emptyText(const session::Project &project, const schema::Name &table);

} // namespace studio
