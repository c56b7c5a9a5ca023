// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/plan.h"
#include "schema/database.h"

#include <QFuture>

namespace migrate
{

/// One entry of meta/_journal.json with what lies beside it.
struct Migration {
    int idx = 0;
    QString tag;     ///< 0000_init; the file is <tag>.sql
    qint64 when = 0; ///< milliseconds since 1970 UTC
    bool breakpoints = true;
    QByteArray sql; ///< the file as it is; empty and !hasSql when it is missing
    bool hasSql = false;
    bool hasSnapshot = false;
    QByteArray hash; ///< lower-case hex SHA-256 of the file, drizzle's ledger key
    /// The file split at drizzle's breakpoints, in order.
    QStringList statements() const;
};

/// A migrations folder in drizzle-kit's v7 format. Opening a messy one does not fail: notices say
/// what is off.
struct Folder {
    QString path;                ///< absolute
    QList<Migration> migrations; ///< in the journal's order
    schema::Database schema;     ///< of the last snapshot; empty for an empty folder
    QString lastSnapshotId;      ///< the zero uuid for an empty folder
    QStringList notices;
    QString obstacle; ///< why nothing can be written into it, one of the notices; mostly empty
    QByteArray fingerprint; ///< of the files as they were read, so that a change is noticed
};

/// Reads the folder; a folder that does not exist is an empty one.
base::Result<Folder> readFolder(const QString &path);

/// The schema that \a migration's snapshot describes.
base::Result<schema::Database> readSnapshot(const Folder &folder, const Migration &migration);
base::Result<schema::Database> readSnapshotFile(const QString &path);

/// \a database as a drizzle-kit v7 snapshot: key order, indentation 2, no newline at the end.
QByteArray writeSnapshot(const schema::Database &database, const QString &id,
                         const QString &prevId);

/// How a file is named (migrations.prefix of the config).
enum class Prefix { Index, Timestamp, Supabase, Unix, None };

/// The prefix that the config's \a word names; Index for a word that is none.
Prefix prefixOf(const QString &word);

struct NewMigration {
    QString name; ///< without prefix; empty: a made-up one
    Prefix prefix = Prefix::Index;
    bool breakpoints = true;
    qint64 newestApplied = 0; ///< newest created_at of a known ledger, ms; 0 unknown
};

/// Writes \a plan as the next migration of \a folder: .sql, snapshot, journal last, each by
/// temporary file and rename; nothing stays behind on failure. Refuses a plan with unsupported
/// changes or open questions, and a folder that changed on disk since it was read. Returns the
/// migration written.
base::Result<Migration> writeMigration(const Folder &folder, const Plan &plan,
                                       const schema::Database &after, const NewMigration &options);

} // namespace migrate
