// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/catalog.h"
#include "migrate/renames.h"

namespace session
{

/// The schemas to read from the catalog for a project: those of the config's `schemaFilter` and
/// those that \a code uses; empty reads all. A filter that excludes one reads all.
QStringList schemasToRead(const load::Config &config, const schema::Database &code);

/// \a catalog without the schemas that neither \a code declares nor the config's `schemaFilter`
/// names, which stands for public where it is not given, nor \a former has: a comparison would drop
/// them.
schema::Database ofProjectSchemas(schema::Database catalog, const load::Config &config,
                                  const schema::Database &code, const QStringList &former = {});

/// The schemas of \a catalog that are the project's though \a code no longer declares them: they
/// were, as the folder's last snapshot has it, or an answer says what became of them. Reads the
/// folder only when there are others at all; what cannot be read of it knows none.
QStringList formerSchemas(const schema::Database &catalog, const load::Config &config,
                          const schema::Database &code, const migrate::RenameAnswers &answers);

/// What of a catalog belongs to a project: those schemas, without its ledger, with the roles that
/// `entities.roles` or \a code names.
load::CatalogScope catalogScope(const load::Config &config, const schema::Database &code);

/// \a catalog without what the config's `schemaFilter`, `tablesFilter` and `extensionsFilters`
/// leave to others, as drizzle-kit's push leaves it alone. What \a code declares stays in any case.
schema::Database withoutForeign(schema::Database catalog, const load::Config &config,
                                const schema::Database &code);

/// \a catalog without the tables that are of a kind which no Drizzle schema can declare and that
/// \a code does not declare all the same; each is named in \a notices.
schema::Database withoutUndeclarable(schema::Database catalog,
                                     const schema::Surroundings &surroundings,
                                     const schema::Database &code, QStringList &notices);

/// Whether drizzle-kit's `tablesFilter` takes in the table or view called \a name: patterns as
/// minimatch reads them, and with a leading ! what they exclude.
bool isTaken(const QStringList &tablesFilter, const QString &name);

} // namespace session
