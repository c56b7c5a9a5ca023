// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "runner/ledgertable.h"
#include "runner/migrationfailure.h"

namespace runner
{

using Progress = std::function<void(const migrate::Migration &)>;

/// One run over a folder on one connection, on a worker thread.
class Applier
{
public:
    Applier(pg::Transaction &transaction, const migrate::Folder &folder,
            const ApplyOptions &options, Progress progress);

    /// How many migrations were applied. Releases the lock, whatever happens.
    base::Result<int> run();

private:
    base::Result<int> applyPending();
    base::Result<base::Done> lookAhead(const QList<qsizetype> &pending);
    base::Result<base::Done> applyOne(const migrate::Migration &migration);
    base::Result<base::Done> attempt(const migrate::Migration &migration, const QList<Part> &parts);
    base::Result<base::Done> execute(const migrate::Migration &migration, const QList<Part> &parts);
    base::Result<base::Done> dropLeftIndex(const Part &part);
    base::Result<base::Done> runAlone(const migrate::Migration &migration, const Part &part);
    base::Result<base::Done> prepareSession(int lockTimeout);
    base::Result<base::Done> send(const QString &text,
                                  const QList<sql::Parameter> &parameters = {});

    pg::Transaction &m_transaction;
    LedgerTable m_ledger;
    const migrate::Folder &m_folder;
    const ApplyOptions &m_options;
    Progress m_progress;
};

} // namespace runner
