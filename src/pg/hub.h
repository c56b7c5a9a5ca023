// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/blockingtransaction.h"
#include "pg/connection.h"
#include "pg/pool.h"
#include "pg/tunnel.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <memory>
#include <vector>

namespace pg
{

/// Something that waits for a connection, or runs on one.
class Request
{
public:
    virtual ~Request() = default;
    virtual void answer(base::Error error) = 0;
    virtual bool isCancelled() const = 0;
    /// Valid since its connection was lost before it had changed anything: it waits for another.
    QElapsedTimer lost;
};

struct StatementRequest;
struct TransactionRequest;

/// The I/O thread's half of a Pool: hands requests to connections and closes idle ones. Used on
/// that thread only; what waits or runs when it dies is cancelled.
class Hub final : public QObject
{
public:
    Hub(Settings settings, Limits limits, int maximumConnections, std::shared_ptr<PoolState> state);
    ~Hub() override;

    void run(sql::Statement statement, Access access, QPromise<base::Result<rows::Page>> promise);
    void transaction(Access access, std::shared_ptr<Task> task);
    /// Whether \a thread runs the work of a transaction; may be asked on any thread.
    bool isWorker(const QThread *thread) const { return m_workers.contains(thread); }

private:
    void enqueue(std::shared_ptr<Request> request, QFutureWatcherBase *watcher);
    void cancel(const std::shared_ptr<Request> &request);
    void next();
    void start(Connection *connection, const std::shared_ptr<Request> &request);
    void startStatement(Connection *connection, const std::shared_ptr<StatementRequest> &request);
    void startTransaction(Connection *connection,
                          const std::shared_ptr<TransactionRequest> &request);
    void cancelAgain(const std::shared_ptr<TransactionRequest> &request);

    Connection *idleConnection();
    void openAnother();
    void connectBy(int tunnelPort);
    void opened(base::Result<std::shared_ptr<ConnectionHandle>> result);
    void failed(const base::Error &error);
    bool comesBack(const std::shared_ptr<Request> &request, const base::Error &error);
    void adopt(ConnectionHandle handle);
    void drop(Connection *connection);
    void noteBroken();
    void closeIdle();
    void count();

    Settings m_settings;
    Limits m_limits;
    int m_maximum;
    Target m_target;
    std::shared_ptr<PoolState> m_state;
    std::deque<std::shared_ptr<Request>> m_waiting;
    std::vector<Connection *> m_connections;                         ///< children
    std::vector<std::shared_ptr<TransactionRequest>> m_transactions; ///< on worker threads
    size_t m_opening = 0;
    std::unique_ptr<Tunnel> m_tunnel; ///< when the server is reached through one
    int m_tunnelPort = 0;
    QTimer m_idleTimer;
    QThreadPool m_workers;
};

} // namespace pg
