// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/finding.h"
#include "migrate/plan.h"
#include "schema/database.h"

#include <memory>
#include <optional>

namespace migrate
{

/// One migration: an entry of meta/_journal.json with what lies beside it, or a folder of 1.0's
/// layout.
struct Migration {
    int idx = 0;
    QString tag;     ///< 0000_init, or the folder's name
    QString file{};  ///< 0000_init.sql, or <tag>/migration.sql; relative to the folder
    qint64 when = 0; ///< milliseconds since 1970 UTC
    bool breakpoints = true;
    QByteArray sql; ///< the file as it is; empty and !hasSql when it is missing
    bool hasSql = false;
    bool hasSnapshot = false;
    QByteArray hash; ///< lower-case hex SHA-256 of the file, drizzle's ledger key
    /// The file split at drizzle's breakpoints, in order.
    QStringList statements() const;
};

class Rows;

/// Where drizzle-kit keeps what: up to 0.31 a journal and snapshots in meta/ (version 7), from 1.0
/// a folder for each migration (versions 8 and 9).
enum class Layout { Journal, Folders };

/// A migrations folder. Opening a messy one does not fail: findings say what is off.
struct Folder {
    QString path; ///< absolute
    Layout layout = Layout::Journal;
    QList<Migration> migrations; ///< in the order in which they run
    schema::Database schema;     ///< of the last snapshot; empty for an empty folder
    QString lastSnapshotId;      ///< the zero uuid for an empty folder
    QStringList openBranches{};  ///< 1.0: ids of the last snapshots, the newest first
    QList<Finding> findings{};   ///< that show without reading everything; examine() finds more
    QStringList notices;         ///< the findings' first sentences
    QString obstacle; ///< why nothing can be written into it, one of the notices; mostly empty
    QByteArray fingerprint; ///< of the files as they were read, so that a change is noticed
    std::shared_ptr<const Rows> rows{}; ///< 1.0: the schema as drizzle-kit keeps it
};

/// \a code as \a folder would describe it, for comparing the two: in 1.0's layout with that
/// version's spellings, and with the names that generated constraints have there.
schema::Database adapted(const Folder &folder, const schema::Database &code);

/// Reads the folder; a folder that does not exist is an empty one. An empty one has the layout
/// \a whenEmpty, which is then the layout of its first migration.
base::Result<Folder> readFolder(const QString &path, Layout whenEmpty = Layout::Journal);

/// What of a folder somebody is going to rely on.
enum class Needs {
    Migrations, ///< which there are and in what order
    Schema      ///< what they come to
};

/// Why what was read of \a folder is less than what it has; nothing when it can be relied on.
std::optional<base::Error> unsound(const Folder &folder, Needs needs);

/// The schema that \a migration's snapshot describes.
base::Result<schema::Database> readSnapshot(const Folder &folder, const Migration &migration);
base::Result<schema::Database> readSnapshotFile(const QString &path);
/// The same of a text; \a path is named in errors.
base::Result<schema::Database> readSnapshotText(const QByteArray &text, const QString &path);

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
    bool reverse = false;     ///< also the scripts that take them back (reverse.h)
    /// About renames, kept beside the migrations (renames.h): in the same step where there is a
    /// meta/, right after it in 1.0's layout.
    QList<diff::RenameAnswer> answers{};
};

/// A migration that is to be written.
struct Step {
    QString sql;                       ///< the file's text; of a custom one may be empty
    schema::Database after;            ///< the schema once it has run; of a custom one as before
    QString name{};                    ///< empty: NewMigration's
    bool custom = false;               ///< SQL by hand: the schema stays
    QList<diff::Rename> renames{};     ///< 1.0's snapshots record them; else dropped and created
    QList<ReverseStatement> reverse{}; ///< not empty: a script beside it (reverse.h), in its order
};

/// Writes \a steps as the next migrations of \a folder, in its own layout: all of them or, on an
/// error, nothing. An existing migration is never changed. Refuses a folder that changed on disk
/// since it was read, and one that another Sluice writes into. Returns the migrations written.
base::Result<QList<Migration>> writeMigrations(const Folder &folder, const QList<Step> &steps,
                                               const NewMigration &options);

/// \a plan as migrations: one, or as many as it has steps. Refuses a plan with open questions
/// or errors.
base::Result<QList<Migration>> writePlan(const Folder &folder, const Plan &plan,
                                         const schema::Database &after,
                                         const NewMigration &options);

/// The same for a plan that makes one migration, which is returned.
base::Result<Migration> writeMigration(const Folder &folder, const Plan &plan,
                                       const schema::Database &after, const NewMigration &options);

} // namespace migrate
