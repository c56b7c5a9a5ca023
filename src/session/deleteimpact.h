// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/statements.h"
#include "pg/pool.h"

namespace session
{

/// What the deletion of rows does to the rows of another table that refer to them.
struct DeleteImpact {
    schema::Name table;
    QStringList columns; ///< that refer
    QString action;      ///< of the key: cascade, set null, set default, restrict, no action
    qint64 rows = 0;     ///< the tenant's, when one is chosen
    /// Why the deletion would be refused while a tenant is chosen: rows that are not the tenant's
    /// refer, too; or the table has none of the tenant's and would be written to.
    enum class Others { None, Rows, Table };
    Others others = Others::None;
    bool hasKey = true;        ///< without one the rows cannot be brought back
    QList<DeleteImpact> below; ///< of a cascade: what refers to those rows in turn

    /// The rows stand in the way of the deletion.
    bool blocks() const;
};

/// The tree of foreign keys that lead to \a rows of one table, with the number of rows at each,
/// without those that nothing refers to. Of a tenant's rows, what is the tenant's is counted; of
/// others it is only said that there are some. A table that refers to itself is followed once.
QFuture<base::Result<QList<DeleteImpact>>> deleteImpact(pg::Pool &pool,
                                                        const QList<edits::RowId> &rows,
                                                        const schema::Database &live,
                                                        const edits::Reach &reach);

} // namespace session
