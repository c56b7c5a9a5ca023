// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/canceller.h"
#include "pg/connector.h"
#include "pg/pool.h"

#include <atomic>
#include <chrono>
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

    /// Around every question to the server.
    void asked() { m_asked = std::chrono::steady_clock::now().time_since_epoch(); }
    void answered() { m_asked = std::chrono::steady_clock::duration::zero(); }
    /// How long the last question has been open; zero when it was answered.
    std::chrono::milliseconds openFor() const;
    /// Cuts the connection: nobody answers any more.
    void giveUp();
    bool gaveUp() const { return m_gaveUp; }

private:
    Canceller m_canceller;
    QFuture<void> m_sent; ///< the request to cancel
    std::atomic<std::chrono::steady_clock::duration> m_asked{};
    std::atomic<bool> m_gaveUp = false;
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
    base::Result<qint64> copyOut(const sql::Statement &query, CopyForm form,
                                 const CopySink &sink) override;
    base::Result<qint64> copyIn(const QString &copy, const CopySource &source) override;
    base::Result<base::Done> runScript(const QByteArray &script) override;
    base::Result<base::Done> restart() override;
    bool cancelled() const override { return m_control->cancelled(); }
    bool isOpen() const override;

private:
    /// The answer to \a question, a call of libpq that waits for it.
    template <typename Question>
    base::Result<rows::Page> ask(const Question &question, const QString &text)
    {
        return take(waitFor(question), text);
    }
    template <typename Question> PGresult *waitFor(const Question &question)
    {
        m_wasOpen = isOpen();
        m_control->asked();
        PGresult *answer = question();
        m_control->answered();
        return answer;
    }
    base::Result<rows::Page> take(PGresult *answer, const QString &text);
    base::Result<QByteArray> withValues(const sql::Statement &query) const;
    base::Error copyFailure(const PGresult *answer) const;
    base::Error failureOf(const PGresult *result, const QString &text) const;

    PGconn *m_connection;
    Access m_access;
    Target m_target;
    std::shared_ptr<TransactionControl> m_control;
    bool m_wasOpen = false; ///< a transaction, when the last question was put
};

} // namespace pg
