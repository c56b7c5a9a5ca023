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

/// The question before a write lease, under the button that asks for it.
class LeasePopover final : public QFrame
{
    Q_OBJECT

public:
    explicit LeasePopover(QWidget *parent = nullptr);
    ~LeasePopover() override;

    /// Asks under \a anchor, naming the server it is about. Only a local server has "allow" under
    /// Enter.
    void ask(const QWidget *anchor, const QString &environment, const QString &server);

Q_SIGNALS:
    void allowed();

private:
    std::unique_ptr<Ui::LeasePopover> m_ui;
};

} // namespace studio
