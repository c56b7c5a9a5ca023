// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffview.h"

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

Q_SIGNALS:
    void answered(const diff::RenameCandidate &candidate, studio::RenameReply reply);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void paintEmpty(QPainter &painter) const;
    /// The whole text of the row at \a position, for a tip.
    QString textAt(const QPoint &position) const;

    DiffPicture m_picture;
    CardLayout m_layout;
    QList<QWidget *> m_notices;
};

} // namespace studio
