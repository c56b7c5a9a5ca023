// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/startpage.h"

#include "studio/widgets/icon.h"
#include "ui_startpage.h"

namespace studio
{

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::StartPage>())
{
    m_ui->setupUi(this);
    QFont large = font();
    large.setPixelSize(20);
    large.setWeight(QFont::DemiBold);
    m_ui->startTitle->setFont(large);
    m_ui->recentProjects->setUniformItemSizes(true);
    m_ui->recentProjects->setIconSize({16, 16});
    connect(m_ui->startOpen, &QPushButton::clicked, this, &StartPage::openWanted);
    connect(m_ui->startSample, &QPushButton::clicked, this, &StartPage::sampleWanted);
    connect(m_ui->recentProjects, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT folderChosen(item->text()); });
    connect(m_ui->recentProjects, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT folderChosen(item->text()); });
    setRecent({});
}

StartPage::~StartPage() = default;

void StartPage::setRecent(const QStringList &folders)
{
    m_ui->recentTitle->setVisible(!folders.isEmpty());
    m_ui->recentProjects->setVisible(!folders.isEmpty());
    m_ui->recentProjects->clear();
    for (const QString &folder : folders)
        new QListWidgetItem(icon(QStringLiteral("open")), folder, m_ui->recentProjects);
    m_ui->recentProjects->setFixedHeight(int(folders.size()) * 26 + 4);
}

} // namespace studio
