// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "load/project.h"
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

/// A role of the whole server; which of them are a project's the config and its code say.
struct ServerRole {
    schema::Role role;
    bool superuser = false;
};

/// The live catalog of a database: what a Drizzle schema can declare, and what there is beside it.
struct Catalog {
    schema::Database schema;
    schema::Surroundings surroundings;
    QList<ServerRole> serverRoles;            ///< all but PostgreSQL's own
    QHash<schema::Name, qint64> rowEstimates; ///< pg_class.reltuples; -1 never analysed
    /// Functions of extensions that defaults, checks, indexes, policies or views call.
    QList<schema::LiveObject> extensionFunctions;
    QStringList notices;   ///< what could not be read, and why
    QStringList unread;    ///< the same as names of resources/catalog: policies, sequences
    int serverVersion = 0; ///< 150020
};

/// Which part of a database belongs to the project. The surroundings are read of all of it.
struct CatalogScope {
    CatalogScope(QStringList names = {})
        : schemas(std::move(names))
    {
    }

    /// Names of schemas, `public` included; empty: all but PostgreSQL's own, those of extensions
    /// and the ledger's.
    QStringList schemas;
    QString ledgerSchema = QStringLiteral("drizzle");
    QString ledgerTable = QStringLiteral("__drizzle_migrations");
    RolesFilter roles;         ///< the config's `entities.roles`
    QStringList declaredRoles; ///< roles of the code: read whatever the filter says
};

/// Those of \a roles that \a scope takes in.
QList<schema::Role> rolesOf(const QList<ServerRole> &roles, const CatalogScope &scope);

/// Reads the catalog of PostgreSQL 12 or newer in one repeatable-read snapshot by a few set-based
/// queries (resources/catalog/*.sql). What the role may not read is left out with a notice. Starts
/// anew a few times when somebody drops what it was about to read.
QFuture<base::Result<Catalog>> catalog(std::shared_ptr<pg::Pool> pool, const CatalogScope &scope);

/// The same as an open \a transaction sees it, with what it has made itself. Its search path is
/// empty from then on.
base::Result<Catalog> readCatalog(pg::Transaction &transaction, const CatalogScope &scope);

} // namespace load
