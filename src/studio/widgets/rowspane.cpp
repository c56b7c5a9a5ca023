// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowspane.h"

#include "studio/widgets/rowsview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>

namespace studio
{

RowsPane::RowsPane(RowsView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_bar(new QScrollBar(Qt::Vertical, this))
{
    m_bar->setObjectName(QStringLiteral("rowsScrollBar"));
    m_bar->setAccessibleName(tr("Place in all rows"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, m_bar->sizeHint().width(), 0);
    row->addWidget(view);
    setFocusProxy(view);
    view->setScrollBar(m_bar);
    view->viewport()->installEventFilter(this);
    follow();
}

bool RowsPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        follow();
    return QWidget::eventFilter(watched, event);
}

/// The bar stands beside the rows, not beside their titles and the other bar.
void RowsPane::follow()
{
    const QRect rows = m_view->viewport()->geometry();
    const int thickness = m_bar->sizeHint().width();
    layout()->setContentsMargins(0, 0, thickness, 0);
    m_bar->setGeometry(width() - thickness, m_view->y() + rows.top(), thickness, rows.height());
}

} // namespace studio
