// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/applier.h"

#include "sql/identifier.h"

#include <QCoreApplication>

#include <algorithm>

namespace runner
{

namespace
{

/// The server gave up waiting for somebody else; the same migration may succeed in a moment.
bool isWorthRetrying(const base::Error &error)
{
    static const QStringList states{QStringLiteral("55P03"),  // lock_not_available
                                    QStringLiteral("40P01"),  // deadlock_detected
                                    QStringLiteral("40001")}; // serialization_failure
    return states.contains(error.sqlState);
}

/// Half a second, doubled with every attempt, in seconds.
QByteArray pauseBefore(int retry)
{
    return QByteArray::number(0.5 * (1 << std::min(retry, 6)));
}

} // namespace

Applier::Applier(pg::Transaction &transaction, const migrate::Folder &folder,
                 const ApplyOptions &options, Progress progress)
    : m_transaction(transaction)
    , m_ledger(transaction, options.ledger, folder.layout)
    , m_folder(folder)
    , m_options(options)
    , m_progress(std::move(progress))
{
}

base::Result<base::Done> Applier::send(const QString &text, const QList<sql::Parameter> &parameters)
{
    const auto page = m_transaction.run({.text = text, .parameters = parameters});
    if (!page)
        return page.error();
    return base::Done{};
}

base::Result<int> Applier::run()
{
    if (const auto locked = m_ledger.lock(); !locked)
        return locked.error();
    const base::Result<int> result = applyPending();
    // Should this fail, the connection is gone and the lock with it; the pool closes it in any
    // case.
    (void)m_ledger.unlock();
    return result;
}

base::Result<int> Applier::applyPending()
{
    // Only now: another run may have applied some while this one waited for the lock.
    const base::Result<QList<LedgerRow>> rows = m_ledger.read();
    if (!rows)
        return rows.error();
    const QList<qsizetype> pending = pendingOf(match(m_folder, *rows));
    if (const auto free = lookAhead(pending); !free)
        return free.error();
    int applied = 0;
    for (const qsizetype i : pending) {
        if (applied == 0) {
            if (const auto created = m_ledger.create(); !created)
                return created.error();
        }
        if (const auto done = applyOne(m_folder.migrations.at(i)); !done)
            return done.error();
        ++applied;
    }
    return applied;
}

/// Nothing may be half applied because of rows that one could have asked for.
base::Result<base::Done> Applier::lookAhead(const QList<qsizetype> &pending)
{
    if (!m_options.askFirst || pending.isEmpty())
        return base::Done{};
    const auto version = m_transaction.run(
        {.text = QStringLiteral("SELECT current_setting('server_version_num')"), .parameters = {}});
    if (!version)
        return version.error();
    const auto read = [this](const QString &sql) -> base::Result<rows::Page> {
        if (const auto begun = send(QStringLiteral("BEGIN READ ONLY")); !begun)
            return begun.error();
        const base::Result<rows::Page> page = m_transaction.run({.text = sql, .parameters = {}});
        if (const auto ended = send(QStringLiteral("ROLLBACK")); !ended)
            return ended.error();
        return page;
    };
    const auto found = ask(questionsOf(m_folder, pending, version->text(0, 0).toInt()), read);
    if (!found)
        return found.error();
    if (m_options.rowsInTheWay)
        m_options.rowsInTheWay(*found);
    if (!found->violations.isEmpty())
        return stopped(found->violations);
    return base::Done{};
}

base::Result<base::Done> Applier::applyOne(const migrate::Migration &migration)
{
    if (m_progress)
        m_progress(migration);
    const QList<Part> parts = partsOf(migration);
    if (const std::optional<base::Error> refused = refusal(migration, parts))
        return *refused;
    if (standsAlone(parts))
        return runAlone(migration, parts.first());
    for (int retry = 0;; ++retry) {
        const base::Result<base::Done> result = attempt(migration, parts);
        if (result || retry >= m_options.retries || !isWorthRetrying(result.error()))
            return result;
        // The server waits, since a cancel reaches it there; no transaction is open meanwhile.
        if (const auto slept =
                send(QStringLiteral("SELECT pg_sleep($1::float8)"), {pauseBefore(retry)});
            !slept)
            return inMigration(migration, slept.error());
    }
}

base::Result<base::Done> Applier::prepareSession(int lockTimeout)
{
    // An earlier migration may have set anything, the role too. A migration takes as long as it
    // takes; only waiting for locks, which makes others wait behind it, is limited.
    for (const char *reset : {"RESET SESSION AUTHORIZATION", "RESET ALL"}) {
        if (const auto done = send(QLatin1String(reset)); !done)
            return done;
    }
    return send(QStringLiteral("SELECT set_config('statement_timeout', '0', false), "
                               "set_config('idle_in_transaction_session_timeout', '0', false), "
                               "set_config('lock_timeout', $1, false)"),
                {QByteArray::number(lockTimeout)});
}

/// Such a statement waits for the transactions of others without making them wait, and cannot be
/// tried again before somebody has tidied up: no limit, and no second attempt.
base::Result<base::Done> Applier::runAlone(const migrate::Migration &migration, const Part &part)
{
    if (const auto prepared = prepareSession(0); !prepared)
        return inMigration(migration, prepared.error());
    if (const auto tidied = dropLeftIndex(part); !tidied)
        return inMigration(migration, tidied.error());
    if (const auto done = m_transaction.runScript(part.text.toUtf8()); !done)
        return inLoneMigration(migration, part, done.error());
    if (const auto added = m_ledger.add({migration.hash, migration.when, migration.tag}); !added)
        return withoutItsRow(migration, added.error());
    return base::Done{};
}

/// What an earlier attempt has left behind has the name that this one wants. An index that somebody
/// builds at this moment is not valid either, and theirs.
base::Result<base::Done> Applier::dropLeftIndex(const Part &part)
{
    const std::optional<BuiltIndex> index = indexBuiltBy(part);
    if (!index)
        return base::Done{};
    const auto left = m_transaction.run(
        {.text = QStringLiteral(
             "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index i "
             "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = "
             "c.relnamespace WHERE NOT i.indisvalid AND i.indrelid = to_regclass($1) AND c.relname "
             "= $2 AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid "
             "= i.indexrelid)"),
         .parameters = {sql::identifier(index->table.schema, index->table.name).toUtf8(),
                        index->name.toUtf8()}});
    if (!left)
        return left.error();
    if (left->rowCount() == 0)
        return base::Done{};
    return m_transaction.runScript("DROP INDEX CONCURRENTLY " + left->text(0, 0).toUtf8());
}

base::Result<base::Done> Applier::attempt(const migrate::Migration &migration,
                                          const QList<Part> &parts)
{
    if (const auto prepared = prepareSession(m_options.lockTimeout); !prepared)
        return inMigration(migration, prepared.error());
    if (const auto begun = send(QStringLiteral("BEGIN")); !begun)
        return inMigration(migration, begun.error());
    const base::Result<base::Done> result = execute(migration, parts);
    if (!result) // a failure here says less than the one before; the pool gives the connection up
        (void)send(QStringLiteral("ROLLBACK"));
    return result;
}

base::Result<base::Done> Applier::execute(const migrate::Migration &migration,
                                          const QList<Part> &parts)
{
    for (const Part &part : parts) {
        if (const auto done = m_transaction.runScript(part.text.toUtf8()); !done)
            return inMigration(migration, part, done.error());
    }
    if (const auto added = m_ledger.add({migration.hash, migration.when, migration.tag}); !added)
        return inMigration(migration, added.error());
    if (const auto committed = send(QStringLiteral("COMMIT")); !committed)
        return atCommit(migration, committed.error());
    return base::Done{};
}

} // namespace runner
