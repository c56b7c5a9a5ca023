// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

#include <functional>

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

namespace studio
{

/// The titles of the rows: an arrow where something of a row can be opened below it, for which it
/// keeps the room. Heights are the sections' own, so that they go with their rows when pages come
/// and go at the ends.
class RowsGutter final : public QHeaderView
{
    Q_OBJECT

public:
    enum class Arrow { None, Closed, Open };

    explicit RowsGutter(QTableView *view);

    /// Which arrow a row of the model has. Without it there is no gutter, and no row has room.
    void setArrows(const std::function<Arrow(int row)> &arrows);
    /// Makes so much room below each of these rows, in pixels; the first row on the screen stays
    /// where it is.
    void setRoom(int first, int last, const std::function<int(int row)> &room);
    bool hasRoom() const; ///< a row is taller than others
    /// The room below a row as wide as the viewport, in its coordinates.
    QRect roomOf(int row) const;

    QSize sizeHint() const override;

Q_SIGNALS:
    void arrowsChanged();
    void arrowClicked(int row, Qt::KeyboardModifiers modifiers);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int row) const override;

private:
    int arrowAt(QPoint at) const;

    QTableView *m_view;
    std::function<Arrow(int row)> m_arrows;
    int m_hovered = -1;
};

} // namespace studio
