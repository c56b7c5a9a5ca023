// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/condition.h"

#include "sql/identifier.h"

namespace tenant
{

namespace
{

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
QString ofTenant(const TableScope &scope, const QString &row, const ConditionNames &names,
                 Rows rows)
{
    const QString column = columnOf(row, scope.column);
    const QString own = column + QStringLiteral(" = ") + names.parameter;
    return rows == Rows::Shown && scope.shared == SharedRows::Shown
               ? QStringLiteral("(%1 OR %2 IS NULL)").arg(own, column)
               : own;
}

/// The condition along \a paths from their steps \a index on, for rows called \a row. Ways that
/// begin alike share what they have in common: the server plans every table that is named.
QString along(const QList<QList<PathStep>> &paths, const Classification &classification,
              const ConditionNames &names, Rows rows, qsizetype index, const QString &row,
              int &number)
{
    QStringList conditions;
    QList<PathStep> written;
    for (const QList<PathStep> &path : paths) {
        if (index == path.size())
            return ofTenant(classification.tables.value(path.last().target), row, names, rows);
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
        text += along(alike, classification, names, rows, index + 1, next, number) + u')';
        if (step.mayEnd) {
            for (const QString &column : step.columns)
                text.prepend(columnOf(row, column) + QStringLiteral(" IS NULL OR "));
            text = u'(' + text + u')';
        }
        conditions << text;
    }
    return conditions.join(QStringLiteral(" AND "));
}

} // namespace

QString qualifiedName(const schema::Name &name)
{
    return sql::identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                           name.name);
}

QString condition(const TableScope &scope, const Classification &classification,
                  const ConditionNames &names, Rows rows)
{
    if (scope.scoping == Scoping::Direct)
        return ofTenant(scope, names.row, names, rows);
    // All rows are those of the one whose schema it is.
    if (scope.scoping == Scoping::BySchema)
        return QStringLiteral("%1 = %2").arg(sql::literal(scope.schema), names.parameter);
    if (scope.path.isEmpty())
        return QStringLiteral("false");
    int number = 0;
    const QString text = along(QList<QList<PathStep>>{scope.path} + scope.otherPaths,
                               classification, names, rows, 0, names.row, number);
    return scope.otherPaths.isEmpty() ? text : u'(' + text + u')';
}

} // namespace tenant
