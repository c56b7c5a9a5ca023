// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/serverdialog.h"

#include "studio/connect/serverurl.h"
#include "studio/widgets/theme.h"
#include "ui_serverdialog.h"

namespace studio
{

ServerDialog::ServerDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ServerDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->problem->hide();
    connect(m_ui->serverAddress, &QLineEdit::textChanged, this, &ServerDialog::takeApart);
    connect(m_ui->serverCancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->serverConnect, &QPushButton::clicked, this, &ServerDialog::tryIt);
}

ServerDialog::~ServerDialog() = default;

void ServerDialog::takeApart(const QString &text)
{
    m_ui->problem->hide();
    setStyleProperty(m_ui->serverAddress, "invalid", false);
    // A pasted address often holds the password: it moves to the masked field at once.
    const ServerUrl parts = splitUrl(text);
    if (parts.password.isEmpty())
        return;
    m_ui->serverPassword->setText(parts.password);
    m_ui->serverAddress->setText(parts.address);
}

void ServerDialog::tryIt()
{
    const ServerUrl parts{m_ui->serverAddress->text().trimmed(), m_ui->serverPassword->text()};
    const QString problem = addressProblem(parts.address);
    m_ui->problem->setText(problem);
    m_ui->problem->setVisible(!problem.isEmpty());
    setStyleProperty(m_ui->serverAddress, "invalid", !problem.isEmpty());
    if (!problem.isEmpty()) {
        m_ui->serverAddress->setFocus();
        return;
    }
    Q_EMIT chosen(joinUrl(parts));
    accept();
}

} // namespace studio
