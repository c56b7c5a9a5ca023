// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"

#include "load/catalog.h"
#include "load/project.h"
#include "pg/pool.h"
#include "session/connection.h"
#include "tenant/scope.h"

#include <QDir>
#include <QFileSystemWatcher>
#include <QTimer>
#include <QtConcurrent>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr int leaseMinutes = 15;
/// Editors save in several steps (truncate, write, rename): one reload for all of them.
constexpr auto saveSettles = std::chrono::milliseconds(80);
constexpr qint64 mostTenants = 10'000;

/// The two sides of the pending difference, compared and planned: work for another thread.
struct Pending {
    diff::Difference difference;
    migrate::Plan plan;
};

template <typename T> void begin(Loaded<T> &loaded)
{
    loaded.state = Loaded<T>::State::Loading;
    loaded.error.reset();
}

template <typename T> void finish(Loaded<T> &loaded, const Result<T> &result)
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

} // namespace

class Project::Private
{
public:
    explicit Private(Project *project, base::Installation where)
        : q(project)
        , installation(std::move(where))
    {
    }

    void loadCode();
    void watch(const QStringList &files);
    void readFolder();
    void replan();
    void reclassify();
    void readCatalog();
    void readLedger();
    void readTenants();
    void forgetDatabase();
    Result<std::shared_ptr<pg::Pool>> connection();

    Project *q;
    base::Installation installation;
    QString path;
    load::Config config;
    QString url;
    QString systemIdentifier;
    std::shared_ptr<pg::Pool> pool;

    Loaded<CodeState> code;
    Loaded<migrate::Folder> folder;
    Loaded<schema::Database> database;
    Loaded<runner::Ledger> ledger;
    Loaded<QList<Tenant>> tenants;
    QHash<schema::Name, qint64> estimates;
    std::optional<migrate::Plan> plan;
    diff::Difference difference;

    tenant::Classification classification;
    std::optional<Tenant> tenant;
    QDateTime leaseEnd;
    QTimer leaseTimer;
    QFileSystemWatcher
        watcher; ///< the bundle's files and their folders (an editor may replace a file)
    QTimer saveTimer;

    // The newest request of each kind: an older one is cancelled and its answer void.
    QFutureWatcherBase *codeWatcher = nullptr;
    QFutureWatcherBase *folderWatcher = nullptr;
    QFutureWatcherBase *planWatcher = nullptr;
    QFutureWatcherBase *catalogWatcher = nullptr;
    QFutureWatcherBase *ledgerWatcher = nullptr;
    QFutureWatcherBase *tenantsWatcher = nullptr;

    /// Replaces the request in \a slot by \a future; \a callback gets the answer unless a newer one
    /// comes.
    template <typename T, typename Callback>
    void request(QFutureWatcherBase *&slot, QFuture<Result<T>> future, Callback callback)
    {
        base::disregard(slot);
        slot = base::receive(q, std::move(future),
                             [&slot, callback = std::move(callback)](const Result<T> &result) {
                                 slot = nullptr;
                                 callback(result);
                             });
    }
};

void Project::Private::loadCode()
{
    begin(code);
    Q_EMIT q->codeChanged();
    request(codeWatcher, load::code(installation, path), [this](const Result<load::Code> &result) {
        if (result) {
            config = result->config;
            watch(result->files);
            CodeState state{result->schema, {}};
            for (const load::Notice &notice : result->notices)
                state.notices << notice.text;
            finish(code, Result<CodeState>(std::move(state)));
            readFolder();
        } else {
            finish(code, Result<CodeState>(result.error()));
            // A broken schema does not hide the folder: the config alone says where it is.
            request(codeWatcher, load::config(installation, path),
                    [this](const Result<load::Config> &alone) {
                        if (alone) {
                            config = *alone;
                            readFolder();
                            Q_EMIT q->connectionChanged();
                        }
                    });
        }
        reclassify();
        Q_EMIT q->codeChanged();
        Q_EMIT q->connectionChanged();
    });
}

