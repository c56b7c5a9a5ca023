// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffview.h"

#include "studio/migrations/diffcanvas.h"

#include <QContextMenuEvent>
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
    connect(m_canvas, &DiffCanvas::joined, this, &DiffView::joined);
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

/// The focus is here, and what can be joined is known there.
void DiffView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        m_canvas->showJoins();
}

void DiffView::showNotices()
{
    if (!m_canvas->notices().isEmpty())
        ensureWidgetVisible(m_canvas->notices().first());
}

} // namespace studio
