// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/shortened.h"

#include "edits/match.h"
#include "sql/identifier.h"

namespace edits
{

namespace
{
/// Numbers, dates and the like print short; so do enums, but what else has a schema need not.
bool mayBeLong(const schema::Column &column)
{
    return !column.typeSchema.isEmpty() || column.type == QLatin1String("bytea") ||
           matchingOf(column) != Matching::ByValue;
}

QString joined(const QStringList &parts, const QString &column)
{
    const QString list =
        parts.isEmpty() ? QStringLiteral("''") : parts.join(QStringLiteral("\n    || "));
    return list + QStringLiteral(" AS ") + sql::identifier(column);
}
} // namespace

QString Shortened::addWhole(const schema::Column &column)
{
    ++m_count;
    return QStringLiteral("r.") + sql::identifier(column.name);
}

QString Shortened::add(const schema::Column &column)
{
    const int index = m_count;
    const QString value = addWhole(column);
    if (!mayBeLong(column))
        return value;
    // As matches() prints it.
    const QString printed = QStringLiteral("pg_catalog.concat(%1)").arg(value);
    const QString size = QStringLiteral("pg_catalog.octet_length(%1)").arg(printed);
    // All at once: a column's name may look like a place.
    const QString longest = QString::number(OldValue::longest);
    m_digests << QStringLiteral("CASE WHEN %1 > %2 THEN '%3:' || pg_catalog.md5(%4 COLLATE \"C\") "
                                "|| ' ' ELSE '' END")
                     .arg(size, longest, QString::number(index), printed);
    m_beginnings << QStringLiteral("CASE WHEN %1 > %2 THEN '%3:' || %1 || ':' || pg_catalog.encode("
                                   "pg_catalog.convert_to(pg_catalog.left(%4, 200), 'UTF8'), "
                                   "'hex') || ' ' ELSE '' END")
                        .arg(size, longest, QString::number(index), printed);
    return QStringLiteral("CASE WHEN %1 <= %2 THEN %3 END AS %4")
        .arg(size, longest, value, sql::identifier(column.name));
}

QString Shortened::digests() const
{
    return joined(m_digests, digestsColumn);
}

QString Shortened::beginnings() const
{
    return joined(m_beginnings, beginningsColumn);
}

OldValue shortened(const sql::Parameter &value, const sql::Parameter &digests, qsizetype index)
{
    const QByteArray number = QByteArray::number(index) + ':';
    for (const QByteArray &entry : digests.value_or(QByteArray()).split(' ')) {
        if (entry.startsWith(number))
            return OldValue::ofDigest(entry.mid(number.size()));
    }
    return {.text = value};
}

Beginning beginningOf(const sql::Parameter &beginnings, qsizetype index)
{
    for (const QByteArray &entry : beginnings.value_or(QByteArray()).split(' ')) {
        const QList<QByteArray> parts = entry.split(':');
        if (parts.size() == 3 && parts.first() == QByteArray::number(index))
            return {QString::fromUtf8(QByteArray::fromHex(parts.at(2))), parts.at(1).toLongLong()};
    }
    return {};
}

QList<SeenField> returnedBy(const QList<Field> &row)
{
    QList<SeenField> seen;
    const bool isShort = !row.isEmpty() && row.last().column == digestsColumn;
    for (qsizetype i = 0; i < row.size() - isShort; ++i)
        seen << SeenField{row.at(i).column, isShort
                                                ? shortened(row.at(i).value, row.last().value, i)
                                                : OldValue{.text = row.at(i).value}};
    return seen;
}

} // namespace edits
