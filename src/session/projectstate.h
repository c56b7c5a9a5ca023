// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/catalog.h"
#include "load/project.h"
#include "migrate/renames.h"
#include "pg/pool.h"
#include "session/editing.h"
#include "session/project.h"
#include "session/sourcewatch.h"
#include "session/tenantsettings.h"

#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <functional>

namespace session
{

class Scratch;
struct ComparedSides;
struct PlanningOptions;
struct WrittenScope;

template <typename T> void begin(Loaded<T> &loaded)
{
    loaded.state = Loaded<T>::State::Loading;
    loaded.error.reset();
}

template <typename T> void finish(Loaded<T> &loaded, const base::Result<T> &result)
{
    if (result) {
        loaded.state = Loaded<T>::State::Ready;
        loaded.value = *result;
        loaded.error.reset();
    } else {
        loaded.state = Loaded<T>::State::Failed;
        loaded.error = result.error();
    }
}

/// What the project says of its tenants, or why that cannot be read.
struct TenantRules {
    tenant::Settings settings;
    std::optional<base::Error> error;
    QString root = {};    ///< of the project that says so
    bool wasRead = false; ///< now or before: else nothing is known of what the project says
};

/// What a project holds and how its sources are read; Project is what others see of it.
class Project::Private
{
public:
    explicit Private(Project *project, base::Installation where)
        : q(project)
        , installation(std::move(where))
        , editing(std::make_unique<Editing>(*project))
    {
        comparing.setMaxThreadCount(1);
    }

    void loadCode();
    void takeKeptCode();
    void takeCode(const load::Code &loaded, const load::Inputs &inputs);
    void failCode(const base::Error &error);
    void watch(const load::Inputs &inputs, const QString &root);
    void noteUnwatched();
    QString root() const;
    void readFolder();
    void replan();
    PlanningOptions planning() const;
    void takeBack(const diff::RenameAnswer &answer);
    void readRules();
    static tenant::Classification classificationOf(const std::optional<schema::Database> &database,
                                                   const std::optional<CodeState> &code,
                                                   const TenantRules &rules,
                                                   const load::Catalog *catalog);
    void reclassify();
    void take(tenant::Classification newer);
    QList<schema::Problem> tenantProblems() const;
    void layOver();
    void compareSides(ComparedSides sides);
    void showTree(const QList<diff::OverlayNode> &nodes);
    void readCatalog();
    void takeCatalog(const load::Catalog &read, const schema::Database &declared);
    void readLedger();
    query::Select listOf(const schema::Name &root, const QString &key, const QString &label) const;
    void readTenants();
    void readNested();
    void renameNested();
    void readShortTables(const std::optional<schema::Name> &only = std::nullopt);
    void useConfig(const load::Config &newer);
    void forgetDatabase();
    void announceForgotten();
    ServerAddress server() const;
    base::Result<std::shared_ptr<pg::Pool>> connection();
    void noteServer();
    base::Error readOnly(const QString &text) const;
    WrittenScope writtenScope() const; ///< for conditions that a person wrote
    base::Result<query::Select> scopedAsTheyCome(const query::Select &select) const;

    Project *q;
    base::Installation installation;
    std::unique_ptr<Editing> editing; ///< of the database that is connected
    QString path;
    load::Config config;
    ServerAddress chosen; ///< instead of the config's
    std::shared_ptr<pg::Pool> pool;

    Loaded<CodeState> code;
    std::optional<std::pair<QString, schema::Database>> placedCode; ///< for which tenant
    Loaded<migrate::Folder> folder;
    Loaded<schema::Database> database;
    Loaded<runner::Ledger> ledger;
    Loaded<QList<Tenant>> tenants;
    Loaded<QList<Tenant>> nestedTenants;          ///< of the chosen tenant
    std::shared_ptr<const load::Catalog> catalog; ///< what `database` was taken from
    QHash<schema::Name, qint64> estimates;
    QSet<schema::Name> shortTables; ///< all their values fit into their rows
    Loaded<Comparison> comparison;  ///< of code and database
    std::optional<migrate::Plan> plan;
    diff::Difference difference;
    runner::RowsInTheWay rowsInTheWay; ///< of the plan
    bool safe = false;                 ///< which variants it takes
    migrate::RenameAnswers answers;    ///< given since the last migration
    QList<diff::OverlayNode> tree;

