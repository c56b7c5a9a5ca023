// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/connectionstrip.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace studio
{

ConnectionStrip::ConnectionStrip(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_elapsed(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("connectionStrip"));
    setAccessibleName(tr("State of the connection"));
    setProperty("surface", QStringLiteral("footer"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("connectionText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setProperty("tone", QStringLiteral("dim"));
    m_elapsed->setProperty("tone", QStringLiteral("faint"));
    m_elapsed->setAlignment(Qt::AlignRight | Qt::AlignTop);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(3);
    m_bar->setAccessibleName(tr("Work is going on"));
    m_button->setObjectName(QStringLiteral("connectButton"));
    connect(m_button, &QPushButton::clicked, this, [this] {
        m_state == State::NoServer ? Q_EMIT serverWanted() : Q_EMIT connectWanted();
    });
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &ConnectionStrip::showElapsed);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(6);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_text, 0, 0);
    layout->addWidget(m_elapsed, 0, 1);
    layout->addWidget(m_button, 0, 2);
    layout->addWidget(m_bar, 1, 0, 1, 3);
    refresh();
}

void ConnectionStrip::setState(State state)
{
    m_state = state;
    refresh();
}

void ConnectionStrip::setProgress(const QString &text)
{
    if (m_progress.isEmpty() && !text.isEmpty())
        m_clock.start();
    m_progress = text;
    refresh();
}

void ConnectionStrip::refresh()
{
    const bool working = !m_progress.isEmpty();
    switch (m_state) {
    case State::NotConnected:
        m_text->setText(tr("Not connected"));
        m_button->setText(tr("Connect"));
        break;
    case State::NoServer:
        m_text->setText(tr("No database"));
        m_button->setText(tr("Choose…"));
        break;
    case State::Failed:
        m_text->setText(tr("The connection failed"));
        m_button->setText(tr("Try again"));
        break;
    case State::Hidden:
        break;
    }
    if (working)
        m_text->setText(m_progress);
    m_button->setAccessibleName(m_button->text());
    m_button->setVisible(!working);
    m_bar->setVisible(working);
    m_elapsed->setVisible(working);
    working ? m_tick.start() : m_tick.stop();
    showElapsed();
    setVisible(working || m_state != State::Hidden);
}

void ConnectionStrip::showElapsed()
{
    if (m_clock.isValid())
        m_elapsed->setText(tr("%1 s").arg(double(m_clock.elapsed()) / 1000, 0, 'f', 1));
}

} // namespace studio
