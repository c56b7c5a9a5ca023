// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/placeopener.h"

#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/source/editordialog.h"
#include "studio/source/editoropener.h"
#include "studio/widgets/messagebar.h"

#include <QStandardPaths>

namespace studio
{

namespace
{
QString find(const QString &program)
{
    return QStandardPaths::findExecutable(program);
}
} // namespace

PlaceOpener::PlaceOpener(const session::Project &project, Preferences &preferences,
                         MessageBar *messages, QWidget *window)
    : QObject(window)
    , m_project(project)
    , m_preferences(preferences)
    , m_messages(messages)
    , m_window(window)
{
}

void PlaceOpener::open(const schema::SourceLocation &place)
{
    const auto key = QStringLiteral("editor");
    const base::Result<base::Done> opened =
        openInEditor(m_preferences.editor(), {m_project.fileOf(place), place.line, place.column});
    if (opened) {
        m_messages->dismiss(key);
        return;
    }
    Message message = Message::of(opened.error(), key);
    message.action = tr("Choose the editor…");
    message.run = [this] { askEditor(); };
    m_messages->post(message);
}

void PlaceOpener::offer(const schema::SourceLocation &place)
{
    if (!m_preferences.editor().trimmed().isEmpty() ||
        detectedEditor(QProcessEnvironment::systemEnvironment(), find))
        open(place);
}

void PlaceOpener::askEditor()
{
    auto *dialog = new EditorDialog(m_preferences.editor(),
                                    detectedEditor(QProcessEnvironment::systemEnvironment(), find),
                                    installedEditors(find), m_window);
    connect(dialog, &EditorDialog::chosen, this,
            [this](const QString &command) { m_preferences.setEditor(command); });
    dialog->open();
}

} // namespace studio
