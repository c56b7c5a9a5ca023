// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QObject>

namespace session
{
class Project;
}

namespace studio
{

class Preferences;

/// Keeps a project's staged edits in the workspace file, one set for each database: after every
/// step, and back when the database is read again.
class EditKeeper final : public QObject
{
    Q_OBJECT

public:
    EditKeeper(session::Project &project, Preferences &preferences, QObject *parent);

Q_SIGNALS:
    void restored(qsizetype rows);
    void failed(const base::Error &error);

private:
    void databaseChanged();

    session::Project &m_project;
    Preferences &m_preferences;
    QString m_path, m_database; ///< whose edits are at hand; empty: nobody's
};

} // namespace studio
