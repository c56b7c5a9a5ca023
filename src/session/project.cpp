// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/projectstate.h"

#include "migrate/writtenrenames.h"
#include "session/connection.h"
#include "session/environmentfile.h"
#include "session/problems.h"
#include "session/scratch.h"

#include <QCoreApplication>
#include <QDir>
#include <QPointer>
#include <QtConcurrent>

namespace session
{

using base::Error;
using base::ErrorKind;
using base::Result;

namespace
{
constexpr int leaseMinutes = 15;
} // namespace

Project::Project(base::Installation installation, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(installation)))
{
    d->leaseTimer.setSingleShot(true);
    connect(&d->leaseTimer, &QTimer::timeout, this, &Project::endLease);
    d->allTenantsTimer.setSingleShot(true);
    connect(&d->allTenantsTimer, &QTimer::timeout, this, &Project::endAllTenants);
    connect(&d->sources, &SourceWatch::sourcesChanged, this, [this] { d->loadCode(); });
    connect(&d->sources, &SourceWatch::unwatchedChanged, this, [this] {
        d->noteUnwatched();
        Q_EMIT codeChanged();
    });
    connect(&d->sources, &SourceWatch::migrationsChanged, this, [this] {
        if (!d->config.out.isEmpty())
            d->readFolder();
    });
}

/// Who waits for answers goes before what they come from.
Project::~Project()
{
    qDeleteAll(findChildren<QFutureWatcherBase *>(QString(), Qt::FindDirectChildrenOnly));
}

void Project::open(const QString &path)
{
    d->path = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    d->serverAwaited = false;
    d->afterServer.clear();
    d->afterCatalog.clear();
    d->afterTenants.clear();
    d->chosen = {};
    d->code = {};
    d->folder = {};
    d->config = {};
    d->plan.reset();
    d->difference = {};
    d->rowsInTheWay = {};
    d->safe = false;
    d->answers.clear();
    d->classification = {};
    d->forgetDatabase();
    d->tree.clear();
    d->sources.clear();
    d->folderRead = false;
    base::disregard(d->cacheWatcher);
    d->cacheWatcher = nullptr;
    d->loadCode();
    d->announceForgotten();
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
    const Result<pg::Target> target = pg::target(d->server());
    if (!target)
        return {};
    return environmentWord(environmentOf(*target));
}

QString Project::serverText() const
{
    const QString word = environmentLabel(environmentName());
    if (word.isEmpty())
        return tr("no database");
    const Result<pg::Target> target = pg::target(d->server());
    if (target->isLocalhost())
        return QStringLiteral("%1 · %2").arg(word).arg(target->port);
    return QStringLiteral("%1 · %2").arg(word, target->ssh.isEmpty() ? target->host : target->ssh);
}

int Project::serverVersion() const
{
    return d->pool ? d->pool->serverVersion() : 0;
}

int Project::openConnections() const
{
    return d->pool ? d->pool->openConnections() : 0;
}

bool Project::isServerLost() const
{
    return d->pool && d->pool->state().isServerLost();
}

void Project::setServer(const ServerAddress &address)
{
    d->forgetDatabase();
    d->chosen = address;
    d->serverAwaited = false;
    d->announceForgotten();
    Q_EMIT connectionChanged();
    d->serve();
    d->serveCatalog();
}

ServerAddress Project::server() const
{
    return d->server();
}

bool Project::isOwnServer() const
{
    return d->chosen.url.isEmpty();
}

QString Project::environmentFile() const
{
    return environmentFileOf(d->config);
}

void Project::awaitServer()
{
    d->serverAwaited = true;
}

