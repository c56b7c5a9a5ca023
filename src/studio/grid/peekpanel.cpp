// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/peekpanel.h"

#include "studio/widgets/rowstext.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{
constexpr int Width = 380;
constexpr int NameWidth = 130;

QLabel *plain(const QString &text, const char *tone, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // data is shown as it is
    label->setText(text);
    label->setProperty("tone", QLatin1String(tone));
    return label;
}

QString elided(const QLabel &label, const QString &text, int width)
{
    return label.fontMetrics().elidedText(text, Qt::ElideRight, width);
}
} // namespace

PeekPanel::PeekPanel(const QString &title, By by, QWidget *parent)
    : QFrame(parent, by == By::Key ? Qt::Popup : Qt::ToolTip)
    , m_by(by)
    , m_values(new QGridLayout)
    , m_state(plain(tr("Loading…"), "dim", this))
    , m_incoming(plain({}, "dim", this))
{
    setObjectName(QStringLiteral("peekPanel"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_ShowWithoutActivating, by == By::Mouse);
    setProperty("popup", true);
    setAccessibleName(title);
    setFixedWidth(Width);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(12, 10, 12, 10);
    all->setSpacing(6);
    auto *heading = plain(title, "heading", this);
    heading->setObjectName(QStringLiteral("peekTitle"));
    heading->setText(elided(*heading, title, Width - 24));
    all->addWidget(heading);
    m_values->setHorizontalSpacing(10);
    m_values->setVerticalSpacing(3);
    m_values->setColumnMinimumWidth(0, NameWidth);
    m_values->setColumnStretch(1, 1);
    all->addLayout(m_values);
    m_state->setObjectName(QStringLiteral("peekState"));
    m_state->setWordWrap(true);
    all->addWidget(m_state);
    m_incoming->setObjectName(QStringLiteral("peekIncoming"));
    m_incoming->setWordWrap(true);
    m_incoming->hide();
    all->addWidget(m_incoming);
    if (by == By::Key)
        all->addWidget(plain(tr("Enter goes there, Esc closes"), "faint", this));
}

void PeekPanel::setRow(const base::Result<rows::Page> &row, const QList<RowsColumn> &columns,
                       qsizetype more, const QString &absence)
{
    if (!row || row->rowCount() == 0) {
        say(row ? absence : base::toLine(row.error()));
        return;
    }
    const std::optional<QByteArrayView> sizes =
        row->columns().size() > columns.size() ? row->cell(0, columns.size()) : std::nullopt;
    for (int column = 0; column < columns.size(); ++column) {
        const std::optional<QByteArrayView> bytes = row->cell(0, column);
        auto *name = plain(columns.at(column).name, "dim", this);
        name->setText(elided(*name, columns.at(column).name, NameWidth));
        auto *value = plain({}, bytes && !bytes->isEmpty() ? "" : "faint", this);
        value->setObjectName(QStringLiteral("peek_") + columns.at(column).name);
        const query::CutSize size = sizes ? query::cutSize(*sizes, column) : query::CutSize();
        const QString note = size.isCut() ? QStringLiteral("  ") + cutNote(size) : QString();
        const QString text = size.isCut() ? cutText(bytes->toByteArray(), columns.at(column))
                                          : cellText(bytes, columns.at(column));
        value->setText(
            elided(*value, text,
                   Width - NameWidth - 40 - value->fontMetrics().horizontalAdvance(note)) +
            note);
        m_values->addWidget(name, column, 0);
        m_values->addWidget(value, column, 1);
    }
    say(more > 0 ? tr("and %n more column(s)", nullptr, int(more)) : QString());
}

void PeekPanel::setIncoming(const QStringList &texts)
{
    m_incoming->setVisible(!texts.isEmpty());
    m_incoming->setText(tr("Refer to it: %1").arg(texts.join(QStringLiteral(", "))));
    place();
}

void PeekPanel::say(const QString &text)
{
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
    place();
}

void PeekPanel::openBeside(const QRect &cell)
{
    m_cell = cell;
    place();
    show();
}

/// Below the cell, or above it where there is no room.
void PeekPanel::place()
{
    adjustSize();
    QPoint at(m_cell.left(), m_cell.bottom() + 2);
    if (const QScreen *on = screen()) {
        const QRect area = on->availableGeometry();
        at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - width())));
        if (at.y() + height() > area.bottom())
            at.setY(std::max(area.top(), m_cell.top() - height() - 2));
    }
    move(at);
}

void PeekPanel::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter)
        Q_EMIT goWanted();
    if (isEnter || event->key() == Qt::Key_Space || event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

} // namespace studio
