// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/hub.h"

#include "pg/failure.h"
#include "pg/guard.h"
#include "pg/text.h"
#include "pg/watchdog.h"

#include <QFutureWatcher>

#include <libpq-fe.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <thread>

namespace pg
{

namespace
{
constexpr int cancelInterval = 100;    // ms between cancel requests to a transaction
constexpr int patience = 2'000;        // ms for the server to take cancel requests
constexpr int returnTime = 8'000;      // ms for a server or a network to come back
constexpr int returnInterval = 250;    // ms between two looks whether it has
constexpr int shortStatement = 10'000; // ms; who ends a longer one wants it ended

template <typename T> void finishWith(QPromise<base::Result<T>> &promise, base::Result<T> result)
{
    if (promise.future().isFinished())
        return;
    promise.addResult(std::move(result));
    promise.finish();
}
} // namespace

struct StatementRequest final : Request {
    sql::Statement statement;
    Access access = Access::Read;
    QPromise<base::Result<rows::Page>> promise;
    Connection *connection = nullptr; ///< while it runs
    QElapsedTimer started;
    bool isGivenUp = false; ///< the server was silent: once is long enough

    void answer(base::Error error) override { finishWith<rows::Page>(promise, std::move(error)); }
    bool isCancelled() const override { return promise.isCanceled(); }
};

struct TransactionRequest final : Request {
    Access access = Access::Read;
    std::shared_ptr<Task> task;
    ConnectionHandle handle;                     ///< while it runs
    std::shared_ptr<TransactionControl> control; ///< while it runs
    std::optional<base::Error> notBegun;         ///< the work was not called
    QElapsedTimer cancelled;                     ///< since the first request

