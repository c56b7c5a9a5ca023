// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/messagebar.h"

#include "studio/widgets/icon.h"
#include "studio/widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{

constexpr int firstLine = 5; ///< px above a line of text that stands beside a button

struct Look {
    QString tone; ///< names a pair of colours in the style sheet
    QString icon;
    Tint tint;
    QString word;
};

Look lookOf(Message::Severity severity)
{
    switch (severity) {
    case Message::Severity::Warning:
        return {QStringLiteral("changed"), QStringLiteral("warning"), Tint::Changed,
                MessageBar::tr("Warning")};
    case Message::Severity::Notice:
        return {QStringLiteral("accent"), QStringLiteral("info"), Tint::Accent,
                MessageBar::tr("Notice")};
    case Message::Severity::Success:
        return {QStringLiteral("added"), QStringLiteral("done"), Tint::Added,
                MessageBar::tr("Done")};
    case Message::Severity::Error:
        break;
    }
    return {QStringLiteral("removed"), QStringLiteral("error"), Tint::Removed,
            MessageBar::tr("Error")};
}

QLabel *textLabel(const QString &text, const char *name, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true); // its lines depend on the window's width
    label->setSizePolicy(policy);
    return label;
}

QVBoxLayout *textsOf(const Message &message, const Look &look, QWidget *frame)
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->setContentsMargins(0, firstLine, 0, firstLine);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    auto *word = new QLabel(look.word, frame);
    word->setProperty("tone", look.tone);
    word->setStyleSheet(QStringLiteral("font-weight: 600"));
    auto *what = textLabel(message.what, "messageWhat", frame);
    first->addWidget(word, 0, Qt::AlignTop);
    first->addWidget(what, 1);
    texts->addLayout(first);
    if (!message.where.isEmpty()) {
        auto *where = textLabel(message.where, "messageWhere", frame);
        where->setProperty("mono", true);
        texts->addWidget(where);
    }
    if (!message.why.isEmpty()) {
        auto *why = textLabel(message.why, "messageWhy", frame);
        why->setProperty("tone", QStringLiteral("dim"));
        texts->addWidget(why);
    }
    if (!message.todo.isEmpty())
        texts->addWidget(textLabel(message.todo, "messageTodo", frame));
    return texts;
}

QString spoken(const Message &message, const Look &look)
{
    QStringList parts{look.word + QStringLiteral(": ") + message.what, message.where, message.why,
                      message.todo};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(". "));
}

} // namespace

Message Message::of(const base::Error &error, const QString &key)
{
    const bool mild =
        error.kind == base::ErrorKind::Refused || error.kind == base::ErrorKind::Cancelled;
    QString why = error.detail;
    if (!error.sqlState.isEmpty())
        why += QStringLiteral(" (SQLSTATE %1)").arg(error.sqlState);
    return {.severity = mild ? Severity::Warning : Severity::Error,
            .key = key,
            .what = error.text,
            .where = error.where,
            .why = why.trimmed(),
            .todo = error.hint,
            .action = {},
            .run = {}};
}

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_more(new QLabel(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Messages"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_more->setProperty("tone", QStringLiteral("dim"));
    m_more->setContentsMargins(36, 4, 12, 4);
    m_layout->addWidget(m_more);
    arrange();
}

void MessageBar::post(const Message &message)
{
    const Look look = lookOf(message.severity);
    const QString key = message.key.isEmpty() ? spoken(message, look) : message.key;
    const QString words = spoken(message, look) + message.action;
    const auto same = [&](const Item &item) { return item.key == key && item.words == words; };
    if (std::ranges::any_of(m_items, same))
        return; // it stays where it is, and nobody hears of it twice
    dismiss(key);

    auto *frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("message"));
    frame->setProperty("message", look.tone);
    frame->setAccessibleName(look.word);
    frame->setAccessibleDescription(spoken(message, look));
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    auto *sign = new QLabel(frame);
    sign->setPixmap(icon(look.icon, look.tint).pixmap(16, 16));
    sign->setContentsMargins(0, firstLine, 0, 0);
    row->addWidget(sign, 0, Qt::AlignTop);
    row->addLayout(textsOf(message, look, frame), 1);
    if (!message.action.isEmpty()) {
        auto *button = new QPushButton(message.action, frame);
        button->setObjectName(QStringLiteral("messageAction"));
        button->setAccessibleName(message.action);
        connect(button, &QPushButton::clicked, this, [this, key, run = message.run] {
            dismiss(key);
            if (run)
                run();
        });
        row->addWidget(button, 0, Qt::AlignTop);
    }
    auto *closer = new QToolButton(frame);
    closer->setObjectName(QStringLiteral("messageClose"));
    closer->setAccessibleName(tr("Close this message"));
    closer->setToolTip(tr("Close this message"));
    closer->setIcon(icon(QStringLiteral("close")));
    closer->setProperty("quiet", true);
    connect(closer, &QToolButton::clicked, this, [this, key] { dismiss(key); });
    row->addWidget(closer, 0, Qt::AlignTop);

    m_items.prepend({key, words, frame});
    m_layout->insertWidget(0, frame);
    arrange();
    QAccessibleEvent alert(frame, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::dismiss(const QString &key)
{
    const auto found = std::find_if(m_items.cbegin(), m_items.cend(),
                                    [&key](const Item &item) { return item.key == key; });
    if (found == m_items.cend())
        return;
    // The click that closes it is still on its way through one of its buttons.
    found->widget->hide();
    found->widget->deleteLater();
    m_layout->removeWidget(found->widget);
    m_items.erase(found);
    arrange();
}

void MessageBar::clear()
{
    while (!m_items.isEmpty())
        dismiss(m_items.constLast().key);
}

void MessageBar::arrange()
{
    for (int i = 0; i < count(); ++i)
        m_items.at(i).widget->setVisible(i < visibleMessages);
    const int waiting = count() - visibleMessages;
    m_more->setVisible(waiting > 0);
    m_more->setText(tr("%1 more, shown as these are closed").arg(waiting));
    setVisible(!m_items.isEmpty());
}

} // namespace studio
