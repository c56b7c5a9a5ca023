// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/pool.h"

#include "pg/guard.h"
#include "pg/hub.h"

#include "base/receive.h"

#include <QThread>

#include <thread>

namespace pg
{

/// The I/O thread and the hub that lives on it.
class Pool::Private
{
public:
    Private(Settings given, Limits limits, int maximumConnections)
        : settings(std::move(given))
        , figures(std::make_shared<PoolFigures>())
        , hub(new Hub(settings, limits, maximumConnections, figures))
    {
        thread.setObjectName(QStringLiteral("sluice-pg"));
        hub->moveToThread(&thread);
        QObject::connect(&thread, &QThread::finished, hub, &QObject::deleteLater);
        thread.start();
    }

    ~Private()
    {
        thread.quit();
        thread.wait();
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
    std::shared_ptr<PoolFigures> figures;
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
    return d->figures->serverVersion;
}

int Pool::openConnections() const
{
    return d->figures->openConnections;
}

const Settings &Pool::settings() const
{
    return d->settings;
}

} // namespace pg
