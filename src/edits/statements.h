// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "edits/staged.h"
#include "tenant/classification.h"
#include "tenant/tenantid.h"

#include <QHash>

namespace edits
{

/// Whose rows may be written: those of one tenant, or with an empty id everybody's.
struct Reach {
    tenant::Classification classification;
    tenant::TenantId tenant;
    QHash<QString, QString> names = {}; ///< of others that edits were staged in, as far as known
};

/// One staged row as a statement. It changes one row or the commit is undone.
struct Write {
    RowEdit edit;
    sql::Statement statement; ///< every value is a parameter, whose type is that of its column
    QString readable;         ///< the same with the values in place, to be read
};

/// \a staged as statements, in an order that foreign keys and unique values allow. A change or
/// deletion names the row by its key, by what was seen of it and by the tenant's condition, so that
/// a row that is another one by now is not touched. Refused, with the reason: tables and columns
/// that are not there any more, columns that the server fills itself, what would leave the tenant
/// or was staged in another one, rows that need each other in a circle.
base::Result<QList<Write>> writesOf(const Staged &staged, const schema::Database &live,
                                    const Reach &reach);

/// How values are read again: to be set back, or to be compared and shown.
enum class As { Whole, Shortened };

/// Reads the row of a staged change or deletion as it is now: the columns that were changed or
/// seen, each with whether it is as it was (t or f); then the digests of those that came shortened.
/// No row: it is gone, or not the tenant's.
base::Result<sql::Statement> lookAgain(const RowEdit &edit, const schema::Database &live,
                                       const Reach &reach, As as);

/// Why \a column is not written, for people; nothing when it can be.
std::optional<QString> whyFixed(const schema::Column &column);
/// Why no row of \a table is edited while \a reach holds; nothing when they can be.
std::optional<base::Error> whyClosed(const schema::Table &table, const Reach &reach);
/// What a new row of \a table holds so that it is the chosen tenant's: the columns that say so.
QList<CellEdit> tenantCells(const schema::Name &table, const Reach &reach);
/// Why \a value cannot be written to \a column of \a table: it would leave the tenant.
std::optional<base::Error> whyForeign(const schema::Name &table, const QString &column,
                                      const NewValue &value, const Reach &reach);

} // namespace edits
