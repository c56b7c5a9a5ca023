// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/conditionpopup.h"

#include "studio/widgets/theme.h"
#include "ui_conditionpopup.h"

#include <QKeyEvent>
#include <QTextCursor>

#include <chrono>
#include <utility>

namespace studio
{

ConditionPopup::ConditionPopup(ConditionCheck check, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_ui(std::make_unique<Ui::ConditionPopup>())
    , m_check(std::move(check))
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    using namespace std::chrono_literals;
    m_pause.setSingleShot(true);
    m_pause.setInterval(250ms);
    m_ui->conditionText->installEventFilter(this);
    connect(m_ui->conditionText, &QPlainTextEdit::textChanged, this, &ConditionPopup::edited);
    connect(&m_pause, &QTimer::timeout, this, &ConditionPopup::check);
    connect(m_ui->applyCondition, &QPushButton::clicked, this, &ConditionPopup::apply);
    setFocusProxy(m_ui->conditionText);
    m_ui->conditionText->setFocus();
    edited();
}

ConditionPopup::~ConditionPopup() = default;

void ConditionPopup::setText(const QString &text)
{
    m_ui->conditionText->setPlainText(text);
    m_ui->conditionText->moveCursor(QTextCursor::End);
}

QString ConditionPopup::text() const
{
    return m_ui->conditionText->toPlainText();
}

bool ConditionPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || key->modifiers().testFlag(Qt::ShiftModifier))
        return QFrame::eventFilter(watched, event);
    apply();
    return true;
}

void ConditionPopup::edited()
{
    // Marking the place of an error is no edit.
    if (text() == m_checked && !m_checked.isEmpty())
        return;
    m_checked.clear();
    m_isWanted = false;
    base::disregard(std::exchange(m_watcher, nullptr));
    m_ui->applyCondition->setEnabled(false);
    mark({});
    const bool isEmpty = text().trimmed().isEmpty();
    m_ui->conditionState->setText(
        isEmpty ? tr("SQL for one row, as behind WHERE: score > 3 AND name LIKE 'A%'")
                : tr("Checking…"));
    setStyleProperty(m_ui->conditionState, "tone", QStringLiteral("dim"));
    if (isEmpty)
        m_pause.stop();
    else
        m_pause.start();
}

void ConditionPopup::check()
{
    m_pause.stop();
    base::disregard(std::exchange(m_watcher, nullptr));
    const QString asked = text();
    m_watcher =
        base::receive(this, m_check(asked), [this, asked](const base::Result<rows::Page> &result) {
            m_watcher = nullptr;
            take(asked, result ? std::optional<base::Error>() : std::optional(result.error()));
        });
}

void ConditionPopup::take(const QString &text, const std::optional<base::Error> &error)
{
    mark(error);
    m_ui->applyCondition->setEnabled(!error);
    if (!error) {
        m_checked = text;
        m_ui->conditionState->setText(tr("The server takes it"));
        setStyleProperty(m_ui->conditionState, "tone", QStringLiteral("added"));
        if (m_isWanted)
            apply();
        return;
    }
    m_isWanted = false;
    QStringList words{error->text, error->detail, error->hint};
    words.removeAll(QString());
    m_ui->conditionState->setText(words.join(QLatin1Char('\n')));
    setStyleProperty(m_ui->conditionState, "tone", QStringLiteral("removed"));
}

void ConditionPopup::mark(const std::optional<base::Error> &error)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (error && error->span) {
        QTextEdit::ExtraSelection place;
        place.cursor = QTextCursor(m_ui->conditionText->document());
        const int end = static_cast<int>(text().size());
        place.cursor.setPosition(qBound(0, static_cast<int>(error->span->offset), end));
        place.cursor.setPosition(
            qBound(0,
                   static_cast<int>(error->span->offset + qMax<qsizetype>(1, error->span->length)),
                   end),
            QTextCursor::KeepAnchor);
        place.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        place.format.setUnderlineColor(colors(palette()).removed);
        marks << place;
    }
    m_ui->conditionText->setExtraSelections(marks);
}

void ConditionPopup::apply()
{
    if (text().trimmed().isEmpty())
        return;
    if (m_checked != text()) {
        m_isWanted = true;
        if (m_pause.isActive())
            check();
        return;
    }
    Q_EMIT chosen(m_checked);
    close();
}

} // namespace studio
