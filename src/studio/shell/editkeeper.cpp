// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/editkeeper.h"

#include "session/editing.h"
#include "session/project.h"
#include "studio/connect/preferences.h"

namespace studio
{

EditKeeper::EditKeeper(session::Project &project, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_project(project)
    , m_preferences(preferences)
{
    connect(&project, &session::Project::databaseChanged, this, &EditKeeper::databaseChanged);
    connect(&project.editing(), &session::Editing::keepWanted, this,
            [this](const QByteArray &kept) {
                if (!m_database.isEmpty())
                    m_preferences.setEdits(m_path, m_database, kept);
            });
}

void EditKeeper::databaseChanged()
{
    using State = session::Loaded<schema::Database>::State;
    const auto &database = m_project.database();
    if (database.state == State::None)
        m_database.clear();
    if (!database.value || !m_database.isEmpty())
        return;
    const QString path = m_project.path();
    const QString name = m_project.databaseText();
    const QByteArray kept = m_preferences.edits(path, name);
    if (!kept.isEmpty()) {
        if (const std::optional<base::Error> unread = m_project.editing().restore(kept)) {
            // They stay on the disk: nothing is kept over them.
            Q_EMIT failed(*unread);
            return;
        }
        Q_EMIT restored(m_project.editing().staged().rows.size());
    }
    m_path = path;
    m_database = name;
}

} // namespace studio
