// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace session
{
class Project;
}

namespace studio
{

class MessageBar;
class Preferences;

/// Opens places of the code in the person's editor, and asks which one that is.
class PlaceOpener final : public QObject
{
    Q_OBJECT

public:
    PlaceOpener(const session::Project &project, Preferences &preferences, MessageBar *messages,
                QWidget *window);

    void open(const schema::SourceLocation &place);
    void offer(const schema::SourceLocation &place); ///< opens it where an editor is known
    void askEditor();

private:
    const session::Project &m_project;
    Preferences &m_preferences;
    MessageBar *m_messages;
    QWidget *m_window;
};

} // namespace studio
