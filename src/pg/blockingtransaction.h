// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/canceller.h"
#include "pg/connector.h"
#include "pg/pool.h"

#include <atomic>
#include <memory>

typedef struct pg_result PGresult;

namespace pg
{

/// What the I/O thread needs to stop a transaction that runs on a worker thread.
class TransactionControl
{
public:
    explicit TransactionControl(PGconn *connection);
    ~TransactionControl();
    TransactionControl(const TransactionControl &) = delete;
    TransactionControl &operator=(const TransactionControl &) = delete;

    bool cancelled() const { return m_cancelled; }
    void cancel();
    /// Ends a wait for a server that does not answer any more.
    void cutConnection();

private:
    Canceller m_canceller;
    int m_socket; ///< a duplicate: libpq may close its own at any time
    std::atomic<bool> m_cancelled = false;
};

/// A Transaction by libpq's blocking calls, for one worker thread.
class BlockingTransaction final : public Transaction
{
public:
    BlockingTransaction(PGconn *connection, Access access, Target target,
                        std::shared_ptr<TransactionControl> control);

    base::Result<base::Done> begin();
    /// Rolls back what is open; false when the connection is of no use any more.
    bool end();

    base::Result<rows::Page> run(const sql::Statement &statement) override;
    base::Result<base::Done> runScript(const QByteArray &script) override;
    base::Result<base::Done> restart() override;
    bool cancelled() const override { return m_control->cancelled(); }

private:
    base::Result<rows::Page> take(PGresult *answer, const QString &text);

    PGconn *m_connection;
    Access m_access;
    Target m_target;
    std::shared_ptr<TransactionControl> m_control;
};

} // namespace pg
