// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/projectstate.h"

#include "load/catalog.h"
#include "load/disk.h"
#include "session/connection.h"
#include "session/filters.h"
#include "session/folder.h"
#include "session/planning.h"
#include "session/problems.h"
#include "session/text.h"

#include <QFileInfo>
#include <QtConcurrent>

namespace session
{

using base::Result;

namespace
{
/// The two sides of the pending difference, compared and planned: work for another thread.
struct Pending {
    diff::Difference difference;
    Planned planned;
};

/// A catalog as the project looks at it.
struct Prepared {
    std::shared_ptr<const load::Catalog> catalog;
    schema::Database database;
    tenant::Classification classification;
};
} // namespace

/// Reads the code again. What is known of it stays until the answer is there, an error too: it
/// is not mended before it is.
void Project::Private::loadCode()
{
    code.state = Loaded<CodeState>::State::Loading;
    Q_EMIT q->codeChanged();
    if (!code.value)
        takeKeptCode();
    const auto inputs = std::make_shared<load::Inputs>();
    request(codeWatcher, load::code(installation, path, inputs),
            [this, inputs](const Result<load::Code> &result) {
                base::disregard(cacheWatcher);
                cacheWatcher = nullptr;
                // An answer and an error alike stay until something of it is changed.
                watch(*inputs, result ? result->config.root : root());
                if (result)
                    takeCode(*result, *inputs);
                else
                    failCode(result.error());
                Q_EMIT q->codeChanged();
                Q_EMIT q->connectionChanged();
                serveCatalog();
            });
}

/// Shows what was kept of the same files before, until the evaluation has said it again.
void Project::Private::takeKeptCode()
{
    using Kept = std::optional<load::KeptCode>;
    const auto look = [from = path]() -> Result<Kept> { return load::keptCode(from); };
    request(cacheWatcher, QtConcurrent::run(look), [this](const Result<Kept> &result) {
        if (!result || !*result || code.value)
            return;
        const load::Code &kept = (*result)->code;
        load::Config keptConfig = kept.config;
        keptConfig.url = config.url; // which is never kept: what is known of the server stays
        useConfig(keptConfig);
        code.value = CodeState{kept.schema, kept.problems};
        readRules();
        reclassify();
        layOver();
        readFolder();
        Q_EMIT q->codeChanged();
        Q_EMIT q->connectionChanged();
        serveCatalog();
    });
}

void Project::Private::takeCode(const load::Code &loaded, const load::Inputs &inputs)
{
    const bool sameFolder = folderRead && loaded.config.out == config.out;
    useConfig(loaded.config);
    CodeState newer{loaded.schema, loaded.problems};
    // A file that does not compile costs its tables; while it is being written they stay in sight.
    const bool wasWhole = code.value && (code.value->stale || !isIncomplete(code.value->problems));
    if (wasWhole && isIncomplete(newer.problems)) {
        newer.schema = code.value->schema;
        newer.stale = true;
    }
    finish(code, Result<CodeState>(newer));
    noteUnwatched();
    load::keepCode(path, loaded, inputs);
    readRules();
    reclassify();
    layOver();
    if (sameFolder)
        replan();
    else
        readFolder();
}

void Project::Private::failCode(const base::Error &error)
{
    finish(code, Result<CodeState>(error));
    replan();
    // A broken schema does not hide the folder: the config alone says where it is.
    request(codeWatcher, load::config(installation, path),
            [this](const Result<load::Config> &alone) {
                if (alone) {
                    useConfig(*alone);
                    readRules();
                    reclassify();
                    readFolder();
                    Q_EMIT q->connectionChanged();
                }
                serveCatalog();
            });
}

QString Project::Private::root() const
{
    if (!config.root.isEmpty())
        return config.root;
    const QFileInfo opened(path);
    return opened.isDir() ? opened.filePath() : opened.path();
}

/// All that the code was read from, and what is said of the tenants.
void Project::Private::watch(const load::Inputs &inputs, const QString &root)
{
    load::Disk disk;
    (void)disk.read(tenantSettingsPath(root));
    load::Inputs all = inputs;
    all.add(disk.inputs());
    sources.setSources(all);
}

/// Says among the problems what Sluice will not notice by itself.
void Project::Private::noteUnwatched()
{
    if (!code.value)
        return;
    QList<schema::Problem> &problems = code.value->problems;
    const QString hint =
        Text::tr("Raise fs.inotify.max_user_watches, or reload after such a change");
    problems.removeIf([&](const schema::Problem &problem) { return problem.hint == hint; });
    if (sources.unwatched() > 0)
        problems.append({.severity = schema::Problem::Severity::Notice,
                         .text = Text::tr("Files and folders that cannot be watched for changes, "
                                          "because the system allows no more: %1")
                                     .arg(sources.unwatched()),
                         .hint = hint,
                         .location = {},
                         .importChain = {}});
}

/// A config that names another server ends what belonged to the one before: the title must never
/// name one server while rows come from, or migrations go to, another.
void Project::Private::useConfig(const load::Config &newer)
{
    const bool moved = chosen.url.isEmpty() && newer.url != config.url;
    config = newer;
    sources.setMigrations(config.out);
    if (!moved)
        return;
    forgetDatabase();
    announceForgotten();
}

void Project::Private::readFolder()
{
    begin(folder);
    Q_EMIT q->folderChanged();
    request(folderWatcher,
            QtConcurrent::run([config = config] { return session::readFolder(config); }),
            [this](const Result<migrate::Folder> &result) {
                finish(folder, result);
                folderRead = result.ok();
                if (result && ledger.value) {
                    ledger.value = runner::match(*result, ledger.value->rows);
                    Q_EMIT q->ledgerChanged();
                } else if (result && ledgerWanted) {
                    readLedger();
                }
                replan();
                Q_EMIT q->folderChanged();
            });
}

void Project::Private::replan()
{
    base::disregard(planWatcher);
    planWatcher = nullptr;
    plan.reset();
    difference = {};
    rowsInTheWay = {};
    if (!code.value || !folder.value || code.state != Loaded<CodeState>::State::Ready ||
        isIncomplete(code.value->problems) ||
        migrate::unsound(*folder.value, migrate::Needs::Schema))
        return;
    const auto compared = [folder = *folder.value, code = code.value->schema, given = answers,
                           rows = estimates, how = planning()]() -> Result<Pending> {
        const Result<migrate::RenameAnswers> kept = migrate::readAnswers(folder.path);
        if (!kept)
            return kept.error();
        const schema::Database to = migrate::adapted(folder, code);
        Pending pending;
        pending.difference = diff::compare(folder.schema, to, given + *kept, {.rows = rows});
        Result<Planned> made = planned(pending.difference, folder.schema, to, how);
        // A server that has gone away is no reason to show no plan.
        if (!made && how.database)
            made = planned(pending.difference, folder.schema, to, {.safe = how.safe});
        if (!made)
            return made.error();
        pending.planned = *made;
        return pending;
    };
    request(planWatcher, QtConcurrent::run(compared), [this](const Result<Pending> &result) {
        if (!result) {
            folder.state = Loaded<migrate::Folder>::State::Failed;
            folder.error = result.error();
            Q_EMIT q->folderChanged();
            return;
        }
        difference = result->difference;
        plan = result->planned.plan;
        rowsInTheWay = result->planned.rows;
        Q_EMIT q->pendingChanged();
    });
}

/// How the pending plan is made: for the database, when it is connected.
PlanningOptions Project::Private::planning() const
{
    PlanningOptions options{.safe = safe};
    if (pool && catalog)
        options.database = std::make_shared<const LiveDatabase>(
            LiveDatabase{pool, catalog->surroundings, catalog->serverVersion});
    return options;
}

void Project::Private::takeBack(const diff::RenameAnswer &answer)
{
    answers.removeIf([&](const diff::RenameAnswer &known) {
        return known.kind == answer.kind && known.table == answer.table &&
               known.from == answer.from;
    });
}

/// Sends what waited for the server, whether it has come or not.
void Project::Private::serve()
{
    serverAwaited = false;
    const QList<std::function<void()>> waiting = std::exchange(afterServer, {});
    for (const std::function<void()> &send : waiting)
        send();
}

ServerAddress Project::Private::server() const
{
    return chosen.url.isEmpty() ? ServerAddress{.url = config.url} : chosen;
}

Result<std::shared_ptr<pg::Pool>> Project::Private::connection()
{
    if (!pool) {
        const ServerAddress address = server();
        if (address.url.isEmpty())
            return noUrl(path, config.urlNamesTried, config.noConnection);
        pool = std::make_shared<pg::Pool>(address);
        // On the I/O thread, so it comes here later; then perhaps of a pool that is no longer used.
        QObject::connect(&pool->state(), &pg::PoolState::changed, q, [this] { noteServer(); });
    }
    return pool;
}

/// A server that could not be reached for its catalog, and now is for something else, is asked
/// again.
void Project::Private::noteServer()
{
    const bool wasAway = database.error && database.error->kind == base::ErrorKind::Connection;
    const bool isThere = q->openConnections() > 0 && !q->isServerLost();
    // Once for each time that it comes: a catalog that fails while the server is there is no news.
    const bool hasCome = isThere && !std::exchange(serverThere, isThere);
    serverThere = isThere;
    Q_EMIT q->serverStateChanged();
    if (wasAway && hasCome)
        q->connectDatabase();
}

void Project::Private::readCatalog()
{
    const Result<std::shared_ptr<pg::Pool>> used = connection();
    if (!used) {
        finish(database, Result<schema::Database>(used.error()));
        Q_EMIT q->databaseChanged();
        return;
    }
    begin(database);
    Q_EMIT q->databaseChanged();
    const schema::Database declared = code.value ? code.value->schema : schema::Database();
    request(catalogWatcher, load::catalog(*used, catalogScope(config, declared)),
            [this, declared](const Result<load::Catalog> &result) {
                if (result) {
                    takeCatalog(*result, declared);
                    return;
                }
                finish(database, Result<schema::Database>(result.error()));
                Q_EMIT q->databaseChanged();
                Q_EMIT q->connectionChanged();
                serveCatalog();
            });
}

/// Takes out what belongs to others, which for thousands of tables is work for another thread.
void Project::Private::takeCatalog(const load::Catalog &read, const schema::Database &declared)
{
    // Where the server answers before the code is read.
    if (rules.root != root())
        readRules();
    const auto prepare = [read, declared, from = config, known = code.value,
                          said = rules]() -> Result<Prepared> {
        Prepared made{.catalog = std::make_shared<const load::Catalog>(read),
                      .database = withoutForeign(read.schema, from, declared),
                      .classification = {}};
        made.classification = classificationOf(made.database, known, said, &read);
        return made;
    };
    request(catalogWatcher, QtConcurrent::run(prepare),
            [this, before = classifications](const Result<Prepared> &made) {
                if (!made)
                    return;
                finish(database, Result<schema::Database>(made->database));
                take(made->classification);
                catalog = made->catalog;
                estimates = catalog->rowEstimates;
                if (classifications != before)
                    reclassify(); // other code came meanwhile
                layOver();
                replan();
                readTenants();
                readShortTables();
                Q_EMIT q->databaseChanged();
                Q_EMIT q->connectionChanged();
                serveCatalog();
            });
}

void Project::Private::readLedger()
{
    const Result<std::shared_ptr<pg::Pool>> used = connection();
    ledgerWanted = used && !folder.value;
    if (!used || !folder.value)
        return;
    begin(ledger);
    request(ledgerWatcher,
            runner::readLedger(*used, *folder.value, {config.ledgerSchema, config.ledgerTable}),
            [this](const Result<runner::Ledger> &result) {
                finish(ledger, result);
                Q_EMIT q->ledgerChanged();
            });
}

void Project::Private::forgetDatabase()
{
    for (QFutureWatcherBase **slot :
         {&catalogWatcher, &ledgerWatcher, &tenantsWatcher, &nestedWatcher, &shortTablesWatcher}) {
        base::disregard(*slot);
        *slot = nullptr;
    }
    pool.reset();
    serverThere = false;
    editing->forget();
    const bool wasKnown = catalog != nullptr;
    database = {};
    catalog.reset();
    ledger = {};
    tenants = {};
    nestedTenants = {};
    tenant.reset();
    tenantBefore.reset();
    nested.reset();
    nestedBefore.reset();
    allTenantsTimer.stop();
    allTenantsEnd = {};
    estimates.clear();
    shortTables.clear();
    ledgerWanted = false;
    layOver();
    if (wasKnown)
        replan(); // what it says of that database is void
    // A lease is given for one server, never for the next one.
    leaseTimer.stop();
    leaseEnd = {};
}

/// Tells everyone to look at what forgetDatabase() has taken away.
void Project::Private::announceForgotten()
{
    Q_EMIT q->databaseChanged();
    Q_EMIT q->comparisonChanged();
    Q_EMIT q->ledgerChanged();
    Q_EMIT q->tenantsChanged();
    Q_EMIT q->tenantChanged();
    Q_EMIT q->leaseChanged();
    serveTenants();
}

} // namespace session
