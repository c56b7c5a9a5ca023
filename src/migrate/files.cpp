// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/files.h"

#include "migrate/text.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace migrate::files
{

namespace
{
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Result;

Error failure(const QString &text, const QString &path, int code)
{
    Error error{.kind = ErrorKind::Io,
                .text = text,
                .where = path,
                .detail = QString::fromLocal8Bit(std::strerror(code))};
    if (code == ENOSPC || code == EDQUOT)
        error.hint = Text::tr("free some space and try again");
    else if (code == EROFS || code == EACCES || code == EPERM)
        error.hint = Text::tr("the folder must be writable");
    return error;
}

bool noSuchCall(int code)
{
    return code == EINVAL || code == ENOSYS || code == EOPNOTSUPP || code == EXDEV;
}
} // namespace

Lock::Lock(Lock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

Lock::~Lock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<Lock> Lock::take(const QString &folder)
{
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(Text::tr("The folder cannot be opened"), folder, errno);
    Lock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return Error{.kind = ErrorKind::Refused,
                     .text = Text::tr("Another run of Sluice writes into the migrations folder"),
                     .where = folder,
                     .hint = Text::tr("try again when it is done")};
    return lock;
}

QList<Entry> entriesOf(const QString &folder)
{
    QList<Entry> entries;
    const auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QString &name : QDir(folder).entryList(all, QDir::Unsorted)) {
        struct stat status = {};
        if (::lstat(QFile::encodeName(folder + u'/' + name).constData(), &status) == 0)
            entries << Entry{
                name, S_ISDIR(status.st_mode), qint64(status.st_ino), qint64(status.st_size),
                qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

bool isThere(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0;
}

bool isPlainFolder(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<Done> makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), 0777) == 0)
        return Done();
    return failure(Text::tr("The folder cannot be made"), path, errno);
}

Result<Done> write(const QString &path, const QByteArray &content)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return failure(Text::tr("The file cannot be written"), path, errno);
    int code = 0;
    for (qsizetype done = 0; done < content.size() && code == 0;) {
        const ssize_t written =
            ::write(descriptor, content.constData() + done, size_t(content.size() - done));
        if (written >= 0)
            done += written;
        else if (errno != EINTR)
            code = errno;
    }
    if (code == 0 && ::fsync(descriptor) != 0)
        code = errno;
    // Some file systems say only here that there was no space.
    if (::close(descriptor) != 0 && code == 0)
        code = errno;
    if (code != 0)
        return failure(Text::tr("The file cannot be written"), path, code);
    return Done();
}

Result<Done> duplicate(const QString &from, const QString &to)
{
    if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0)
        return Done();
    QFile file(from);
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = ErrorKind::Io,
                     .text = Text::tr("The file cannot be read"),
                     .where = from,
                     .detail = file.errorString()};
    return write(to, file.readAll());
}

Result<Done> moveNew(const QString &from, const QString &to)
{
    const QByteArray source = QFile::encodeName(from), target = QFile::encodeName(to);
    int code = 0;
    if (::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE) !=
        0)
        code = errno;
    if (code != 0 && noSuchCall(code)) {
        code = isThere(to) ? EEXIST : 0;
        if (code == 0 && ::rename(source.constData(), target.constData()) != 0)
            code = errno;
    }
    if (code == 0)
        return Done();
    return failure(Text::tr("The file cannot be put in its place"), to, code);
}

Result<Done> moveOver(const QString &from, const QString &to)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0)
        return Done();
    return failure(Text::tr("The file cannot be put in its place"), to, errno);
}

Result<bool> exchange(const QString &one, const QString &other)
{
    if (::renameat2(AT_FDCWD, QFile::encodeName(one).constData(), AT_FDCWD,
                    QFile::encodeName(other).constData(), RENAME_EXCHANGE) == 0)
        return true;
    if (noSuchCall(errno))
        return false;
    return failure(Text::tr("The file cannot be put in its place"), other, errno);
}

Result<Done> sync(const QString &folder)
{
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return Done();
    // Not every file system does this for folders; what is written is there all the same.
    ::fsync(descriptor);
    ::close(descriptor);
    return Done();
}

void removeTree(const QString &path)
{
    if (isPlainFolder(path))
        QDir(path).removeRecursively();
    else
        QFile::remove(path);
}

} // namespace migrate::files
