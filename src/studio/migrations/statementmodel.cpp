// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/statementmodel.h"

namespace studio
{

QList<StatementRow> statementsOf(const migrate::Plan &plan)
{
    QList<StatementRow> rows;
    for (const migrate::PlanLine &line : plan.lines)
        rows.append({line.statement.trimmed(), line.hazards});
    if (plan.steps.size() < 2)
        return rows;
    for (qsizetype i = 0; i < plan.steps.size(); ++i) {
        const migrate::PlanStep &step = plan.steps.at(i);
        if (step.count == 0)
            continue;
        const QString name = step.suggestedName.simplified();
        QString &section = rows[step.first].section;
        section = StatementModel::tr("Migration %1 of %2").arg(i + 1).arg(plan.steps.size());
        if (!name.isEmpty())
            section += QStringLiteral(" · ") + name;
    }
    return rows;
}

QString foldedSql(const QString &sql)
{
    if (!sql.contains(u'\n'))
        return sql;
    const qsizetype open = sql.indexOf(u'(');
    const qsizetype close = sql.lastIndexOf(u')');
    if (open < 0 || close < open || sql.left(open).contains(u'\n'))
        return sql.simplified();
    return sql.left(open + 1) + QStringLiteral(" … ") + sql.mid(close).simplified();
}

void StatementModel::setStatements(const QList<StatementRow> &statements)
{
    if (statements == m_statements)
        return;
    beginResetModel();
    m_statements = statements;
    m_open = QList<bool>(statements.size(), false);
    endResetModel();
}

void StatementModel::toggle(const QModelIndex &index)
{
    if (!data(index, CanOpenRole).toBool())
        return;
    m_open[index.row()] = !m_open.at(index.row());
    Q_EMIT dataChanged(index, index);
}

int StatementModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_statements.size());
}

QVariant StatementModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StatementRow &row = m_statements.at(index.row());
    QStringList hazards;
    QVariantList severities;
    for (const migrate::Hazard &hazard : row.hazards) {
        hazards.append(hazard.text);
        severities.append(static_cast<int>(hazard.severity));
    }
    switch (role) {
    case Qt::DisplayRole:
        return m_open.at(index.row()) ? row.sql : foldedSql(row.sql);
    case Qt::ToolTipRole:
        return (QStringList{row.sql} + hazards).join(u'\n');
    case Qt::AccessibleTextRole:
        return ((row.section.isEmpty() ? QStringList{} : QStringList{row.section}) +
                QStringList{row.sql} + hazards)
            .join(QStringLiteral(", "));
    case WholeRole:
        return row.sql;
    case HazardsRole:
        return hazards;
    case SeverityRole:
        return severities;
    case SectionRole:
        return row.section;
    case OpenRole:
        return m_open.at(index.row());
    case CanOpenRole:
        return foldedSql(row.sql) != row.sql;
    default:
        return {};
    }
}

} // namespace studio
