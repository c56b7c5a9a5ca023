// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/condition.h"

#include "sql/identifier.h"

#include <functional>

namespace tenant
{

namespace
{

using Tables = QHash<schema::Name, TableScope>;

/// Names for what a condition is written with, all of them SQL.
struct Names {
    QString inner;                  ///< a prefix for the aliases of the tables along the path
    std::function<QString()> value; ///< the tenant's id: $1, numbered when it is asked for
};

QString columnOf(const QString &alias, const QString &column)
{
    return alias + u'.' + sql::identifier(column);
}

QString columnsOf(const QString &alias, const QStringList &columns)
{
    QStringList texts;
    for (const QString &column : columns)
        texts << columnOf(alias, column);
    return texts.join(QStringLiteral(", "));
}

/// The tenant's column of \a scope's table, called \a row.
QString ofTenant(const TableScope &scope, const QString &row, const Names &names, Rows rows)
{
    const QString column = columnOf(row, scope.column);
    const QString own = column + QStringLiteral(" = ") + names.value();
    return rows == Rows::Shown && scope.shared == SharedRows::Shown
               ? QStringLiteral("(%1 OR %2 IS NULL)").arg(own, column)
               : own;
}

/// The condition along \a paths from their steps \a index on, for rows called \a row. Ways that
/// begin alike share what they have in common: the server plans every table that is named.
QString along(const QList<QList<PathStep>> &paths, const Tables &tables, const Names &names,
              Rows rows, qsizetype index, const QString &row, int &number)
{
    QStringList conditions;
    QList<PathStep> written;
    for (const QList<PathStep> &path : paths) {
        if (index == path.size())
            return ofTenant(tables.value(path.last().target), row, names, rows);
        const PathStep step = path.at(index);
        if (written.contains(step))
            continue;
        written << step;
        QList<QList<PathStep>> alike;
        for (const QList<PathStep> &other : paths) {
            if (other.value(index) == step)
                alike << other;
        }
        const QString next = names.inner + u'_' + QString::number(++number);
        QString text = QStringLiteral("(%1) IN (SELECT %2 FROM %3 AS %4 WHERE ")
                           .arg(columnsOf(row, step.columns), columnsOf(next, step.targetColumns),
                                qualifiedName(step.target), next);
        text += along(alike, tables, names, rows, index + 1, next, number) + u')';
        if (step.mayEnd) {
            for (const QString &column : step.columns)
                text.prepend(columnOf(row, column) + QStringLiteral(" IS NULL OR "));
            text = u'(' + text + u')';
        }
        conditions << text;
    }
    return conditions.join(QStringLiteral(" AND "));
}

/// SQL that is true for \a rows of the table with the scope, which stands to one level of tenants.
QString conditionOf(const TableScope &scope, const Tables &tables, const QString &row,
                    const Names &names, Rows rows)
{
    if (scope.scoping == Scoping::Direct)
        return ofTenant(scope, row, names, rows);
    // All rows are those of the one whose schema it is.
    if (scope.scoping == Scoping::BySchema)
        return QStringLiteral("%1 = %2").arg(sql::literal(scope.schema), names.value());
    if (scope.path.isEmpty())
        return QStringLiteral("false");
    int number = 0;
    const QString text = along(QList<QList<PathStep>>{scope.path} + scope.otherPaths, tables, names,
                               rows, 0, row, number);
    return scope.otherPaths.isEmpty() ? text : u'(' + text + u')';
}

using Value = std::function<QString(bool isNested)>;

/// Of both levels; \a value writes the id.
QString conditionOf(const schema::Name &table, const Classification &classification,
                    const TenantId &tenantId, const QString &row, const QString &inner, Rows rows,
                    const Value &value)
{
    const Standing stands = standing(table, classification, tenantId);
    if (stands == Standing::Unproven)
        return QStringLiteral("false");
    const QString outer = conditionOf(classification.tables.value(table), classification.tables,
                                      row, {inner, [&] { return value(false); }}, rows);
    if (tenantId.nested.isEmpty() || stands != Standing::Own)
        return outer;
    const Tables &tables = classification.nested->tables;
    return QStringLiteral("(%1 AND %2)")
        .arg(outer, conditionOf(tables.value(table), tables, row,
                                {inner + QStringLiteral("_n"), [&] { return value(true); }}, rows));
}

} // namespace

QString qualifiedName(const schema::Name &name)
{
    return sql::identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                           name.name);
}

Standing standing(const schema::Name &table, const Classification &classification,
                  const TenantId &tenantId)
{
    const Scoping outer = classification.tables.value(table).scoping;
    if (outer != Scoping::Direct && outer != Scoping::ByPath && outer != Scoping::BySchema)
        return Standing::None;
    if (tenantId.nested.isEmpty())
        return Standing::Own;
    if (!classification.nested)
        return Standing::Unproven;
    switch (classification.nested->tables.value(table).scoping) {
    case Scoping::Direct:
    case Scoping::ByPath:
        return Standing::Own;
    case Scoping::ByQuery:
        return Standing::Unproven;
    case Scoping::BySchema:
    case Scoping::Global:
    case Scoping::Unscoped:
        break;
    }
    return Standing::Whole;
}

QString Conditions::number(std::optional<qsizetype> &place, const QString &value)
{
    if (!place) {
        m_parameters << sql::parameter(value);
        place = m_parameters.size();
    }
    return u'$' + QString::number(*place);
}

QString Conditions::of(const schema::Name &table, const QString &row, const QString &inner,
                       Rows rows)
{
    return conditionOf(table, m_classification, m_tenantId, row, inner, rows,
                       [this](bool isNested) {
                           return isNested ? number(m_nested, m_tenantId.nested)
                                           : number(m_tenant, m_tenantId.tenant);
                       });
}

QString readableCondition(const schema::Name &table, const Classification &classification,
                          const TenantId &tenantId, const QString &row, const QString &inner)
{
    return conditionOf(table, classification, tenantId, row, inner, Rows::Own, [&](bool isNested) {
        return sql::literal(isNested ? tenantId.nested : tenantId.tenant);
    });
}

} // namespace tenant
