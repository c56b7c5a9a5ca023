// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pg/serverprograms.h"

#include <QString>

#include <functional>
#include <optional>

namespace pg
{

/// An advisory lock on a file (flock): the kernel drops it when its holder dies, however it dies.
class FileLock
{
public:
    FileLock() = default;
    ~FileLock();
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;

    enum class Mode { Shared, Exclusive };
    /// Waits for the lock on \a path, which is made if it is absent.
    static base::Result<FileLock> take(const QString &path, Mode mode);
    /// As take(), Exclusive, but without waiting: nothing while somebody else holds it.
    static base::Result<std::optional<FileLock>> tryTake(const QString &path);
    /// Turns a shared lock into an exclusive one if nobody else holds it.
    bool tryExclusive();

private:
    static base::Result<FileLock> opened(const QString &path);
    int m_descriptor = -1;
};

/// A running postmaster, from its postmaster.pid.
struct RunningServer {
    qint64 pid = 0;
    int port = 0;
};

/// The files of a private cluster. The folder and what is in it belong to us, but for data, socket
/// and log, which belong to the server's user:
///   data/       the cluster; appears by a rename, so it is complete or absent
///   socket/     mode 0700 (elsewhere when the path would be too long for a socket)
///   password    of the owner, mode 0600; password.<role> of a role that is not a superuser
///   identifier  the system identifier, to know the server again
///   server.log, start.lock, users.lock, keep
class ClusterFolder
{
public:
    explicit ClusterFolder(QString path)
        : m_path(std::move(path))
    {
    }

    QString path() const { return m_path; }
    QString file(const char *name) const;
    QString data() const { return file("data"); }
    QString socketFolder() const;
    bool exists() const;

    /// Where the password of \a role is kept; empty: the owner's.
    QString passwordFile(const QString &role = {}) const;
    /// Empty when there is none.
    QString password(const QString &role = {}) const;
    QString identifier() const;

    /// Makes the folder; refuses one that belongs to somebody else.
    base::Result<base::Done> create() const;
    /// Makes \a path with mode 0700 for the server's user; refuses a stranger's.
    base::Result<base::Done> createFor(const ServerUser &user, const QString &path) const;
    base::Result<base::Done> write(const QString &path, const QByteArray &bytes) const;

    /// The server of this folder if it runs: a process id alone proves nothing, since ids are used
    /// again.
    std::optional<RunningServer> running() const;
    /// Ends what a crashed server left: processes, its pid file, its sockets. Only when running()
    /// is nothing.
    void clearAfterCrash() const;

private:
    QString m_path;
};

} // namespace pg
