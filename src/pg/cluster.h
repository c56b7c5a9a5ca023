// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/settings.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace pg
{

/// A private PostgreSQL cluster made from the installed server binaries (house.md, decision 7).
/// Users are counted by a lock: the last ClusterLease of all processes stops the server, also when
/// others crashed. The folder is closed to other users; the server's user (as root that is
/// `postgres`) owns the data in it.
class ClusterLease
{
public:
    ~ClusterLease();
    /// The password of \a role, kept in the cluster's folder: drawn when it is asked for first, and
    /// then the same for every program, until the folder goes. Making the role is up to the caller.
    base::Result<QString> passwordOf(const QString &role) const;
    /// A connection through the socket folder; holds the password. Without \a role it is the
    /// owner's, a superuser: not for a project's SQL. passwordOf(role) comes first.
    Settings settings(const QString &database = QStringLiteral("postgres"),
                      const QString &role = {}) const;
    /// The same as postgres://…@127.0.0.1:5433/database, for other tools (`sluice sample start`).
    QString url(const QString &database, const QString &role = {}) const;
    int port() const;
    QString systemIdentifier() const;
    /// Leaves the server running after the last lease (sluice sample start).
    void keepRunning();
    /// Takes keepRunning() back, whoever said it.
    void stopWithLastLease();

    ClusterLease(const ClusterLease &) = delete;
    ClusterLease &operator=(const ClusterLease &) = delete;

private:
    friend class Cluster;
    class Private;
    explicit ClusterLease(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Safe survives a power cut. Volatile does not sync at all: test clusters.
enum class Durability { Safe, Volatile };

class Cluster
{
public:
    enum class State { Absent, Stopped, Running };

    /// \a folder holds data, socket, log and password file. \a firstPort is 5433 for the sample;
    /// when it is taken by a stranger, the next free one.
    explicit Cluster(QString folder, int firstPort = 5433,
                     Durability durability = Durability::Safe);

    /// The folder for the person's sample cluster: in the data folder, or where `postgres` can
    /// reach as root.
    static QString defaultFolder();

    /// A cluster for what is made only to be read back: nothing in it needs to last. In the
    /// neighbourhood of defaultFolder(), or in the folder that SLUICE_SCRATCH_CLUSTER names.
    static Cluster scratch();

    /// Makes the cluster if it is absent, heals what a crash left, starts it unless it runs.
    /// Progress texts arrive on a worker thread.
    QFuture<base::Result<std::shared_ptr<ClusterLease>>>
    acquire(std::function<void(const QString &)> progress = {});

    base::Result<base::Done> stop(); ///< at once, whoever uses it (sluice sample stop)
    State state() const;
    /// ClusterLease::url of the running cluster; Connection when it is not running, NotFound when
    /// \a role has no password yet.
    base::Result<QString> runningUrl(const QString &database, const QString &role = {}) const;

private:
    QString m_folder;
    int m_firstPort;
    Durability m_durability;
};

} // namespace pg
