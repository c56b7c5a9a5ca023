// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sshhost.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace testsupport
{

namespace
{
const QStringList systemFolders{QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")};

QString program(const char *name)
{
    return QStandardPaths::findExecutable(QLatin1String(name), systemFolders);
}

int freePort()
{
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
    getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    close(descriptor);
    return ntohs(address.sin_port);
}

bool write(const QString &path, const QString &content, QFile::Permissions permissions)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content.toUtf8()) >= 0 &&
           file.setPermissions(permissions);
}

constexpr auto ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
} // namespace

bool SshHost::isInstalled()
{
    return !program("sshd").isEmpty() && !program("ssh").isEmpty() &&
           !program("ssh-keygen").isEmpty();
}

SshHost::SshHost()
    : m_path(qgetenv("PATH"))
{
    const int port = freePort();
    m_error = makeKeys();
    if (m_error.isEmpty())
        m_error = configure(port);
    if (m_error.isEmpty())
        m_error = startServer(port);
}

SshHost::~SshHost()
{
    qputenv("PATH", m_path);
    m_server.terminate();
    m_server.waitForFinished();
}

QString SshHost::makeKeys() const
{
    for (const char *name : {"host", "person", "nobody"}) {
        QProcess keygen;
        keygen.start(program("ssh-keygen"),
                     {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                      QStringLiteral("-N"), QString(), QStringLiteral("-f"),
                      m_folder.filePath(QLatin1String(name))});
        if (!keygen.waitForFinished() || keygen.exitCode() != 0)
            return QString::fromLocal8Bit(keygen.readAllStandardError());
    }
    return {};
}

/// What sshd and ssh are told, and a `ssh` that comes first in PATH.
QString SshHost::configure(int port) const
{
    QFile key(m_folder.filePath(QStringLiteral("host.pub")));
    if (!key.open(QIODevice::ReadOnly))
        return key.errorString();
    const QString hostKey = QString::fromUtf8(key.readAll()).section(u' ', 0, 1);
    const QString folder = m_folder.path();
    const QString server = QStringLiteral("ListenAddress 127.0.0.1\nPort %1\nHostKey %2/host\n"
                                          "AuthorizedKeysFile %2/person.pub\nPidFile none\n"
                                          "StrictModes no\nUsePAM no\nPermitRootLogin yes\n"
                                          "PasswordAuthentication no\n"
                                          "KbdInteractiveAuthentication no\n")
                               .arg(port)
                               .arg(folder);
    const QString client =
        QStringLiteral("Host closed\n  Port 1\n"
                       "Host stranger\n  UserKnownHostsFile /dev/null\n"
                       "Host keyless\n  IdentityFile %2/nobody\n"
                       "Host * !keyless\n  IdentityFile %2/person\n"
                       "Host *\n  HostName 127.0.0.1\n  Port %1\n  User %3\n"
                       "  IdentitiesOnly yes\n  IdentityAgent none\n"
                       "  UserKnownHostsFile %2/known\n  GlobalKnownHostsFile /dev/null\n")
            .arg(port)
            .arg(folder, QString::fromLocal8Bit(getpwuid(geteuid())->pw_name));
    const bool isWritten =
        write(folder + QStringLiteral("/sshd_config"), server, ownersOnly) &&
        write(folder + QStringLiteral("/config"), client, ownersOnly) &&
        write(folder + QStringLiteral("/known"),
              QStringLiteral("[127.0.0.1]:%1 %2\n").arg(port).arg(hostKey), ownersOnly) &&
        QDir(folder).mkdir(QStringLiteral("bin")) &&
        write(
            folder + QStringLiteral("/bin/ssh"),
            QStringLiteral("#!/bin/sh\nexec %1 -F %2/config \"$@\"\n").arg(program("ssh"), folder),
            ownersOnly | QFile::ExeOwner);
    qputenv("PATH", folder.toUtf8() + "/bin:" + m_path);
    return isWritten ? QString() : QStringLiteral("cannot write into ") + folder;
}

QString SshHost::startServer(int port)
{
    if (geteuid() == 0) // where it keeps nothing, and insists on
        QDir().mkpath(QStringLiteral("/run/sshd"));
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(program("sshd"),
                   {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"),
                    m_folder.filePath(QStringLiteral("sshd_config"))});
    QByteArray said;
    while (!said.contains("listening on")) {
        if (!m_server.waitForReadyRead(10'000))
            return QStringLiteral("sshd on port %1: %2")
                .arg(port)
                .arg(QString::fromLocal8Bit(said + m_server.readAll()));
        said += m_server.readAll();
    }
    return {};
}

} // namespace testsupport
