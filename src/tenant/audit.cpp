// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/audit.h"

#include "sql/identifier.h"
#include "tenant/condition.h"

#include <algorithm>

namespace tenant
{

namespace
{

QString columnText(const QString &alias, const QString &column)
{
    return alias + u'.' + sql::identifier(column);
}

QString pairsText(const QString &left, const QStringList &leftColumns, const QString &right,
                  const QStringList &rightColumns)
{
    QStringList pairs;
    for (qsizetype i = 0; i < leftColumns.size(); ++i)
        pairs << columnText(left, leftColumns.at(i)) + QStringLiteral(" = ") +
                     columnText(right, rightColumns.value(i));
    return pairs.join(QStringLiteral(" AND "));
}

/// Several values as one text, "7, 12".
QString joinedText(const QString &alias, const QStringList &columns)
{
    QStringList values;
    for (const QString &column : columns)
        values << columnText(alias, column);
    return values.size() == 1
               ? values.first() + QStringLiteral("::text")
               : QStringLiteral("concat_ws(', ', %1)").arg(values.join(QStringLiteral(", ")));
}

/// How the tenant of a row is found: the tables to join and the column at the end of them.
struct Way {
    QString joins;
    QString column;
};

Way wayToTenant(const schema::Name &table, const QString &alias,
                const Classification &classification)
{
    const TableScope scope = classification.tables.value(table);
    if (scope.scoping == Scoping::BySchema)
        return {.joins = {}, .column = sql::literal(scope.schema) + QStringLiteral("::text")};
    Way way;
    QString last = alias;
    schema::Name at = table;
    for (const PathStep &step : scope.path) {
        const QString next = last + u'p';
        // A path that ends in NULL leads to no tenant; the row is still looked at.
        way.joins += QStringLiteral("\nLEFT JOIN %1 AS %2 ON %3")
                         .arg(qualifiedName(step.target), next,
                              pairsText(next, step.targetColumns, last, step.columns));
        last = next;
        at = step.target;
    }
    way.column = columnText(last, classification.tables.value(at).column);
    return way;
}

/// FROM and WHERE, and what they are made of.
struct Ground {
    Way row;
    Way target;
    QString text;
    QList<sql::Parameter> parameters;
};

Ground groundOf(const AuditKey &key, const Classification &classification, const QString &tenantId)
{
    Ground ground{.row = wayToTenant(key.table, QStringLiteral("r"), classification),
                  .target = wayToTenant(key.target(), QStringLiteral("t"), classification),
                  .text = {},
                  .parameters = {}};
    ground.text = QStringLiteral("\nFROM %1 AS r\nJOIN %2 AS t ON %3")
                      .arg(qualifiedName(key.table), qualifiedName(key.target()),
                           pairsText(QStringLiteral("t"), key.key.targetColumns,
                                     QStringLiteral("r"), key.key.columns)) +
                  ground.row.joins + ground.target.joins;
    if (!tenantId.isEmpty())
        ground.parameters << sql::parameter(tenantId);
    return ground;
}

QString whereText(const Ground &ground)
{
    QString text = QStringLiteral("\nWHERE %1 IS DISTINCT FROM %2")
                       .arg(ground.row.column, ground.target.column);
    if (!ground.parameters.isEmpty())
        text += QStringLiteral(" AND (%1 = $1 OR %2 = $1)")
                    .arg(ground.row.column, ground.target.column);
    return text;
}

/// Whether the tenant's own column is one of the key's pairs.
bool holdsTenant(const schema::ForeignKey &key, const TableScope &from, const TableScope &to)
{
    if (from.scoping != Scoping::Direct || to.scoping != Scoping::Direct)
        return false;
    const qsizetype at = key.columns.indexOf(from.column);
    return at >= 0 && key.targetColumns.value(at) == to.column;
}

bool belongsToTenants(const TableScope &scope)
{
    return scope.scoping == Scoping::Direct || scope.scoping == Scoping::ByPath ||
           scope.scoping == Scoping::BySchema;
}

bool isOwnPath(const schema::ForeignKey &key, const TableScope &scope)
{
    if (scope.path.isEmpty())
        return false;
    const PathStep &first = scope.path.first();
    return first.target == schema::Name{key.targetSchema, key.targetTable} &&
           first.columns == key.columns && first.targetColumns == key.targetColumns;
}

} // namespace

QString AuditKey::text() const
{
    const auto shown = [](const schema::Name &name) {
        return name.schema.isEmpty() ? name.name : name.qualified();
    };
    return QStringLiteral("%1.%2 → %3")
        .arg(shown(table), key.columns.join(QStringLiteral(", ")), shown(target()));
}

QList<AuditKey> auditKeys(const schema::Database &database, const Classification &classification)
{
    QList<AuditKey> keys;
    for (const schema::Table &table : database.tables) {
        const TableScope from = classification.tables.value(table.name);
        if (!belongsToTenants(from))
            continue;
        for (const schema::ForeignKey &key : table.foreignKeys) {
            const schema::Name target{key.targetSchema, key.targetTable};
            const TableScope to = classification.tables.value(target);
            // What has a tenant of its own names others on purpose; what has none gets one there.
            const bool isNaming = target == classification.root && from.scoping == Scoping::Direct;
            const bool isInside = from.scoping == Scoping::BySchema && from.schema == to.schema;
            if (!belongsToTenants(to) || isNaming || isInside || isOwnPath(key, from))
                continue;
            keys << AuditKey{.table = table.name, .key = key, .held = holdsTenant(key, from, to)};
        }
    }
    return keys;
}

sql::Statement auditCount(const AuditKey &key, const Classification &classification,
                          const QString &tenantId)
{
    const Ground ground = groundOf(key, classification, tenantId);
    const QString &row = ground.row.column;
    const QString &target = ground.target.column;
    return {QStringLiteral("SELECT count(*) FILTER (WHERE %1 IS NOT NULL AND %2 IS NOT NULL), "
                           "count(*) FILTER (WHERE %1 IS NULL OR %2 IS NULL)")
                    .arg(row, target) +
                ground.text + whereText(ground),
            ground.parameters};
}

sql::Statement auditRows(const AuditKey &key, const schema::Table &table,
                         const Classification &classification, const QString &tenantId,
                         std::optional<qint64> limit)
{
    const Ground ground = groundOf(key, classification, tenantId);
    const QString &row = ground.row.column;
    const QString &target = ground.target.column;
    QString joins;
    const auto label = [&](const QString &tenant, const QString &alias) {
        if (classification.root.name.isEmpty())
            return tenant + QStringLiteral("::text");
        joins += QStringLiteral("\nLEFT JOIN %1 AS %2 ON %3 = %4")
                     .arg(qualifiedName(classification.root), alias,
                          columnText(alias, classification.rootKey), tenant);
        // A name is shown beside its row, however long it is.
        return QStringLiteral("coalesce(pg_catalog.left(%1::text, 200), %2::text)")
            .arg(columnText(alias, classification.labelColumn.isEmpty()
                                       ? classification.rootKey
                                       : classification.labelColumn),
                 tenant);
    };
    const QString rowLabel = label(row, QStringLiteral("ro"));
    const QString targetLabel = label(target, QStringLiteral("ta"));
    const QStringList own = table.keyColumns();
    const QString rowKey =
        joinedText(QStringLiteral("r"), own.isEmpty() ? QStringList{QStringLiteral("ctid")} : own);
    const auto named = [](const QString &value, const QString &name) {
        return value + QStringLiteral(" AS ") + sql::identifier(name);
    };
    const QString ofRow = QStringLiteral("%1 of %2");
    const QString tenantName =
        classification.column.isEmpty() ? QStringLiteral("schema") : classification.column;
    const QStringList columns{
        named(rowKey, key.table.name),
        named(rowLabel, ofRow.arg(QStringLiteral("tenant"), key.table.name)),
        named(joinedText(QStringLiteral("t"), key.key.targetColumns),
              key.key.columns.join(QStringLiteral(", "))),
        named(targetLabel, ofRow.arg(QStringLiteral("tenant"), key.target().name)),
        named(row, ofRow.arg(tenantName, key.table.name)),
        named(target, ofRow.arg(tenantName, key.target().name))};
    QString text =
        QStringLiteral("SELECT ") + columns.join(QStringLiteral(",\n       ")) + ground.text +
        joins + whereText(ground) +
        QStringLiteral("\nORDER BY (%1 IS NULL OR %2 IS NULL), 2, 4, 1").arg(row, target);
    if (limit)
        text += QStringLiteral("\nLIMIT %1").arg(*limit);
    return {text, ground.parameters};
}

} // namespace tenant
