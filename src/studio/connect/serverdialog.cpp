// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/serverdialog.h"

#include "base/receive.h"
#include "session/connection.h"
#include "studio/connect/connectionsteps.h"
#include "studio/connect/keychain.h"
#include "studio/widgets/theme.h"
#include "ui_serverdialog.h"

#include <QFileDialog>

namespace studio
{

namespace
{
const auto secretKeywords = {QStringLiteral("password"), QStringLiteral("sslpassword")};
const auto modeKeyword = QStringLiteral("sslmode");

/// Whether \a text is a URL as far as user:password@.
bool closesAuthority(const QString &text)
{
    return text.startsWith(QLatin1String("postgres")) && text.endsWith(u'@') &&
           !text.contains(u'?');
}
} // namespace

ServerDialog::ServerDialog(const ServerDialogState &state, Keychain &keychain, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ServerDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->problem->hide();
    m_ui->stepsCard->hide();
    m_ui->serverOwn->setVisible(!state.isOwn);
    setUpFields();
    setUpKeeping(state);
    connect(m_ui->serverTest, &QPushButton::clicked, this,
            [this] { m_testing ? stopTesting() : test(); });
    connect(m_ui->serverCancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->serverConnect, &QPushButton::clicked, this, &ServerDialog::accept);
    connect(m_ui->serverOwn, &QPushButton::clicked, this, [this] {
        Q_EMIT ownWanted();
        reject();
    });
    connect(&m_tick, &QTimer::timeout, this, &ServerDialog::showProgress);

    m_systemIdentifier = state.address.expectedSystemIdentifier;
    m_ui->serverAddress->setText(state.address.url);
    takeApart(state.address.url, false);
    m_ui->serverAddress->setCursorPosition(0);
    m_ui->serverSsh->setText(state.address.ssh);
    if (!state.address.password.isEmpty())
        m_ui->serverPassword->setText(state.address.password);
    base::receive(this, keychain.probe(), [this](const base::Result<base::Done> &there) {
        m_isKeychainKnown = true;
        if (!there)
            m_noKeychain = there.error();
        showKeeping();
    });
}

ServerDialog::~ServerDialog() = default;

void ServerDialog::setUpFields()
{
    m_fields = {{m_ui->serverHost, QStringLiteral("host")},
                {m_ui->serverPort, QStringLiteral("port")},
                {m_ui->serverDatabase, QStringLiteral("dbname")},
                {m_ui->serverUser, QStringLiteral("user")},
                {m_ui->serverAuthority, QStringLiteral("sslrootcert")}};
    for (const Field &field : m_fields)
        connect(field.edit, &QLineEdit::textEdited, this,
                [this, keyword = field.keyword](const QString &text) { setPart(keyword, text); });
    connect(m_ui->serverAddress, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_systemIdentifier.clear(); // of the server that stood there
        const bool isTyped = std::abs(text.size() - m_addressSize) <= 1;
        m_addressSize = text.size();
        takeApart(text, isTyped);
    });
    connect(m_ui->serverAddress, &QLineEdit::editingFinished, this, &ServerDialog::hideSecrets);
    connect(m_ui->serverPassword, &QLineEdit::textChanged, this, &ServerDialog::changed);
    connect(m_ui->serverSsh, &QLineEdit::textChanged, this, &ServerDialog::changed);
    QComboBox *mode = m_ui->serverMode;
    mode->addItem(tr("As the server offers (prefer)"), QString());
    mode->addItem(tr("Never (disable)"), QStringLiteral("disable"));
    mode->addItem(tr("Only if the server insists (allow)"), QStringLiteral("allow"));
    mode->addItem(tr("Always (require)"), QStringLiteral("require"));
    mode->addItem(tr("Always, and check the certificate (verify-ca)"), QStringLiteral("verify-ca"));
    mode->addItem(tr("Always, and check certificate and name (verify-full)"),
                  QStringLiteral("verify-full"));
    connect(mode, &QComboBox::activated, this,
            [this, mode] { setPart(modeKeyword, mode->currentData().toString()); });
    connect(m_ui->authorityChoose, &QPushButton::clicked, this, &ServerDialog::askAuthority);
}

