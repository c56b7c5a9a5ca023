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

} // namespace

QString qualifiedName(const schema::Name &name)
{
    return sql::identifier(name.schema.isEmpty() ? QStringLiteral("public") : name.schema,
                           name.name);
}

QString condition(const TableScope &scope, const Classification &classification,
                  const ConditionNames &names)
{
    const QString equals = QStringLiteral(" = ") + names.parameter;
    if (scope.scoping == Scoping::Direct)
        return columnOf(names.row, scope.column) + equals;
    if (scope.path.isEmpty())
        return QStringLiteral("false");
    QString text;
    QString row = names.row;
    for (qsizetype i = 0; i < scope.path.size(); ++i) {
        const PathStep &step = scope.path.at(i);
        const QString next = names.inner + u'_' + QString::number(i + 1);
        text += QStringLiteral("(%1) IN (SELECT %2 FROM %3 AS %4 WHERE ")
                    .arg(columnsOf(row, step.columns), columnsOf(next, step.targetColumns),
                         qualifiedName(step.target), next);
        row = next;
    }
    const TableScope last = classification.tables.value(scope.path.last().target);
    return text + columnOf(row, last.column) + equals + QString(scope.path.size(), u')');
}

} // namespace tenant
