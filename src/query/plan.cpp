// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/plan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace query
{

namespace
{
QString typeOf(const QJsonObject &node)
{
    return node.value(QStringLiteral("Node Type")).toString();
}

qint64 rowsOf(const QJsonObject &node)
{
    return qint64(node.value(QStringLiteral("Plan Rows")).toDouble(-1));
}

QList<QJsonObject> childrenOf(const QJsonObject &node)
{
    QList<QJsonObject> children;
    const QJsonArray plans = node.value(QStringLiteral("Plans")).toArray();
    for (const QJsonValue &child : plans)
        children << child.toObject();
    return children;
}

bool sorts(const QJsonObject &node)
{
    return typeOf(node) == QStringLiteral("Sort") || std::ranges::any_of(childrenOf(node), sorts);
}

/// Whether rows that were read are thrown away.
bool filters(const QJsonObject &node)
{
    return node.contains(QStringLiteral("Filter")) ||
           std::ranges::any_of(childrenOf(node), filters);
}
} // namespace

Rendered renderExplain(const Select &select)
{
    const QString keyword = QStringLiteral("EXPLAIN (FORMAT JSON) ");
    Rendered rendered = render(select);
    rendered.statement.text.prepend(keyword);
    for (StepSpan &entry : rendered.spans)
        entry.span.offset += keyword.size();
    return rendered;
}

Plan readPlan(const QByteArray &json)
{
    const QJsonObject top = QJsonDocument::fromJson(json)
                                .array()
                                .first()
                                .toObject()
                                .value(QStringLiteral("Plan"))
                                .toObject();
    if (top.isEmpty())
        return {};
    const bool isLimited = typeOf(top) == QStringLiteral("Limit") && !childrenOf(top).isEmpty();
    const QJsonObject whole = isLimited ? childrenOf(top).first() : top;
    Plan plan{.rows = rowsOf(whole), .sorts = sorts(whole)};
    if (plan.sorts)
        plan.part = 1;
    else if (filters(whole))
        plan.part = std::min(1.0, double(rowsOf(top)) / double(std::max(qint64(1), plan.rows)));
    return plan;
}

} // namespace query
