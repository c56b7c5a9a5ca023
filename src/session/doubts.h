// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QList>
#include <QSet>

namespace session
{

class Scratch;

/// A part of a live schema that is written differently in the declared one and may mean the same.
/// The part has one name on both sides.
struct Doubt {
    enum class Kind { Column, Check, Index, Policy, View };
    Kind kind = Kind::Column;
    schema::Name relation; ///< the table, or the view itself
    QString part;          ///< empty for a view
    bool operator==(const Doubt &) const = default;
    QString name() const; ///< for people
};

/// What a scratch server makes of the doubtful parts of two schemas.
struct Verdict {
    struct Reading {
        schema::Database live, declared;
    };
    QList<Doubt> same;      ///< the server writes both alike
    QList<Reading> reading; ///< after each round, for columns of which only a part is the same
    QStringList notices;    ///< what the server did not take
};

/// Puts the doubtful parts of \a live and \a declared into \a scratch, each side with the tables,
/// enums and views that it needs, and what is read back again, until both are alike or nothing
/// changes any more: PostgreSQL itself needs two rounds for some expressions. Names are those of
/// the live side in both.
base::Result<Verdict> decide(const QList<Doubt> &doubts, const schema::Database &live,
                             const schema::Database &declared, Scratch &scratch,
                             const QStringList &extensions);

} // namespace session
