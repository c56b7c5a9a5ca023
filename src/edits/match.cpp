// SPDX-License-Identifier: GPL-3.0-or-later
#include "edits/match.h"

#include "schema/typename.h"

#include <QSet>

namespace edits
{

Matching matchingOf(const schema::Column &column)
{
    static const QSet<QString> byValue{
        QStringLiteral("smallint"),    QStringLiteral("integer"),
        QStringLiteral("bigint"),      QStringLiteral("oid"),
        QStringLiteral("boolean"),     QStringLiteral("uuid"),
        QStringLiteral("date"),        QStringLiteral("time"),
        QStringLiteral("timestamp"),   QStringLiteral("timestamp without time zone"),
        QStringLiteral("bytea"),       QStringLiteral("timestamp with time zone"),
        QStringLiteral("inet"),        QStringLiteral("cidr"),
        QStringLiteral("macaddr"),     QStringLiteral("macaddr8"),
        QStringLiteral("char"),        QStringLiteral("money"),
        QStringLiteral("tsrange"),     QStringLiteral("tstzrange"),
        QStringLiteral("daterange"),   QStringLiteral("time without time zone"),
        QStringLiteral("timestamptz"), QStringLiteral("character"),
    };
    if (!column.typeSchema.isEmpty()) // an enum, or an array of one
        return column.type.endsWith(u']') ? Matching::ByText : Matching::ByValue;
    QString type = schema::canonicalType(column.type);
    const bool isArray = type.endsWith(QStringLiteral("[]"));
    while (type.endsWith(QStringLiteral("[]")))
        type.chop(2);
    // timestamp(3) with time zone → timestamp with time zone
    if (const qsizetype open = type.indexOf(u'('); open >= 0)
        type.remove(open, type.indexOf(u')') - open + 1);
    if (byValue.contains(type))
        return Matching::ByValue;
    const bool isText = type == QLatin1String("text") || type == QLatin1String("varchar");
    return isText && !isArray ? Matching::ByCharacter : Matching::ByText;
}

QString matches(const QString &column, Matching matching, const OldValue &value,
                const QString &parameter)
{
    if (value.isUnknown)
        return QStringLiteral("true");
    // IS NULL is true of a composite whose fields are NULL, num_nulls is not.
    if (!value.text)
        return QStringLiteral("pg_catalog.num_nulls(%1) = 1").arg(column);
    // Not a cast to text: that of boolean, inet and character(n) prints something else.
    const QString printed = QStringLiteral("pg_catalog.concat(%1) COLLATE \"C\"").arg(column);
    if (value.isDigest)
        return QStringLiteral("pg_catalog.num_nulls(%1) = 0 AND pg_catalog.md5(%2) = %3")
            .arg(column, printed, parameter);
    switch (matching) {
    case Matching::ByValue:
        return QStringLiteral("%1 IS NOT DISTINCT FROM %2").arg(column, parameter);
    case Matching::ByCharacter:
        return QStringLiteral("%1 IS NOT DISTINCT FROM %2 COLLATE \"C\"").arg(column, parameter);
    case Matching::ByText:
        break;
    }
    return QStringLiteral("pg_catalog.num_nulls(%1) = 0 AND %2 = %3")
        .arg(column, printed, parameter);
}

} // namespace edits
