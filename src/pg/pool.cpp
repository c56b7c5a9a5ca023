// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "pg/guard.h"
#include "pg/hub.h"

#include "base/receive.h"

#include <QCoreApplication>
#include <QThread>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace pg
{

namespace
{
/// The pools that live, also those that only their work still holds.
struct Alive {
    std::mutex mutex;
    std::condition_variable changed;
    int pools = 0;
};

Alive &alive()
{
    static Alive counted;
    return counted;
}

/// Work that holds its pool may outlive all that asked for it. It must not outlive what the end of
/// a program tears down, so the application's own end waits for it.
void waitForPools()
{
    std::unique_lock lock(alive().mutex);
    alive().changed.wait(lock, [] { return alive().pools == 0; });
}

void waitAtTheEnd()
{
    qAddPostRoutine(waitForPools);
}
Q_COREAPP_STARTUP_FUNCTION(waitAtTheEnd)
} // namespace

/// The I/O thread and the hub that lives on it.
class Pool::Private
{
public:
    Private(Settings given, Limits limits, int maximumConnections)
        : settings(std::move(given))
        , state(std::make_shared<PoolState>())
        , hub(new Hub(settings, limits, maximumConnections, state))
    {
        {
            const std::lock_guard lock(alive().mutex);
            ++alive().pools;
        }
        thread.setObjectName(QStringLiteral("sluice-pg"));
        hub->moveToThread(&thread);
        QObject::connect(&thread, &QThread::finished, hub, &QObject::deleteLater);
        thread.start();
    }

    ~Private()
    {
        thread.quit();
        thread.wait();
        const std::lock_guard lock(alive().mutex);
        --alive().pools;
        alive().changed.notify_all();
    }

    template <typename Call> void post(Call call)
    {
        QMetaObject::invokeMethod(hub, std::move(call), Qt::QueuedConnection);
    }

    bool isOwnThread() const
    {
        return QThread::currentThread() == &thread || hub->isWorker(QThread::currentThread());
    }

    Settings settings;
    std::shared_ptr<PoolState> state;
    QThread thread;
    Hub *hub;
};

Pool::Pool(Settings settings, Limits limits, int maximumConnections)
    : d(std::make_shared<Private>(std::move(settings), limits, maximumConnections))
{
}

Pool::~Pool()
{
    // The last owner may be the work of a transaction, on a thread that the hub waits for.
    if (d->isOwnThread())
        std::thread([last = std::move(d)] {}).detach();
}

QFuture<base::Result<rows::Page>> Pool::run(sql::Statement statement, Access access)
{
    if (access == Access::Read) {
        if (const auto refusal = refusedForReading(statement.text))
            return base::ready<rows::Page>(*refusal);
    }
    auto promise = std::make_shared<QPromise<base::Result<rows::Page>>>();
    promise->start();
    const auto future = promise->future();
    d->post([hub = d->hub, promise, statement = std::move(statement), access] {
        hub->run(statement, access, std::move(*promise));
    });
    return future;
}

QFuture<base::Result<base::Done>>
Pool::transaction(Access access, std::function<base::Result<base::Done>(Transaction &)> work)
{
    return transact<base::Done>(access, std::move(work));
}

void Pool::submit(Access access, std::unique_ptr<Task> task)
{
    d->post([hub = d->hub, shared = std::shared_ptr<Task>(std::move(task)), access] {
        hub->transaction(access, shared);
    });
}

int Pool::serverVersion() const
{
    return d->state->serverVersion();
}

int Pool::openConnections() const
{
    return d->state->openConnections();
}

const PoolState &Pool::state() const
{
    return *d->state;
}

const Settings &Pool::settings() const
{
    return d->settings;
}

} // namespace pg
