// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/folder.h"
#include "runner/rowsintheway.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace pg
{
class Pool;
}

namespace runner
{

/// The applied-migrations table that drizzle keeps: id, hash and created_at; since drizzle-orm 1.0
/// the migration's name as well, by which that version tells what is applied.
struct LedgerName {
    QString schema = QStringLiteral("drizzle");
    QString table = QStringLiteral("__drizzle_migrations");
};

struct LedgerRow {
    QByteArray hash;
    qint64 createdAt = 0; ///< the journal entry's `when`, ms
    QString name{};       ///< its folder's name; empty in tables of older versions
};

enum class MigrationState {
    Applied,
    Edited, ///< applied, but the file's hash is another (line ends apart)
    Pending,
    Skipped, ///< pending, and drizzle-kit's rule would skip it (older than the newest applied)
    Unknown, ///< no connection yet
};

struct Ledger {
    QList<LedgerRow> rows;        ///< none when the table does not exist
    QList<MigrationState> states; ///< one per migration of the folder it was read for
    int rowsWithoutFile = 0;
    qint64 newest() const;
};

/// Which migrations of \a folder are applied; decided by name where rows have one, hash and `when`.
Ledger match(const migrate::Folder &folder, QList<LedgerRow> rows);
QFuture<base::Result<Ledger>> readLedger(std::shared_ptr<pg::Pool> pool,
                                         const migrate::Folder &folder, const LedgerName &name);

/// The migrations that apply() would run, in order, as indices of the folder's.
QList<qsizetype> pendingOf(const Ledger &ledger);

struct ApplyOptions {
    LedgerName ledger;
    int lockTimeout = 3'000; ///< ms
    int retries = 3;         ///< after a lock_timeout
    bool askFirst = true;    ///< for rows that would make a migration fail; any stop it
    /// Told (on a worker thread) what was found, before apply() fails because of it.
    std::function<void(const RowsInTheWay &)> rowsInTheWay{};
};

/// Applies what is pending under an advisory lock, one transaction a migration, the ledger row
/// inside it. Stops at the first failure; the error names migration, statement and the server's
/// words. \a progress (worker thread) is told each migration before it runs. Returns how many were
/// applied.
QFuture<base::Result<int>> apply(std::shared_ptr<pg::Pool> pool, const migrate::Folder &folder,
                                 const ApplyOptions &options,
                                 std::function<void(const migrate::Migration &)> progress = {});

} // namespace runner
