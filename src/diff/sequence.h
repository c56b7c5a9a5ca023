// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room.
#pragma once

#include "schema/database.h"

#include <QList>
#include <QSet>

namespace diff
{

/// One new name among several that are given at the same time.
struct NewName {
    schema::Name from, to;
};

/// \a names one after the other, so that each new name is free when it is given: the last of a
/// chain comes first, and a circle goes through a name that is not among \a known.
QList<NewName> inSequence(const QList<NewName> &names, const QSet<schema::Name> &known);

/// \a name with \a label behind it, or with a number too where that is among \a known.
schema::Name freeName(const schema::Name &name, const QString &label,
                      const QSet<schema::Name> &known);

} // namespace diff
