// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffview.h"

#include "studio/migrations/diffcanvas.h"

#include <QScrollBar>

namespace studio
{

DiffView::DiffView(QWidget *parent)
    : QScrollArea(parent)
    , m_canvas(new DiffCanvas(this))
{
    setWidget(m_canvas);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_canvas, &DiffCanvas::answered, this, &DiffView::answered);
}

void DiffView::setPicture(const DiffPicture &picture)
{
    if (picture == m_canvas->picture())
        return;
    m_canvas->setPicture(picture);
    setAccessibleDescription(picture.cards.isEmpty() ? picture.emptyTitle : toText(picture.cards));
}

const DiffPicture &DiffView::picture() const
{
    return m_canvas->picture();
}

void DiffView::showNotices()
{
    if (!m_canvas->notices().isEmpty())
        ensureWidgetVisible(m_canvas->notices().first());
}

} // namespace studio