void Project::Private::watch(const QStringList &files)
{
    QSet<QString> wanted(files.begin(), files.end());
    for (const QString &file : files)
        wanted << QFileInfo(file).path();
    const QStringList watched = watcher.files() + watcher.directories();
    for (const QString &old : watched) {
        if (!wanted.remove(old))
            watcher.removePath(old);
    }
    if (!wanted.isEmpty())
        watcher.addPaths(wanted.values());
}

void Project::Private::readFolder()
{
    begin(folder);
    Q_EMIT q->folderChanged();
    request(folderWatcher,
            QtConcurrent::run([out = config.out] { return migrate::readFolder(out); }),
            [this](const Result<migrate::Folder> &result) {
                finish(folder, result);
                if (result && ledger.value) {
                    ledger.value = runner::match(*result, ledger.value->rows);
                    Q_EMIT q->ledgerChanged();
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
    if (!code.value || !folder.value || code.state != Loaded<CodeState>::State::Ready)
        return;
    request(planWatcher,
            QtConcurrent::run(
                [from = folder.value->schema, to = code.value->schema]() -> Result<Pending> {
                    Pending pending;
                    pending.difference = diff::compare(from, to);
                    pending.plan = migrate::plan(pending.difference, from, to);
                    return pending;
                }),
            [this](const Result<Pending> &result) {
                if (!result)
                    return;
                difference = result->difference;
                plan = result->plan;
                Q_EMIT q->folderChanged();
            });
}

void Project::Private::reclassify()
{
    // The code knows the tables first; the database, when it is there, knows those in use.
    if (database.value)
        classification = tenant::classify(*database.value);
    else if (code.value)
        classification = tenant::classify(code.value->schema);
}

Result<std::shared_ptr<pg::Pool>> Project::Private::connection()
{
    if (!pool) {
        const QString address = url.isEmpty() ? config.url : url;
        if (address.isEmpty())
            return noUrl(path, config.urlNamesTried);
        pool = std::make_shared<pg::Pool>(
            pg::Settings{.url = address, .expectedSystemIdentifier = systemIdentifier});
    }
    return pool;
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
    QStringList schemas = config.schemaFilter;
    if (!schemas.isEmpty() && code.value)
        schemas << code.value->schema.schemas;
    request(catalogWatcher, load::catalog(*used, schemas),
            [this](const Result<load::Catalog> &result) {
                if (result) {
                    finish(database, Result<schema::Database>(result->schema));
                    estimates = result->rowEstimates;
                    reclassify();
                    readTenants();
                } else {
                    finish(database, Result<schema::Database>(result.error()));
                }
                Q_EMIT q->databaseChanged();
                Q_EMIT q->connectionChanged();
            });
}

void Project::Private::readLedger()
{
    const Result<std::shared_ptr<pg::Pool>> used = connection();
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

void Project::Private::readTenants()
{
    if (!classification.known() || classification.root.name.isEmpty())
        return;
    const QString alias = classification.root.name;
    const query::Select select{
        .from = {classification.root, alias},
        .columns = {{alias, classification.rootKey}, {alias, classification.labelColumn}},
        .sorts = {{{alias, classification.labelColumn}}},
        .limit = mostTenants,
    };
    begin(tenants);
    request(tenantsWatcher, pool->run(query::render(select).statement),
            [this](const Result<rows::Page> &page) {
                if (page) {
                    QList<Tenant> list;
                    list.reserve(page->rowCount());
                    for (qsizetype row = 0; row < page->rowCount(); ++row)
                        list << Tenant{page->text(row, 0), page->text(row, 1)};
                    finish(tenants, Result<QList<Tenant>>(std::move(list)));
                } else {
                    finish(tenants, Result<QList<Tenant>>(page.error()));
                }
                Q_EMIT q->tenantsChanged();
            });
}

void Project::Private::forgetDatabase()
{
    for (QFutureWatcherBase **slot : {&catalogWatcher, &ledgerWatcher, &tenantsWatcher}) {
        base::disregard(*slot);
        *slot = nullptr;
    }
    pool.reset();
    database = {};
    ledger = {};
    tenants = {};
    estimates.clear();
}

Project::Project(base::Installation installation, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(installation)))
{
    d->leaseTimer.setSingleShot(true);
    connect(&d->leaseTimer, &QTimer::timeout, this, &Project::endLease);
    d->saveTimer.setSingleShot(true);
    d->saveTimer.setInterval(saveSettles);
    connect(&d->watcher, &QFileSystemWatcher::fileChanged, &d->saveTimer,
            qOverload<>(&QTimer::start));
    connect(&d->watcher, &QFileSystemWatcher::directoryChanged, &d->saveTimer,
            qOverload<>(&QTimer::start));
    connect(&d->saveTimer, &QTimer::timeout, this, &Project::reload);
}

Project::~Project() = default;

void Project::open(const QString &path)
{
    d->forgetDatabase();
    d->path = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    d->code = {};
    d->folder = {};
    d->config = {};
    d->tenant.reset();
    d->loadCode();
}

QString Project::path() const
{
    return d->path;
}

QString Project::name() const
{
    return QFileInfo(d->path).isDir() ? QFileInfo(d->path).fileName()
                                      : QFileInfo(QFileInfo(d->path).path()).fileName();
}

QString Project::environmentName() const
{
    const Result<pg::Target> target =
        pg::target({.url = d->url.isEmpty() ? d->config.url : d->url});
    if (!target || (d->url.isEmpty() && d->config.url.isEmpty()))
        return {};
    return environmentWord(environmentOf(target->host, target->isLocalhost(), target->database));
}

QString Project::serverText() const
{
    const QString word = environmentName();
    if (word.isEmpty())
        return tr("no database");
    const Result<pg::Target> target =
        pg::target({.url = d->url.isEmpty() ? d->config.url : d->url});
    return target->isLocalhost() ? QStringLiteral("%1 · %2").arg(word).arg(target->port)
                                 : QStringLiteral("%1 · %2").arg(word, target->host);
}

int Project::serverVersion() const
{
    return d->pool ? d->pool->serverVersion() : 0;
}

int Project::openConnections() const
{
    return d->pool ? d->pool->openConnections() : 0;
}

void Project::setUrl(const QString &url, const QString &expectedSystemIdentifier)
{
    d->forgetDatabase();
    d->url = url;
    d->systemIdentifier = expectedSystemIdentifier;
    Q_EMIT databaseChanged();
    Q_EMIT ledgerChanged();
    Q_EMIT connectionChanged();
}

const Loaded<CodeState> &Project::code() const
{
    return d->code;
}

const Loaded<migrate::Folder> &Project::folder() const
{
    return d->folder;
}

const Loaded<schema::Database> &Project::database() const
{
    return d->database;
}

const Loaded<runner::Ledger> &Project::ledger() const
{
    return d->ledger;
}

qint64 Project::rowEstimate(const schema::Name &table) const
{
    return d->estimates.value(table, -1);
}

const std::optional<migrate::Plan> &Project::pendingPlan() const
{
    return d->plan;
}

const diff::Difference &Project::pendingDifference() const
{
    return d->difference;
}

void Project::reload()
{
    d->loadCode();
}

void Project::connectDatabase()
{
    d->readCatalog();
    d->readLedger();
}

const Loaded<QList<Tenant>> &Project::tenants() const
{
    return d->tenants;
}

std::optional<Tenant> Project::tenant() const
{
    return d->tenant;
}

void Project::setTenant(const std::optional<Tenant> &tenant)
{
    if (d->tenant == tenant)
        return;
    d->tenant = tenant;
    Q_EMIT tenantChanged();
}

QString Project::tenantColumn() const
{
    return d->classification.column;
}

tenant::Scoping Project::scoping(const schema::Name &table) const
{
    return d->classification.tables.value(table).scoping;
}

std::optional<query::Scope> Project::scopeFor(const schema::Name &table, const QString &alias) const
{
    if (!d->tenant)
        return std::nullopt;
    const query::Select select = scoped({.from = {table, alias}});
    return select.scopes.isEmpty() ? std::nullopt : std::optional(select.scopes.first());
}

query::Select Project::scoped(query::Select select) const
{
    return d->tenant ? tenant::scoped(std::move(select), d->classification, d->tenant->id) : select;
}

QFuture<Result<rows::Page>> Project::fetch(const query::Select &select)
{
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<rows::Page>(pool.error()));
    if (d->database.state == Loaded<schema::Database>::State::None)
        connectDatabase();
    return (*pool)->run(query::render(scoped(select)).statement);
}

QFuture<Result<rows::Page>> Project::count(const query::Select &select)
{
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<rows::Page>(pool.error()));
    return (*pool)->run(query::renderCount(scoped(select)).statement);
}

bool Project::writable() const
{
    return d->leaseTimer.isActive();
}

QDateTime Project::leaseEnd() const
{
    return d->leaseEnd;
}

void Project::grantLease()
{
    constexpr auto length = std::chrono::minutes(leaseMinutes);
    d->leaseEnd = QDateTime::currentDateTimeUtc().addDuration(length);
    d->leaseTimer.start(length);
    Q_EMIT leaseChanged();
}

void Project::endLease()
{
    d->leaseTimer.stop();
    d->leaseEnd = {};
    Q_EMIT leaseChanged();
}

QFuture<Result<migrate::Migration>> Project::generate(const QString &name, bool acceptDrops)
{
    if (!d->plan || !d->folder.value || !d->code.value)
        return base::ready(
            Result<migrate::Migration>(Error{.kind = ErrorKind::NotFound,
                                             .text = tr("There is nothing to generate"),
                                             .where = d->path,
                                             .detail = tr("code or folder is not loaded"),
                                             .hint = tr("mend the code's error and reload")}));
    migrate::Plan plan = *d->plan;
    if (acceptDrops)
        plan.questions.clear();
    const migrate::NewMigration options{
        .name = name,
        .prefix = migrate::prefixOf(d->config.prefix),
        .breakpoints = d->config.breakpoints,
        .newestApplied = d->ledger.value ? d->ledger.value->newest() : 0,
    };
    auto written = QtConcurrent::run(
        [folder = *d->folder.value, plan, after = d->code.value->schema, options] {
            return migrate::writeMigration(folder, plan, after, options);
        });
    base::receive(this, written, [this](const Result<migrate::Migration> &) { d->readFolder(); });
    return written;
}

QFuture<Result<int>> Project::apply()
{
    if (!writable())
        return base::ready(Result<int>(Error{.kind = ErrorKind::Refused,
                                             .text = tr("Migrations were not applied"),
                                             .where = serverText(),
                                             .detail = tr("the connection is read-only"),
                                             .hint = tr("allow writes first")}));
    const Result<std::shared_ptr<pg::Pool>> pool = d->connection();
    if (!pool)
        return base::ready(Result<int>(pool.error()));
    if (!d->folder.value)
        return base::ready(Result<int>(Error{.kind = ErrorKind::NotFound,
                                             .text = tr("There is no migrations folder to apply"),
                                             .where = d->config.out}));
    auto applied = runner::apply(
        *pool, *d->folder.value, {.ledger = {d->config.ledgerSchema, d->config.ledgerTable}},
        [project = QPointer(this)](const migrate::Migration &migration) {
            QMetaObject::invokeMethod(qApp, [project, tag = migration.tag] {
                if (project)
                    Q_EMIT project->progress(tr("Applying %1").arg(tag));
            });
        });
    base::receive(this, applied, [this](const Result<int> &) {
        Q_EMIT progress({});
        connectDatabase();
    });
    return applied;
}

Result<schema::Database> Project::schemaAfter(int migrationIndex) const
{
    if (migrationIndex < 0) {
        if (d->code.value)
            return d->code.value->schema;
        return Error{
            .kind = ErrorKind::NotFound, .text = tr("The code is not loaded"), .where = d->path};
    }
    if (!d->folder.value || migrationIndex >= d->folder.value->migrations.size())
        return Error{.kind = ErrorKind::NotFound,
                     .text = tr("There is no such migration"),
                     .where = d->path};
    return migrate::readSnapshot(*d->folder.value, d->folder.value->migrations.at(migrationIndex));
}

Result<diff::Difference> Project::differenceOf(int migrationIndex) const
{
    const Result<schema::Database> after = schemaAfter(migrationIndex);
    if (!after)
        return after.error();
    schema::Database before;
    if (migrationIndex > 0) {
        const Result<schema::Database> earlier = schemaAfter(migrationIndex - 1);
        if (!earlier)
            return earlier.error();
        before = *earlier;
    }
    return diff::compare(before, *after);
}

} // namespace session
