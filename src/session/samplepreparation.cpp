// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/samplepreparation.h"

#include "base/receive.h"
#include "migrate/folder.h"
#include "pg/clusterfolder.h"
#include "runner/ledger.h"
#include "session/samplefiles.h"
#include "session/seeds.h"
#include "session/text.h"

#include <QEventLoop>
#include <QFile>
#include <QFutureWatcher>
#include <QThread>

namespace session
{

namespace
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

/// A statement of the example data may take long on a slow machine, milliseconds.
constexpr pg::Limits patient{.statementTimeout = 600'000, .lockTimeout = 60'000};

Error cancelled()
{
    return {.kind = ErrorKind::Cancelled,
            .text = Text::tr("The preparation of the sample was cancelled")};
}

Error seedFailure(const Seed &seed, const Error &why)
{
    Error error = why;
    error.text = Text::tr("The sample data cannot be loaded: %1").arg(why.text);
    error.where = QStringLiteral("%1, %2").arg(seed.file, seed.title);
    error.span.reset();
    return error;
}

} // namespace

SamplePreparation::SamplePreparation(Promise &promise, Task task, Sample::Progress progress)
    : m_promise(promise)
    , m_task(std::move(task))
    , m_progress(std::move(progress))
{
}

Result<SampleReady> SamplePreparation::run()
{
    report(Text::tr("Copying the sample project"));
    const Result<QString> project = m_task.sample.copyProject();
    if (!project)
        return project.error();
    m_project = *project;

    // One program at a time.
    std::optional<pg::FileLock> lock;
    while (!lock) {
        auto tried = pg::FileLock::tryTake(m_project + QStringLiteral(".prepare.lock"));
        if (!tried)
            return tried.error();
        if (m_promise.isCanceled())
            return cancelled();
        lock = std::move(*tried);
        constexpr int interval = 100; // ms; the other program says nothing when it lets go
        if (!lock)
            QThread::msleep(interval);
    }

    const auto lease = await(m_task.cluster.acquire([this](const QString &text) { report(text); }));
    if (!lease)
        return lease.error();
    m_lease = *lease;
    m_server = std::make_shared<pg::Pool>(m_lease->settings(), patient);
    if (const Step prepared = prepareDatabase(); !prepared)
        return prepared.error();
    return SampleReady{.projectPath = m_project,
                       .url = m_lease->settings(sampleDatabase, sampleRole).url,
                       .publicUrl = m_lease->url(sampleDatabase, sampleRole),
                       .systemIdentifier = m_lease->systemIdentifier(),
                       .lease = m_lease};
}

SamplePreparation::Step SamplePreparation::prepareDatabase()
{
    for (const auto step :
         {&SamplePreparation::makeRole, &SamplePreparation::dropDatabaseOfAnotherCopy,
          &SamplePreparation::createDatabase, &SamplePreparation::giveDatabaseToRole,
          &SamplePreparation::applyMigrations, &SamplePreparation::loadSeeds}) {
        if (m_promise.isCanceled())
            return cancelled();
        if (const Step done = (this->*step)(); !done)
            return done;
    }
    QFile::remove(newCopyMarker(m_project));
    return Done{};
}

/// Also when it is there: its password may have been changed by SQL that ran as it.
SamplePreparation::Step SamplePreparation::makeRole()
{
    const Result<QString> password = m_lease->passwordOf(sampleRole);
    if (!password)
        return password.error();
    m_database = databasePool();
    const Result<QByteArray> hold = setupSql("hold-password");
    if (!hold)
        return hold.error();
    const Result<QByteArray> role = setupSql("role");
    if (!role)
        return role.error();
    const auto work = [&](pg::Transaction &connection) -> Step {
        const sql::Statement held{.text = QString::fromUtf8(*hold),
                                  .parameters = {sql::parameter(*password)}};
        if (const Result<rows::Page> done = connection.run(held); !done)
            return done.error();
        return connection.runScript(*role);
    };
    return await(m_server->transaction(pg::Access::Write, work));
}

/// Who deletes the copy starts over. When the deleted copy had gone further than the new one, its
/// database cannot follow the new one's migrations and goes too.
SamplePreparation::Step SamplePreparation::dropDatabaseOfAnotherCopy()
{
    if (!QFile::exists(newCopyMarker(m_project)))
        return Done{};
    const Result<rows::Page> state = ask(m_server, "database-state");
    if (!state)
        return state.error();
    if (state->rowCount() == 0 || state->text(0, 0) == QLatin1String("f"))
        return Done{};
    // The ledger is read as the role only.
    if (state->text(0, 1) == QLatin1String("f"))
        return tell(m_server, "drop-database");
    const auto folder = migrate::readFolder(m_project + QStringLiteral("/drizzle"));
    if (!folder)
        return folder.error();
    const auto ledger = await(runner::readLedger(m_database, *folder, {}));
    if (!ledger)
        return ledger.error();
    if (ledger->rowsWithoutFile == 0)
        return Done{};
    m_database = databasePool();
    return tell(m_server, "drop-database");
}

