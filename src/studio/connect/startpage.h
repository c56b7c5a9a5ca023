// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace Ui
{
class StartPage;
}

namespace studio
{

/// What the window shows before a project is open: open one, open the sample, or one of the last.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);
    ~StartPage() override;
    void setRecent(const QStringList &folders); ///< the last one first

Q_SIGNALS:
    void openWanted();
    void sampleWanted();
    void folderChosen(const QString &folder);

private:
    std::unique_ptr<Ui::StartPage> m_ui;
};

} // namespace studio
