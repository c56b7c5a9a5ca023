// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QList>
#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QVBoxLayout;
QT_END_NAMESPACE

namespace studio
{

/// Something the window tells the person: what, where, why, what to do, and perhaps a way out.
struct Message {
    enum class Severity { Error, Warning, Notice, Success };
    Severity severity = Severity::Error;
    QString key =
        {}; ///< a newer message with the same key replaces the older one; empty: by its words
    QString what = {};
    QString where = {};
    QString why = {};
    QString todo = {};
    QString action = {};            ///< the text of a button; empty: none
    std::function<void()> run = {}; ///< what the button does; the message closes first

    /// The message for \a error; a refusal and a cancellation are warnings.
    static Message of(const base::Error &error, const QString &key = {});
};

/// The window's message area: messages stacked at the top of the pages, never in the way. The
/// newest is on top; beyond a handful the older ones wait, counted, until the ones above them are
/// closed.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void post(const Message &message);
    void dismiss(const QString &key); ///< nothing happens when no message has it
    void clear();
    int count() const { return int(m_items.size()); }

    static constexpr int visibleMessages = 3;

private:
    struct Item {
        QString key = {};
        QString words = {};
        QWidget *widget;
    };
    void arrange();

    QList<Item> m_items; ///< the newest first
    QVBoxLayout *m_layout;
    QLabel *m_more;
};

} // namespace studio
