// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowsmessage.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace studio
{

RowsMessage::RowsMessage(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_action(new QPushButton(this))
{
    setObjectName(QStringLiteral("rowsMessage"));
    m_title->setObjectName(QStringLiteral("rowsMessageTitle"));
    m_detail->setObjectName(QStringLiteral("rowsMessageDetail"));
    m_action->setObjectName(QStringLiteral("rowsMessageAction"));
    for (QLabel *label : {m_title, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *layout = new QGridLayout(this);
    layout->setSpacing(6);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_detail, 1, 0);
    connect(m_action, &QPushButton::clicked, this, &RowsMessage::actionClicked);
}

void RowsMessage::say(const QString &title, const QString &detail, const QString &action, Tone tone,
                      Place place)
{
    m_tone = tone;
    m_place = place;
    const bool isMiddle = place == Place::Middle;
    const QString titleTone = tone == Tone::Failure ? QStringLiteral("removed")
                              : isMiddle            ? QStringLiteral("heading")
                                                    : QStringLiteral("dim");
    setStyleProperty(m_title, "tone", titleTone);
    setStyleProperty(m_detail, "tone", QStringLiteral("dim"));
    for (QLabel *label : {m_title, m_detail})
        label->setAlignment(isMiddle ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter);
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(isMiddle ? QMargins(16, 16, 16, 16) : QMargins(12, 6, 12, 6));
    if (isMiddle)
        grid->addWidget(m_action, 2, 0, Qt::AlignCenter);
    else
        grid->addWidget(m_action, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
    setAccessibleName(detail.isEmpty() ? title : title + QStringLiteral(": ") + detail);
    follow(parentWidget()->rect());
    update();
}

void RowsMessage::follow(const QRect &area)
{
    layout()->activate();
    if (m_place == Place::Middle) {
        const int width = qMin(area.width(), 520);
        const int height = heightForWidth(width) > 0 ? heightForWidth(width) : sizeHint().height();
        setGeometry(area.center().x() - width / 2, qMax(area.top(), area.height() / 3 - height / 2),
                    width, height);
        return;
    }
    const int height = qMax(34, heightForWidth(area.width()));
    setGeometry(area.left(), area.bottom() - height + 1, area.width(), height);
}

void RowsMessage::paintEvent(QPaintEvent *)
{
    if (m_place == Place::Middle)
        return;
    QPainter painter(this);
    const Colors &c = colors(palette());
    painter.fillRect(rect(), m_tone == Tone::Failure ? c.removedSoft : c.raised);
    painter.setPen(c.line);
    painter.drawLine(rect().topLeft(), rect().topRight());
}

} // namespace studio
