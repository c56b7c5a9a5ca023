// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load/inputs.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QSet>
#include <QTimer>

class QFutureWatcherBase;

namespace session
{

/// Tells that files a project is made of were changed, in place or by replacing them, appeared or
/// went. Several changes within a moment are told once; what only looks like a change (a touched
/// directory, an editor's backup file) is not told. The disk is looked at on a worker thread.
class SourceWatch final : public QObject
{
    Q_OBJECT

public:
    /// At most \a most files and folders are watched, and no more than the system allows.
    explicit SourceWatch(QObject *parent = nullptr, qsizetype most = 20'000);
    ~SourceWatch() override;

    /// What is watched from now on: all that a reading asked for. What was changed since is told.
    void setSources(const load::Inputs &inputs);
    /// The migrations folder, which may not exist yet.
    void setMigrations(const QString &folder);
    void clear();

    /// How many files and folders could not be watched: nothing tells when they are changed.
    qsizetype unwatched() const { return m_unwatched; }

Q_SIGNALS:
    void sourcesChanged();
    void migrationsChanged();
    void unwatchedChanged();

private:
    QSet<QString> migrationPaths() const;
    bool touchesMigrations(const QString &path) const;

    void touched(const QString &path);
    void settle();
    void look(const QSet<QString> &paths);
    QSet<QString> watchPaths();

    QFileSystemWatcher m_watcher;
    QTimer m_settling;
    QElapsedTimer m_since;   ///< the first change that was not told yet
    QSet<QString> m_touched; ///< paths that something happened to
    load::Inputs m_inputs;
    QSet<QString> m_paths; ///< what to watch for them
    QString m_migrations;
    QFutureWatcherBase *m_looking = nullptr;
    QSet<QString> m_waiting; ///< what to look at when that has ended
    qsizetype m_most;
    qsizetype m_unwatched = 0;
};

} // namespace session
