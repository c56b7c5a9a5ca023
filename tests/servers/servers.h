// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/pool.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace testsupport
{

/// A PostgreSQL server of one major version with an empty cluster of its own. It ends with this
/// object, also when the program is killed.
class VersionedServer
{
public:
    ~VersionedServer();
    VersionedServer(const VersionedServer &) = delete;
    VersionedServer &operator=(const VersionedServer &) = delete;

    int majorVersion() const;
    /// The owner's connection (`postgres`, a superuser) through a socket that only we can reach;
    /// there is no password and no TCP.
    pg::Settings settings(const QString &database = QStringLiteral("postgres"),
                          const QString &role = QStringLiteral("postgres")) const;
    /// A fresh database, filled by \a script; ends the program when that fails.
    pg::Settings createDatabase(const QString &name, const QByteArray &script = {});
    /// Runs several statements; the error's line, or nothing.
    QString run(const pg::Settings &database, const QByteArray &script);

private:
    friend class Servers;
    class Private;
    explicit VersionedServer(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Servers of all supported major versions for one test program, each started when it is asked for
/// first. Keep one as a member of the test object.
class Servers
{
public:
    Servers();
    ~Servers();

    /// 12 to 18.
    static QList<int> versions();
    /// Null when the version is not on this machine, with a warning: QSKIP that row.
    VersionedServer *version(int majorVersion);

private:
    QList<std::shared_ptr<VersionedServer>> m_servers;
};

} // namespace testsupport
