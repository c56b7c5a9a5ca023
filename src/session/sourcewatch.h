// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/watchlist.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace session
{

/// Tells that files a project is made of were changed, in place or by replacing them, appeared or
/// went. Several changes within a moment are told once; what only looks like a change (a touched
/// directory, an editor's backup file) is not told.
class SourceWatch final : public QObject
{
    Q_OBJECT

public:
    explicit SourceWatch(QObject *parent = nullptr);

    /// What is watched from now on. What was changed after \a readAt, when reading it began, and
    /// was not watched then, is told at once.
    void setSources(const WatchList &list, const QDateTime &readAt);
    /// The migrations folder, which may not exist yet.
    void setMigrations(const QString &folder);
    void clear();

Q_SIGNALS:
    void sourcesChanged();
    void migrationsChanged();

private:
    struct Stamp {
        QDateTime modified;
        qint64 size = -1; ///< -1: not there
        bool operator==(const Stamp &) const = default;
    };
    static Stamp stampOf(const QString &file);
    static QStringList sourcesIn(const QString &folder);
    QSet<QString> migrationPaths() const;

    void touched(const QString &path);
    void settle();
    bool changed(const QString &file);
    void watchPaths();

    QFileSystemWatcher m_watcher;
    QTimer m_settling;
    QElapsedTimer m_since;   ///< the first change that was not told yet
    QSet<QString> m_touched; ///< paths that something happened to
    QHash<QString, Stamp> m_files;
    QHash<QString, QStringList> m_folders; ///< with the sources in each
    QSet<QString> m_parents;               ///< of m_files: a replaced file shows there
    QString m_migrations;
};

} // namespace session
