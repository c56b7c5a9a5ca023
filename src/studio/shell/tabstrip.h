// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace studio
{

/// The row of tabs above the pages: previews in italics, a dot behind what wants attention.
class TabStrip final : public QTabBar
{
    Q_OBJECT

public:
    explicit TabStrip(QWidget *parent = nullptr);

    int insert(int index, const QString &key, const QString &title, bool preview);
    QString key(int index) const;
    int indexOf(const QString &key) const; ///< -1 when there is none
    void setPreview(int index, bool preview);
    bool isPreview(int index) const;
    void setMarked(int index, bool marked);
    bool isMarked(int index) const;

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void tabInserted(int index) override;

private:
    struct Info {
        QString key;
        bool preview = false;
        bool marked = false;
    };
    Info info(int index) const { return tabData(index).value<Info>(); }
    void setInfo(int index, const Info &info);
    QFont fontOf(int index) const;
};

} // namespace studio
