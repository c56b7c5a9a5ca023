// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/builder/stepcard.h"

#include "studio/widgets/colors.h"
#include "studio/widgets/flowlayout.h"
#include "studio/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace studio
{

StepCard::StepCard(const QString &title, Tone tone, QWidget *parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_note(new QLabel(this))
    , m_rows(new QVBoxLayout)
    , m_chips(new QWidget(this))
    , m_flow(new FlowLayout(m_chips, 6))
{
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto *caption = new QLabel(title.toUpper(), this);
    const bool isTenant = tone == Tone::Tenant;
    setStyleProperty(caption, "tone",
                     isTenant ? QStringLiteral("tenant") : QStringLiteral("caption"));
    setStyleProperty(m_note, "tone", isTenant ? QStringLiteral("tenant") : QStringLiteral("dim"));
    auto *head = new QHBoxLayout;
    head->addWidget(caption);
    head->addStretch();
    head->addWidget(m_note);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 9, 12, 11);
    layout->setSpacing(8);
    layout->addLayout(head);
    m_rows->setSpacing(6);
    layout->addLayout(m_rows);
    layout->addWidget(m_chips);
    m_chips->hide();
}

void StepCard::setNote(const QString &note)
{
    m_note->setText(note);
}

void StepCard::addChip(QWidget *chip)
{
    m_flow->addWidget(chip);
    chip->show();
    m_chips->show();
}

void StepCard::addRow(QWidget *row)
{
    m_rows->addWidget(row);
}

void StepCard::clear()
{
    removeWidgets(m_rows);
    removeWidgets(m_flow);
    m_chips->hide();
}

void StepCard::enterEvent(QEnterEvent *event)
{
    QFrame::enterEvent(event);
    Q_EMIT entered();
}

void StepCard::leaveEvent(QEvent *event)
{
    QFrame::leaveEvent(event);
    Q_EMIT left();
}

void StepCard::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    const bool isTenant = m_tone == Tone::Tenant;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isTenant ? c.tenant : c.line);
    painter.setBrush(isTenant ? c.tenantSoft : c.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace studio
