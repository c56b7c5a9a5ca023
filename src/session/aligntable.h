// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/doubts.h"

namespace session
{

/// Brings one table of the database to the declared one's notation as far as text tells, its name
/// included; what is left over goes into \a doubts.
void alignTable(schema::Table &live, const schema::Table &declared, QList<Doubt> &doubts);

/// The same for what a policy says beside its expressions: roles, kind and command.
void alignPolicyWords(schema::Policy &live, const schema::Policy &declared);

} // namespace session
