// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/panetitle.h"

#include <QHBoxLayout>
#include <QTabBar>

namespace studio
{

void addPaneTitle(QWidget *head, const QString &title)
{
    constexpr int height = 32;
    auto *tab = new QTabBar(head);
    tab->addTab(title);
    tab->setFocusPolicy(Qt::NoFocus);
    tab->setExpanding(false);
    tab->ensurePolished();
    tab->setFixedWidth(tab->tabRect(0).width());
    tab->setAccessibleName(title);
    static_cast<QHBoxLayout *>(head->layout())->insertWidget(0, tab);
    head->setFixedHeight(height);
}

} // namespace studio
