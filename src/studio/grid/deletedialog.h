// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/deleteimpact.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QTreeWidget;
QT_END_NAMESPACE

namespace studio
{

/// Asks before rows are marked as deleted: what refers to them, and what becomes of that.
class DeleteDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a softly is what would be set instead ("is_active = false"); empty: nothing can be.
    /// \a table is the row itself where it is only one.
    DeleteDialog(const QString &table, qsizetype rows, const QString &softly, QWidget *parent);

    void setImpact(const base::Result<session::Deletion> &deletion);

Q_SIGNALS:
    void softlyWanted();

private:
    QLabel *m_summary;
    QTreeWidget *m_tree;
    QPushButton *m_delete;
};

} // namespace studio