    void answer(base::Error error) override
    {
        task->fail(std::move(error));
        task->finish();
    }
    bool isCancelled() const override { return cancelled.isValid(); }
};

Hub::Hub(Settings settings, Limits limits, int maximumConnections, std::shared_ptr<PoolState> state)
    : m_settings(std::move(settings))
    , m_limits(limits)
    , m_maximum(std::max(1, maximumConnections))
    , m_state(std::move(state))
{
    if (const base::Result<Target> parsed = target(m_settings))
        m_target = *parsed;
    m_idleTimer.setParent(this);
    m_idleTimer.setInterval(std::max(10, m_limits.idleTimeout / 2));
    connect(&m_idleTimer, &QTimer::timeout, this, &Hub::closeIdle);
    m_workers.setMaxThreadCount(m_maximum);
}

Hub::~Hub()
{
    m_waiting.clear();
    for (Connection *connection : m_connections)
        connection->cancel();
    for (const auto &transaction : m_transactions)
        transaction->control->cancel();
    if (!m_workers.waitForDone(patience)) {
        for (const auto &transaction : m_transactions)
            transaction->control->cutConnection();
        m_workers.waitForDone();
    }
    for (const auto &transaction : m_transactions)
        transaction->task->finish();
    m_state->noteConnections(0);
}

void Hub::run(sql::Statement statement, Access access, QPromise<base::Result<rows::Page>> promise)
{
    auto request = std::make_shared<StatementRequest>();
    request->statement = std::move(statement);
    request->access = access;
    request->promise = std::move(promise);
    auto *watcher = new QFutureWatcher<base::Result<rows::Page>>(this);
    enqueue(request, watcher);
    watcher->setFuture(request->promise.future());
}

void Hub::transaction(Access access, std::shared_ptr<Task> task)
{
    auto request = std::make_shared<TransactionRequest>();
    request->access = access;
    request->task = std::move(task);
    QFutureWatcherBase *watcher = request->task->watch(this);
    enqueue(std::move(request), watcher);
}

void Hub::enqueue(std::shared_ptr<Request> request, QFutureWatcherBase *watcher)
{
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    connect(watcher, &QFutureWatcherBase::canceled, this,
            [this, waiting = std::weak_ptr<Request>(request)] {
                if (const auto alive = waiting.lock())
                    cancel(alive);
            });
    m_waiting.push_back(std::move(request));
    next();
}

void Hub::cancel(const std::shared_ptr<Request> &request)
{
    if (std::erase(m_waiting, request) > 0)
        return request->answer({.kind = base::ErrorKind::Cancelled});
    if (const auto transaction = std::dynamic_pointer_cast<TransactionRequest>(request))
        return cancelAgain(transaction);
    const auto statement = std::static_pointer_cast<StatementRequest>(request);
    if (!statement->connection)
        return;
    statement->connection->cancel();
    // A reader need not wait for the server to agree; of a write the end is awaited.
    if (statement->access == Access::Read)
        statement->answer({.kind = base::ErrorKind::Cancelled});
}

/// The worker may be between two statements, where the server ignores a request: repeat it until
/// the end.
void Hub::cancelAgain(const std::shared_ptr<TransactionRequest> &request)
{
    if (!request->control)
        return;
    request->control->cancel();
    if (!request->cancelled.isValid())
        request->cancelled.start();
    // A reader need not wait for a server that does not even take this.
    else if (request->access == Access::Read && request->cancelled.hasExpired(patience))
        return request->control->cutConnection();
    QTimer::singleShot(cancelInterval, this, [this, request] { cancelAgain(request); });
}

void Hub::next()
{
    while (!m_waiting.empty()) {
        Connection *connection = idleConnection();
        if (!connection)
            break;
        const std::shared_ptr<Request> request = m_waiting.front();
        m_waiting.pop_front();
        start(connection, request);
    }
    const auto ending = std::ranges::count_if(m_connections, &Connection::isEnding);
    while (m_opening + size_t(ending) < m_waiting.size() &&
           m_connections.size() + m_transactions.size() + m_opening < size_t(m_maximum))
        openAnother();
    count();
}

/// The one that was used last: its server process remembers the tables, and the others come to
/// rest.
Connection *Hub::idleConnection()
{
    // A copy: a connection that turns out to be dead leaves the list.
    std::vector<Connection *> idle;
    std::ranges::copy_if(m_connections, std::back_inserter(idle), &Connection::isIdle);
    std::ranges::stable_sort(idle, std::greater{}, &Connection::idleSince);
    for (Connection *connection : idle) {
        // It slept with the machine, and what stands between may have forgotten it.
        if (connection->idleTime() >= m_limits.idleTimeout)
            drop(connection);
        else if (connection->isStillThere())
            return connection;
    }
    return nullptr;
}

void Hub::start(Connection *connection, const std::shared_ptr<Request> &request)
{
    if (const auto statement = std::dynamic_pointer_cast<StatementRequest>(request))
        startStatement(connection, statement);
    else
        startTransaction(connection, std::static_pointer_cast<TransactionRequest>(request));
}

void Hub::startStatement(Connection *connection, const std::shared_ptr<StatementRequest> &request)
{
    request->connection = connection;
    request->started.start();
    auto *watchdog = new Watchdog(m_settings, m_limits, m_tunnelPort, request->access,
                                  {[connection] { return connection->runTime(); },
                                   [connection, request] {
                                       request->isGivenUp = true;
                                       connection->giveUp();
                                   }},
                                  connection);
    connection->run(request->statement, request->access,
                    [this, request, watchdog](base::Result<rows::Page> result) {
                        watchdog->deleteLater();
                        request->connection = nullptr;
                        const bool wasEnded = request->started.hasExpired(shortStatement);
                        if (!result && request->access == Access::Read && !request->isGivenUp &&
                            !(wasEnded && result.error().sqlState == QLatin1String("57P01")) &&
                            comesBack(request, result.error()))
                            return;
                        finishWith(request->promise, std::move(result));
                    });
}

/// Puts \a request, which has changed nothing, back to the head of the queue when it failed because
/// its connection was lost; once.
bool Hub::comesBack(const std::shared_ptr<Request> &request, const base::Error &error)
{
    if (error.kind != base::ErrorKind::Connection || request->lost.isValid() ||
        request->isCancelled())
        return false;
    request->lost.start();
    // What ended this connection may have ended those that rest, and is heard of there later.
    for (Connection *connection : std::vector(m_connections)) {
        if (connection->isIdle())
            drop(connection);
    }
    m_waiting.push_front(request);
    return true;
}

void Hub::startTransaction(Connection *connection,
                           const std::shared_ptr<TransactionRequest> &request)
{
    request->notBegun.reset();
    request->handle = connection->release();
    request->control = std::make_shared<TransactionControl>(request->handle.get());
    std::erase(m_connections, connection);
    connection->deleteLater();
    m_transactions.push_back(request);

    auto reusable = std::make_shared<QPromise<bool>>();
    auto *watcher = new QFutureWatcher<bool>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, request] {
        watcher->deleteLater();
        std::erase(m_transactions, request);
        request->control.reset();
        ConnectionHandle handle = std::move(request->handle);
        const bool isBroken = PQstatus(handle.get()) != CONNECTION_OK;
        if (watcher->result())
            adopt(std::move(handle));
        handle.reset();
        if (isBroken)
            noteBroken();
        if (!request->notBegun || !comesBack(request, *request->notBegun)) {
            if (request->notBegun)
                request->task->fail(*request->notBegun);
            request->task->finish();
        }
        next();
    });
    const auto control = request->control;
    new Watchdog(m_settings, m_limits, m_tunnelPort, request->access,
                 {[control] { return control->openFor(); }, [control] { control->giveUp(); }},
                 watcher);
    watcher->setFuture(reusable->future());
    m_workers.start([reusable, request, place = m_target] {
        reusable->start();
        BlockingTransaction transaction(request->handle.get(), request->access, place,
                                        request->control);
        if (const base::Result<base::Done> begun = transaction.begin())
            request->task->run(transaction);
        else
            request->notBegun = begun.error();
        reusable->addResult(transaction.end());
        reusable->finish();
    });
}

