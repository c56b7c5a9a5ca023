// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/leasepopover.h"

#include "session/connection.h"
#include "ui_leasepopover.h"

namespace studio
{

LeasePopover::LeasePopover(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_ui(std::make_unique<Ui::LeasePopover>())
{
    m_ui->setupUi(this);
    setProperty("popup", true);
    connect(m_ui->leaseCancel, &QPushButton::clicked, this, &QWidget::close);
    connect(m_ui->leaseAllow, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT allowed();
    });
}

LeasePopover::~LeasePopover() = default;

void LeasePopover::ask(const QWidget *anchor, const QString &environment, const QString &server)
{
    const bool local = environment == QLatin1String("local");
    m_ui->leaseText->setText(local ? tr("Sluice may then change %1, for example to apply "
                                        "migrations. It becomes read-only again by itself.")
                                         .arg(server)
                                   : tr("This is %1 (%2). Sluice may then change it, for example "
                                        "to apply migrations. It becomes "
                                        "read-only again by itself.")
                                         .arg(session::environmentLabel(environment), server));
    m_ui->leaseAllow->setAutoDefault(local);
    adjustSize();
    move(anchor->mapToGlobal(QPoint(anchor->width() - width(), anchor->height() + 6)));
    show();
    (local ? m_ui->leaseAllow : m_ui->leaseCancel)->setFocus(Qt::PopupFocusReason);
}

} // namespace studio
