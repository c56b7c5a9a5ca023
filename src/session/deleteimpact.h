// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"
#include "pg/pool.h"

namespace session
{

/// What the deletion of rows does to the rows of another table that refer to them.
struct DeleteImpact {
    schema::Name table;
    QStringList columns; ///< that refer
    QString action;      ///< of the key: cascade, set null, set default, restrict, no action
    qint64 rows = 0;
    QList<DeleteImpact> below; ///< of a cascade: what refers to those rows in turn

    /// The rows stand in the way of the deletion.
    bool blocks() const;
};

/// The tree of foreign keys that lead to \a rows of one table, with the number of rows at each,
/// without those that nothing refers to. A table that refers to itself is followed once.
QFuture<base::Result<QList<DeleteImpact>>>
deleteImpact(pg::Pool &pool, const QList<edits::RowId> &rows, const schema::Database &live);

} // namespace session
