// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "migrate/folder.h"
#include "sql/actions.h"

namespace runner
{

/// A piece of a migration's file that is sent at once: what stands between two breakpoints.
struct Part {
    QString text;
    qsizetype offset = 0;   ///< in the file's text
    int firstStatement = 0; ///< counted from 0 over the whole file
};

/// The file's parts with their places.
QList<Part> partsOf(const migrate::Migration &migration);

/// The index that \a part, one statement, builds CONCURRENTLY: it is left invalid when that fails.
struct BuiltIndex {
    sql::ObjectName table;
    QString name;
};
std::optional<BuiltIndex> indexBuiltBy(const Part &part);

/// Whether \a parts are one statement that the server takes outside of transactions only (CREATE
/// INDEX CONCURRENTLY).
bool standsAlone(const QList<Part> &parts);

/// The error of a statement that stands alone: what it had begun may be left.
base::Error inLoneMigration(const migrate::Migration &migration, const Part &part,
                            const base::Error &cause);

/// Names the migration, the statement and its line for an error that \a part met.
base::Error inMigration(const migrate::Migration &migration, const Part &part,
                        const base::Error &cause);

/// The same for an error beside the file's statements: BEGIN, the ledger's row.
base::Error inMigration(const migrate::Migration &migration, const base::Error &cause);

/// The same for COMMIT: without an answer nobody knows what became of it.
base::Error atCommit(const migrate::Migration &migration, const base::Error &cause);

/// The same for the ledger's row of a migration that stands alone and has run.
base::Error withoutItsRow(const migrate::Migration &migration, const base::Error &cause);

/// The error for a statement that cannot stand inside a transaction and does not stand alone;
/// nothing when there is none.
std::optional<base::Error> refusal(const migrate::Migration &migration, const QList<Part> &parts);

} // namespace runner
