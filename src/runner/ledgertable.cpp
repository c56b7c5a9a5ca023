// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/ledgertable.h"

#include "sql/identifier.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace runner
{

namespace
{

base::Result<base::Done> done(const base::Result<rows::Page> &page)
{
    return page ? base::Result<base::Done>(base::Done{}) : base::Result<base::Done>(page.error());
}

} // namespace

QString LedgerTable::qualified() const
{
    return sql::identifier(m_name.schema, m_name.table);
}

base::Result<bool> LedgerTable::exists()
{
    const auto found =
        m_transaction.run({.text = QStringLiteral("SELECT to_regclass($1) IS NOT NULL"),
                           .parameters = {sql::parameter(qualified())}});
    if (!found)
        return found.error();
    return found->text(0, 0) == QLatin1String("t");
}

base::Result<bool> LedgerTable::hasNames()
{
    const auto found = m_transaction.run(
        {.text = QStringLiteral("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = "
                                "to_regclass($1) AND attname = 'name' AND NOT attisdropped)"),
         .parameters = {sql::parameter(qualified())}});
    if (!found)
        return found.error();
    return found->text(0, 0) == QLatin1String("t");
}

base::Result<QList<LedgerRow>> LedgerTable::read()
{
    const base::Result<bool> there = exists();
    if (!there)
        return there.error();
    QList<LedgerRow> rows;
    if (!*there)
        return rows;
    const base::Result<bool> named = hasNames();
    if (!named)
        return named.error();
    const auto page = m_transaction.run(
        {.text = QStringLiteral("SELECT hash, created_at, %1 FROM %2 ORDER BY id")
                     .arg(*named ? QStringLiteral("coalesce(name, '')") : QStringLiteral("''"),
                          qualified()),
         .parameters = {}});
    if (!page)
        return page.error();
    for (qsizetype row = 0; row < page->rowCount(); ++row)
        rows << LedgerRow{page->text(row, 0).toLatin1(), page->text(row, 1).toLongLong(),
                          page->text(row, 2)};
    return rows;
}

base::Result<base::Done> LedgerTable::create()
{
    const base::Result<bool> there = exists();
    if (!there)
        return there.error();
    if (*there) // a role that may write rows need not be allowed to make schemas
        return base::Done{};
    const auto schema = m_transaction.run(
        {.text = QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + sql::identifier(m_name.schema),
         .parameters = {}});
    if (!schema)
        return schema.error();
    const QString names =
        m_layout == migrate::Layout::Folders
            ? QStringLiteral(", name text, applied_at timestamp with time zone DEFAULT now()")
            : QString();
    return done(m_transaction.run(
        {.text = QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (id SERIAL PRIMARY KEY, "
                                "hash text NOT NULL, created_at bigint%2)")
                     .arg(qualified(), names),
         .parameters = {}}));
}

base::Result<base::Done> LedgerTable::add(const LedgerRow &row)
{
    const base::Result<bool> named = hasNames();
    if (!named)
        return named.error();
    // Without its name drizzle-orm 1.0 would run the migration again.
    if (*named && m_layout == migrate::Layout::Folders)
        return done(m_transaction.run(
            {.text = QStringLiteral("INSERT INTO %1 (hash, created_at, name) VALUES ($1, $2, $3)")
                         .arg(qualified()),
             .parameters = {row.hash, QByteArray::number(row.createdAt), row.name.toUtf8()}}));
    return done(m_transaction.run(
        {.text =
             QStringLiteral("INSERT INTO %1 (hash, created_at) VALUES ($1, $2)").arg(qualified()),
         .parameters = {row.hash, QByteArray::number(row.createdAt)}}));
}

QByteArray LedgerTable::lockKey() const
{
    const QByteArray name = "sluice migrate " + qualified().toUtf8();
    const QByteArray digest = QCryptographicHash::hash(name, QCryptographicHash::Sha256);
    return QByteArray::number(qFromBigEndian<qint64>(digest.constData()));
}

base::Result<base::Done> LedgerTable::lock()
{
    // Asked for again and again instead of waited for: a waiting statement holds a snapshot, and an
    // index built concurrently by the one who has the lock would wait for that in turn.
    for (;;) {
        const auto locked = m_transaction.run(
            {.text = QStringLiteral("SELECT pg_try_advisory_lock($1)"), .parameters = {lockKey()}});
        if (!locked)
            return locked.error();
        if (locked->text(0, 0) == QLatin1String("t"))
            return base::Done{};
        const auto slept =
            m_transaction.run({.text = QStringLiteral("SELECT pg_sleep(0.2)"), .parameters = {}});
        if (!slept)
            return slept.error();
    }
}

base::Result<base::Done> LedgerTable::unlock()
{
    return done(m_transaction.run(
        {.text = QStringLiteral("SELECT pg_advisory_unlock($1)"), .parameters = {lockKey()}}));
}

} // namespace runner
