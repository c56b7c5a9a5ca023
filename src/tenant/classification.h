// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"
#include "schema/traits.h"

#include <QHash>

#include <optional>

namespace tenant
{

/// How a table stands to the tenant.
enum class Scoping {
    Direct,   ///< has the tenant column
    ByPath,   ///< reaches a direct table along foreign keys
    BySchema, ///< lies in a schema that is a tenant's own, or is declared for all of these
    Global,   ///< the same for every tenant: no path, and tenant tables refer to it or nothing says
              ///< otherwise
    ByQuery,  ///< a view: its query stands for it, and is kept to the tenant table by table; a
              ///< materialized one holds what was computed before, and is refused
    Unscoped, ///< neither is known: a warning
};

/// What becomes of rows whose tenant column is NULL, which belong to nobody or to everybody.
enum class SharedRows {
    None,   ///< the column cannot be NULL
    Unsaid, ///< hidden from every tenant until somebody says otherwise
    Hidden,
    Shown, ///< to every tenant; written by none
};

/// One step of a path: the columns of the table and the columns of the next table they refer to.
struct PathStep {
    schema::Name target;
    QStringList columns;
    QStringList targetColumns;
    bool mayEnd = false; ///< a NULL in the columns says nothing about whose row it is
    bool operator==(const PathStep &) const = default;
};

struct TableScope {
    Scoping scoping = Scoping::Unscoped;
    QString column;       ///< the tenant column of a direct table; of the root its key
    QList<PathStep> path; ///< from the table to a direct one, the shortest
    /// Of a table by path: the ways along other foreign keys, also of the tables between. A row is
    /// the tenant's when every way that does not end leads to it: where ways disagree it is
    /// nobody's.
    QList<QList<PathStep>> otherPaths = {};
    QString reason = {}; ///< of a materialized view: why it is not shown to one tenant
    SharedRows shared = SharedRows::None; ///< of a direct table; tables by path follow theirs
    /// BySchema: the tenant whose schema it is, or the schema of declaration, which is nobody's.
    QString schema = {};
    bool operator==(const TableScope &) const = default;
};

/// What a person said of one table or materialized view: Global, Unscoped, or Direct by `column`.
struct TableSetting {
    Scoping scoping = Scoping::Global;
    QString column;
    bool operator==(const TableSetting &) const = default;
};

/// What a person said of the tenants within a tenant: the projects of an organization.
struct NestedSettings {
    QString column; ///< project_id; empty: there are none
    schema::Name root;
    QString label; ///< a column of the root
    QHash<schema::Name, TableSetting> tables;
    bool operator==(const NestedSettings &) const = default;
};

/// What a person said, instead of what would be guessed; what is empty is guessed.
struct Settings {
    QString column;
    schema::Name root;
    QString label; ///< a column of the root
    QHash<schema::Name, TableSetting> tables;
    QHash<schema::Name, SharedRows> shared; ///< Hidden or Shown
    /// One schema a tenant: the names of these schemas, * stands for anything. Then no column names
    /// the tenant everywhere.
    QStringList schemas = {};
    QString declared = {}; ///< the schema in which the code declares their tables; empty: public
    NestedSettings nested = {};
    bool operator==(const Settings &) const = default;
};

/// The level below: which column names a tenant within a tenant, and how every table stands to it.
/// What is neither Direct nor ByPath here belongs to the tenant as a whole.
struct Nested {
    QString column;      ///< project_id
    schema::Name root;   ///< projects
    QString rootKey;     ///< id
    QString labelColumn; ///< name; the key when there is none
    QHash<schema::Name, TableScope> tables;
    bool operator==(const Nested &) const = default;
};

/// Which column names a tenant, which table lists the tenants, and how every table stands to them.
struct Classification {
    QString column;      ///< organization_id; empty when none was recognised
    schema::Name root;   ///< organizations
    QString rootKey;     ///< id
    QString labelColumn; ///< name; the key when there is none
    QHash<schema::Name, TableScope> tables;
    /// One schema a tenant: these are the tenants, sorted, and there is no column.
    QStringList schemas = {};
    QString declared = {}; ///< as in Settings
    /// Schemas of which nobody said that they are tenants', with tables of the tenants' names:
    /// those are kept from every tenant.
    QStringList unlisted = {};
    /// Where nothing was said: schemas with tables of the same names, a tenant each perhaps.
    QStringList alike = {};
    std::optional<Nested> nested = {};
    QString whyNotNested = {}; ///< what was said of nested tenants does not fit the schema
    bool known() const { return !column.isEmpty() || !schemas.isEmpty(); }
    bool operator==(const Classification &) const = default;
};

/// Guesses from the schema: column names that are customary (organization_id, tenant_id,
/// workspace_id, team_id, account_id…) weighed by how many tables have them and what they
/// reference. Along paths a foreign key that can be NULL counts only where no other leads on.
/// Without a recognised column every table is Global. What \a settings say of what the schema has
/// goes before any guess; of views only materialized ones can be said to be anything. \a traits
/// say which tables are parts of which.
Classification classify(const schema::Database &database, const Settings &settings,
                        const QHash<schema::Name, schema::TableTraits> &traits = {});

/// \a classification where nobody knows whether the settings said otherwise: no table is taken for
/// the same for all tenants.
Classification doubted(Classification classification);

} // namespace tenant
