// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"
#include "runner/ledger.h"

namespace runner
{

/// The applied-migrations table through one connection. It is drizzle's: made exactly as the
/// version of drizzle makes it that \a layout belongs to, so that either tool finds the other's
/// rows.
class LedgerTable
{
public:
    LedgerTable(pg::Transaction &transaction, LedgerName name, migrate::Layout layout)
        : m_transaction(transaction)
        , m_name(std::move(name))
        , m_layout(layout)
    {
    }

    /// The rows in the order they were written; none when the table does not exist.
    base::Result<QList<LedgerRow>> read();
    base::Result<base::Done> create(); ///< unless it exists
    base::Result<base::Done> add(const LedgerRow &row);

    /// Waits until no other run of Sluice works on this ledger; the lock is the session's.
    base::Result<base::Done> lock();
    base::Result<base::Done> unlock();

private:
    base::Result<bool> exists();
    /// Whether the rows of the table, which exists, have names.
    base::Result<bool> hasNames();
    QString qualified() const;
    QByteArray lockKey() const;

    pg::Transaction &m_transaction;
    LedgerName m_name;
    migrate::Layout m_layout;
};

} // namespace runner
