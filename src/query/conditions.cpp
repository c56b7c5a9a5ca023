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
    QString place;           ///< "$3"; empty when the key's value is NULL
    bool upwards = true;     ///< rows beyond have greater values
    bool nullsBeyond = true; ///< rows with NULL lie beyond every value

    QString isNull() const { return column + QStringLiteral(" IS NULL"); }
};

/// (a, b) > ($1, $2): what an index on the columns seeks in one go.
QString rowComparison(const QList<KeyColumn> &keys, qsizetype first, bool inclusive)
{
    QStringList columns, places;
    for (const KeyColumn &key : keys.sliced(first)) {
        columns << key.column;
        places << key.place;
    }
    const QString op =
        QLatin1String(keys.last().upwards ? ">" : "<") + QLatin1String(inclusive ? "=" : "");
    if (columns.size() == 1)
        return columns.first() + u' ' + op + u' ' + places.first();
    const QString comma = QStringLiteral(", ");
    return QStringLiteral("(%1) %2 (%3)").arg(columns.join(comma), op, places.join(comma));
}

/// A row comparison leaves out rows with NULL in a later column: only right when none of these lies
/// beyond.
bool comparesAsRow(const QList<KeyColumn> &keys, qsizetype first)
{
    const QList<KeyColumn> rest = keys.sliced(first);
    return std::ranges::all_of(rest,
                               [&](const KeyColumn &key) {
                                   return key.upwards == rest.last().upwards &&
                                          !key.place.isEmpty();
                               }) &&
           std::ranges::none_of(rest.sliced(1), &KeyColumn::nullsBeyond);
}

/// Equal in the column and beyond in those after it; then strictly beyond in the column. One
/// condition with OR would be shorter, but an index seeks it by its first column at best and reads
/// all rows that are equal there.
QStringList beyond(const QList<KeyColumn> &keys, qsizetype first, bool inclusive)
{
    if (first == keys.size())
        return inclusive ? QStringList{QString()} : QStringList();
    const KeyColumn &key = keys.at(first);
    QStringList found;
    if (comparesAsRow(keys, first)) {
        found << rowComparison(keys, first, inclusive);
    } else {
        const QString equal =
            key.place.isEmpty() ? key.isNull() : key.column + QStringLiteral(" = ") + key.place;
        for (const QString &rest : beyond(keys, first + 1, inclusive))
            found << (rest.isEmpty() ? equal : equal + QStringLiteral(" AND ") + rest);
        if (!key.place.isEmpty())
            found << key.column + QLatin1String(key.upwards ? " > " : " < ") + key.place;
    }
    if (!key.place.isEmpty() && key.nullsBeyond)
        found << key.isNull();
    if (key.place.isEmpty() && !key.nullsBeyond)
        found << key.column + QStringLiteral(" IS NOT NULL");
    return found;
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

bool nullsComeLast(const Sort &sort, bool reversed)
{
    const bool isLast =
        sort.nulls == Nulls::Customary ? !sort.descending : sort.nulls == Nulls::Last;
    return isLast != reversed;
}

QStringList conditions(const Keyset &keyset, const QList<Sort> &sorts, Writer &writer)
{
    if (keyset.values.isEmpty())
        return {QString()};
    QList<KeyColumn> keys;
    for (qsizetype i = 0; i < std::min(sorts.size(), keyset.values.size()); ++i) {
        const Sort &sort = sorts.at(i);
        const sql::Parameter &value = keyset.values.at(i);
        keys << KeyColumn{.column = sqlText(sort.column),
                          .place = value ? writer.bind(value) : QString(),
                          .upwards = sort.descending == keyset.backwards,
                          .nullsBeyond = sort.nullable && nullsComeLast(sort, keyset.backwards)};
    }
    return keys.isEmpty() ? QStringList{QString()} : beyond(keys, 0, keyset.inclusive);
}

QString condition(const Blocks &blocks, const QString &alias)
{
    const QString place = sqlText({alias, QStringLiteral("ctid")});
    return QStringLiteral("%1 >= '(%2,0)' AND %1 < '(%3,0)'")
        .arg(place, QString::number(blocks.first), QString::number(blocks.first + blocks.count));
}

} // namespace query
