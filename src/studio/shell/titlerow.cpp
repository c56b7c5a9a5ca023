// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/titlerow.h"

#include "session/connection.h"
#include "studio/widgets/theme.h"
#include "ui_titlerow.h"

#include <QPainter>

namespace studio
{

using Connection = TitleState::Connection;

namespace
{
/// Seconds; less than none when there is no end, or it has come.
qint64 leftUntil(const std::optional<QDateTime> &end)
{
    return end ? QDateTime::currentDateTime().secsTo(*end) : -1;
}

/// 14:05
QString minutesText(qint64 seconds)
{
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}
} // namespace

TitleRow::TitleRow(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::TitleRow>())
{
    m_ui->setupUi(this);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    for (QPushButton *button :
         {m_ui->projectButton, m_ui->environmentButton, m_ui->tenantButton, m_ui->nestedButton})
        button->setFont(strong);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &TitleRow::countDown);
    connect(m_ui->environmentButton, &QPushButton::clicked, this, &TitleRow::serverWanted);
    connect(m_ui->tenantButton, &QPushButton::clicked, this, &TitleRow::tenantWanted);
    connect(m_ui->nestedButton, &QPushButton::clicked, this, &TitleRow::nestedWanted);
    connect(m_ui->paletteButton, &QPushButton::clicked, this, &TitleRow::paletteWanted);
    connect(m_ui->writesButton, &QPushButton::clicked, this,
            [this] { m_state.leaseEnd ? Q_EMIT writesEnded() : Q_EMIT writesWanted(); });
    setState({});
}

TitleRow::~TitleRow() = default;

void TitleRow::setState(const TitleState &state)
{
    m_state = state;
    const bool open = !state.project.isEmpty();
    m_ui->projectButton->setText(open ? state.project : tr("Sluice"));
    for (QWidget *part :
         {static_cast<QWidget *>(m_ui->firstArrow), static_cast<QWidget *>(m_ui->environmentButton),
          static_cast<QWidget *>(m_ui->accessLabel), static_cast<QWidget *>(m_ui->writesButton)})
        part->setVisible(open);
    m_ui->secondArrow->setVisible(open && state.hasTenants);
    m_ui->tenantButton->setVisible(open && state.hasTenants);
    showEnvironment();
    showNested();
    countDown();
    update();
}

void TitleRow::setProjectMenu(QMenu *menu)
{
    m_ui->projectButton->setMenu(menu);
}

QPushButton *TitleRow::tenantButton() const
{
    return m_ui->tenantButton;
}

QPushButton *TitleRow::nestedButton() const
{
    return m_ui->nestedButton;
}

QPushButton *TitleRow::writesButton() const
{
    return m_ui->writesButton;
}

void TitleRow::showEnvironment()
{
    const bool connected = m_state.connection == Connection::Connected;
    const QString label = session::environmentLabel(m_state.environment);
    QString name = m_state.server.isEmpty() ? label : m_state.server;
    // The environment is a word as well as a colour, also where the server's name does not say it.
    if (!label.isEmpty() && !name.startsWith(label))
        name = label + QStringLiteral(" · ") + name;
    QString tip;
    switch (m_state.connection) {
    case Connection::NoServer:
        name = tr("no database");
        tip = tr("The project names no database; click to choose one");
        break;
    case Connection::NotConnected:
        tip = tr("Not connected yet: the first query connects");
        break;
    case Connection::Connecting:
        tip = tr("Connecting…");
        break;
    case Connection::Connected:
        tip = tr("Connected");
        break;
    case Connection::Lost:
        name = tr("%1 · no connection").arg(name);
        tip = tr("The connection to the server was lost: what is shown was read before. The next "
                 "read connects again");
        break;
    case Connection::Failed:
        tip = tr("The connection failed");
        break;
    }
    m_ui->environmentButton->setText((connected ? QStringLiteral("● ") : QStringLiteral("○ ")) +
                                     name);
    m_ui->environmentButton->setToolTip(tip);
    m_ui->environmentButton->setAccessibleDescription(name + QStringLiteral(", ") + tip);
    // The frame keeps the colour of the environment.
    setStyleProperty(m_ui->environmentButton, "pill",
                     m_state.connection == Connection::Lost ? QStringLiteral("neutral")
                                                            : environmentTone(m_state.environment));
}

void TitleRow::countDown()
{
    showTenant();
    showAccess();
    if (m_state.leaseEnd || m_state.allTenantsEnd)
        m_second.start();
    else
        m_second.stop();
}

