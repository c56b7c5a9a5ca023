// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/cluster.h"
#include "pg/pool.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace testsupport
{

/// The private cluster of this build tree: other build trees have others.
pg::Cluster testCluster();

/// A PostgreSQL server for one test program. Keep one per program (a member of the test object,
/// made in initTestCase); it starts the server when ctest has not, and drops its databases when it
/// goes.
class Server
{
public:
    Server();
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// Empty when the server runs; else why not. QVERIFY2(server.error().isEmpty(),
    /// qPrintable(server.error())).
    QString error() const { return m_error; }
    /// A fresh, empty database for the owner (a superuser). \a name is for people; it need not be
    /// unique.
    pg::Settings createDatabase(const QString &name);
    /// As createDatabase, filled by \a script (several statements).
    pg::Settings createDatabase(const QString &name, const QByteArray &script);
    /// The URL through TCP with its password, for other programs (psql, drizzle-kit). For settings
    /// of createDatabase.
    QString tcpUrl(const pg::Settings &database) const;
    /// Runs several statements; the error's line, or nothing.
    QString run(const pg::Settings &database, const QByteArray &script);
    const pg::ClusterLease &lease() const { return *m_lease; }

private:
    QString m_error;
    std::shared_ptr<pg::ClusterLease> m_lease;
    std::unique_ptr<pg::Pool> m_pool;
    QStringList m_databases;
};

} // namespace testsupport
