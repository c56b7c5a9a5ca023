// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sourcewatch.h"

#include <QDir>
#include <QFileInfo>

namespace session
{

namespace
{
/// Editors save in several steps (truncate, write, rename): one report for all of them.
constexpr auto quiet = std::chrono::milliseconds(30);
constexpr qint64 longest = 150; ///< ms that a stream of changes may put the report off
/// The kernel's time stamps lag behind its clock by up to a tick.
constexpr qint64 stampLag = 5; ///< ms
} // namespace

SourceWatch::SourceWatch(QObject *parent)
    : QObject(parent)
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(quiet);
    m_settling.setTimerType(Qt::PreciseTimer);
    connect(&m_settling, &QTimer::timeout, this, &SourceWatch::settle);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &SourceWatch::touched);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &SourceWatch::touched);
}

SourceWatch::Stamp SourceWatch::stampOf(const QString &file)
{
    const QFileInfo info(file);
    return info.exists() ? Stamp{info.lastModified(), info.size()} : Stamp{};
}

QStringList SourceWatch::sourcesIn(const QString &folder)
{
    QStringList names;
    const QDir dir(folder);
    for (const QString &name : dir.entryList(QDir::Files | QDir::Hidden, QDir::Name))
        if (isSourceName(name))
            names << name;
    // A folder that appears may hold sources as well.
    return names << dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

void SourceWatch::setSources(const WatchList &list, const QDateTime &readAt)
{
    QHash<QString, Stamp> files;
    m_parents.clear();
    bool late = false;
    const QDateTime begun = readAt.addMSecs(-stampLag);
    for (const QString &file : list.files) {
        const auto known = m_files.constFind(file);
        files.insert(file, known != m_files.cend() ? *known : stampOf(file));
        late = late || (known == m_files.cend() && files.value(file).size >= 0 &&
                        files.value(file).modified >= begun);
        m_parents << QFileInfo(file).path();
    }
    QHash<QString, QStringList> folders;
    for (const QString &folder : list.folders) {
        const auto known = m_folders.constFind(folder);
        folders.insert(folder, known != m_folders.cend() ? *known : sourcesIn(folder));
        // Something was made in it, or removed, before it was watched.
        late = late || (known == m_folders.cend() && QFileInfo(folder).lastModified() >= begun);
    }
    m_files = files;
    m_folders = folders;
    watchPaths();
    if (late)
        Q_EMIT sourcesChanged();
}

void SourceWatch::setMigrations(const QString &folder)
{
    m_migrations = folder;
    watchPaths();
}

void SourceWatch::clear()
{
    m_settling.stop();
    m_touched.clear();
    m_files.clear();
    m_folders.clear();
    m_parents.clear();
    m_migrations.clear();
    watchPaths();
}

QSet<QString> SourceWatch::migrationPaths() const
{
    if (m_migrations.isEmpty())
        return {};
    QSet<QString> paths{m_migrations, QFileInfo(m_migrations).path()};
    const QDir folder(m_migrations);
    paths << folder.filePath(QStringLiteral("meta"))
          << folder.filePath(QStringLiteral("meta/_journal.json"));
    for (const QString &name : folder.entryList({QStringLiteral("*.sql")}, QDir::Files))
        paths << folder.filePath(name);
    return paths;
}

/// Watches what is there of what is wanted. A file that was replaced is no longer watched by Qt.
void SourceWatch::watchPaths()
{
    QSet<QString> wanted = migrationPaths() + m_parents;
    for (auto it = m_files.cbegin(); it != m_files.cend(); ++it)
        wanted << it.key();
    for (auto it = m_folders.cbegin(); it != m_folders.cend(); ++it)
        wanted << it.key();
    QStringList dropped;
    for (const QStringList &list : {m_watcher.files(), m_watcher.directories()})
        for (const QString &old : list)
            if (!wanted.remove(old))
                dropped << old;
    if (!dropped.isEmpty())
        m_watcher.removePaths(dropped);
    QStringList added;
    for (const QString &path : std::as_const(wanted))
        if (QFileInfo::exists(path))
            added << path;
    if (!added.isEmpty())
        m_watcher.addPaths(added);
}

void SourceWatch::touched(const QString &path)
{
    if (m_touched.isEmpty())
        m_since.start();
    m_touched << path;
    if (!m_settling.isActive() || m_since.elapsed() < longest)
        m_settling.start();
}

/// Looks whether what was touched is another than before, and tells.
void SourceWatch::settle()
{
    const QSet<QString> paths = std::exchange(m_touched, {});
    bool sources = false;
    bool migrations = false;
    for (const QString &path : paths) {
        if (const auto folder = m_folders.find(path); folder != m_folders.end()) {
            const QStringList now = sourcesIn(path);
            sources = sources || now != *folder;
            *folder = now;
        }
        sources = changed(path) || sources;
        if (m_parents.contains(path)) {
            const QStringList files = m_files.keys();
            for (const QString &file : files)
                if (QFileInfo(file).path() == path)
                    sources = changed(file) || sources;
        }
        migrations = migrations ||
                     (!m_migrations.isEmpty() &&
                      (path == m_migrations || path.startsWith(m_migrations + QLatin1Char('/')) ||
                       (path == QFileInfo(m_migrations).path() &&
                        !m_watcher.directories().contains(m_migrations) &&
                        QFileInfo::exists(m_migrations))));
    }
    watchPaths();
    if (sources)
        Q_EMIT sourcesChanged();
    if (migrations)
        Q_EMIT migrationsChanged();
}

/// Whether \a file, one of those that are watched, is another than when it was looked at last.
bool SourceWatch::changed(const QString &file)
{
    const auto known = m_files.find(file);
    if (known == m_files.end())
        return false;
    const Stamp now = stampOf(file);
    return std::exchange(*known, now) != now;
}

} // namespace session
