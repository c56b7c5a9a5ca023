// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// The foot of the tree: not connected, with a button that connects; or the work that is going on,
/// with the time it has taken. Gone while there is nothing to say.
class ConnectionStrip final : public QWidget
{
    Q_OBJECT

public:
    enum class State { Hidden, NotConnected, NoServer, Failed };

    explicit ConnectionStrip(QWidget *parent = nullptr);
    void setState(State state);
    /// Work in words; empty: it is over. A new text keeps the clock of the work before it.
    void setProgress(const QString &text);

Q_SIGNALS:
    void connectWanted();
    void serverWanted();

private:
    void refresh();
    void showElapsed();

    QLabel *m_text;
    QLabel *m_elapsed;
    QProgressBar *m_bar;
    QPushButton *m_button;
    State m_state = State::Hidden;
    QString m_progress;
    QElapsedTimer m_clock;
    QTimer m_tick;
};

} // namespace studio
