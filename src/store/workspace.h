// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <optional>

namespace store
{

class Database;

/// What the program remembers between two runs, in one SQLite file. Every call is a transaction of
/// its own, so a crash leaves the last whole state. A project is named by its absolute folder; the
/// empty name stands for the program itself. To be used on the thread that opened it.
class Workspace
{
public:
    /// Opens or makes the file, its folder too. A file that SQLite cannot read is renamed to
    /// <name>.unusable-<time> beside it and a fresh one begun; notices() says so. A file of a newer
    /// Sluice is left alone: Unsupported.
    static base::Result<std::unique_ptr<Workspace>> open(const QString &path);
    ~Workspace();
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    QStringList notices() const { return m_notices; }

    /// Nothing when it was never set, and when the file cannot be read.
    std::optional<QByteArray> value(const QString &project, const QString &key) const;
    base::Result<base::Done> setValue(const QString &project, const QString &key,
                                      const QByteArray &value);
    base::Result<base::Done> removeValue(const QString &project, const QString &key);

    /// Notes that \a project was opened now.
    base::Result<base::Done> projectOpened(const QString &project);
    /// Takes it off the list and forgets its values.
    base::Result<base::Done> forgetProject(const QString &project);
    /// The last opened first.
    QStringList recentProjects(int limit = 10) const;

private:
    Workspace(std::unique_ptr<Database> database, QStringList notices);

    std::unique_ptr<Database> m_database;
    QStringList m_notices;
};

} // namespace store
