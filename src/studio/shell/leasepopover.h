// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <memory>

namespace Ui
{
class LeasePopover;
}

namespace studio
{

/// What is asked before something is allowed for a while.
struct LeaseQuestion {
    QString title;
    QString text;
    QString allow, keep; ///< the words on the buttons
    bool isSafe = false; ///< Enter allows it
};

/// The question before a write lease or before all tenants' rows, under the button that asks for
/// it.
class LeasePopover final : public QFrame
{
    Q_OBJECT

public:
    explicit LeasePopover(QWidget *parent = nullptr);
    ~LeasePopover() override;

    /// Asks under \a anchor.
    void ask(const QWidget *anchor, const LeaseQuestion &question);
    /// About writes, naming the server. Only a local server has "allow" under Enter.
    static LeaseQuestion aboutWrites(const QString &environment, const QString &server);
    static LeaseQuestion aboutAllTenants();

Q_SIGNALS:
    void allowed();

private:
    std::unique_ptr<Ui::LeasePopover> m_ui;
};

} // namespace studio
