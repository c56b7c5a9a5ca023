// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace studio
{

/// What a grid says instead of rows, or below them: loading, none, failed, stopped. Lies over its
/// parent, in its middle or as a line at its lower edge.
class RowsMessage final : public QFrame
{
    Q_OBJECT

public:
    enum class Place { Middle, LowerEdge };
    enum class Tone { Quiet, Failure };

    explicit RowsMessage(QWidget *parent);

    /// \a action is the button's text; empty: no button.
    void say(const QString &title, const QString &detail, const QString &action, Tone tone,
             Place place);
    void follow(const QRect &area);

Q_SIGNALS:
    void actionClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_detail;
    QPushButton *m_action;
    Tone m_tone = Tone::Quiet;
    Place m_place = Place::Middle;
};

} // namespace studio
