// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffview.h"
#include "studio/migrations/joins.h"

namespace studio
{

/// What DiffView scrolls: paints the cards, holds the frames, and is as high as both need.
class DiffCanvas final : public QWidget
{
    Q_OBJECT

public:
    explicit DiffCanvas(QWidget *parent = nullptr);

    void setPicture(const DiffPicture &picture);
    const DiffPicture &picture() const { return m_picture; }
    const QList<QWidget *> &notices() const { return m_notices; }
    void showJoins(); ///< a menu of everything that can be joined, for the keyboard

Q_SIGNALS:
    void answered(const diff::RenameCandidate &candidate, studio::RenameReply reply);
    /// The person has joined what was removed to what was added: it is one thing.
    void joined(const diff::RenameCandidate &candidate);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void arrange();
    void paintEmpty(QPainter &painter) const;
    /// A card or one of its rows, and where it is.
    struct Spot {
        const Card *card = nullptr;
        const CardRow *row = nullptr;
        QRect rect;
        std::optional<JoinEnd> end; ///< when it can be joined to something
    };
    Spot spotAt(const QPoint &position) const;
    void paintJoin(QPainter &painter) const;
    /// A menu of what each of \a removed may have become.
    void offerJoins(const QList<JoinEnd> &removed, const QPoint &at);
    /// The whole text of the row at \a position, for a tip.
    QString textAt(const QPoint &position) const;

    DiffPicture m_picture;
    CardLayout m_layout;
    QList<QWidget *> m_notices;
    std::optional<JoinEnd> m_dragged; ///< what is being joined
    QRect m_draggedRect;
    QPoint m_cursor;
};

} // namespace studio
