// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/conditions.h"

#include "query/paging.h"

#include <algorithm>

namespace query
{

namespace
{

QString symbol(Operator op)
{
    switch (op) {
    case Operator::NotEqual:
        return QStringLiteral("<>");
    case Operator::Less:
        return QStringLiteral("<");
    case Operator::LessOrEqual:
        return QStringLiteral("<=");
    case Operator::Greater:
        return QStringLiteral(">");
    case Operator::GreaterOrEqual:
        return QStringLiteral(">=");
    default:
        return QStringLiteral("=");
    }
}

/// A value that is there is a text, also an empty one; one that is missing is NULL and matches
/// nothing.
sql::Parameter firstValue(const Filter &filter)
{
    return filter.values.isEmpty() ? sql::Parameter()
                                   : sql::Parameter(filter.values.first().toUtf8());
}

/// One column of a keyset while its condition is put together.
struct KeyColumn {
    QString column;
    QString place;       ///< "$3"; empty when the key's value is NULL
    bool upwards = true; ///< rows beyond have greater values; NULL is greater than everything
    bool nullable = true;
};

/// A comparison of \a key's column with its value; going upwards, NULL lies beyond.
QString compared(const KeyColumn &key, const QString &op)
{
    const QString text = key.column + u' ' + op + u' ' + key.place;
    if (!key.upwards || !key.nullable)
        return text;
    return QStringLiteral("(%1 OR %2 IS NULL)").arg(text, key.column);
}

/// Rows strictly beyond the key in this column alone; empty when there are none.
QString strictly(const KeyColumn &key)
{
    if (!key.place.isEmpty())
        return compared(key, key.upwards ? QStringLiteral(">") : QStringLiteral("<"));
    return key.upwards ? QString() : key.column + QStringLiteral(" IS NOT NULL");
}

/// Rows beyond or equal in this column; empty when all are.
QString weakly(const KeyColumn &key)
{
    if (!key.place.isEmpty())
        return compared(key, key.upwards ? QStringLiteral(">=") : QStringLiteral("<="));
    return key.upwards ? key.column + QStringLiteral(" IS NULL") : QString();
}

/// (a, b) > ($1, $2): what an index on the columns seeks in one go.
QString rowComparison(const QList<KeyColumn> &keys, qsizetype first)
{
    QStringList columns, places;
    for (const KeyColumn &key : keys.sliced(first)) {
        columns << key.column;
        places << key.place;
    }
    const QString op = keys.last().upwards ? QStringLiteral(">") : QStringLiteral("<");
    if (columns.size() == 1)
        return columns.first() + u' ' + op + u' ' + places.first();
    const QString comma = QStringLiteral(", ");
    return QStringLiteral("(%1) %2 (%3)").arg(columns.join(comma), op, places.join(comma));
}

bool comparesAsRow(const QList<KeyColumn> &keys, qsizetype first)
{
    return std::ranges::all_of(keys.sliced(first), [&](const KeyColumn &key) {
        return key.upwards == keys.last().upwards && !key.nullable && !key.place.isEmpty();
    });
}

/// weakly(a) AND (strictly(a) OR beyond(rest)). The leading weak condition looks redundant, but it
/// is what an index can seek with: without it mixed orders read everything before the key.
QString beyond(const QList<KeyColumn> &keys, qsizetype first)
{
    if (comparesAsRow(keys, first))
        return rowComparison(keys, first);
    const KeyColumn &key = keys.at(first);
    const QString strict = strictly(key);
    if (first == keys.size() - 1)
        return strict.isEmpty() ? QStringLiteral("false") : strict;
    const QString weak = weakly(key);
    const QString rest = beyond(keys, first + 1);
    if (strict.isEmpty())
        return QStringLiteral("(%1 AND %2)").arg(weak, rest);
    if (weak.isEmpty())
        return QStringLiteral("(%1 OR %2)").arg(strict, rest);
    return QStringLiteral("(%1 AND (%2 OR %3))").arg(weak, strict, rest);
}

} // namespace

bool isTextual(const QString &type)
{
    const QString base = type.section(u'(', 0, 0).trimmed();
    static const QStringList textual{
        QStringLiteral("text"),      QStringLiteral("varchar"), QStringLiteral("character varying"),
        QStringLiteral("character"), QStringLiteral("char"),    QStringLiteral("bpchar"),
        QStringLiteral("citext"),
    };
    return !type.endsWith(QStringLiteral("[]")) && textual.contains(base);
}

QString escapedPattern(const QString &text)
{
    QString pattern;
    for (const QChar c : text) {
        if (c == u'%' || c == u'_' || c == u'\\')
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

QString patternOf(const Filter &filter)
{
    const QString text = escapedPattern(filter.values.value(0)) + u'%';
    return filter.op == Operator::Contains ? u'%' + text : text;
}

QString condition(const Filter &filter, Writer &writer)
{
    const QString column = sqlText(filter.column);
    const QString asText = column + QStringLiteral("::text");
    const QString comparable = isSortable(filter.type) ? column : asText;
    switch (filter.op) {
    case Operator::IsNull:
        return column + QStringLiteral(" IS NULL");
    case Operator::IsNotNull:
        return column + QStringLiteral(" IS NOT NULL");
    case Operator::Contains:
    case Operator::StartsWith: {
        const sql::Parameter pattern =
            filter.values.isEmpty() ? sql::Parameter() : sql::parameter(patternOf(filter));
        return (isTextual(filter.type) ? column : asText) + QStringLiteral(" ILIKE ") +
               writer.bind(pattern);
    }
    case Operator::In: {
        QStringList places;
        for (const QString &value : filter.values)
            places << writer.bind(value.toUtf8());
        return places.isEmpty() ? QStringLiteral("false")
                                : QStringLiteral("%1 IN (%2)")
                                      .arg(comparable, places.join(QStringLiteral(", ")));
    }
    default:
        return comparable + u' ' + symbol(filter.op) + u' ' + writer.bind(firstValue(filter));
    }
}

QString condition(const Keyset &keyset, const QList<Sort> &sorts, Writer &writer)
{
    QList<KeyColumn> keys;
    for (qsizetype i = 0; i < sorts.size(); ++i) {
        const sql::Parameter value = keyset.values.value(i);
        keys << KeyColumn{.column = sqlText(sorts.at(i).column),
                          .place = value ? writer.bind(value) : QString(),
                          .upwards = sorts.at(i).descending == keyset.backwards,
                          .nullable = sorts.at(i).nullable};
    }
    return keys.isEmpty() ? QStringLiteral("true") : beyond(keys, 0);
}

} // namespace query
