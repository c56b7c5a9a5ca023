// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/audit.h"

#include <QAbstractListModel>

namespace studio
{

/// The foreign keys of an audit, a line each: what was found first, what cannot cross last.
class AuditModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class State { Found, Unknown, Clean, Held };
    enum Role {
        StateRole = Qt::UserRole + 1, ///< int(State)
        NumberRole,                   ///< the number of rows as people write it; empty without
    };

    using QAbstractListModel::QAbstractListModel;

    void setFindings(const QList<session::AuditFinding> &findings);
    const session::AuditFinding &at(int row) const { return m_findings.at(row); }
    /// How many keys are in \a state.
    qsizetype count(State state) const;
    /// The line of the same key, -1 without one.
    int find(const tenant::AuditKey &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<session::AuditFinding> m_findings;
};

/// What was found of one key, in words.
QString findingText(const session::AuditFinding &finding);

} // namespace studio
