// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/cluster.h"
#include "pg/pool.h"
#include "session/sample.h"

#include <QPromise>
#include <QThread>

namespace session
{

inline const QString sampleDatabase = QStringLiteral("acme_crm");
/// As whom the project's SQL runs: it owns the database, and is not a superuser.
inline const QString sampleRole = QStringLiteral("acme_crm");

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
    Step makeRole();
    Step dropDatabaseOfAnotherCopy();
    Step createDatabase();
    Step giveDatabaseToRole();
    Step applyMigrations();
    Step loadSeeds();

    base::Result<QByteArray> setupSql(const char *name) const;
    base::Result<rows::Page> ask(const std::shared_ptr<pg::Pool> &pool, const char *name);
    Step tell(const std::shared_ptr<pg::Pool> &pool, const char *name);
    /// A pool for the sample's database as its role.
    std::shared_ptr<pg::Pool> databasePool() const;
    void report(const QString &text, int done = 0, int total = 0) const;

    /// Waits for \a future and hands a cancel on to it.
    template <typename T> base::Result<T> await(QFuture<base::Result<T>> future);

    Promise &m_promise;
    Task m_task;
    Sample::Progress m_progress;
    QString m_project;
    std::shared_ptr<pg::ClusterLease> m_lease;
    std::shared_ptr<pg::Pool> m_server;   ///< as the superuser, and away from the project's SQL
    std::shared_ptr<pg::Pool> m_database; ///< the sample's, as its role
};

} // namespace session
