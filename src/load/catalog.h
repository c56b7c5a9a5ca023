// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QFuture>
#include <QHash>

#include <memory>

namespace pg
{
class Pool;
}

namespace load
{

/// The live catalog of a database with the planner's row estimates.
struct Catalog {
    schema::Database schema;
    QHash<schema::Name, qint64> rowEstimates; ///< pg_class.reltuples; -1 never analysed
};

/// Reads the catalog in one repeatable-read snapshot by a few set-based queries
/// (resources/catalog/*.sql). \a schemas: names to read, `public` included; empty reads all but
/// PostgreSQL's own and the ledger's.
QFuture<base::Result<Catalog>> catalog(std::shared_ptr<pg::Pool> pool, const QStringList &schemas);

} // namespace load
