// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QVBoxLayout;
QT_END_NAMESPACE

namespace studio
{

class FlowLayout;

/// One step of the query: a small title, a note at the right, chips and rows below. Says when the
/// mouse or the keyboard is in it, so that its SQL can be lit up.
class StepCard final : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Plain, Tenant };

    StepCard(const QString &title, Tone tone, QWidget *parent = nullptr);

    void setNote(const QString &note);
    /// Adds a chip to the line of chips. Order is the order of calls.
    void addChip(QWidget *chip);
    /// Adds a row over the whole width, above the chips.
    void addRow(QWidget *row);
    void clear();

Q_SIGNALS:
    void entered();
    void left();

protected:
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Tone m_tone;
    QLabel *m_note;
    QVBoxLayout *m_rows;
    QWidget *m_chips;
    FlowLayout *m_flow;
};

} // namespace studio
