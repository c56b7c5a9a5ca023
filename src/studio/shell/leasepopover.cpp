// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/leasepopover.h"

#include "session/connection.h"
#include "ui_leasepopover.h"

#include <algorithm>

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

LeaseQuestion LeasePopover::aboutWrites(const QString &environment, const QString &server)
{
    const bool local = environment == QLatin1String("local");
    return {.title = tr("Allow writes for 15 minutes?"),
            .text = local ? tr("Sluice may then change %1, for example to apply migrations. It "
                               "becomes read-only again by itself.")
                                .arg(server)
                          : tr("This is %1 (%2). Sluice may then change it, for example to apply "
                               "migrations. It becomes read-only again by itself.")
                                .arg(session::environmentLabel(environment), server),
            .allow = tr("Allow writes"),
            .keep = tr("Stay read-only"),
            .isSafe = local};
}

LeaseQuestion LeasePopover::aboutAllTenants()
{
    return {.title = tr("Show the rows of all tenants for 15 minutes?"),
            .text = tr("Every page then shows and changes everybody's rows, and exports them. "
                       "After that the tenant that was chosen before is chosen again."),
            .allow = tr("Show all tenants"),
            .keep = tr("Stay with one")};
}

void LeasePopover::ask(const QWidget *anchor, const LeaseQuestion &question)
{
    setAccessibleName(question.title);
    m_ui->leaseTitle->setText(question.title);
    m_ui->leaseText->setText(question.text);
    m_ui->leaseAllow->setText(question.allow);
    m_ui->leaseAllow->setAccessibleName(question.allow);
    m_ui->leaseCancel->setText(question.keep);
    m_ui->leaseCancel->setAccessibleName(question.keep);
    m_ui->leaseAllow->setAutoDefault(question.isSafe);
    adjustSize();
    const QPoint left = anchor->mapToGlobal(QPoint(0, anchor->height() + 6));
    const int first = anchor->window()->mapToGlobal(QPoint(0, 0)).x();
    // Under the right edge of the button, where that is not beyond the window.
    move(std::max(first, left.x() + anchor->width() - width()), left.y());
    show();
    (question.isSafe ? m_ui->leaseAllow : m_ui->leaseCancel)->setFocus(Qt::PopupFocusReason);
}

} // namespace studio
