// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QList>
#include <QSet>

namespace session
{

class Scratch;
struct LiveContext;

/// A part of a live schema that is written differently in the declared one and may mean the same.
struct Doubt {
    enum class Kind { Column, Check, Index, Policy, View };
    Kind kind = Kind::Column;
    schema::Name relation;  ///< the table, or the view itself
    QString part;           ///< empty for a view
    QString declaredPart{}; ///< where it has another name in the declared schema, else empty
    bool operator==(const Doubt &) const = default;

    enum class Side { Live, Declared };
    const QString &partOn(Side side) const;
    QString name(Side side) const; ///< for people
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
/// enums, views and whatever else of \a context it needs, and what is read back again, until both
/// are alike or nothing changes any more: PostgreSQL itself needs two rounds for some expressions.
/// Names of tables, columns and views are those of the live side in both.
base::Result<Verdict> decide(const QList<Doubt> &doubts, const schema::Database &live,
                             const schema::Database &declared, Scratch &scratch,
                             const LiveContext &context);

} // namespace session
