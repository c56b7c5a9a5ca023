// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStyledItemDelegate>

namespace studio
{

/// Draws a problem: its sign, what is wrong with the place at the right edge, and below in dim
/// text what to do about it.
class ProblemsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ProblemsDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const QIcon m_error;
    const QIcon m_notice;
};

} // namespace studio
