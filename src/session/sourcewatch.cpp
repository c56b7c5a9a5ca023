// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sourcewatch.h"

#include "base/receive.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

namespace session
{

namespace
{
/// Editors save in several steps (truncate, write, rename): one report for all of them.
constexpr auto quiet = std::chrono::milliseconds(30);
constexpr qint64 longest = 150; ///< ms that a stream of changes may put the report off

/// What a look at the disk gave.
struct Looked {
    load::Inputs inputs;
    QStringList paths;
    bool changed = false;
};
} // namespace

SourceWatch::SourceWatch(QObject *parent, qsizetype most)
    : QObject(parent)
    , m_most(most)
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(quiet);
    m_settling.setTimerType(Qt::PreciseTimer);
    connect(&m_settling, &QTimer::timeout, this, &SourceWatch::settle);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &SourceWatch::touched);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &SourceWatch::touched);
}

SourceWatch::~SourceWatch() = default;

void SourceWatch::setSources(const load::Inputs &inputs)
{
    base::disregard(m_looking);
    m_looking = nullptr;
    m_inputs = inputs;
    // All of it, since it may have been changed after it was read and before it is watched.
    const QStringList folders = inputs.folders.keys();
    look(std::exchange(m_waiting, {}) + QSet<QString>(folders.cbegin(), folders.cend()));
}

/// Looks on a worker thread whether \a paths are others than before, and what is to be watched now.
void SourceWatch::look(const QSet<QString> &paths)
{
    if (m_looking) {
        m_waiting += paths;
        return;
    }
    const auto work = [inputs = m_inputs, paths]() mutable -> base::Result<Looked> {
        Looked looked;
        looked.changed = inputs.update(paths);
        looked.paths = inputs.watchedPaths();
        looked.inputs = std::move(inputs);
        return looked;
    };
    m_looking =
        base::receive(this, QtConcurrent::run(work), [this](const base::Result<Looked> &looked) {
            m_looking = nullptr;
            if (!looked)
                return;
            m_inputs = looked->inputs;
            m_paths = QSet<QString>(looked->paths.cbegin(), looked->paths.cend());
            // What is watched from now on may have been changed before.
            const QSet<QString> next = watchPaths() + std::exchange(m_waiting, {});
            if (!next.isEmpty())
                look(next);
            if (looked->changed)
                Q_EMIT sourcesChanged();
        });
}

void SourceWatch::setMigrations(const QString &folder)
{
    m_migrations = folder;
    watchPaths();
}

void SourceWatch::clear()
{
    base::disregard(m_looking);
    m_looking = nullptr;
    m_settling.stop();
    m_touched.clear();
    m_waiting.clear();
    m_inputs = {};
    m_paths.clear();
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
    paths.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    return paths;
}

/// Watches what is to be watched, and returns what was not before. A file that was replaced is no
/// longer watched by Qt.
QSet<QString> SourceWatch::watchPaths()
{
    QSet<QString> wanted = m_paths + migrationPaths();
    QStringList dropped;
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    for (const QString &old : watched) {
        if (!wanted.remove(old))
            dropped << old;
    }
    if (!dropped.isEmpty())
        m_watcher.removePaths(dropped);
    const qsizetype most =
        std::clamp<qsizetype>(m_most - watched.size() + dropped.size(), 0, wanted.size());
    QStringList failed = wanted.values();
    if (most > 0)
        failed = m_watcher.addPaths(failed.first(most)) + failed.sliced(most);
    failed.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    if (std::exchange(m_unwatched, failed.size()) != failed.size())
        Q_EMIT unwatchedChanged();
    return wanted - QSet<QString>(failed.cbegin(), failed.cend());
}

void SourceWatch::touched(const QString &path)
{
    if (m_touched.isEmpty())
        m_since.start();
    m_touched << path;
    if (!m_settling.isActive() || m_since.elapsed() < longest)
        m_settling.start();
}

bool SourceWatch::touchesMigrations(const QString &path) const
{
    if (m_migrations.isEmpty())
        return false;
    const bool appeared = path == QFileInfo(m_migrations).path() &&
                          !m_watcher.directories().contains(m_migrations) &&
                          QFileInfo::exists(m_migrations);
    return appeared || path == m_migrations || path.startsWith(m_migrations + QLatin1Char('/'));
}

/// Looks whether what was touched is another than before, and tells.
void SourceWatch::settle()
{
    const QSet<QString> paths = std::exchange(m_touched, {});
    const bool migrations =
        std::ranges::any_of(paths, [this](const QString &path) { return touchesMigrations(path); });
    if (migrations)
        watchPaths();
    look(paths);
    if (migrations)
        Q_EMIT migrationsChanged();
}

} // namespace session
