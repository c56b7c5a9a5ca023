// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/cluster.h"
#include "pg/pool.h"

#include <QStringList>

#include <memory>

namespace changes
{

/// Runs several statements in one transaction; nothing when \a script is empty.
base::Result<base::Done> run(pg::Pool &pool, const QByteArray &script);

/// A database for one trial after the other. Making one takes about half of a trial's time, so it
/// is emptied; when that leaves anything behind, another one is made.
class Site
{
public:
    explicit Site(const pg::ClusterLease &lease);
    ~Site();
    Site(const Site &) = delete;
    Site &operator=(const Site &) = delete;

    pg::Pool &server() { return m_server; }
    std::shared_ptr<pg::Pool> connect() const;
    /// Nobody may be connected but \a pool, which is of no use afterwards.
    void empty(pg::Pool &pool);

private:
    void make();
    static bool isEmpty(pg::Pool &pool);

    const pg::ClusterLease &m_lease;
    QString m_name;
    pg::Pool m_server;
};

/// The database of \a site during one trial, dropped at its end together with \a roles, which
/// belong to the whole server.
class Database
{
public:
    Database(Site &site, const QStringList &roles);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    const std::shared_ptr<pg::Pool> &pool() const { return m_pool; }
    base::Result<base::Done> run(const QByteArray &script) { return changes::run(*m_pool, script); }

private:
    void dropRoles();

    Site &m_site;
    QStringList m_roles;
    std::shared_ptr<pg::Pool> m_pool;
};

} // namespace changes
