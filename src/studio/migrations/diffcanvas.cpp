// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffcanvas.h"

#include "studio/migrations/cardpainter.h"
#include "studio/migrations/noticeframe.h"

#include <QHelpEvent>
#include <QLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

namespace studio
{

namespace
{
constexpr int noticeWidth = 690; ///< px; longer lines are hard to read
}

DiffCanvas::DiffCanvas(QWidget *parent)
    : QWidget(parent)
{
}

void DiffCanvas::setPicture(const DiffPicture &picture)
{
    m_picture = picture;
    m_dragged.reset();
    unsetCursor();
    for (QWidget *notice : std::as_const(m_notices)) {
        notice->hide();
        notice->deleteLater();
    }
    m_notices.clear();
    if (!picture.obstacles.isEmpty())
        m_notices.append(new RefusalFrame(picture.obstacles, this));
    for (const BlockingRows &rows : picture.rows)
        m_notices.append(new RowsFrame(rows, this));
    for (const RenameQuestion &question : picture.questions) {
        auto *frame = new RenameFrame(question, this);
        connect(frame, &RenameFrame::answered, this,
                [this, asked = question.candidate](RenameReply reply) {
                    Q_EMIT answered(asked, reply);
                });
        m_notices.append(frame);
    }
    for (QWidget *notice : std::as_const(m_notices))
        notice->show();
    arrange();
    update();
}

void DiffCanvas::arrange()
{
    const CardMetrics metrics;
    m_layout = layoutOf(m_picture.cards, width(), metrics);
    int y = m_picture.cards.isEmpty() ? metrics.gap : m_layout.height;
    const int noticeSpace = std::min(noticeWidth, width() - 2 * metrics.gap);
    for (QWidget *notice : std::as_const(m_notices)) {
        const int height = notice->layout()->totalHeightForWidth(noticeSpace);
        notice->setGeometry(metrics.gap, y, noticeSpace, height);
        y += height + metrics.gap;
    }
    setMinimumHeight(y);
}

void DiffCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void DiffCanvas::paintEvent(QPaintEvent *event)
{
    const Colors &used = colors(palette());
    QPainter painter(this);
    painter.fillRect(event->rect(), used.background);
    if (m_picture.cards.isEmpty() && m_notices.isEmpty())
        paintEmpty(painter);
    for (qsizetype i = 0; i < m_layout.cards.size(); ++i) {
        if (m_layout.cards.at(i).intersects(event->rect()))
            paintCard(painter, m_layout.cards.at(i), m_picture.cards.at(i), font(), used);
    }
    if (m_dragged)
        paintJoin(painter);
}

void DiffCanvas::paintEmpty(QPainter &painter) const
{
    const Colors &used = colors(palette());
    QRect area = rect().adjusted(32, 0, -32, 0);
    area.setHeight(area.height() / 2);
    QFont bold = font();
    bold.setPixelSize(15);
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(used.text);
    painter.drawText(area, Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap,
                     m_picture.emptyTitle);
    painter.setFont(font());
    painter.setPen(used.dim);
    painter.drawText(area.translated(0, area.height() + 8),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_picture.emptyText);
}

DiffCanvas::Spot DiffCanvas::spotAt(const QPoint &position) const
{
    const CardMetrics metrics;
    for (qsizetype i = 0; i < m_layout.cards.size(); ++i) {
        const QRect &rect = m_layout.cards.at(i);
        if (!rect.contains(position))
            continue;
        const Card &card = m_picture.cards.at(i);
        Spot spot{.card = &card, .rect = rect};
        if (m_picture.joinable)
            spot.end = endOf(card);
        int y = rect.y() + metrics.header + metrics.padding;
        for (const CardRow &row : card.rows) {
            const int height = heightOf(row, rect.width(), metrics);
            if (position.y() >= y && position.y() < y + height)
                spot.row = &row;
            // What is new or removed as a whole is joined as a whole.
            if (spot.row == &row && m_picture.joinable && !spot.end) {
                spot.end = endOf(card, &row);
                spot.rect = QRect(rect.x(), y, rect.width(), height);
            }
            y += height;
        }
        return spot;
    }
    return {};
}

QString DiffCanvas::textAt(const QPoint &position) const
{
    const Spot spot = spotAt(position);
    if (!spot.card)
        return {};
    const auto end = spot.end;
    const QString text = spot.row ? toText(*spot.row) : spot.card->title;
    return end && end->removed
               ? text + u'\n' + tr("Drag it to what it has become, or open its menu")
               : text;
}

void DiffCanvas::mousePressEvent(QMouseEvent *event)
{
    const Spot spot = spotAt(event->pos());
    const auto end = spot.end;
    if (event->button() != Qt::LeftButton || !end || !end->removed)
        return QWidget::mousePressEvent(event);
    m_dragged = end;
    m_draggedRect = spot.rect;
    m_cursor = event->pos();
}

void DiffCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragged)
        return QWidget::mouseMoveEvent(event);
    m_cursor = event->pos();
    const auto over = spotAt(m_cursor).end;
    setCursor(over && canJoin(*m_dragged, *over) ? Qt::DragLinkCursor : Qt::ForbiddenCursor);
    update();
}

void DiffCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragged)
        return QWidget::mouseReleaseEvent(event);
    const JoinEnd from = *m_dragged;
    m_dragged.reset();
    unsetCursor();
    update();
    const auto to = spotAt(event->pos()).end;
    if (to && canJoin(from, *to))
        Q_EMIT joined(studio::joined(from, *to));
}

void DiffCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const auto from = spotAt(event->pos()).end;
    if (from && from->removed)
        offerJoins({*from}, event->globalPos());
}

void DiffCanvas::showJoins()
{
    QList<JoinEnd> removed = endsOf(m_picture.cards);
    removed.removeIf([](const JoinEnd &end) { return !end.removed; });
    if (m_picture.joinable && !removed.isEmpty())
        offerJoins(removed, mapToGlobal(visibleRegion().boundingRect().topLeft() + QPoint(24, 24)));
}

void DiffCanvas::offerJoins(const QList<JoinEnd> &removed, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("joinMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const JoinEnd &from : removed) {
        auto *targets = menu->addMenu(tr("%1 has become").arg(from.name.name));
        for (const JoinEnd &to : endsOf(m_picture.cards)) {
            if (canJoin(from, to))
                targets->addAction(to.name.name, this,
                                   [this, from, to] { Q_EMIT joined(studio::joined(from, to)); });
        }
        targets->menuAction()->setEnabled(!targets->isEmpty());
    }
    menu->popup(at);
}

/// The line from what is dragged to the cursor, and a frame around what it may be joined to.
void DiffCanvas::paintJoin(QPainter &painter) const
{
    const Colors &used = colors(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(used.accent, 2));
    painter.drawRoundedRect(m_draggedRect.adjusted(1, 1, -1, -1), 4, 4);
    painter.drawLine(m_draggedRect.center(), m_cursor);
    const Spot spot = spotAt(m_cursor);
    const auto over = spot.end;
    if (over && canJoin(*m_dragged, *over))
        painter.drawRoundedRect(spot.rect.adjusted(1, 1, -1, -1), 4, 4);
}

bool DiffCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace studio