void ServerDialog::askAuthority()
{
    auto *dialog = new QFileDialog(this, tr("The authority's certificate"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        setPart(QStringLiteral("sslrootcert"), file);
        showParts();
    });
    dialog->open();
}

void ServerDialog::setUpKeeping(const ServerDialogState &state)
{
    QComboBox *keep = m_ui->serverKeep;
    keep->addItem(tr("Only while this window is open"), int(Keep::Session));
    keep->addItem(tr("Remember it, the password in the system's keychain"), int(Keep::Keychain));
    if (!state.environmentFile.isEmpty())
        keep->addItem(
            tr("In the project: DATABASE_URL in %1").arg(state.environmentFile.section(u'/', -1)),
            int(Keep::EnvironmentFile));
    keep->setCurrentIndex(std::max(0, keep->findData(int(state.keep))));
    connect(keep, &QComboBox::currentIndexChanged, this, &ServerDialog::showKeeping);
}

/// What was typed of a password at the address's end stays there no longer than the typing.
void ServerDialog::hideSecrets()
{
    const QString text = m_ui->serverAddress->text();
    const session::Parts parts = session::partsOf(text).value_or(session::Parts());
    for (const QString &keyword : secretKeywords) {
        if (parts.contains(keyword))
            return takeApart(text, false);
    }
}

/// The fields say what the address says. A pasted address often holds the password: it moves to the
/// masked field at once. One that is typed may go on, or the address behind it, in a form that this
/// would break.
void ServerDialog::takeApart(const QString &text, bool isTyped)
{
    const std::optional<session::Parts> parts = session::partsOf(text);
    setStyleProperty(m_ui->serverAddress, "invalid", false);
    if (!parts) {
        changed();
        return;
    }
    m_parts = *parts;
    bool hadSecret = false;
    for (const QString &keyword : secretKeywords) {
        const QString secret = m_parts.take(keyword);
        hadSecret = hadSecret || !secret.isEmpty();
        if (keyword == QLatin1String("password") && !secret.isEmpty())
            m_ui->serverPassword->setText(secret);
    }
    if (hadSecret && (!isTyped || closesAuthority(text))) {
        m_ui->serverAddress->setText(session::urlOf(m_parts));
        m_addressSize = m_ui->serverAddress->text().size();
    }
    showParts();
    changed();
}

void ServerDialog::setPart(const QString &keyword, const QString &value)
{
    m_systemIdentifier.clear();
    if (value.trimmed().isEmpty())
        m_parts.remove(keyword);
    else
        m_parts.insert(keyword, value.trimmed());
    m_ui->serverAddress->setText(session::urlOf(m_parts));
    setStyleProperty(m_ui->serverAddress, "invalid", false);
    changed();
}

void ServerDialog::showParts()
{
    for (const Field &field : m_fields)
        if (field.edit->text() != m_parts.value(field.keyword))
            field.edit->setText(m_parts.value(field.keyword));
    const QString mode = m_parts.value(modeKeyword);
    m_ui->serverMode->setCurrentIndex(std::max(
        0, m_ui->serverMode->findData(mode == QLatin1String("prefer") ? QString() : mode)));
}

/// Where it leads, with what a service file and the environment add: as which user, and in what
/// kind of place.
void ServerDialog::showSummary()
{
    const base::Result<session::Target> target = session::target(address());
    m_ui->summary->setVisible(target.ok() && !m_parts.isEmpty());
    if (!target)
        return;
    const session::Environment environment = session::environmentOf(*target);
    m_ui->summary->setText(
        environment == session::Environment::Local
            ? QStringLiteral("%1 · %2").arg(
                  target->display(),
                  session::environmentLabel(session::environmentWord(environment)))
            : tr("%1 · %2, opens read-only")
                  .arg(target->display(),
                       session::environmentLabel(session::environmentWord(environment))));
    m_ui->serverHost->setPlaceholderText(target->host);
    m_ui->serverPort->setPlaceholderText(QString::number(target->port));
    m_ui->serverUser->setPlaceholderText(target->user);
    m_ui->serverDatabase->setPlaceholderText(target->database);
}

