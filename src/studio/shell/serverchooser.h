// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "session/connecting.h"
#include "studio/connect/keychain.h"
#include "studio/connect/serverdialog.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace session
{
class Project;
}

namespace studio
{

class Preferences;

/// Asks which server a project is looked at on, keeps the answer where the person wants it, and
/// brings it back when the project is opened again.
class ServerChooser final : public QObject
{
    Q_OBJECT

public:
    ServerChooser(session::Project &project, Preferences &preferences, QWidget *window);

    void ask();
    /// What was kept for the project that has just been opened: what needs the server waits until
    /// the keychain has answered.
    void restore();

Q_SIGNALS:
    void failed(const base::Error &error);

private:
    void use(const session::ServerAddress &address, Keep keep);
    void useOwn();
    void stopRestoring();
    void forget();
    void report(QFuture<base::Result<base::Done>> done);

    session::Project &m_project;
    Preferences &m_preferences;
    QWidget *m_window;
    Keychain m_keychain;
    QFutureWatcherBase *m_restoring = nullptr; ///< while the keychain is asked
};

} // namespace studio
