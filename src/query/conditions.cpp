// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/conditions.h"

#include "query/paging.h"
#include "sql/identifier.h"

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
    case Operator::Distinct:
        return QStringLiteral("IS DISTINCT FROM");
    case Operator::HasAll:
        return QStringLiteral("@>");
    case Operator::Overlaps:
        return QStringLiteral("&&");
    default:
        return QStringLiteral("=");
    }
}

/// A value that is there is a text, also an empty one; one that is missing is NULL and matches
/// nothing.
sql::Parameter valueAt(const Filter &filter, qsizetype index)
{
    return index < filter.values.size() ? sql::Parameter(filter.values.at(index).toUtf8())
                                        : sql::Parameter();
}

/// Up to now, since what is planned for next year is not of the last days.
QString lastDays(const QString &column, const QString &type, const QString &days)
{
    if (type == QStringLiteral("date"))
        return QStringLiteral("%1 > CURRENT_DATE - %2::integer AND %1 <= CURRENT_DATE")
            .arg(column, days);
    const bool isLocal = type.startsWith(QStringLiteral("timestamp")) &&
                         !type.startsWith(QStringLiteral("timestamptz")) &&
                         !type.contains(QStringLiteral("with time zone"));
    const QString now = isLocal ? QStringLiteral("LOCALTIMESTAMP") : QStringLiteral("now()");
    return QStringLiteral("%1 > %2 - make_interval(days => %3) AND %1 <= %2")
        .arg(column, now, days);
}

QString amongValues(const QString &column, const Filter &filter, Writer &writer)
{
    QStringList places;
    for (const QString &value : filter.values)
        places << writer.bind(value.toUtf8());
    return places.isEmpty()
               ? QStringLiteral("false")
               : QStringLiteral("%1 IN (%2)").arg(column, places.join(QStringLiteral(", ")));
}

/// What a json column takes part in: only jsonb has the operator.
QString asJsonb(const QString &column, const QString &type)
{
    return type == QStringLiteral("jsonb") ? column : column + QStringLiteral("::jsonb");
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
    if (filter.op == Operator::Matches)
        return filter.values.value(0);
    const QString text = escapedPattern(filter.values.value(0)) + u'%';
    return filter.op == Operator::Contains ? u'%' + text : text;
}

QString arrayText(const QStringList &values)
{
    QStringList quoted;
    for (QString value : values) {
        value.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        quoted << u'"' + value + u'"';
    }
    return u'{' + quoted.join(u',') + u'}';
}

QStringList pathOf(const Filter &filter)
{
    return filter.values.value(0).split(u'.', Qt::SkipEmptyParts);
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
    case Operator::StartsWith:
    case Operator::Matches: {
        const sql::Parameter pattern =
            filter.values.isEmpty() ? sql::Parameter() : sql::parameter(patternOf(filter));
        return (isTextual(filter.type) ? column : asText) + QStringLiteral(" ILIKE ") +
               writer.bind(pattern);
    }
    case Operator::In:
        return amongValues(comparable, filter, writer);
    case Operator::Between: {
        const QString low = writer.bind(valueAt(filter, 0));
        return QStringLiteral("%1 BETWEEN %2 AND %3")
            .arg(comparable, low, writer.bind(valueAt(filter, 1)));
    }
    case Operator::LastDays:
        return lastDays(column, filter.type, writer.bind(valueAt(filter, 0)));
    case Operator::HasAll:
    case Operator::Overlaps:
        return column + u' ' + symbol(filter.op) + u' ' +
               writer.bind(arrayText(filter.values).toUtf8());
    case Operator::HasKey:
        return asJsonb(column, filter.type) + QStringLiteral(" ? ") +
               writer.bind(valueAt(filter, 0));
    case Operator::PathEquals: {
        const QString path = writer.bind(arrayText(pathOf(filter)).toUtf8());
        return QStringLiteral("%1 #>> %2 = %3").arg(column, path, writer.bind(valueAt(filter, 1)));
    }
    default:
        return comparable + u' ' + symbol(filter.op) + u' ' + writer.bind(valueAt(filter, 0));
    }
}

QString condition(const Among &among, Writer &writer)
{
    if (among.keys.isEmpty() || among.columns.isEmpty())
        return QStringLiteral("false");
    const QString comma = QStringLiteral(", ");
    if (among.columns.size() == 1) {
        QStringList values;
        for (const QStringList &key : among.keys)
            values << key.value(0);
        return QStringLiteral("%1 = ANY(%2)")
            .arg(sqlText(among.columns.first()), writer.bind(arrayText(values).toUtf8()));
    }
    QStringList columns, rows;
    for (const ColumnRef &column : among.columns)
        columns << sqlText(column);
    for (const QStringList &key : among.keys) {
        QStringList places;
        for (qsizetype i = 0; i < among.columns.size(); ++i)
            places << writer.bind(key.value(i).toUtf8());
        rows << u'(' + places.join(comma) + u')';
    }
    return QStringLiteral("(%1) IN (%2)").arg(columns.join(comma), rows.join(comma));
}

QString condition(const Search &search, Writer &writer)
{
    if (search.way == Search::Way::FullText) {
        const QString document =
            search.columns.isEmpty() ? search.document : sqlText(search.columns.first());
        const QString configuration =
            search.configuration.isEmpty()
                ? QString()
                : sql::literal(search.configuration) + QStringLiteral(", ");
        return QStringLiteral("%1 @@ websearch_to_tsquery(%2%3)")
            .arg(document, configuration, writer.bind(search.text.toUtf8()));
    }
    if (search.columns.isEmpty())
        return QStringLiteral("false");
    const QString pattern =
        writer.bind(QString(u'%' + escapedPattern(search.text) + u'%').toUtf8());
    QStringList conditions;
    for (const ColumnRef &column : search.columns)
        conditions << sqlText(column) + QStringLiteral(" ILIKE ") + pattern;
    const QString text = conditions.join(QStringLiteral(" OR "));
    return conditions.size() == 1 ? text : u'(' + text + u')';
}

QString writtenCondition(const QString &text)
{
    const bool isCommented = text.contains(QStringLiteral("--"));
    return u'(' + text + (isCommented ? QStringLiteral("\n)") : QStringLiteral(")"));
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