SamplePreparation::Step SamplePreparation::createDatabase()
{
    const Result<rows::Page> state = ask(m_server, "database-state");
    if (!state)
        return state.error();
    if (state->rowCount() > 0) {
        if (state->text(0, 0) == QLatin1String("t"))
            return Done{};
        if (const Step dropped = tell(m_server, "drop-database"); !dropped)
            return dropped;
    }
    report(Text::tr("Making the sample's database"));
    const Step created = tell(m_server, "create-database");
    if (created)
        return created;
    // The server finishes what a killed program asked for: the database may have come meanwhile.
    const Result<rows::Page> after = ask(m_server, "database-state");
    const bool there = after && after->rowCount() > 0 && after->text(0, 0) == QLatin1String("t");
    return there ? Step(Done{}) : created;
}

/// A new database is the superuser's, and so is all that an earlier version made.
SamplePreparation::Step SamplePreparation::giveDatabaseToRole()
{
    const Result<rows::Page> state = ask(m_server, "database-state");
    if (!state)
        return state.error();
    if (state->rowCount() > 0 && state->text(0, 1) == QLatin1String("t"))
        return Done{};
    const auto database = std::make_shared<pg::Pool>(m_lease->settings(sampleDatabase), patient);
    return tell(database, "give-to-role");
}

SamplePreparation::Step SamplePreparation::applyMigrations()
{
    const auto folder = migrate::readFolder(m_project + QStringLiteral("/drizzle"));
    if (!folder)
        return folder.error();
    const Result<rows::Page> seeded = ask(m_database, "is-seeded");
    if (!seeded)
        return seeded.error();
    // Later migrations are the person's to apply.
    if (seeded->rowCount() > 0)
        return Done{};
    const Result<int> applied =
        await(runner::apply(m_database, *folder, {}, [this](const migrate::Migration &migration) {
            report(Text::tr("Applying %1").arg(migration.tag));
        }));
    if (!applied)
        return applied.error();
    return Done{};
}

SamplePreparation::Step SamplePreparation::loadSeeds()
{
    const Result<rows::Page> seeded = ask(m_database, "is-seeded");
    if (!seeded)
        return seeded.error();
    if (seeded->rowCount() > 0)
        return Done{};
    const Result<QList<Seed>> seeds = readSeeds(m_project + QStringLiteral("/seeds"));
    if (!seeds)
        return seeds.error();
    // One connection for all: its temporary helpers serve every file.
    const auto work = [&](pg::Transaction &connection) -> Step {
        for (qsizetype i = 0; i < seeds->size(); ++i) {
            const Seed &seed = seeds->at(i);
            report(Text::tr("Loading the sample data: %1").arg(seed.title), int(i),
                   int(seeds->size()));
            if (const Step done = connection.runScript(seed.sql); !done)
                return seedFailure(seed, done.error());
        }
        return Done{};
    };
    // What a role may not set itself is given to it at its log-in: hence a connection of its own.
    if (const Step begun = tell(m_server, "seeding-begins"); !begun)
        return begun;
    if (const Step loaded = await(databasePool()->transaction(pg::Access::Write, work)); !loaded)
        return loaded;
    if (const Step ended = tell(m_server, "seeding-ends"); !ended)
        return ended;
    return tell(m_database, "mark-seeded");
}

Result<QByteArray> SamplePreparation::setupSql(const char *name) const
{
    QFile file(m_task.setup + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".sql"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = ErrorKind::NotFound,
                     .text = Text::tr("A file of Sluice is missing"),
                     .where = file.fileName(),
                     .detail = file.errorString(),
                     .hint = Text::tr("Install Sluice again")};
    return file.readAll();
}

Result<rows::Page> SamplePreparation::ask(const std::shared_ptr<pg::Pool> &pool, const char *name)
{
    const Result<QByteArray> statement = setupSql(name);
    if (!statement)
        return statement.error();
    return await(pool->run({.text = QString::fromUtf8(*statement)}));
}

SamplePreparation::Step SamplePreparation::tell(const std::shared_ptr<pg::Pool> &pool,
                                                const char *name)
{
    const Result<QByteArray> statement = setupSql(name);
    if (!statement)
        return statement.error();
    return await(pool->transaction(pg::Access::Write, [sql = *statement](pg::Transaction &work) {
        return work.runScript(sql);
    }));
}

std::shared_ptr<pg::Pool> SamplePreparation::databasePool() const
{
    return std::make_shared<pg::Pool>(m_lease->settings(sampleDatabase, sampleRole), patient);
}

void SamplePreparation::report(const QString &text, int done, int total) const
{
    if (m_progress && !m_promise.isCanceled())
        m_progress({.text = text, .done = done, .total = total});
}

template <typename T> Result<T> SamplePreparation::await(QFuture<Result<T>> future)
{
    // The thread has no event loop but this one.
    QEventLoop loop;
    QFutureWatcher<Result<T>> work;
    QFutureWatcher<Result<SampleReady>> asked;
    QObject::connect(&work, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QObject::connect(&asked, &QFutureWatcherBase::canceled, &work, &QFutureWatcherBase::cancel);
    asked.setFuture(m_promise.future());
    work.setFuture(future);
    loop.exec();
    return base::await(std::move(future));
}

} // namespace session
