// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tenant/splice.h"

namespace tenant
{

/// A foreign key as the server has it, for what a write sets off. One of a partition is taken for
/// one of the whole.
struct LiveKey {
    schema::Name table;
    QStringList columns;
    schema::Name target;
    QStringList targetColumns;
    QChar onDelete = u'a'; ///< pg_constraint.confdeltype: a, r, c, n, d
    QChar onUpdate = u'a';
};

/// A question whose answer is a number of rows, and what it means when that is not 0.
struct RowCheck {
    sql::Statement statement;
    base::Error refusal;
};

/// What must be asked around a statement that writes.
struct WriteChecks {
    QList<schema::Name> tables; ///< the targets, and what cascades reach
    /// Rows of others that a cascade could reach. When there are some, whether it does shows only
    /// in `others`.
    QList<sql::Statement> reachable;
    /// Rows that are not the tenant's, counted before and behind the statement: none may be gone.
    QList<RowCheck> others;
    /// Rows that the statement has written and that are not the tenant's, or point at a row that is
    /// not. $1 is left open: the transaction's number as an xid.
    QList<RowCheck> written;
};

/// The checks for \a targets, or why none are enough: a cascade reaches a table that has no tenant.
base::Result<WriteChecks> writeChecks(const QList<WriteTarget> &targets, const QList<LiveKey> &keys,
                                      const Classification &classification,
                                      const TenantId &tenantId);

/// The same of rows that are still to be written to \a table and lie in \a relation, SQL for
/// something with the table's columns and one called sluice_n: they select that of each row that is
/// not the tenant's, or points at a row that is not.
QList<RowCheck> stagedChecks(const schema::Name &table, const QString &relation,
                             const QList<LiveKey> &keys, const Classification &classification,
                             const TenantId &tenantId);

/// Asks for all foreign keys: schema, table, columns, target's schema, table, columns (columns as
/// JSON), on delete, on update.
sql::Statement keysQuestion();
LiveKey keyOf(const QStringList &row);

/// The refusal that \a error stands for when ON CONFLICT met another tenant's row.
std::optional<base::Error> theftRefusal(const base::Error &error, const Scoped &scoped);

} // namespace tenant
