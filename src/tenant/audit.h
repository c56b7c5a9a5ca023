// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/statement.h"
#include "tenant/classification.h"

namespace tenant
{

/// A foreign key between two tables of tenants. It makes sure that the target exists, not that it
/// belongs to the same tenant.
struct AuditKey {
    schema::Name table;
    schema::ForeignKey key;
    /// The tenant's column is a part of the key at both ends: no row can cross.
    bool held = false;

    schema::Name target() const { return {key.targetSchema, key.targetTable}; }
    /// "orders.contact_id → contacts": for people.
    QString text() const;
    bool operator==(const AuditKey &) const = default;
};

/// The foreign keys of \a database whose two ends could belong to different tenants, in its order.
/// Left out are keys to the table that lists the tenants from one that has a tenant of its own,
/// since they name a tenant on purpose, and the key by which a table gets its tenant in the first
/// place. Where a table gets it in several ways, the others are listed: rows whose ways disagree
/// are nobody's.
QList<AuditKey> auditKeys(const schema::Database &database, const Classification &classification);

/// One row of two numbers: how many rows of the table point at another tenant's row, and how many
/// times just one of the two ends has a tenant (a shared row, or a path that ends in NULL). With a
/// \a tenantId only rows that have it at one of the ends count; an empty one means all tenants.
sql::Statement auditCount(const AuditKey &key, const Classification &classification,
                          const QString &tenantId = {});

/// The rows that auditCount() counts, those of different tenants first. Columns: the row's key (its
/// ctid without one), its tenant by label, the target's key, its tenant by label, both tenants'
/// ids. \a table is the definition of key.table.
sql::Statement auditRows(const AuditKey &key, const schema::Table &table,
                         const Classification &classification, const QString &tenantId = {},
                         std::optional<qint64> limit = {});

} // namespace tenant
