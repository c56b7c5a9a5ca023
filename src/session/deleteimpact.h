// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/statements.h"
#include "pg/pool.h"

namespace session
{

/// What the deletion of rows does to the rows of another table that refer to them.
struct DeleteImpact {
    schema::Name table;
    QStringList columns;    ///< that refer
    QString action;         ///< of the key: cascade, set null, set default, restrict, no action
    qint64 rows = 0;        ///< the tenant's, when one is chosen
    bool hasOthers = false; ///< rows that are not the chosen tenant's refer, too
    bool hasKey = true;     ///< without one the rows cannot be brought back
    /// A table whose rows go first refers to this one: whatever is brought back first lacks the
    /// other.
    bool isCircular = false;
    /// What refers to these rows in turn was not looked for: there are at least those that are
    /// said.
    bool isCutOff = false;
    QList<DeleteImpact> below; ///< of a cascade: what refers to those rows in turn

    /// The rows stand in the way of the deletion.
    bool blocks() const;
};

/// What is known of a deletion before it is staged.
struct Deletion {
    QList<DeleteImpact> referring;
    /// Why the commit is refused while a tenant is chosen, whatever rows there are.
    std::optional<base::Error> refusal;
};

/// The tree of foreign keys that lead to \a rows of one table, with the number of rows at each,
/// without those that nothing refers to. Of a tenant's rows, what is the tenant's is counted; of
/// others it is only said that there are some. Of a table that refers to itself all levels are one
/// entry; a circle of several tables is followed once.
QFuture<base::Result<Deletion>> deleteImpact(pg::Pool &pool, const QList<edits::RowId> &rows,
                                             const schema::Database &live,
                                             const edits::Reach &reach);

} // namespace session
