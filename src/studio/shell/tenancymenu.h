// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/classification.h"

#include <functional>

class QMenu;

namespace session
{
class Project;
}

namespace studio
{

/// Adds to \a menu whose the rows of \a table are, as it is and as it could be said; \a said gets
/// the project's settings with the answer.
void addTenancy(QMenu &menu, const session::Project &project, const schema::Name &table,
                std::function<void(const tenant::Settings &)> said);

} // namespace studio
