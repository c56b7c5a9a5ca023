// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/gridplace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace studio
{

namespace
{
const QString scopeKey = QStringLiteral("scope");
const QString keyColumnsKey = QStringLiteral("keyColumns");
const QString keyKey = QStringLiteral("key");
const QString orderKey = QStringLiteral("order");
const QString topKey = QStringLiteral("top");
const QString topRowKey = QStringLiteral("topRow");
const QString belowKey = QStringLiteral("below");
const QString columnKey = QStringLiteral("column");
const QString leftKey = QStringLiteral("left");
} // namespace

QByteArray packed(const GridPlace &place, const QString &scope)
{
    const GridStand stand = place.stand.value_or(GridStand());
    QJsonArray top;
    for (const sql::Parameter &value : stand.top)
        top << (value ? QJsonValue(QString::fromUtf8(*value)) : QJsonValue(QJsonValue::Null));
    return QJsonDocument(QJsonObject{{scopeKey, scope},
                                     {keyColumnsKey, QJsonArray::fromStringList(place.keyColumns)},
                                     {keyKey, QJsonArray::fromStringList(place.key)},
                                     {orderKey, QJsonArray::fromStringList(stand.order)},
                                     {topKey, top},
                                     {topRowKey, stand.topRow},
                                     {belowKey, stand.below},
                                     {columnKey, stand.column},
                                     {leftKey, stand.left}})
        .toJson(QJsonDocument::Compact);
}

std::optional<GridPlace> unpackedPlace(const QByteArray &kept, const schema::Name &table,
                                       const QString &scope)
{
    const QJsonObject json = QJsonDocument::fromJson(kept).object();
    if (json.isEmpty() || json.value(scopeKey).toString() != scope)
        return std::nullopt;
    GridStand stand{.order = json.value(orderKey).toVariant().toStringList(),
                    .topRow = json.value(topRowKey).toInteger(),
                    .below = json.value(belowKey).toInteger(),
                    .column = json.value(columnKey).toString(),
                    .left = json.value(leftKey).toInt()};
    const QJsonArray top = json.value(topKey).toArray();
    for (const QJsonValue &value : top)
        stand.top << (value.isNull() ? sql::Parameter() : sql::parameter(value.toString()));
    return GridPlace{.table = table,
                     .keyColumns = json.value(keyColumnsKey).toVariant().toStringList(),
                     .key = json.value(keyKey).toVariant().toStringList(),
                     .stand = stand};
}

} // namespace studio
