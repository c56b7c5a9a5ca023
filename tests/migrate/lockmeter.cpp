// SPDX-License-Identifier: GPL-3.0-or-later
#include "lockmeter.h"

#include "base/receive.h"
#include "migrate/hazards.h"
#include "sql/identifier.h"

#include <QDeadlineTimer>
#include <QSemaphore>

#include <algorithm>
#include <atomic>

using base::Done;
using base::Result;
using migrate::Effect;
using migrate::Lock;
using migrate::Work;

namespace
{
Lock lockOf(const QString &mode)
{
    static const QHash<QString, Lock> modes = {
        {QStringLiteral("AccessShareLock"), Lock::AccessShare},
        {QStringLiteral("RowShareLock"), Lock::RowShare},
        {QStringLiteral("RowExclusiveLock"), Lock::RowExclusive},
        {QStringLiteral("ShareUpdateExclusiveLock"), Lock::ShareUpdateExclusive},
        {QStringLiteral("ShareLock"), Lock::Share},
        {QStringLiteral("ShareRowExclusiveLock"), Lock::ShareRowExclusive},
        {QStringLiteral("ExclusiveLock"), Lock::Exclusive},
        {QStringLiteral("AccessExclusiveLock"), Lock::AccessExclusive}};
    return modes.value(mode, Lock::None);
}

QString wordOf(Work work)
{
    return QStringList{QStringLiteral("no work"), QStringLiteral("scan"),
                       QStringLiteral("index build"), QStringLiteral("rewrite")}
        .value(int(work));
}
} // namespace

LockMeter::LockMeter(pg::Settings database)
    : m_database(std::move(database))
    , m_pool(m_database)
{
}

Result<LockMeter::Relations> LockMeter::relations(pg::Transaction &transaction)
{
    const auto page = transaction.run(
        {.text = QStringLiteral(
             "SELECT c.oid::text, n.nspname || '.' || c.relname, c.relkind::text, "
             "coalesce(pg_relation_filenode(c.oid), 0)::text, "
             "coalesce(i.indrelid, d.refobjid, 0)::text, (pg_stat_get_xact_numscans(c.oid) + "
             "pg_stat_get_xact_tuples_returned(c.oid))::text FROM pg_class c JOIN pg_namespace n "
             "ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN "
             "pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid "
             "= d.classid AND d.refobjsubid > 0 AND c.relkind = 'S' WHERE "
             "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind <> "
             "'c'")});
    if (!page)
        return page.error();
    Relations found;
    for (int row = 0; row < page->rowCount(); ++row)
        found.insert(page->text(row, 0),
                     Relation{page->text(row, 1), page->text(row, 2).at(0).toLatin1(),
                              page->text(row, 3), page->text(row, 4),
                              page->text(row, 5).toLongLong()});
    return found;
}

Result<LockMeter::Locks> LockMeter::locks(pg::Transaction &transaction, const QString &pid)
{
    const auto page = transaction.run(
        {.text = QStringLiteral("SELECT relation::text, mode FROM pg_locks WHERE locktype = "
                                "'relation' AND database = (SELECT oid FROM "
                                "pg_database WHERE datname = current_database()) AND pid = ") +
                 pid});
    if (!page)
        return page.error();
    Locks found;
    for (int row = 0; row < page->rowCount(); ++row) {
        Lock &strongest = found[page->text(row, 0)];
        strongest = std::max(strongest, lockOf(page->text(row, 1)));
    }
    return found;
}

Result<Done> LockMeter::inside(const QByteArray &statement)
{
    return base::await(
        m_pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) -> Result<Done> {
            // Everything is looked up once before, so that no lock comes from that.
            if (const auto warm = locks(transaction, QStringLiteral("0")); !warm)
                return warm.error();
            if (const auto begun = transaction.runScript("BEGIN"); !begun)
                return begun;
            const auto before = relations(transaction);
            if (!before)
                return before.error();
            if (const auto done = transaction.runScript(statement); !done)
                return done;
            const auto held = locks(transaction, QStringLiteral("pg_backend_pid()"));
            const auto after = relations(transaction);
            if (!held || !after)
                return (held ? after.error() : held.error());
            m_onlyFiles = false;
            see(*before, *after);
            m_locks = *held;
            return transaction.runScript("COMMIT");
        }));
}

bool LockMeter::isRefusedInside(const QByteArray &statement)
{
    const auto done =
        base::await(m_pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
            (void)transaction.runScript("BEGIN");
            return transaction.runScript(statement);
        }));
    return !done && (done.error().sqlState == QLatin1String("25001") ||
                     done.error().sqlState == QLatin1String("2D000"));
}

