// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/serverchooser.h"

#include "base/receive.h"
#include "session/environmentfile.h"
#include "session/project.h"
#include "studio/connect/preferences.h"

namespace studio
{

namespace
{
session::ServerAddress withoutSecrets(session::ServerAddress address)
{
    session::Parts parts = session::partsOf(address.url).value_or(session::Parts());
    // The last three of libpq 18.
    for (const char *secret :
         {"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"})
        parts.remove(QLatin1String(secret));
    return {.url = session::urlOf(parts), .ssh = address.ssh};
}

/// What a connection's password is called in the keychain.
QString nameOf(const session::ServerAddress &address)
{
    const session::ServerAddress named = withoutSecrets(address);
    return named.ssh.isEmpty() ? named.url : named.url + QStringLiteral(" ssh ") + named.ssh;
}

QString withPassword(const session::ServerAddress &address)
{
    session::Parts parts = session::partsOf(address.url).value_or(session::Parts());
    if (!address.password.isEmpty())
        parts.insert(QStringLiteral("password"), address.password);
    return session::urlOf(parts);
}
} // namespace

ServerChooser::ServerChooser(session::Project &project, Preferences &preferences, QWidget *window)
    : QObject(window)
    , m_project(project)
    , m_preferences(preferences)
    , m_window(window)
{
}

void ServerChooser::ask()
{
    const bool isKept = m_preferences.server(m_project.path()).has_value();
    auto *dialog = new ServerDialog({.address = m_project.server(),
                                     .keep = isKept ? Keep::Keychain : Keep::Session,
                                     .isOwn = m_project.isOwnServer(),
                                     .environmentFile = m_project.environmentFile()},
                                    m_keychain, m_window);
    connect(dialog, &ServerDialog::chosen, this, &ServerChooser::use);
    connect(dialog, &ServerDialog::ownWanted, this, &ServerChooser::useOwn);
    dialog->open();
}

void ServerChooser::restore()
{
    const std::optional<session::ServerAddress> kept = m_preferences.server(m_project.path());
    if (!kept)
        return;
    m_project.awaitServer();
    stopRestoring();
    m_restoring = base::receive(this, m_keychain.read(nameOf(*kept)),
                                [this, path = m_project.path(),
                                 address = *kept](const base::Result<QString> &password) mutable {
                                    m_restoring = nullptr;
                                    if (m_project.path() != path)
                                        return;
                                    if (password)
                                        address.password = *password;
                                    // Without one there may be a password file, or no need of it.
                                    else if (password.error().kind != base::ErrorKind::NotFound)
                                        Q_EMIT failed(password.error());
                                    m_project.setServer(address);
                                });
}

void ServerChooser::use(const session::ServerAddress &address, Keep keep)
{
    stopRestoring();
    const std::optional<session::ServerAddress> kept = m_preferences.server(m_project.path());
    // One that the keychain did not give was not taken back by leaving its field empty.
    const bool isUnread = address.password.isEmpty() && m_project.server().password.isEmpty();
    if (keep != Keep::Keychain || !kept || nameOf(*kept) != nameOf(address) || !isUnread)
        forget();
    if (keep == Keep::Keychain) {
        m_preferences.setServer(m_project.path(), withoutSecrets(address));
        if (!address.password.isEmpty())
            report(m_keychain.write(nameOf(address), address.password));
    } else if (keep == Keep::EnvironmentFile) {
        const auto written =
            session::writeDatabaseUrl(m_project.environmentFile(), withPassword(address));
        if (!written)
            Q_EMIT failed(written.error());
    }
    m_project.setServer(address);
    m_project.connectDatabase();
}

void ServerChooser::useOwn()
{
    stopRestoring();
    forget();
    m_project.setServer({});
}

/// Whoever has chosen meanwhile must not be led back to what was kept when the keychain answers.
void ServerChooser::stopRestoring()
{
    base::disregard(m_restoring);
    m_restoring = nullptr;
}

/// A password that nothing asks for any more does not stay behind.
void ServerChooser::forget()
{
    const std::optional<session::ServerAddress> kept = m_preferences.server(m_project.path());
    if (!kept)
        return;
    m_preferences.setServer(m_project.path(), std::nullopt);
    base::receive(this, m_keychain.remove(nameOf(*kept)), [](const base::Result<base::Done> &) {});
}

void ServerChooser::report(QFuture<base::Result<base::Done>> done)
{
    base::receive(this, std::move(done), [this](const base::Result<base::Done> &result) {
        if (!result)
            Q_EMIT failed(result.error());
    });
}

} // namespace studio
