// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/servers.h"

#include "base/receive.h"
#include "pg/serverprograms.h"
#include "sql/identifier.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace testsupport
{

namespace
{
constexpr int patience = 60'000; // ms
constexpr const char *place = "/var/tmp";
constexpr const char *prefix = "sluice-server-";

QString programsOf(int majorVersion)
{
    const QString fetched =
        QStringLiteral(SLUICE_SERVERS_DIR "/node_modules/pg%1/native/bin").arg(majorVersion);
    if (QFileInfo(fetched + QStringLiteral("/postgres")).isExecutable())
        return fetched;
    const auto installed = pg::serverProgramFolder(QString::number(majorVersion));
    return installed ? *installed : QString();
}

/// What killed programs left; the name holds their id.
void removeLeftOvers()
{
    const QDir folder{QLatin1String(place)};
    for (const QString &name : folder.entryList({QLatin1String(prefix) + u'*'}, QDir::Dirs)) {
        const QString owner = name.section(u'-', 2, 2);
        if (!QFileInfo::exists(QStringLiteral("/proc/") + owner))
            QDir(folder.filePath(name)).removeRecursively();
    }
}
} // namespace

class VersionedServer::Private
{
public:
    Private()
        : folder(QStringLiteral("%1/%2%3-XXXXXX")
                     .arg(QLatin1String(place), QLatin1String(prefix))
                     .arg(QCoreApplication::applicationPid()))
    {
    }

    QString start(int majorVersion, const QString &programs);

    int version = 0;
    int databases = 0;
    QTemporaryDir folder;
    QProcess process;
};

/// The reason why it does not run, or nothing.
QString VersionedServer::Private::start(int majorVersion, const QString &programs)
{
    version = majorVersion;
    const auto user = pg::serverUser();
    if (!user)
        return base::toLine(user.error());
    if (chown(QFile::encodeName(folder.path()).constData(), user->user, user->group) != 0)
        return QStringLiteral("chown %1").arg(folder.path());
    const QString data = folder.filePath(QStringLiteral("data"));
    const auto made = pg::runServerProgram(
        *user, programs + QStringLiteral("/initdb"),
        {QStringLiteral("-D"), data, QStringLiteral("-U"), QStringLiteral("postgres"),
         QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-E"),
         QStringLiteral("UTF8"), QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")});
    if (!made)
        return base::toLine(made.error());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QStringLiteral("/"));
    process.setChildProcessModifier([user = *user] {
        umask(077);
        if (user.isOther &&
            (setgroups(1, &user.group) != 0 || setgid(user.group) != 0 || setuid(user.user) != 0))
            _exit(126);
        prctl(PR_SET_PDEATHSIG, SIGQUIT);
    });
    QStringList arguments{QStringLiteral("-D"), data};
    for (const char *setting :
         {"listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
          "unix_socket_permissions=0700", "lc_messages=C", "log_min_error_statement=panic"})
        arguments << QStringLiteral("-c") << QLatin1String(setting);
    arguments << QStringLiteral("-c") << QStringLiteral("unix_socket_directories=") + folder.path();
    process.start(programs + QStringLiteral("/postgres"), arguments, QIODevice::ReadOnly);
    QByteArray said;
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < patience && process.waitForReadyRead(patience);) {
        said += process.readAll();
        if (said.contains("ready to accept connections")) {
            // Nobody reads its log from here on; a full pipe would stop it.
            process.closeReadChannel(QProcess::StandardOutput);
            return {};
        }
    }
    return QString::fromLocal8Bit(said + process.errorString().toLocal8Bit());
}

VersionedServer::VersionedServer(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

VersionedServer::~VersionedServer()
{
    if (d->process.state() == QProcess::NotRunning)
        return;
    kill(pid_t(d->process.processId()), SIGINT); // the fast way: clients are sent away
    if (!d->process.waitForFinished(patience))
        d->process.kill();
}

int VersionedServer::majorVersion() const
{
    return d->version;
}

pg::Settings VersionedServer::settings(const QString &database, const QString &role) const
{
    return {.url = QStringLiteral("host='%1' dbname='%2' user='%3'")
                       .arg(d->folder.path(), database, role)};
}

pg::Settings VersionedServer::createDatabase(const QString &name, const QByteArray &script)
{
    const QString unique = QStringLiteral("%1_%2").arg(name.left(40)).arg(d->databases++);
    pg::Pool pool(settings());
    const auto created = base::await(pool.run(
        {.text =
             QStringLiteral("CREATE DATABASE %1 TEMPLATE template0").arg(sql::identifier(unique))},
        pg::Access::Write));
    if (!created)
        qFatal("%s", qPrintable(base::toLine(created.error())));
    const pg::Settings database = settings(unique);
    if (const QString failure = script.isEmpty() ? QString() : run(database, script);
        !failure.isEmpty())
        qFatal("PostgreSQL %d: %s", d->version, qPrintable(failure));
    return database;
}

QString VersionedServer::run(const pg::Settings &database, const QByteArray &script)
{
    pg::Pool pool(database);
    const auto done =
        base::await(pool.transaction(pg::Access::Write, [&](pg::Transaction &transaction) {
            return transaction.runScript(script);
        }));
    return done ? QString() : base::toLine(done.error());
}

Servers::Servers()
{
    removeLeftOvers();
}

Servers::~Servers() = default;

QList<int> Servers::versions()
{
    return {12, 13, 14, 15, 16, 17, 18};
}

VersionedServer *Servers::version(int majorVersion)
{
    for (const auto &server : std::as_const(m_servers)) {
        if (server->majorVersion() == majorVersion)
            return server.get();
    }
    const QString programs = programsOf(majorVersion);
    if (programs.isEmpty()) {
        qWarning("PostgreSQL %d is NOT TESTED: its programs are neither fetched nor installed",
                 majorVersion);
        return nullptr;
    }
    auto parts = std::make_unique<VersionedServer::Private>();
    if (const QString failure = parts->start(majorVersion, programs); !failure.isEmpty())
        qFatal("PostgreSQL %d does not start: %s", majorVersion, qPrintable(failure));
    m_servers << std::shared_ptr<VersionedServer>(new VersionedServer(std::move(parts)));
    return m_servers.last().get();
}

} // namespace testsupport
