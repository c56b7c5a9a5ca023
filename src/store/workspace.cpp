// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace.h"

#include "store/database.h"
#include "store/text.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace store
{

namespace
{

base::Result<base::Done> done(const base::Result<QList<Row>> &rows)
{
    return rows ? base::Result<base::Done>(base::Done{}) : base::Result<base::Done>(rows.error());
}

/// An empty file that only its owner reads: what a person opened is nobody else's business. SQLite
/// gives its journal the same permissions.
base::Result<base::Done> prepare(const QString &path)
{
    QFile file(path);
    const bool ready =
        QDir().mkpath(QFileInfo(path).absolutePath()) &&
        (file.exists() || (file.open(QIODevice::WriteOnly | QIODevice::NewOnly) &&
                           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)));
    if (ready)
        return base::Done{};
    return base::Error{.kind = base::ErrorKind::Io,
                       .text = Text::tr("The workspace file cannot be made"),
                       .where = path,
                       .detail = file.errorString(),
                       .hint = Text::tr("Check that the folder is writable")};
}

/// Renames the file and what SQLite keeps beside it. The new name, or an error.
base::Result<QString> moveAside(const QString &path)
{
    const QString stem =
        path + QStringLiteral(".unusable-") +
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString target = stem;
    for (int i = 2; QFile::exists(target); ++i)
        target = stem + u'-' + QString::number(i);
    QFile file(path);
    if (!file.rename(target))
        return base::Error{.kind = base::ErrorKind::Io,
                           .text =
                               Text::tr("The workspace file is damaged and cannot be moved aside"),
                           .where = path,
                           .detail = file.errorString(),
                           .hint = Text::tr("Move it away by hand")};
    for (const char *suffix : {"-journal", "-wal", "-shm"}) {
        const QString beside = path + QLatin1String(suffix);
        if (QFile::exists(beside))
            QFile::rename(beside, target + QLatin1String(suffix));
    }
    return target;
}

/// A null QString would be bound as NULL, which equals nothing.
QString named(const QString &project)
{
    return project.isNull() ? QStringLiteral("") : project;
}

} // namespace

Workspace::Workspace(std::unique_ptr<Database> database, QStringList notices)
    : m_database(std::move(database))
    , m_notices(std::move(notices))
{
}

Workspace::~Workspace() = default;

base::Result<std::unique_ptr<Workspace>> Workspace::open(const QString &path)
{
    if (const auto ready = prepare(path); !ready)
        return ready.error();
    QStringList notices;
    Database::Condition condition = Database::Condition::Usable;
    base::Result<std::unique_ptr<Database>> database = Database::open(path, &condition);
    if (!database && condition == Database::Condition::Unreadable) {
        const base::Result<QString> moved = moveAside(path);
        if (!moved)
            return moved.error();
        notices << Text::tr(
                       "The workspace file was damaged (%1); it lies in %2 now, and an empty one "
                       "was begun")
                       .arg(database.error().detail, *moved);
        if (const auto ready = prepare(path); !ready)
            return ready.error();
        database = Database::open(path, &condition);
    }
    if (!database)
        return database.error();
    return std::unique_ptr<Workspace>(new Workspace(std::move(*database), std::move(notices)));
}

std::optional<QByteArray> Workspace::value(const QString &project, const QString &key) const
{
    const auto rows =
        m_database->run(QStringLiteral("SELECT value FROM value WHERE project = ? AND key = ?"),
                        {named(project), key});
    if (!rows || rows->isEmpty())
        return std::nullopt;
    return rows->first().first().toByteArray();
}

base::Result<base::Done> Workspace::setValue(const QString &project, const QString &key,
                                             const QByteArray &value)
{
    // A null QByteArray would be bound as NULL.
    const QByteArray bytes = value.isNull() ? QByteArray("") : value;
    return done(
        m_database->run(QStringLiteral("INSERT INTO value VALUES (?, ?, ?) ON CONFLICT "
                                       "(project, key) DO UPDATE SET value = excluded.value"),
                        {named(project), key, bytes}));
}

base::Result<base::Done> Workspace::removeValue(const QString &project, const QString &key)
{
    return done(m_database->run(QStringLiteral("DELETE FROM value WHERE project = ? AND key = ?"),
                                {named(project), key}));
}

base::Result<base::Done> Workspace::projectOpened(const QString &project)
{
    // Later than every other one, even within a millisecond or after the clock was set back.
    return done(m_database->run(
        QStringLiteral(
            "INSERT INTO project SELECT ?, max(?, 1 + (SELECT coalesce(max(opened_at), 0) "
            "FROM project)) WHERE true "
            "ON CONFLICT (path) DO UPDATE SET opened_at = excluded.opened_at"),
        {project, QDateTime::currentMSecsSinceEpoch()}));
}

base::Result<base::Done> Workspace::forgetProject(const QString &project)
{
    return m_database->transaction([&]() -> base::Result<base::Done> {
        for (const char *statement :
             {"DELETE FROM project WHERE path = ?", "DELETE FROM value WHERE project = ?"}) {
            if (const auto removed = m_database->run(QLatin1String(statement), {project}); !removed)
                return removed.error();
        }
        return base::Done{};
    });
}

QStringList Workspace::recentProjects(int limit) const
{
    QStringList paths;
    const auto rows = m_database->run(
        QStringLiteral("SELECT path FROM project ORDER BY opened_at DESC LIMIT ?"), {limit});
    if (rows) {
        for (const Row &row : *rows)
            paths << row.first().toString();
    }
    return paths;
}

} // namespace store
