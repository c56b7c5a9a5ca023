// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

#include <optional>

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

namespace studio
{

/// The column titles: the name bold, its type dim beside it, an arrow where the rows are sorted.
/// The first ones may be pinned: they stay when the others are scrolled, as many of them as leave
/// room for others.
class RowsHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit RowsHeader(QTableView *table);

    int pinned() const { return m_pinned; } ///< so many from the left
    void setPinned(int count);
    bool isPinned(int column) const { return visualIndex(column) < m_pinned; }
    void pin(int column);   ///< it stands last among the pinned
    void unpin(int column); ///< it stands again behind the one before it in the table

    int staying() const;     ///< of the pinned ones those that there is room for
    int pinnedWidth() const; ///< which these take
    bool stays(int column) const { return visualIndex(column) < staying(); }
    /// Where QHeaderView, for which all columns scroll, has what is seen at \a x. Left of the
    /// viewport lies what the pinned columns cover.
    int scrolled(int x) const;
    int columnAt(int x) const { return logicalIndexAt(scrolled(x)); }
    int left(int column) const; ///< on the viewport

    void paintEdge(QPainter &painter, int height) const; ///< behind the pinned ones
    QSize sizeHint() const override;

Q_SIGNALS:
    void pinnedChanged();

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    void keepTogether(int from, int to);
    bool isApart(int x) const;
    int edgeAt(int x) const;

    /// What the mouse holds of the pinned titles.
    struct Grip {
        int column;
        int x;                    ///< where it was pressed
        std::optional<int> width; ///< the column's then, when it is held by its edge
        bool isDragged = false;
    };

    QTableView *m_table;
    int m_pinned = 0;
    bool m_isPinning = false;
    std::optional<Grip> m_grip;
};

} // namespace studio
