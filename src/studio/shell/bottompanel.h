// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace studio
{

/// The panel below the pages: what belongs to the project as a whole, a tab each. Hidden until it
/// is asked for.
class BottomPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit BottomPanel(QWidget *parent = nullptr);

    void addPage(QWidget *page, const QString &title);
    void setTitle(QWidget *page, const QString &title);
    void open(QWidget *page); ///< shows the panel with \a page in front and gives it the focus

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void close();

    QTabBar *m_tabs;
    QStackedWidget *m_pages;
};

} // namespace studio
