// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/serverprograms.h"

#include "pg/text.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace pg
{

namespace
{
constexpr int patience = 120'000; // ms; initdb on a slow disk takes tens of seconds

bool hasServer(const QString &folder)
{
    for (const char *program : {"/initdb", "/pg_ctl", "/postgres", "/pg_controldata"}) {
        if (!QFileInfo(folder + QLatin1String(program)).isExecutable())
            return false;
    }
    return true;
}

/// Debian keeps every major version beside the others, newest first here.
QStringList versionedFolders(const QString &majorVersion)
{
    const QDir root(QStringLiteral("/usr/lib/postgresql"));
    QStringList versions = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    std::ranges::sort(versions,
                      [](const QString &a, const QString &b) { return a.toInt() > b.toInt(); });
    QStringList folders;
    for (const QString &version : versions) {
        if (majorVersion.isEmpty() || version == majorVersion)
            folders << root.filePath(version + QStringLiteral("/bin"));
    }
    return folders;
}

QString output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        return {};
    return QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
}

bool isVersion(const QString &folder, const QString &majorVersion)
{
    if (majorVersion.isEmpty())
        return true;
    // "postgres (PostgreSQL) 15.20 (Debian …)"
    const QString text =
        output(folder + QStringLiteral("/postgres"), {QStringLiteral("--version")});
    return text.section(u' ', 2, 2).section(u'.', 0, 0) == majorVersion;
}
} // namespace

base::Result<ServerUser> serverUser()
{
    if (geteuid() != 0)
        return ServerUser{geteuid(), getegid(), false};
    if (const passwd *entry = getpwnam("postgres"))
        return ServerUser{entry->pw_uid, entry->pw_gid, true};
    return base::Error{
        .kind = base::ErrorKind::NotFound,
        .text = Text::tr("There is no user postgres to run the server as"),
        .detail = Text::tr("PostgreSQL refuses to run as root"),
        .hint = Text::tr("Install the package postgresql, or do not run Sluice as root")};
}

base::Result<QString> serverProgramFolder(const QString &majorVersion)
{
    QStringList candidates = versionedFolders(majorVersion);
    const QString config = QStandardPaths::findExecutable(QStringLiteral("pg_config"));
    if (!config.isEmpty())
        candidates << output(config, {QStringLiteral("--bindir")});
    const QString initdb = QStandardPaths::findExecutable(QStringLiteral("initdb"));
    if (!initdb.isEmpty())
        candidates << QFileInfo(initdb).canonicalPath();
    for (const QString &folder : std::as_const(candidates)) {
        if (!folder.isEmpty() && hasServer(folder) && isVersion(folder, majorVersion))
            return folder;
    }
    const QString package = majorVersion.isEmpty() ? QStringLiteral("postgresql")
                                                   : QStringLiteral("postgresql-") + majorVersion;
    return base::Error{
        .kind = base::ErrorKind::NotFound,
        .text = majorVersion.isEmpty()
                    ? Text::tr("PostgreSQL's server programs are not installed")
                    : Text::tr("The server programs of PostgreSQL %1 are not installed")
                          .arg(majorVersion),
        .where = QStringLiteral("/usr/lib/postgresql, pg_config, PATH"),
        .detail = Text::tr("initdb, pg_ctl and postgres are needed for the private server"),
        .hint = Text::tr("Install the package %1 (Debian: apt install %1)").arg(package)};
}

base::Result<QByteArray> runServerProgram(const ServerUser &user, const QString &program,
                                          const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QLatin1String("PG")))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    // The server's user may not be allowed into our current folder.
    process.setWorkingDirectory(QStringLiteral("/"));
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.setChildProcessModifier([user] {
        umask(077);
        if (user.isOther &&
            (setgroups(1, &user.group) != 0 || setgid(user.group) != 0 || setuid(user.user) != 0))
            _exit(126);
    });
    process.start(program, arguments, QIODevice::ReadOnly);
    const bool finished = process.waitForFinished(patience);
    if (finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return process.readAllStandardOutput();
    const QString said = QString::fromUtf8(process.readAllStandardError()).simplified();
    return base::Error{.kind = base::ErrorKind::Process,
                       .text = Text::tr("%1 failed").arg(QFileInfo(program).fileName()),
                       .where = program,
                       .detail = said.isEmpty() ? process.errorString() : said};
}

} // namespace pg
