// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>

namespace Ui
{
class ServerDialog;
}

namespace studio
{

/// Asks for a database's address and password. The password is masked, stays in memory and is told
/// once.
class ServerDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ServerDialog(QWidget *parent = nullptr);
    ~ServerDialog() override;

Q_SIGNALS:
    void chosen(const QString &url); ///< with its password: never to be shown or written

private:
    void takeApart(const QString &text);
    void tryIt();

    std::unique_ptr<Ui::ServerDialog> m_ui;
};

} // namespace studio
