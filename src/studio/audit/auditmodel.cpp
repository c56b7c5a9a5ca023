// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/audit/auditmodel.h"

#include <QLocale>

#include <algorithm>

namespace studio
{

namespace
{
AuditModel::State stateOf(const session::AuditFinding &finding)
{
    if (finding.error)
        return AuditModel::State::Unknown;
    if (finding.key.held)
        return AuditModel::State::Held;
    return finding.isFound() ? AuditModel::State::Found : AuditModel::State::Clean;
}

qint64 rowsOf(const session::AuditFinding &finding)
{
    return finding.crossing + finding.oneSided;
}
} // namespace

void AuditModel::setFindings(const QList<session::AuditFinding> &findings)
{
    beginResetModel();
    m_findings = findings;
    std::ranges::stable_sort(m_findings, [](const auto &a, const auto &b) {
        return std::pair(stateOf(a), -rowsOf(a)) < std::pair(stateOf(b), -rowsOf(b));
    });
    endResetModel();
}

qsizetype AuditModel::count(State state) const
{
    return std::ranges::count(m_findings, state, stateOf);
}

int AuditModel::find(const tenant::AuditKey &key) const
{
    const auto found = std::ranges::find(m_findings, key, &session::AuditFinding::key);
    return found == m_findings.end() ? -1 : int(found - m_findings.begin());
}

int AuditModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_findings.size());
}

QVariant AuditModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const session::AuditFinding &finding = m_findings.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return finding.key.text();
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return findingText(finding);
    case StateRole:
        return int(stateOf(finding));
    case NumberRole:
        return finding.isFound() ? QLocale().toString(rowsOf(finding)) : QString();
    default:
        return {};
    }
}

QString findingText(const session::AuditFinding &finding)
{
    if (finding.error)
        return base::toLine(*finding.error);
    if (finding.key.held)
        return AuditModel::tr("The tenant is a part of the key: no row can cross");
    QStringList parts;
    if (finding.crossing)
        parts << AuditModel::tr("rows that point at another tenant's row: %1")
                     .arg(QLocale().toString(finding.crossing));
    if (finding.oneSided)
        parts << AuditModel::tr("rows where only one of the two has a tenant: %1")
                     .arg(QLocale().toString(finding.oneSided));
    return parts.isEmpty() ? AuditModel::tr("Every row stays with its tenant")
                           : parts.join(QStringLiteral(", "));
}

} // namespace studio
