// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/samplepreparation.h"

#include "base/receive.h"
#include "migrate/folder.h"
#include "runner/ledger.h"
#include "session/samplefiles.h"
#include "session/seeds.h"
#include "session/text.h"

#include <QFile>
#include <QLockFile>

namespace session
{

namespace
{

using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

const QString databaseName = QStringLiteral("acme_crm");

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

    // One program at a time; the lock of a program that died is void.
    QLockFile lock(m_project + QStringLiteral(".prepare.lock"));
    lock.setStaleLockTime(0);
    constexpr int patience = 100; // ms
    while (!lock.tryLock(patience)) {
        if (lock.error() != QLockFile::LockFailedError)
            return Error{.kind = ErrorKind::Io,
                         .text = Text::tr("The sample project's folder cannot be locked"),
                         .where = m_project};
        if (m_promise.isCanceled())
            return cancelled();
    }

    const auto lease = await(m_task.cluster.acquire([this](const QString &text) { report(text); }));
    if (!lease)
        return lease.error();
    m_lease = *lease;
    m_server = std::make_shared<pg::Pool>(m_lease->settings(), patient);
    m_database = std::make_shared<pg::Pool>(m_lease->settings(databaseName), patient);
    if (const Step prepared = prepareDatabase(); !prepared)
        return prepared.error();
    return SampleReady{.projectPath = m_project,
                       .url = m_lease->settings(databaseName).url,
                       .publicUrl = m_lease->url(databaseName),
                       .systemIdentifier = m_lease->systemIdentifier(),
                       .lease = m_lease};
}

SamplePreparation::Step SamplePreparation::prepareDatabase()
{
    for (const auto step :
         {&SamplePreparation::dropDatabaseOfAnotherCopy, &SamplePreparation::createDatabase,
          &SamplePreparation::applyMigrations, &SamplePreparation::loadSeeds}) {
        if (m_promise.isCanceled())
            return cancelled();
        if (const Step done = (this->*step)(); !done)
            return done;
    }
    QFile::remove(newCopyMarker(m_project));
    return Done{};
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
    const auto folder = migrate::readFolder(m_project + QStringLiteral("/drizzle"));
    if (!folder)
        return folder.error();
    const auto ledger = await(runner::readLedger(m_database, *folder, {}));
    if (!ledger)
        return ledger.error();
    if (ledger->rowsWithoutFile == 0)
        return Done{};
    m_database = std::make_shared<pg::Pool>(m_lease->settings(databaseName), patient);
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
    return tell(m_server, "create-database");
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
    const Result<QByteArray> session = setupSql("seeding-session");
    if (!session)
        return session.error();

    // One connection for all: its temporary helpers serve every file.
    const auto work = [&](pg::Transaction &connection) -> Step {
        if (Step set = connection.runScript(*session); !set)
            return set;
        for (qsizetype i = 0; i < seeds->size(); ++i) {
            const Seed &seed = seeds->at(i);
            report(Text::tr("Loading the sample data: %1").arg(seed.title), int(i),
                   int(seeds->size()));
            if (const Step done = connection.runScript(seed.sql); !done)
                return seedFailure(seed, done.error());
        }
        return Done{};
    };
    if (const Step loaded = await(m_database->transaction(pg::Access::Write, work)); !loaded)
        return loaded;
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

void SamplePreparation::report(const QString &text, int done, int total) const
{
    if (m_progress && !m_promise.isCanceled())
        m_progress({.text = text, .done = done, .total = total});
}

template <typename T> Result<T> SamplePreparation::await(QFuture<Result<T>> future)
{
    constexpr int interval = 20; // ms
    while (!future.isFinished() && !future.isCanceled()) {
        if (m_promise.isCanceled())
            future.cancel();
        else
            QThread::msleep(interval);
    }
    return base::await(std::move(future));
}

} // namespace session
