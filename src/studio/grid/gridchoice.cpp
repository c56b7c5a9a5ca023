// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridchoice.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace studio
{

namespace
{
using query::Operator;

/// Names that stay when the enumeration changes.
const QHash<QString, Operator> &operators()
{
    static const QHash<QString, Operator> names{
        {QStringLiteral("equal"), Operator::Equal},
        {QStringLiteral("notEqual"), Operator::NotEqual},
        {QStringLiteral("less"), Operator::Less},
        {QStringLiteral("lessOrEqual"), Operator::LessOrEqual},
        {QStringLiteral("greater"), Operator::Greater},
        {QStringLiteral("greaterOrEqual"), Operator::GreaterOrEqual},
        {QStringLiteral("contains"), Operator::Contains},
        {QStringLiteral("startsWith"), Operator::StartsWith},
        {QStringLiteral("in"), Operator::In},
        {QStringLiteral("isNull"), Operator::IsNull},
        {QStringLiteral("isNotNull"), Operator::IsNotNull},
        {QStringLiteral("distinct"), Operator::Distinct},
        {QStringLiteral("matches"), Operator::Matches},
        {QStringLiteral("between"), Operator::Between},
        {QStringLiteral("lastDays"), Operator::LastDays},
        {QStringLiteral("hasAll"), Operator::HasAll},
        {QStringLiteral("overlaps"), Operator::Overlaps},
        {QStringLiteral("hasKey"), Operator::HasKey},
        {QStringLiteral("pathEquals"), Operator::PathEquals},
    };
    return names;
}

const QString columnKey = QStringLiteral("column");
const QString operatorKey = QStringLiteral("operator");
const QString valuesKey = QStringLiteral("values");
const QString writtenKey = QStringLiteral("written");
const QString offKey = QStringLiteral("off");
const QString filtersKey = QStringLiteral("filters");
const QString searchKey = QStringLiteral("search");
const QString sortKey = QStringLiteral("sort");
const QString labelsKey = QStringLiteral("labels");
const QString nestedKey = QStringLiteral("nested");
const QString descendingKey = QStringLiteral("descending");

QJsonObject jsonOf(const GridFilter &filter)
{
    QJsonObject json;
    if (filter.written.isEmpty()) {
        json.insert(columnKey, filter.filter.column.column);
        json.insert(operatorKey, operators().key(filter.filter.op));
        json.insert(valuesKey, QJsonArray::fromStringList(filter.filter.values));
    } else {
        json.insert(writtenKey, filter.written);
    }
    if (!filter.isOn)
        json.insert(offKey, true);
    return json;
}

std::optional<GridFilter> filterOf(const QJsonObject &json, const QString &alias)
{
    GridFilter filter{.written = json.value(writtenKey).toString(),
                      .isOn = !json.value(offKey).toBool()};
    if (!filter.written.isEmpty())
        return filter;
    const auto op = operators().constFind(json.value(operatorKey).toString());
    const QString column = json.value(columnKey).toString();
    if (op == operators().constEnd() || column.isEmpty())
        return std::nullopt;
    filter.filter = {.column = {alias, column}, .op = *op};
    const QJsonArray values = json.value(valuesKey).toArray();
    for (const QJsonValue &value : values)
        filter.filter.values << value.toString();
    return filter;
}
} // namespace

QByteArray packed(const GridChoice &choice)
{
    if (choice == GridChoice())
        return {};
    QJsonArray filters;
    for (const GridFilter &filter : choice.filters)
        filters << jsonOf(filter);
    QJsonObject json{{filtersKey, filters}};
    if (!choice.search.isEmpty())
        json.insert(searchKey, choice.search);
    QJsonArray sorts;
    for (const query::Sort &sort : choice.sorts)
        sorts << QJsonObject{{columnKey, sort.column.column}, {descendingKey, sort.descending}};
    if (!sorts.isEmpty())
        json.insert(sortKey, sorts);
    QJsonObject labels;
    for (auto label = choice.labels.cbegin(); label != choice.labels.cend(); ++label)
        labels.insert(label.key(), label.value());
    if (!labels.isEmpty())
        json.insert(labelsKey, labels);
    if (!choice.nested.isEmpty())
        json.insert(nestedKey, choice.nested);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

GridChoice unpacked(const QByteArray &kept, const QString &alias)
{
    const QJsonObject json = QJsonDocument::fromJson(kept).object();
    GridChoice choice{.search = json.value(searchKey).toString(),
                      .nested = json.value(nestedKey).toString()};
    const QJsonArray filters = json.value(filtersKey).toArray();
    for (const QJsonValue &entry : filters) {
        if (const std::optional<GridFilter> filter = filterOf(entry.toObject(), alias))
            choice.filters << *filter;
    }
    // An earlier Sluice kept one, as an object.
    const QJsonValue sort = json.value(sortKey);
    const QJsonArray sorts = sort.isObject() ? QJsonArray{sort} : sort.toArray();
    for (const QJsonValue &by : sorts) {
        if (const QString column = by[columnKey].toString(); !column.isEmpty())
            choice.sorts << query::Sort{.column = {alias, column},
                                        .descending = by[descendingKey].toBool()};
    }
    const QJsonObject labels = json.value(labelsKey).toObject();
    for (auto label = labels.constBegin(); label != labels.constEnd(); ++label)
        choice.labels.insert(label.key(), label.value().toString());
    return choice;
}

} // namespace studio