    TenantRules rules;
    tenant::Classification classification;
    int classifications = 0; ///< how often the code was new to it
    std::optional<Tenant> tenant;
    std::optional<Tenant> nested;
    std::optional<Tenant> tenantBefore; ///< all of them were allowed
    std::optional<Tenant> nestedBefore;
    tenant::Nested nestedLevel; ///< that it was chosen on
    bool isNestedChosen() const { return nested || nestedBefore; }
    bool tenantRequired = false;
    QDateTime allTenantsEnd;
    QTimer allTenantsTimer;
    QDateTime leaseEnd;
    QTimer leaseTimer;
    SourceWatch sources;
    bool folderRead = false;                  ///< and not changed since, as far as it is watched
    bool serverThere = false;                 ///< as the pool last said
    bool serverAwaited = false;               ///< between awaitServer() and setUrl()
    QList<std::function<void()>> afterServer; ///< what was asked for meanwhile
    QList<std::function<void()>> afterCatalog;
    QList<std::function<void()>> afterTenants;
    bool ledgerWanted = false; ///< asked for before the folder was read

    // The newest request of each kind: an older one is cancelled and its answer void.
    QFutureWatcherBase *codeWatcher = nullptr;
    QFutureWatcherBase *cacheWatcher = nullptr;
    QFutureWatcherBase *folderWatcher = nullptr;
    QFutureWatcherBase *planWatcher = nullptr;
    QFutureWatcherBase *catalogWatcher = nullptr;
    QFutureWatcherBase *ledgerWatcher = nullptr;
    QFutureWatcherBase *tenantsWatcher = nullptr;
    QFutureWatcherBase *nestedWatcher = nullptr;
    QFutureWatcherBase *shortTablesWatcher = nullptr;
    QFutureWatcherBase *treeWatcher = nullptr;
    QFutureWatcherBase *compareWatcher = nullptr;

    /// Made when it is needed first; used by one comparison after the other.
    std::shared_ptr<Scratch> scratch;
    QThreadPool comparing;

    /// The answer of \a request, which waits in \a queue before it is sent.
    template <typename T>
    QFuture<base::Result<T>> later(QList<std::function<void()>> &queue,
                                   std::function<QFuture<base::Result<T>>()> request)
    {
        auto promise = std::make_shared<QPromise<base::Result<T>>>();
        promise->start();
        queue << [this, promise, request = std::move(request)] {
            if (promise->isCanceled())
                return;
            auto *sent = base::receive(q, request(), [promise](const base::Result<T> &result) {
                promise->addResult(result);
                promise->finish();
            });
            // Who no longer wants the answer cancels what was sent for it.
            auto *wanted = new QFutureWatcher<base::Result<T>>(sent);
            QObject::connect(wanted, &QFutureWatcherBase::canceled, sent,
                             [sent] { base::disregard(sent); });
            wanted->setFuture(promise->future());
        };
        return promise->future();
    }
    void serve();

    enum class Attempt { First, Again };
    /// The answer of \a run, which gets a connection once it is known whose rows are whose: of
    /// \a select, or of whatever it reads. The one way to the rows of tenants.
    template <typename T, typename Run>
    QFuture<base::Result<T>> kept(const std::optional<query::Select> &select, Run run,
                                  Attempt attempt = Attempt::First)
    {
        const auto again = [this, select, run](Attempt next) {
            return [this, select, run, next] { return kept<T>(select, run, next); };
        };
        if (serverAwaited)
            return later<T>(afterServer, again(attempt));
        if (const std::optional<base::Error> error = standingUnread(attempt))
            return base::ready(base::Result<T>(*error));
        if (awaitsStanding())
            return later<T>(afterCatalog, again(Attempt::Again));
        if (awaitsTenants(select))
            return later<T>(afterTenants, again(Attempt::Again));
        if (const std::optional<base::Error> error = tenantWanted(select))
            return base::ready(base::Result<T>(*error));
        const base::Result<std::shared_ptr<pg::Pool>> used = connection();
        return used ? run(*used) : base::ready(base::Result<T>(used.error()));
    }
    /// Nobody knows yet how the tables stand to the tenants, though only one's rows are wanted:
    /// the code may know no tenants where the database does.
    bool awaitsStanding() const;
    /// Why nobody will know; else asks the database, of which nothing was asked yet.
    std::optional<base::Error> standingUnread(Attempt attempt);
    void serveCatalog();
    /// The tenants that can be chosen from are still being read, and \a select is for one of them.
    bool awaitsTenants(const std::optional<query::Select> &select) const;
    void serveTenants();
    /// Why nothing of tenants' rows is shown now.
    std::optional<base::Error> tenantWanted() const;
    std::optional<base::Error> tenantWanted(const std::optional<query::Select> &select) const;
    /// What the project says of its tenants cannot be read, and never could.
    std::optional<base::Error> rulesUnread() const;

    /// Replaces the request in \a slot by \a future; \a callback gets the answer unless a newer one
    /// comes.
    template <typename T, typename Callback>
    void request(QFutureWatcherBase *&slot, QFuture<base::Result<T>> future, Callback callback)
    {
        base::disregard(slot);
        slot =
            base::receive(q, std::move(future),
                          [&slot, callback = std::move(callback)](const base::Result<T> &result) {
                              slot = nullptr;
                              callback(result);
                          });
    }
};

} // namespace session