/// Such a statement lets go of its locks when it is done: somebody who writes holds it up, and a
/// third one looks meanwhile.
Result<Done> LockMeter::outside(const migrate::PlanLine &line)
{
    pg::Pool runs(m_database), writes(m_database);
    QSemaphore writing, finish;
    Relations before;
    const auto started = look(before);
    if (!started)
        return started;
    std::atomic<int> pid = 0;
    const schema::Name table = line.effect.locks.value(0).relation;
    // Of the code that writes, the lock itself waits; what builds an index waits for who writes.
    const QByteArray mode =
        line.effect.lock() < Lock::ShareUpdateExclusive ? "SHARE" : "ROW EXCLUSIVE";
    auto writer = writes.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
        const auto done = transaction.runScript("BEGIN; LOCK TABLE " +
                                                sql::identifier(table.schema, table.name).toUtf8() +
                                                " IN " + mode + " MODE");
        writing.release();
        finish.acquire();
        return done;
    });
    writing.acquire();
    auto runner =
        runs.transaction(pg::Access::Write, [&](pg::Transaction &transaction) -> Result<Done> {
            const auto own = transaction.run({.text = QStringLiteral("SELECT pg_backend_pid()")});
            if (!own)
                return own.error();
            pid = own->text(0, 0).toInt();
            return transaction.runScript(line.statement.toUtf8());
        });
    const auto looked = base::await(
        m_pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) -> Result<Done> {
            const QDeadlineTimer limit(10'000);
            while (!limit.hasExpired() && !runner.isFinished()) {
                const QString number = QString::number(pid.load());
                const auto waits = transaction.run(
                    {.text = QStringLiteral("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ") +
                             number});
                if (!waits)
                    return waits.error();
                if (waits->rowCount() == 0)
                    continue;
                const auto held = locks(transaction, number);
                if (!held)
                    return held.error();
                m_locks = *held;
                break;
            }
            return Done{};
        }));
    finish.release();
    (void)base::await(writer);
    const auto ran = base::await(runner);
    if (!looked || !ran)
        return looked ? ran : looked;
    Relations after;
    const auto ended = look(after);
    // Another connection's statistics tell nothing of what was read.
    m_onlyFiles = true;
    if (ended)
        see(before, after);
    return ended;
}

Result<Done> LockMeter::look(Relations &found)
{
    return base::await(
        m_pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) -> Result<Done> {
            const auto seen = relations(transaction);
            if (!seen)
                return seen.error();
            found = *seen;
            return Done{};
        }));
}

void LockMeter::see(const Relations &before, const Relations &after)
{
    if (m_known.isEmpty())
        m_known = QSet<QString>(before.keyBegin(), before.keyEnd());
    m_before = before;
    m_after = after;
}

Work LockMeter::work() const
{
    Work most = Work::None;
    const auto atLeast = [&most](Work work) { most = std::max(most, work); };
    for (auto it = m_after.cbegin(); it != m_after.cend(); ++it) {
        const auto before = m_before.constFind(it.key());
        const bool isNew = before == m_before.cend();
        if (it->kind == 'i' || it->kind == 'I') {
            if (m_known.contains(it->table) && (isNew || before->file != it->file) &&
                it->file != QLatin1String("0"))
                atLeast(Work::IndexBuild);
            else if (m_known.contains(it->table) && !isNew && it->scans > before->scans)
                atLeast(Work::Scan);
            continue;
        }
        if (isNew || it->kind == 'S' || !m_known.contains(it.key()))
            continue;
        if (it->file != before->file)
            atLeast(Work::Rewrite);
        else if (it->scans > before->scans)
            atLeast(Work::Scan);
    }
    return most;
}

bool LockMeter::isImplied(const QString &oid) const
{
    const Relation relation = m_before.value(oid);
    return (relation.kind == 'i' || relation.kind == 'I' || relation.kind == 'S') &&
           m_locks.value(oid) <= m_locks.value(relation.table);
}

QStringList LockMeter::compareLocks(const Effect &effect) const
{
    QHash<QString, Lock> said;
    for (const migrate::LockedRelation &locked : effect.locks)
        said.insert(locked.relation.qualified(), locked.lock);
    QStringList found;
    for (auto it = m_locks.cbegin(); it != m_locks.cend(); ++it) {
        if (!m_before.contains(it.key()) || !m_known.contains(it.key()) || isImplied(it.key()))
            continue;
        const QString before = m_before.value(it.key()).name;
        const QString after = m_after.contains(it.key()) ? m_after.value(it.key()).name : before;
        const Lock predicted = std::max(said.take(before), said.take(after));
        // Whoever only looks is in nobody's way: that need not be said.
        const bool looks = it.value() == Lock::AccessShare && predicted == Lock::None;
        if (predicted != it.value() && !looks)
            found << QStringLiteral("%1: %2 is taken, \"%3\" said")
                         .arg(before, migrate::lockName(it.value()), migrate::lockName(predicted));
    }
    for (auto it = said.cbegin(); it != said.cend(); ++it)
        found << QStringLiteral("%1: nothing is taken, %2 said")
                     .arg(it.key(), migrate::lockName(it.value()));
    return found;
}

QStringList LockMeter::compare(const Effect &effect)
{
    QStringList found = compareLocks(effect);
    const bool unseen = m_onlyFiles && effect.work == Work::Scan;
    if (work() != effect.work && !unseen)
        found << QStringLiteral("there is %1, said is %2").arg(wordOf(work()), wordOf(effect.work));
    QStringList locked;
    for (auto it = m_locks.cbegin(); it != m_locks.cend(); ++it) {
        if (m_known.contains(it.key()) && !isImplied(it.key()))
            locked << migrate::lockName(it.value()) + u' ' + m_before.value(it.key()).name;
    }
    locked.sort();
    m_seen = (locked << wordOf(work())).join(QStringLiteral(" · "));
    return found;
}

QStringList LockMeter::run(const migrate::PlanLine &line)
{
    const QByteArray statement = line.statement.toUtf8();
    if (!line.effect.inTransaction && !isRefusedInside(statement))
        return {QStringLiteral("It can run in a transaction: ") + line.statement};
    const auto done = line.effect.inTransaction ? inside(statement) : outside(line);
    if (!done)
        return {base::toLine(done.error()) + u'\n' + line.statement};
    QStringList found = compare(line.effect);
    for (QString &difference : found)
        difference += u'\n' + line.statement;
    return found;
}
