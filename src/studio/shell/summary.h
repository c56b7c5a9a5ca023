// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"
#include "studio/shell/statusrow.h"
#include "studio/shell/titlerow.h"
#include "studio/tree/treemodel.h"

namespace studio
{

// What the window says of a project, as values.
TitleState titleOf(const session::Project &project);
QHash<schema::Name, TableFacts> factsOf(const session::Project &project);

/// "code ↔ folder: 6 changes"; empty while one of the two is not known.
StatusPart codeAgainstFolder(const session::Project &project);
/// How code and database stand to each other; empty before both are known.
StatusPart codeAgainstDatabase(const session::Project &project);
/// How many connections there are; empty without a project.
StatusPart serverInWords(const session::Project &project);

/// Whether code and folder are read or compared at this moment.
bool isBeingCompared(const session::Project &project);

/// Whether something waits on the migrations page: a change in the code or a migration that is not
/// applied.
bool migrationsPending(const session::Project &project);

} // namespace studio
