// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/clusterserver.h"

#include "pg/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pg
{

namespace
{
using Progress = std::function<void(const QString &)>;

void report(const Progress &progress, const QString &text)
{
    if (progress)
        progress(text);
}

QByteArray controlValue(const QByteArray &controlData, const char *label)
{
    for (const QByteArray &line : controlData.split('\n')) {
        if (line.startsWith(label))
            return line.mid(line.indexOf(':') + 1).trimmed();
    }
    return {};
}

base::Result<QString> readIdentifier(const ServerUser &user, const QString &programs,
                                     const QString &data)
{
    const base::Result<QByteArray> control = runServerProgram(
        user, programs + QStringLiteral("/pg_controldata"), {QStringLiteral("-D"), data});
    if (!control)
        return control.error();
    return QString::fromLatin1(controlValue(*control, "Database system identifier:"));
}

/// initdb into a folder beside, then one rename: a crash in the middle leaves nothing that looks
/// finished.
base::Result<base::Done> makeCluster(const ClusterFolder &folder, const ServerUser &user,
                                     const QString &programs, Durability durability)
{
    const QString making = folder.file("data.making");
    const QString passwordFile = folder.passwordFile();
    QDir(making).removeRecursively();
    QDir(folder.data()).removeRecursively();
    if (const auto made = folder.createFor(user, making); !made)
        return made;
    if (const auto written = folder.write(passwordFile, randomPassword() + '\n'); !written)
        return written;
    if (user.isOther &&
        lchown(QFile::encodeName(passwordFile).constData(), user.user, user.group) != 0)
        return base::Error{.kind = base::ErrorKind::Io,
                           .text =
                               Text::tr("The password file cannot be given to the server's user"),
                           .where = passwordFile};
    QStringList arguments{QStringLiteral("-D"),
                          making,
                          QStringLiteral("-U"),
                          ownerName(),
                          QStringLiteral("-A"),
                          QStringLiteral("scram-sha-256"),
                          QStringLiteral("-E"),
                          QStringLiteral("UTF8"),
                          QStringLiteral("--locale=C.UTF-8"),
                          QStringLiteral("--pwfile=") + passwordFile};
    if (durability == Durability::Volatile)
        arguments << QStringLiteral("--no-sync");
    if (const auto made = runServerProgram(user, programs + QStringLiteral("/initdb"), arguments);
        !made)
        return made.error();
    const base::Result<QString> identifier = readIdentifier(user, programs, making);
    if (!identifier)
        return identifier.error();
    if (const auto written = folder.write(folder.file("identifier"), identifier->toLatin1() + '\n');
        !written)
        return written;
    if (!QFile::rename(making, folder.data()))
        return base::Error{.kind = base::ErrorKind::Io,
                           .text = Text::tr("The private server's data cannot be put in place"),
                           .where = folder.data()};
    return base::Done{};
}

bool isFree(int port)
{
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound =
        bind(probe, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    close(probe);
    return bound;
}

/// A word for the shell that pg_ctl starts the server with.
QString quoted(QString word)
{
    return u'\'' + word.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/// Every setting on the command line: nothing of ours is written into the folder of the server's
/// user.
QString serverOptions(const ClusterFolder &folder, int port, Durability durability)
{
    const QString sockets = folder.socketFolder();
    QStringList settings{
        QStringLiteral("port=%1").arg(port), QStringLiteral("listen_addresses=127.0.0.1"),
        // A path in this list must not be cut at a comma.
        QStringLiteral("unix_socket_directories=\"%1\"").arg(sockets),
        QStringLiteral("unix_socket_permissions=0700"),
        QStringLiteral("password_encryption=scram-sha-256"),
        QStringLiteral("synchronous_commit=off"), QStringLiteral("max_connections=60"),
        QStringLiteral("log_min_error_statement=panic"), QStringLiteral("lc_messages=C")};
    if (durability == Durability::Volatile)
        settings << QStringLiteral("fsync=off") << QStringLiteral("full_page_writes=off");
    QStringList words;
    for (const QString &setting : std::as_const(settings))
        words << QStringLiteral("-c") << quoted(setting);
    return words.join(u' ');
}

/// An empty log of the server's user; the old one would grow for ever.
base::Result<base::Done> freshLog(const ClusterFolder &folder, const ServerUser &user)
{
    const QString path = folder.file("server.log");
    if (const auto written = folder.write(path, {}); !written)
        return written;
    if (user.isOther && lchown(QFile::encodeName(path).constData(), user.user, user.group) != 0)
        return base::Error{.kind = base::ErrorKind::Io,
                           .text =
                               Text::tr("The server's log cannot be given to the server's user"),
                           .where = path};
    return base::Done{};
}

QString endOfLog(const ClusterFolder &folder)
{
    QFile file(folder.file("server.log"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    constexpr qint64 length = 1'000; // bytes
    file.seek(std::max(qint64(0), file.size() - length));
    return QString::fromUtf8(file.readAll()).simplified();
}

base::Result<int> startServer(const ClusterFolder &folder, const ServerUser &user,
                              const QString &programs, int firstPort, Durability durability)
{
    constexpr int portsToTry = 200;
    if (const auto made = folder.createFor(user, folder.socketFolder()); !made)
        return made.error();
    for (int port = firstPort; port < firstPort + portsToTry; ++port) {
        if (!isFree(port))
            continue;
        if (const auto fresh = freshLog(folder, user); !fresh)
            return fresh.error();
        base::Result<QByteArray> started = runServerProgram(
            user, programs + QStringLiteral("/pg_ctl"),
            {QStringLiteral("start"), QStringLiteral("-w"), QStringLiteral("-s"),
             QStringLiteral("-D"), folder.data(), QStringLiteral("-l"), folder.file("server.log"),
             QStringLiteral("-o"), serverOptions(folder, port, durability)});
        if (started)
            return port;
        const QString log = endOfLog(folder);
        // Somebody took the port since it was looked at.
        if (log.contains(QLatin1String("could not bind")) ||
            log.contains(QLatin1String("could not create any TCP")))
            continue;
        base::Error error = started.error();
        error.text = Text::tr("The private server does not start");
        error.where = folder.path();
        error.detail = log.isEmpty() ? error.detail : log;
        return error;
    }
    return base::Error{
        .kind = base::ErrorKind::Limit,
        .text = Text::tr("There is no free port for the private server"),
        .where = QStringLiteral("127.0.0.1:%1-%2").arg(firstPort).arg(firstPort + portsToTry - 1)};
}

QString majorVersion(const ClusterFolder &folder)
{
    QFile file(folder.data() + QStringLiteral("/PG_VERSION"));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()).trimmed()
                                          : QString();
}
} // namespace

QString ownerName()
{
    return QStringLiteral("sluice");
}

QByteArray randomPassword()
{
    std::array<quint32, 6> words;
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

base::Result<int> ensureServer(const ClusterFolder &folder, int firstPort, Durability durability,
                               const Progress &progress)
{
    const base::Result<ServerUser> user = serverUser();
    if (!user)
        return user.error();
    if (folder.exists()) {
        if (const std::optional<RunningServer> server = folder.running())
            return server->port;
    }
    const base::Result<QString> programs =
        serverProgramFolder(folder.exists() ? majorVersion(folder) : QString());
    if (!programs)
        return programs.error();
    if (!folder.exists()) {
        report(progress, Text::tr("Making the private server"));
        if (const auto made = makeCluster(folder, *user, *programs, durability); !made)
            return made.error();
    }
    const base::Result<QString> identifier = readIdentifier(*user, *programs, folder.data());
    if (!identifier)
        return identifier.error();
    if (*identifier != folder.identifier())
        return base::Error{.kind = base::ErrorKind::Refused,
                           .text = Text::tr("The private server's data is not what was made there"),
                           .where = folder.data(),
                           .detail = Text::tr("Its system identifier is not the recorded one"),
                           .hint = Text::tr("Remove or rename the folder")};
    folder.clearAfterCrash();
    // What keeps a server running ends with that server.
    QFile::remove(folder.file("keep"));
    report(progress, Text::tr("Starting the private server"));
    return startServer(folder, *user, *programs, firstPort, durability);
}

base::Result<base::Done> stopServer(const ClusterFolder &folder)
{
    if (!folder.running())
        return base::Done{};
    const base::Result<ServerUser> user = serverUser();
    if (!user)
        return user.error();
    const base::Result<QString> programs = serverProgramFolder(majorVersion(folder));
    if (!programs)
        return programs.error();
    const base::Result<QByteArray> stopped = runServerProgram(
        *user, *programs + QStringLiteral("/pg_ctl"),
        {QStringLiteral("stop"), QStringLiteral("-w"), QStringLiteral("-s"), QStringLiteral("-m"),
         QStringLiteral("fast"), QStringLiteral("-D"), folder.data()});
    if (!stopped && folder.running())
        return stopped.error();
    return base::Done{};
}

} // namespace pg