void Hub::openAnother()
{
    ++m_opening;
    if (m_settings.ssh.isEmpty() || m_target.ssh.isEmpty()) // else connecting says what is wrong
        return connectBy(0);
    if (!m_tunnel)
        m_tunnel =
            std::make_unique<Tunnel>(m_target, std::chrono::milliseconds(m_limits.connectTimeout));
    m_tunnel->whenOpen([this](const base::Result<int> &port) {
        if (!port)
            return opened(port.error());
        m_tunnelPort = *port;
        connectBy(*port);
    });
}

/// Connecting blocks in name look-up and login, so it has a thread of its own. The thread is
/// detached: a name server that does not answer must not keep the program from ending.
void Hub::connectBy(int tunnelPort)
{
    using Opened = base::Result<std::shared_ptr<ConnectionHandle>>;
    QPromise<Opened> promise;
    promise.start();
    auto *watcher = new QFutureWatcher<Opened>(this);
    auto *deadline = new QTimer(watcher);
    deadline->setSingleShot(true);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        watcher->disconnect(this);
        opened(watcher->result());
    });
    connect(deadline, &QTimer::timeout, this, [this, watcher] {
        watcher->disconnect(this);
        watcher->deleteLater();
        opened(base::Error{
            .kind = base::ErrorKind::Connection,
            .text = Text::tr("Cannot connect to the server"),
            .where = m_target.display(),
            .detail =
                Text::tr("There was no answer in %1 seconds").arg(m_limits.connectTimeout / 1000),
            .hint = Text::tr("Check the host in the database URL and your network")});
    });
    watcher->setFuture(promise.future());
    // libpq's own time-out, which knows more, comes first.
    deadline->start(std::max(m_limits.connectTimeout, 2'000) + 1'000);
    std::thread([promise = std::move(promise), settings = m_settings, limits = m_limits,
                 tunnelPort]() mutable {
        base::Result<ConnectionHandle> result = connectTo(settings, limits, tunnelPort);
        if (result)
            promise.addResult(std::make_shared<ConnectionHandle>(std::move(*result)));
        else
            promise.addResult(result.error());
        promise.finish();
    }).detach();
}

void Hub::opened(base::Result<std::shared_ptr<ConnectionHandle>> result)
{
    --m_opening;
    if (result) {
        m_state->noteVersion(PQserverVersion((*result)->get()));
        m_state->noteReached();
        adopt(std::move(**result));
        return next();
    }
    // As long as another connection works or is on its way, requests wait for that one.
    if (m_opening > 0 || !m_connections.empty() || !m_transactions.empty())
        return;
    // It was not the server that refused, but a tunnel that is no longer there.
    if (m_tunnelPort > 0 && m_tunnel->hasEnded()) {
        m_tunnelPort = 0;
        for (const auto &request : m_waiting)
            if (!request->lost.isValid())
                request->lost.start();
    }
    failed(result.error());
}

/// Nothing is open and nothing can be opened. What a lost connection has left behind waits a little
/// for server and network to come back; everything else is told.
void Hub::failed(const base::Error &error)
{
    std::deque<std::shared_ptr<Request>> returning;
    for (const auto &request : std::exchange(m_waiting, {})) {
        const bool waits = error.kind == base::ErrorKind::Connection && request->lost.isValid() &&
                           !request->lost.hasExpired(returnTime);
        if (waits)
            returning.push_back(request);
        else
            request->answer(error);
    }
    m_waiting.insert(m_waiting.begin(), returning.begin(), returning.end());
    m_state->noteLost();
    if (!returning.empty())
        QTimer::singleShot(returnInterval, this, [this] { next(); });
    count();
}

void Hub::adopt(ConnectionHandle handle)
{
    auto *connection = new Connection(std::move(handle), m_target, this);
    connection->onIdle = [this] { next(); };
    connection->onLost = [this, connection](Connection::End end) {
        drop(connection);
        if (end == Connection::End::Broken)
            noteBroken();
        // Later: whoever lost it may be walking through the queue.
        QMetaObject::invokeMethod(
            this, [this] { next(); }, Qt::QueuedConnection);
    };
    m_connections.push_back(connection);
    if (!m_idleTimer.isActive())
        m_idleTimer.start();
    count();
}

void Hub::drop(Connection *connection)
{
    std::erase(m_connections, connection);
    connection->deleteLater();
    count();
}

/// A connection broke. As long as another stands, the server is there; of a dead one that rests one
/// hears later.
void Hub::noteBroken()
{
    if (m_connections.empty() && m_transactions.empty())
        m_state->noteLost();
}

void Hub::closeIdle()
{
    for (Connection *connection : std::vector(m_connections)) {
        if (connection->isIdle() && connection->idleTime() >= m_limits.idleTimeout)
            drop(connection);
    }
    if (m_connections.empty())
        m_idleTimer.stop();
}

void Hub::count()
{
    m_state->noteConnections(int(m_connections.size() + m_transactions.size()));
}

} // namespace pg
