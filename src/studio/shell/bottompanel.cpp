// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/bottompanel.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/icon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace studio
{

BottomPanel::BottomPanel(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("bottomPanel"));
    setAccessibleName(tr("Panel below the pages"));
    setMinimumHeight(96);
    m_tabs->setObjectName(QStringLiteral("bottomTabs"));
    m_tabs->setAccessibleName(tr("What the panel shows"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    auto *closer = new QToolButton(this);
    closer->setObjectName(QStringLiteral("bottomClose"));
    closer->setAccessibleName(tr("Close the panel"));
    closer->setToolTip(tr("Close the panel"));
    closer->setIcon(icon(QStringLiteral("close")));
    closer->setIconSize({12, 12});
    closer->setProperty("quiet", true);
    connect(closer, &QToolButton::clicked, this, &BottomPanel::close);

    auto *strip = new QHBoxLayout;
    strip->setContentsMargins(0, 0, 8, 0);
    strip->addWidget(m_tabs, 0, Qt::AlignBottom);
    strip->addStretch(1);
    strip->addWidget(closer);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(strip);
    all->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    hide();
}

void BottomPanel::addPage(QWidget *page, const QString &title)
{
    m_pages->addWidget(page);
    m_tabs->addTab(title);
}

void BottomPanel::setTitle(QWidget *page, const QString &title)
{
    m_tabs->setTabText(m_pages->indexOf(page), title);
}

void BottomPanel::open(QWidget *page)
{
    m_tabs->setCurrentIndex(m_pages->indexOf(page));
    show();
    page->setFocus(Qt::OtherFocusReason);
}

void BottomPanel::close()
{
    hide();
    Q_EMIT closed();
}

void BottomPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void BottomPanel::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), m_pages->y()), c.raised);
    painter.fillRect(QRect(0, m_pages->y() - 1, width(), 1), c.line);
}

} // namespace studio
