// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/configs.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QFutureWatcherBase;
class QWidget;
QT_END_NAMESPACE

namespace studio
{

class Preferences;
class SearchPopup;

/// The drizzle configs of a repository: which ones there are, which one was chosen, and the list to
/// choose another.
class ConfigChooser final : public QObject
{
    Q_OBJECT

public:
    ConfigChooser(Preferences &preferences, QWidget *window);

    /// Looks through \a folder, a project that is being opened; changed() follows.
    void look(const QString &folder);
    /// What was chosen for \a folder before and is still there; else \a folder itself.
    QString toOpen(const QString &folder) const;
    qsizetype count() const { return m_choices.size(); }
    /// Shows the list; \a current is marked.
    void popUp(const QString &current);

Q_SIGNALS:
    void changed();
    void chosen(const QString &folder); ///< toOpen() answers with the choice from now on

private:
    void choose(const session::ConfigChoice &choice);

    Preferences &m_preferences;
    QWidget *m_window;
    SearchPopup *m_popup;
    QString m_folder;
    QList<session::ConfigChoice> m_choices;
    QFutureWatcherBase *m_looking = nullptr;
};

} // namespace studio
