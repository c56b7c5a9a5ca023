// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QTableView>

namespace studio
{

class RowsHeader;

/// A table whose first columns may stay at the left while the others scroll sideways behind them:
/// how many, its titles know. They are painted in the same pass as the others; cells that are
/// behind them lie left of the viewport for everybody who asks where a cell is.
class PinnedTable : public QTableView
{
    Q_OBJECT

public:
    explicit PinnedTable(QWidget *parent = nullptr);

    RowsHeader &titles() const { return *m_titles; }

    QRect visualRect(const QModelIndex &cell) const override;
    QModelIndex indexAt(const QPoint &at) const override;
    void scrollTo(const QModelIndex &cell, ScrollHint hint = EnsureVisible) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    QRect pinnedRect() const;
    void paintPinned(const QRect &wanted);

    RowsHeader *m_titles;
    QPersistentModelIndex m_anchor; ///< where the selection began that a drag extends
    QPoint m_pointer;               ///< where it is
};

} // namespace studio