void ServerDialog::showKeeping()
{
    const Keep keep = Keep(m_ui->serverKeep->currentData().toInt());
    const bool isRefused = keep == Keep::Keychain && m_noKeychain;
    m_ui->keepNote->setText(
        isRefused ? QStringLiteral("%1. %2").arg(m_noKeychain->text, m_noKeychain->hint)
        : keep == Keep::Keychain && !m_isKeychainKnown ? tr("Looking for the keychain…")
        : keep == Keep::EnvironmentFile
            ? tr("With the password, in plain text: keep the file out of version control.")
        : keep == Keep::Keychain
            ? tr("The address goes into Sluice's settings, without the password.")
            : tr("Address and password are written nowhere."));
    setStyleProperty(m_ui->keepNote, "tone",
                     isRefused ? QStringLiteral("changed") : QStringLiteral("dim"));
    m_ui->serverConnect->setEnabled(!isRefused || m_ui->serverPassword->text().isEmpty());
}

/// What was tried before says nothing about what stands there now.
void ServerDialog::changed()
{
    stopTesting();
    m_ui->problem->hide();
    m_ui->stepsCard->hide();
    showSummary();
    showKeeping();
}

session::ServerAddress ServerDialog::address() const
{
    return {.url = m_ui->serverAddress->text().trimmed(),
            .expectedSystemIdentifier = m_systemIdentifier,
            .password = m_ui->serverPassword->text(),
            .ssh = m_ui->serverSsh->text().trimmed()};
}

bool ServerDialog::isUsable()
{
    const base::Result<session::Target> target = session::target(address());
    m_ui->problem->setVisible(!target);
    setStyleProperty(m_ui->serverAddress, "invalid", !target);
    if (target)
        return true;
    const base::Error &error = target.error();
    m_ui->problem->setText(
        error.detail.isEmpty()
            ? QStringLiteral("%1. %2").arg(error.text, error.hint)
            : QStringLiteral("%1: %2. %3").arg(error.text, error.detail, error.hint));
    m_ui->serverAddress->setFocus();
    return false;
}

void ServerDialog::test()
{
    hideSecrets();
    if (!isUsable())
        return;
    m_progress = std::make_shared<Progress>();
    m_clock.start();
    m_ui->serverTest->setText(tr("Stop"));
    const auto note = [progress = m_progress](const session::Diagnosis &now) {
        const std::lock_guard lock(progress->mutex);
        progress->now = now;
    };
    m_testing =
        base::receive(this, session::diagnose(address(), {}, note),
                      [this](const base::Result<session::Diagnosis> &result) {
                          m_testing = nullptr;
                          stopTesting();
                          m_ui->stepsCard->show();
                          if (result)
                              m_ui->steps->show(*result, false);
                          else
                              m_ui->steps->show(result.error());
                          m_ui->stepsTitle->setText(
                              result && result->works()
                                  ? tr("The connection works (%1 ms)").arg(m_clock.elapsed())
                                  : tr("The connection does not work"));
                          makeRoom();
                      });
    constexpr int interval = 100; // ms
    m_tick.start(interval);
    showProgress();
}

void ServerDialog::stopTesting()
{
    base::disregard(m_testing);
    m_testing = nullptr;
    m_tick.stop();
    m_ui->serverTest->setText(tr("Test"));
}

void ServerDialog::showProgress()
{
    const std::lock_guard lock(m_progress->mutex);
    m_ui->stepsCard->show();
    m_ui->stepsTitle->setText(tr("Trying… %1 s").arg(double(m_clock.elapsed()) / 1000, 0, 'f', 1));
    if (m_progress->now)
        m_ui->steps->show(*m_progress->now, true);
    makeRoom();
}

/// Grows for text that wraps, which a layout does not ask room for by itself.
void ServerDialog::makeRoom()
{
    const int wanted = layout()->totalHeightForWidth(width());
    if (height() < wanted)
        resize(width(), wanted);
}

void ServerDialog::accept()
{
    hideSecrets();
    if (!isUsable())
        return;
    Q_EMIT chosen(address(), Keep(m_ui->serverKeep->currentData().toInt()));
    QDialog::accept();
}

} // namespace studio