void Project::giveUpServer()
{
    d->serve();
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

QList<schema::Problem> Project::problems() const
{
    QList<schema::Problem> problems;
    if (d->code.value)
        problems = errorsFirst(d->code.value->problems);
    const auto &error = d->code.error;
    // That the person is asked something is no problem of the code.
    if (error && error->kind != ErrorKind::Cancelled && error->kind != ErrorKind::Ambiguous)
        problems.prepend(problemOf(*d->code.error));
    return problems + d->tenantProblems();
}

QString Project::fileOf(const schema::SourceLocation &place) const
{
    if (place.file.isEmpty())
        return {};
    const QString root = d->root();
    const QString canonical = QDir(root).canonicalPath(); // what the loader's names are relative to
    return QDir::cleanPath(QDir(canonical.isEmpty() ? root : canonical).filePath(place.file));
}

const QList<diff::OverlayNode> &Project::tree() const
{
    return d->tree;
}

const Loaded<Comparison> &Project::comparison() const
{
    return d->comparison;
}

const std::optional<migrate::Plan> &Project::pendingPlan() const
{
    return d->plan;
}

const diff::Difference &Project::pendingDifference() const
{
    return d->difference;
}

const runner::RowsInTheWay &Project::rowsInTheWay() const
{
    return d->rowsInTheWay;
}

bool Project::isSafe() const
{
    return d->safe;
}

void Project::setSafe(bool safe)
{
    if (d->safe == safe)
        return;
    d->safe = safe;
    d->replan();
}

void Project::reload()
{
    d->folderRead = false;
    base::disregard(d->cacheWatcher);
    d->cacheWatcher = nullptr;
    d->loadCode();
}

void Project::connectDatabase()
{
    if (d->serverAwaited) {
        d->afterServer << [this] { connectDatabase(); };
        return;
    }
    d->readCatalog();
    d->readLedger();
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

void Project::answerRename(const diff::RenameAnswer &answer)
{
    d->takeBack(answer);
    d->answers << answer;
    d->replan();
    d->layOver();
}

void Project::takeBackRename(const diff::RenameAnswer &answer)
{
    d->takeBack(answer);
    d->replan();
    d->layOver();
}

QFuture<Result<QList<migrate::Migration>>> Project::generate(const QString &name)
{
    using Written = Result<QList<migrate::Migration>>;
    if (d->code.value && isIncomplete(d->code.value->problems))
        return base::ready(Written(incompleteCode(d->path, d->code.value->problems)));
    if (!d->plan || !d->folder.value || !d->code.value)
        return base::ready(Written(Error{.kind = ErrorKind::NotFound,
                                         .text = tr("There is nothing to generate"),
                                         .where = d->path,
                                         .detail = tr("code or folder is not loaded"),
                                         .hint = tr("mend the code's error and reload")}));
    const migrate::NewMigration options{
        .name = name,
        .prefix = migrate::prefixOf(d->config.prefix),
        .breakpoints = d->config.breakpoints,
        .newestApplied = d->ledger.value ? d->ledger.value->newest() : 0,
        .answers = d->answers,
    };
    auto written = QtConcurrent::run([folder = *d->folder.value, plan = *d->plan,
                                      code = d->code.value->schema, options]() -> Written {
        return migrate::writePlan(folder, plan, migrate::adapted(folder, code), options);
    });
    base::receive(this, written, [this](const auto &result) {
        if (result)
            d->answers.clear();
        d->readFolder();
    });
    return written;
}

QFuture<Result<int>> Project::apply()
{
    if (!writable())
        return base::ready(Result<int>(d->readOnly(tr("Migrations were not applied"))));
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
    // Whoever waits for the answer may go away; that must not stop half of the migrations.
    auto promise = std::make_shared<QPromise<Result<int>>>();
    promise->start();
    base::receive(this, applied, [this, promise, used = *pool](const Result<int> &result) {
        promise->addResult(result);
        promise->finish();
        Q_EMIT progress({});
        // Another project or server may be open by now: that one nobody asked for yet.
        if (used == d->pool)
            connectDatabase();
    });
    return promise->future();
}

QFuture<Result<MigrationPicture>> Project::pictureOf(int migrationIndex) const
{
    const auto &known = d->folder.value;
    if (!known || migrationIndex < 0 || migrationIndex >= known->migrations.size())
        return base::ready(Result<MigrationPicture>(Error{.kind = ErrorKind::NotFound,
                                                          .text = tr("There is no such migration"),
                                                          .where = d->path}));
    return QtConcurrent::run([folder = *known, migrationIndex]() -> Result<MigrationPicture> {
        MigrationPicture picture;
        const auto read = [&folder](int index) {
            return migrate::readSnapshot(folder, folder.migrations.at(index));
        };
        const Result<schema::Database> after = read(migrationIndex);
        if (!after)
            return after.error();
        if (migrationIndex > 0) {
            const Result<schema::Database> before = read(migrationIndex - 1);
            if (!before)
                return before.error();
            picture.before = *before;
        }
        picture.after = *after;
        picture.difference = migrate::compareWritten(picture.before, picture.after,
                                                     folder.migrations.at(migrationIndex));
        return picture;
    });
}

} // namespace session