void TitleRow::showTenant()
{
    const qint64 left = leftUntil(m_state.allTenantsEnd);
    const bool all = m_state.tenant.isEmpty();
    QString text = m_state.tenant;
    QString tip = tr("Only rows of %1 are shown").arg(m_state.tenant);
    if (m_state.isTenantWanted) {
        text = tr("Choose a tenant");
        tip = tr("No rows of tenants are shown before one is chosen, or all of them for a while");
    } else if (all) {
        text = left >= 0 ? tr("All tenants · %1").arg(minutesText(left)) : tr("All tenants");
        tip = tr("Rows of every tenant are shown; click to choose one");
    }
    m_ui->tenantButton->setText(text + QStringLiteral(" ▾"));
    m_ui->tenantButton->setToolTip(tip);
    m_ui->tenantButton->setAccessibleDescription(tip);
    setStyleProperty(m_ui->tenantButton, "pill",
                     m_state.isTenantWanted || left >= 0 ? QStringLiteral("changed")
                                                         : QStringLiteral("tenant"));
}

/// Nothing is chosen within a tenant as long as none is.
bool TitleRow::offersNested() const
{
    const bool isAny = !m_state.nestedWhat.isEmpty() || !m_state.nested.isEmpty();
    return !m_state.project.isEmpty() && m_state.hasTenants && isAny && !m_state.tenant.isEmpty();
}

void TitleRow::showNested()
{
    m_ui->thirdArrow->setVisible(offersNested());
    m_ui->nestedButton->setVisible(offersNested());
    const bool all = m_state.nested.isEmpty();
    const QString tip =
        m_state.nestedWhat.isEmpty()
            ? tr("Nothing says any more which rows are %1's: none are shown; click to choose anew")
                  .arg(m_state.nested)
        : all ? tr("Rows of all of %1 are shown; click to choose one of its %2")
                    .arg(m_state.tenant, m_state.nestedWhat)
              : tr("Only rows of %1 in %2 are shown; tables that lead to none of its %3 show those "
                   "of the whole")
                    .arg(m_state.nested, m_state.tenant, m_state.nestedWhat);
    m_ui->nestedButton->setText((all ? tr("All %1").arg(m_state.nestedWhat) : m_state.nested) +
                                QStringLiteral(" ▾"));
    m_ui->nestedButton->setToolTip(tip);
    m_ui->nestedButton->setAccessibleDescription(tip);
    setStyleProperty(m_ui->nestedButton, "pill",
                     all ? QStringLiteral("neutral") : QStringLiteral("tenant"));
}

void TitleRow::showAccess()
{
    const qint64 left = leftUntil(m_state.leaseEnd);
    if (left >= 0) {
        m_ui->accessLabel->setText(tr("Writes allowed · %1").arg(minutesText(left)));
        m_ui->accessLabel->setToolTip(
            tr("The database is open for changes until the time is over"));
        m_ui->writesButton->setText(tr("End writes"));
    } else {
        m_ui->accessLabel->setText(tr("Read-only"));
        m_ui->accessLabel->setToolTip(tr("Nothing that Sluice sends can change the database"));
        m_ui->writesButton->setText(tr("Allow writes…"));
        m_state.leaseEnd.reset();
    }
    setStyleProperty(m_ui->accessLabel, "badge",
                     m_state.leaseEnd ? QStringLiteral("changed") : QStringLiteral("added"));
    m_ui->writesButton->setEnabled(m_state.connection != Connection::NoServer);
    m_ui->writesButton->setToolTip(m_ui->writesButton->isEnabled()
                                       ? QString()
                                       : tr("There is no database to write to; choose one first"));
}

void TitleRow::paintEvent(QPaintEvent *)
{
    const Colors &c = colors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), c.panel);
    painter.fillRect(QRect(0, rect().bottom(), width(), 1), c.line);
    if (m_state.project.isEmpty())
        return;
    const QString tone = environmentTone(m_state.environment);
    const QColor frame = tone == QLatin1String("added")     ? c.added
                         : tone == QLatin1String("changed") ? c.changed
                         : tone == QLatin1String("removed") ? c.removed
                                                            : c.line;
    painter.fillRect(QRect(0, 0, width(), 2), frame);
}

QString environmentTone(const QString &environment)
{
    if (environment == QLatin1String("local"))
        return QStringLiteral("added");
    if (environment == QLatin1String("production"))
        return QStringLiteral("removed");
    return environment.isEmpty() ? QStringLiteral("neutral") : QStringLiteral("changed");
}

} // namespace studio
