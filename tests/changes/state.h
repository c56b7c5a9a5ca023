// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "load/catalog.h"
#include "pg/settings.h"

namespace changes
{

/// What two databases are compared by, as lines of text.
struct State {
    QByteArray catalog;       ///< what our reader makes of the schema
    QStringList surroundings; ///< and of what is beside it
    QStringList dump;         ///< pg_dump -s, an object an entry
};

/// The state of \a database, whose catalog was read. \a roles: the roles that are looked at, since
/// they belong to the whole server.
///
/// Left out, since it cannot be equal in a database that was changed and one made of nothing:
/// - the order of columns in a table (an added column is the last), with it the order in which
///   pg_dump writes a table's columns;
/// - the order in which pg_dump writes objects and grants, and that of a view's options;
/// - sizes, numbers of rows and the last value of a sequence.
base::Result<State> stateOf(const load::Catalog &catalog, const pg::Settings &database,
                            const QString &pgDump, const QStringList &roles);

/// The lines around the first in which two texts differ, in words.
QString firstDifference(const QString &what, const QString &one, const QByteArray &left,
                        const QString &other, const QByteArray &right);

/// Where \a changed and \a made differ, in words; empty: nowhere.
QStringList differences(const State &changed, const State &made);

} // namespace changes
