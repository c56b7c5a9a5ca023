// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/plan.h"

#include <QAbstractListModel>

namespace studio
{

/// A statement in the list below the picture.
struct StatementRow {
    QString sql;                    ///< whole, without the newline at its end
    QList<migrate::Hazard> hazards; ///< none for what is written already
    QString section{};              ///< what begins with it: "Migration 2 of 3"; empty: nothing
    bool operator==(const StatementRow &) const = default;
};

QList<StatementRow> statementsOf(const migrate::Plan &plan);

/// \a sql on one line; what stands between the outermost parentheses of a long statement becomes
/// "…".
QString foldedSql(const QString &sql);

/// The statements of a plan or a migration. One with several lines is folded until it is opened.
class StatementModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        HazardsRole = Qt::UserRole, ///< QStringList, the words
        SeverityRole,               ///< QList<int>, migrate::Hazard::Severity of each
        OpenRole,                   ///< bool
        CanOpenRole,                ///< bool: folded it says less
        WholeRole,                  ///< QString, the statement as it is written
        SectionRole                 ///< QString, the heading above it, or empty
    };

    using QAbstractListModel::QAbstractListModel;

    /// Keeps open what is open when the statements are the same.
    void setStatements(const QList<StatementRow> &statements);
    void toggle(const QModelIndex &index);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<StatementRow> m_statements;
    QList<bool> m_open;
};

} // namespace studio
