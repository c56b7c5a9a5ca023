// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/clusterfolder.h"

#include "pg/text.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pg
{

using base::Error;

namespace
{
constexpr qsizetype longestSocketPath = 107; // sun_path without its final zero

Error ioError(const QString &text, const QString &path)
{
    return {.kind = base::ErrorKind::Io,
            .text = text,
            .where = path,
            .detail = QString::fromLocal8Bit(std::strerror(errno))};
}

Error lockError(const QString &path)
{
    return ioError(Text::tr("A lock cannot be taken"), path);
}

Error foreignFolder(const QString &path)
{
    return {.kind = base::ErrorKind::Refused,
            .text = Text::tr("The private server's folder belongs to somebody else"),
            .where = path,
            .hint = Text::tr("Remove or rename it")};
}

bool isFolderOf(const QString &path, uid_t user)
{
    struct stat status;
    return lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == user;
}

/// The processes that work in \a folder: a postmaster changes into its data folder, and its
/// children stay there.
QList<qint64> processesIn(const QString &folder)
{
    QList<qint64> found;
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    if (canonical.isEmpty())
        return found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isPid = false;
        const qint64 pid = name.toLongLong(&isPid);
        if (isPid && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid)) == canonical)
            found << pid;
    }
    return found;
}

/// Kills \a pid and waits until it has gone.
void killAndWait(qint64 pid)
{
    const int process = int(syscall(SYS_pidfd_open, pid_t(pid), 0));
    if (process < 0)
        return;
    kill(pid_t(pid), SIGKILL);
    constexpr int patience = 10'000; // ms; a process in the kernel may take its time
    pollfd wait{process, POLLIN, 0};
    poll(&wait, 1, patience);
    close(process);
}

QString firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine()).trimmed()
                                          : QString();
}
} // namespace

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

base::Result<FileLock> FileLock::opened(const QString &path)
{
    FileLock lock;
    lock.m_descriptor =
        open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.m_descriptor < 0)
        return lockError(path);
    return lock;
}

base::Result<FileLock> FileLock::take(const QString &path, Mode mode)
{
    base::Result<FileLock> lock = opened(path);
    int result = lock ? -1 : 0;
    while (result != 0) {
        result = flock(lock->m_descriptor, mode == Mode::Shared ? LOCK_SH : LOCK_EX);
        if (result != 0 && errno != EINTR)
            return lockError(path);
    }
    return lock;
}

base::Result<std::optional<FileLock>> FileLock::tryTake(const QString &path)
{
    base::Result<FileLock> lock = opened(path);
    if (!lock)
        return lock.error();
    if (lock->tryExclusive())
        return std::optional<FileLock>(std::move(*lock));
    if (errno != EWOULDBLOCK && errno != EINTR)
        return lockError(path);
    return std::optional<FileLock>();
}

bool FileLock::tryExclusive()
{
    return flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
}

QString ClusterFolder::file(const char *name) const
{
    return m_path + u'/' + QLatin1String(name);
}

QString ClusterFolder::socketFolder() const
{
    const QString own = file("socket");
    const QString socket = own + QStringLiteral("/.s.PGSQL.65535.lock");
    if (QFile::encodeName(socket).size() <= longestSocketPath)
        return own;
    const QByteArray key =
        QCryptographicHash::hash(m_path.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return QStringLiteral("/tmp/sluice-%1-%2").arg(geteuid()).arg(QString::fromLatin1(key));
}

bool ClusterFolder::exists() const
{
    return QFileInfo::exists(file("identifier")) && QFileInfo(data()).isDir();
}

QString ClusterFolder::passwordFile(const QString &role) const
{
    const QString owners = file("password");
    return role.isEmpty() ? owners : owners + u'.' + role;
}

QString ClusterFolder::password(const QString &role) const
{
    return firstLine(passwordFile(role));
}

QString ClusterFolder::identifier() const
{
    return firstLine(file("identifier"));
}

base::Result<base::Done> ClusterFolder::create() const
{
    QStringList missing;
    for (QString path = m_path; !QFileInfo::exists(path); path = QFileInfo(path).path())
        missing.prepend(path);
    for (const QString &path : missing) {
        // Whatever our umask is: as root the server's user has to get through.
        if ((mkdir(QFile::encodeName(path).constData(), 0755) != 0 && errno != EEXIST) ||
            chmod(QFile::encodeName(path).constData(), geteuid() == 0 ? 0755 : 0700) != 0)
            return ioError(Text::tr("The private server's folder cannot be made"), path);
    }
    if (!isFolderOf(m_path, geteuid()))
        return foreignFolder(m_path);
    // As root the server's user has to pass through to what is its own; it may not list or change
    // it.
    if (chmod(QFile::encodeName(m_path).constData(), geteuid() == 0 ? 0711 : 0700) != 0)
        return ioError(Text::tr("The private server's folder cannot be closed to others"), m_path);
    return base::Done{};
}

base::Result<base::Done> ClusterFolder::createFor(const ServerUser &user, const QString &path) const
{
    const QByteArray name = QFile::encodeName(path);
    if (mkdir(name.constData(), 0700) == 0) {
        if (user.isOther && lchown(name.constData(), user.user, user.group) != 0)
            return ioError(Text::tr("A folder cannot be given to the server's user"), path);
        return base::Done{};
    }
    if (errno != EEXIST)
        return ioError(Text::tr("The private server's folder cannot be made"), path);
    if (!isFolderOf(path, user.user))
        return foreignFolder(path);
    return base::Done{};
}

base::Result<base::Done> ClusterFolder::write(const QString &path, const QByteArray &bytes) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(bytes) != bytes.size() || !file.commit())
        return Error{.kind = base::ErrorKind::Io,
                     .text = Text::tr("A file of the private server cannot be written"),
                     .where = path,
                     .detail = file.errorString()};
    return base::Done{};
}

std::optional<RunningServer> ClusterFolder::running() const
{
    QFile file(data() + QStringLiteral("/postmaster.pid"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    // Lines: process id, data folder, start time, port, socket folder, address, shared memory,
    // status.
    const QList<QByteArray> lines = file.readAll().split('\n');
    const RunningServer server{lines.value(0).toLongLong(), lines.value(3).toInt()};
    if (server.pid <= 1 || server.port == 0 || !processesIn(data()).contains(server.pid))
        return std::nullopt;
    return server;
}

void ClusterFolder::clearAfterCrash() const
{
    for (const qint64 pid : processesIn(data()))
        killAndWait(pid);
    QFile::remove(data() + QStringLiteral("/postmaster.pid"));
    const QDir sockets(socketFolder());
    for (const QString &name : sockets.entryList({QStringLiteral(".s.PGSQL.*")},
                                                 QDir::AllEntries | QDir::Hidden | QDir::System))
        QFile::remove(sockets.filePath(name));
}

} // namespace pg
