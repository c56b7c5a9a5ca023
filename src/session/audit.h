// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "rows/page.h"
#include "session/connection.h"
#include "tenant/audit.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace pg
{
class Pool;
}

namespace session
{

/// What the rows of one foreign key were found to be.
struct AuditFinding {
    tenant::AuditKey key;
    qint64 crossing = 0;              ///< rows that point at another tenant's row
    qint64 oneSided = 0;              ///< rows where just one of the two ends has a tenant
    std::optional<base::Error> error; ///< why it is not known: too slow, not allowed

    bool isFound() const { return crossing > 0 || oneSided > 0; }
};

/// Asks the database about every key, one after the other in one snapshot. A key that fails is said
/// and costs itself alone; a lost connection fails them all. Counts read all tenants' rows, or
/// those of \a tenantId when it is not empty.
QFuture<base::Result<QList<AuditFinding>>> audit(pg::Pool &pool, QList<tenant::AuditKey> keys,
                                                 tenant::Classification classification,
                                                 QString tenantId);

/// The composite foreign key that would have kept a key's rows within one tenant.
struct AuditRemedy {
    QString drizzle;        ///< what to write in the code; empty when Drizzle cannot say it
    QStringList statements; ///< what the next migration will run, or what to run by hand
    QString notice;         ///< what stands in the way, or is to be known; may be empty
};

/// A key that the catalog has. It is replaced in the code where that has both tables, else in the
/// catalog, with names as they are customary.
AuditRemedy remedyOf(const tenant::AuditKey &key, const schema::Database &code,
                     const schema::Database &catalog, const tenant::Classification &classification);

/// An audit of a whole project, with a way to its rows.
struct ProjectAudit {
    QString server; ///< user@host:port/database
    QList<AuditFinding> findings;
    schema::Database code; ///< empty when it cannot be read
    schema::Database catalog;
    tenant::Classification classification;
    /// The rows of a finding's key; blocks.
    std::function<base::Result<rows::Page>(const tenant::AuditKey &)> rowsOf;
};

/// The command line's form: connects, reads the catalog and asks; blocks.
base::Result<ProjectAudit> auditProject(const base::Installation &installation,
                                        const ServerOptions &options);

} // namespace session
