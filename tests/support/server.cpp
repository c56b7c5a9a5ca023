// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/server.h"

#include "base/receive.h"
#include "sql/identifier.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <unistd.h>

namespace testsupport
{

namespace
{
/// Short, for its socket's sake, and where the server's user can reach it.
QString clusterFolder()
{
    const QByteArray key =
        QCryptographicHash::hash(QByteArray(SLUICE_BUILD_DIR), QCryptographicHash::Sha256)
            .toHex()
            .left(10);
    return QStringLiteral("/var/tmp/sluice-test-%1-%2")
        .arg(geteuid())
        .arg(QString::fromLatin1(key));
}
} // namespace

pg::Cluster testCluster()
{
    constexpr int firstPort = 54330;
    return pg::Cluster(clusterFolder(), firstPort, pg::Durability::Volatile);
}

Server::Server()
{
    // Programs that a test starts have their scratch databases in here too.
    qputenv("SLUICE_SCRATCH_CLUSTER", clusterFolder().toUtf8());
    auto lease = base::await(testCluster().acquire());
    if (!lease) {
        m_error = base::toLine(lease.error());
        return;
    }
    m_lease = *lease;
    m_pool = std::make_unique<pg::Pool>(m_lease->settings());
}

Server::~Server()
{
    for (const QString &database : m_databases)
        (void)base::await(m_pool->run(
            {.text =
                 QStringLiteral("DROP DATABASE %1 WITH (FORCE)").arg(sql::identifier(database))},
            pg::Access::Write));
}

pg::Settings Server::createDatabase(const QString &name)
{
    const QString unique = QStringLiteral("%1_%2_%3")
                               .arg(name.left(40))
                               .arg(QCoreApplication::applicationPid())
                               .arg(m_databases.size());
    m_databases << unique;
    const auto created = base::await(m_pool->run(
        {.text =
             QStringLiteral("CREATE DATABASE %1 TEMPLATE template0").arg(sql::identifier(unique))},
        pg::Access::Write));
    if (!created)
        qFatal("%s", qPrintable(base::toLine(created.error())));
    return m_lease->settings(unique);
}

pg::Settings Server::createDatabase(const QString &name, const QByteArray &script)
{
    const pg::Settings settings = createDatabase(name);
    if (const QString failure = run(settings, script); !failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    return settings;
}

QString Server::tcpUrl(const pg::Settings &database) const
{
    return m_lease->url(pg::target(database).value().database);
}

QString Server::run(const pg::Settings &database, const QByteArray &script)
{
    pg::Pool pool(database);
    const auto done =
        base::await(pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
            return transaction.runScript(script);
        }));
    return done ? QString() : base::toLine(done.error());
}

} // namespace testsupport
