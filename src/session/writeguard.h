// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/pool.h"
#include "tenant/writecheck.h"

namespace session
{

/// What is asked around statements that write for one tenant, inside their transaction, which has
/// one snapshot: that no cascade takes another tenant's row, and that what they write is the
/// tenant's and points at the tenant's.
class WriteGuard
{
public:
    WriteGuard(pg::Transaction &transaction, const tenant::Classification &classification,
               tenant::TenantId tenantId)
        : m_transaction(transaction)
        , m_classification(classification)
        , m_tenantId(std::move(tenantId))
    {
    }

    /// Refused when no check is enough; asks for no rows.
    base::Result<base::Done> admit(const QList<tenant::WriteTarget> &targets);
    /// Before the statements: what they write, and what cascades reach. Refused when no check is
    /// enough.
    base::Result<base::Done> before(const QList<tenant::WriteTarget> &targets);
    /// Behind them; Refused when they must be undone.
    base::Result<base::Done> behind();

private:
    base::Result<tenant::WriteChecks> checksFor(const QList<tenant::WriteTarget> &targets);
    base::Result<base::Done> examineTriggers(const QList<schema::Name> &tables);
    base::Result<bool> reachesOthers();
    base::Result<QList<qint64>> countOthers();
    std::optional<base::Error> examineWritten();
    base::Result<qint64> number(const sql::Statement &statement);

    pg::Transaction &m_transaction;
    const tenant::Classification &m_classification;
    const tenant::TenantId m_tenantId;
    QStringList m_trigger; ///< the first that runs
    tenant::WriteChecks m_checks;
    std::optional<QList<qint64>> m_others; ///< counted when a cascade may reach some
};

} // namespace session
