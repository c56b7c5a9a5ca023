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

/// The condition along one path from its step \a index on, for rows called \a row; its tables get
/// numbers from \a number on.
QString along(const QList<PathStep> &path, const Classification &classification,
              const ConditionNames &names, qsizetype index, const QString &row, qsizetype number)
{
    if (index == path.size())
        return columnOf(row, classification.tables.value(path.last().target).column) +
               QStringLiteral(" = ") + names.parameter;
    const PathStep &step = path.at(index);
    const QString next = names.inner + u'_' + QString::number(number);
    QString text = QStringLiteral("(%1) IN (SELECT %2 FROM %3 AS %4 WHERE ")
                       .arg(columnsOf(row, step.columns), columnsOf(next, step.targetColumns),
                            qualifiedName(step.target), next) +
                   along(path, classification, names, index + 1, next, number + 1) + u')';
    if (!step.mayEnd)
        return text;
    for (const QString &column : step.columns)
        text.prepend(columnOf(row, column) + QStringLiteral(" IS NULL OR "));
    return u'(' + text + u')';
}

} // namespace

QString qualifiedName(const schema::Name &name)
{
    return sql::identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                           name.name);
}

QString condition(const TableScope &scope, const Classification &classification,
                  const ConditionNames &names)
{
    if (scope.scoping == Scoping::Direct)
        return columnOf(names.row, scope.column) + QStringLiteral(" = ") + names.parameter;
    if (scope.path.isEmpty())
        return QStringLiteral("false");
    QString text = along(scope.path, classification, names, 0, names.row, 1);
    qsizetype number = 1 + scope.path.size();
    for (const QList<PathStep> &path : scope.otherPaths) {
        text += QStringLiteral(" AND ") + along(path, classification, names, 0, names.row, number);
        number += path.size();
    }
    return scope.otherPaths.isEmpty() ? text : u'(' + text + u')';
}

} // namespace tenant
