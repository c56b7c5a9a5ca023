// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/cluster.h"
#include "pg/pool.h"
#include "session/sample.h"

#include <QPromise>
#include <QThread>

namespace session
{

/// One run of Sample::prepare, on a worker thread. Its promise is the way to cancel it.
class SamplePreparation
{
public:
    using Promise = QPromise<base::Result<SampleReady>>;

    struct Task {
        Sample sample;
        QString setup; ///< folder of the service's own SQL
        pg::Cluster cluster;
    };

    SamplePreparation(Promise &promise, Task task, Sample::Progress progress);

    base::Result<SampleReady> run();

private:
    using Step = base::Result<base::Done>;

    Step prepareDatabase();
    Step createDatabase();
    Step dropDatabaseOfAnotherCopy();
    Step applyMigrations();
    Step loadSeeds();

    base::Result<QByteArray> setupSql(const char *name) const;
    base::Result<rows::Page> ask(const std::shared_ptr<pg::Pool> &pool, const char *name);
    Step tell(const std::shared_ptr<pg::Pool> &pool, const char *name);
    void report(const QString &text, int done = 0, int total = 0) const;

    /// Waits for \a future and hands a cancel on to it: a promise does not say when it is
    /// cancelled.
    template <typename T> base::Result<T> await(QFuture<base::Result<T>> future);

    Promise &m_promise;
    Task m_task;
    Sample::Progress m_progress;
    QString m_project;
    std::shared_ptr<pg::ClusterLease> m_lease;
    std::shared_ptr<pg::Pool> m_server;   ///< the maintenance database, for CREATE DATABASE
    std::shared_ptr<pg::Pool> m_database; ///< acme_crm
};

} // namespace session
