// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/surroundings.h"

#include <QFuture>
#include <QHash>

#include <memory>

namespace pg
{
class Pool;
class Transaction;
} // namespace pg

namespace load
{

/// The live catalog of a database: what a Drizzle schema can declare, and what there is beside it.
struct Catalog {
    schema::Database schema;
    schema::Surroundings surroundings;
    QHash<schema::Name, qint64> rowEstimates; ///< pg_class.reltuples; -1 never analysed
    QStringList notices;                      ///< what could not be read, and why
    int serverVersion = 0;                    ///< 150020
};

/// Reads the catalog in one repeatable-read snapshot by a few set-based queries
/// (resources/catalog/*.sql). \a schemas: names to read, `public` included; empty reads all but
/// PostgreSQL's own and the ledger's.
QFuture<base::Result<Catalog>> catalog(std::shared_ptr<pg::Pool> pool, const QStringList &schemas);

/// The same as an open \a transaction sees it, with what it has made itself.
base::Result<Catalog> readCatalog(pg::Transaction &transaction, const QStringList &schemas);

} // namespace load
