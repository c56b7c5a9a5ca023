// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"

#include <QFuture>

#include <functional>
#include <memory>
#include <optional>

namespace pg
{
class ClusterLease;
}

namespace session
{

/// How far the preparation is, for people.
struct SampleProgress {
    QString text;
    int done = 0;  ///< statements of the example data that are loaded
    int total = 0; ///< 0: not counted
};

/// The sample with its database, which the URLs enter as a role that owns it and nothing else: no
/// superuser. The server runs at least as long as the lease lives.
struct SampleReady {
    QString projectPath;
    QString url;       ///< for this program, through the socket; holds the password
    QString publicUrl; ///< for other tools, through TCP; holds the password
    QString systemIdentifier;
    std::shared_ptr<pg::ClusterLease> lease;

    /// Leaves the server running after this program (sluice sample start).
    void keepRunning() const;
};

/// The sample project: a person's own copy of it, and a database with its data in the private
/// cluster. Every step looks at what is there, so that a start after a crash goes on where the
/// crash was.
class Sample
{
public:
    using Progress = std::function<void(const SampleProgress &)>;

    /// Where the copy and the private cluster lie; empty: the person's data folder.
    struct Places {
        QString project;
        QString cluster;
        int firstPort = 5433;
    };

    explicit Sample(base::Installation installation);
    Sample(base::Installation installation, Places places);

    /// Where the copy is or will be; nothing is read or written.
    QString projectPath() const;

    /// Makes the copy unless it is there and returns its path; needs no server and takes
    /// milliseconds, which is too long for a GUI thread. What the person changed in an older copy
    /// stays.
    base::Result<QString> copyProject() const;
    /// The same on a worker thread.
    QFuture<base::Result<QString>> copied() const;

    /// Makes the copy, starts the private cluster, makes the database, applies the copy's
    /// migrations and loads the example data, each unless it is done. Half a minute the first time,
    /// then a second. \a progress is called on a worker thread, perhaps once more while a cancel
    /// is on its way: it must not refer to what dies with the receiver. Cancelling the future
    /// reaches the server.
    QFuture<base::Result<SampleReady>> prepare(Progress progress = {}) const;

    /// Stops the private cluster at once, whoever uses it.
    base::Result<base::Done> stop() const;
    /// publicUrl of the running sample; nothing while it does not run.
    std::optional<QString> runningUrl() const;

private:
    base::Installation m_installation;
    Places m_places;
};

} // namespace session
