// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/diffcanvas.h"

#include "studio/migrations/cardpainter.h"
#include "studio/migrations/noticeframe.h"

#include <QHelpEvent>
#include <QLayout>
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

QString DiffCanvas::textAt(const QPoint &position) const
{
    const CardMetrics metrics;
    for (qsizetype i = 0; i < m_layout.cards.size(); ++i) {
        const QRect &card = m_layout.cards.at(i);
        if (!card.contains(position))
            continue;
        int y = card.y() + metrics.header + metrics.padding;
        for (const CardRow &row : m_picture.cards.at(i).rows) {
            const int height = heightOf(row, card.width(), metrics);
            if (position.y() >= y && position.y() < y + height)
                return toText(row);
            y += height;
        }
        return m_picture.cards.at(i).title;
    }
    return {};
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
