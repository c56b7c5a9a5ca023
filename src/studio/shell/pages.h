// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/shell/pagehost.h"

namespace session
{
class Project;
}

namespace studio
{

/// The pages of all features over \a project, their signals tied to the window that asks for them.
PageMaker pagesOf(session::Project &project);

} // namespace studio
