// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/shell/pagehost.h"

namespace session
{
class Project;
}

namespace studio
{

class Preferences;

/// The pages of all features over \a project, their signals tied to the window that asks for them.
/// What a page keeps between two runs goes into \a preferences.
PageMaker pagesOf(session::Project &project, Preferences &preferences);

} // namespace studio
