// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/cluster.h"

#include "base/receive.h"
#include "pg/clusterfolder.h"
#include "pg/clusterserver.h"
#include "pg/text.h"

#include <QDir>
#include <QFileInfo>
#include <QPromise>
#include <QStandardPaths>
#include <QThreadPool>
#include <QUrl>

#include <unistd.h>

namespace pg
{

namespace
{
QString urlOf(const ClusterFolder &folder, const QString &role, const QString &authority,
              const QString &database, const QString &query)
{
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    return QStringLiteral("postgres://%1:%2@%3/%4%5")
        .arg(encoded(role.isEmpty() ? ownerName() : role), encoded(folder.password(role)),
             authority, encoded(database), query);
}

QString tcpUrl(const ClusterFolder &folder, const QString &role, int port, const QString &database)
{
    return urlOf(folder, role, QStringLiteral("127.0.0.1:%1").arg(port), database, {});
}
} // namespace

class ClusterLease::Private
{
public:
    ClusterFolder folder;
    FileLock users;
    int port;
};

ClusterLease::ClusterLease(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

ClusterLease::~ClusterLease()
{
    // Under the start lock nobody can begin to use the server while it is decided whether it is
    // needed.
    const base::Result<FileLock> start =
        FileLock::take(d->folder.file("start.lock"), FileLock::Mode::Exclusive);
    if (start && d->users.tryExclusive() && !QFile::exists(d->folder.file("keep")))
        (void)stopServer(d->folder);
}

base::Result<QString> ClusterLease::passwordOf(const QString &role) const
{
    // Under the start lock, so that two programs do not draw two.
    const base::Result<FileLock> start =
        FileLock::take(d->folder.file("start.lock"), FileLock::Mode::Exclusive);
    if (!start)
        return start.error();
    if (const QString known = d->folder.password(role); !known.isEmpty())
        return known;
    const QByteArray drawn = randomPassword();
    if (const auto written = d->folder.write(d->folder.passwordFile(role), drawn + '\n'); !written)
        return written.error();
    return QString::fromLatin1(drawn);
}

Settings ClusterLease::settings(const QString &database, const QString &role) const
{
    const QString socket = QString::fromLatin1(QUrl::toPercentEncoding(d->folder.socketFolder()));
    return {.url = urlOf(d->folder, role, {}, database,
                         QStringLiteral("?host=%1&port=%2").arg(socket, QString::number(d->port))),
            .expectedSystemIdentifier = systemIdentifier()};
}

QString ClusterLease::url(const QString &database, const QString &role) const
{
    return tcpUrl(d->folder, role, d->port, database);
}

int ClusterLease::port() const
{
    return d->port;
}

QString ClusterLease::systemIdentifier() const
{
    return d->folder.identifier();
}

void ClusterLease::keepRunning()
{
    (void)d->folder.write(d->folder.file("keep"), {});
}

void ClusterLease::stopWithLastLease()
{
    QFile::remove(d->folder.file("keep"));
}

Cluster::Cluster(QString folder, int firstPort, Durability durability)
    : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
    , m_firstPort(firstPort)
    , m_durability(durability)
{
}

QString Cluster::defaultFolder()
{
    if (geteuid() == 0)
        return QStringLiteral("/var/lib/sluice/cluster");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/sluice/cluster");
}

Cluster Cluster::scratch()
{
    constexpr int firstPort = 54'330; // nobody connects to it but Sluice itself
    const QString named = qEnvironmentVariable("SLUICE_SCRATCH_CLUSTER");
    return Cluster(named.isEmpty() ? QFileInfo(defaultFolder()).path() + QStringLiteral("/scratch")
                                   : named,
                   firstPort, Durability::Volatile);
}

QFuture<base::Result<std::shared_ptr<ClusterLease>>>
Cluster::acquire(std::function<void(const QString &)> progress)
{
    using Acquired = base::Result<std::shared_ptr<ClusterLease>>;
    QPromise<Acquired> promise;
    const QFuture<Acquired> future = promise.future();
    promise.start();
    auto task = [promise = std::move(promise), folder = ClusterFolder(m_folder),
                 firstPort = m_firstPort, durability = m_durability,
                 progress = std::move(progress)]() mutable {
        const auto lease = [&]() -> Acquired {
            if (const base::Result<base::Done> made = folder.create(); !made)
                return made.error();
            base::Result<FileLock> start =
                FileLock::take(folder.file("start.lock"), FileLock::Mode::Exclusive);
            if (!start)
                return start.error();
            base::Result<FileLock> users =
                FileLock::take(folder.file("users.lock"), FileLock::Mode::Shared);
            if (!users)
                return users.error();
            const base::Result<int> port = ensureServer(folder, firstPort, durability, progress);
            if (!port)
                return port.error();
            return std::shared_ptr<ClusterLease>(
                new ClusterLease(std::unique_ptr<ClusterLease::Private>(
                    new ClusterLease::Private{folder, std::move(*users), *port})));
        };
        promise.addResult(lease());
        promise.finish();
    };
    // Its own thread of the pool: starting a server only waits.
    QThreadPool::globalInstance()->start(
        [task = std::make_shared<decltype(task)>(std::move(task))] {
            QThreadPool::globalInstance()->releaseThread();
            (*task)();
            QThreadPool::globalInstance()->reserveThread();
        });
    return future;
}

base::Result<base::Done> Cluster::stop()
{
    const ClusterFolder folder(m_folder);
    if (!folder.exists())
        return base::Done{};
    const base::Result<FileLock> start =
        FileLock::take(folder.file("start.lock"), FileLock::Mode::Exclusive);
    if (!start)
        return start.error();
    QFile::remove(folder.file("keep"));
    return stopServer(folder);
}

Cluster::State Cluster::state() const
{
    const ClusterFolder folder(m_folder);
    if (!folder.exists())
        return State::Absent;
    return folder.running() ? State::Running : State::Stopped;
}

base::Result<QString> Cluster::runningUrl(const QString &database, const QString &role) const
{
    const ClusterFolder folder(m_folder);
    const std::optional<RunningServer> server = folder.exists() ? folder.running() : std::nullopt;
    if (!server)
        return base::Error{.kind = base::ErrorKind::Connection,
                           .text = Text::tr("The private server is not running"),
                           .where = m_folder,
                           .hint = Text::tr("Start it with: sluice sample start")};
    if (folder.password(role).isEmpty())
        return base::Error{.kind = base::ErrorKind::NotFound,
                           .text = Text::tr("The private server has no password for this role"),
                           .where = folder.passwordFile(role)};
    return tcpUrl(folder, role, server->port, database);
}

} // namespace pg
