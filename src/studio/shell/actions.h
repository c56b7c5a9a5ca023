// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QObject>

QT_BEGIN_NAMESPACE
class QAction;
class QWidget;
QT_END_NAMESPACE

namespace studio
{

enum class ActionId {
    OpenProject,
    OpenSample,
    ChooseConfig,
    Reload,
    Connect,
    ChooseServer,
    ChooseTenant,
    ChooseNested,
    NewQuery,
    Migrations,
    Audit,
    Security,
    AllowWrites,
    EndWrites,
    Palette,
    FilterTree,
    Problems,
    Differences,
    Pending,
    CommitEdits,
    UndoEdit,
    RedoEdit,
    OpenSource,
    ChooseEditor,
    CloseTab,
    Back,
    Forward,
    NextTab,
    PreviousTab,
    ThemeLight,
    ThemeDark,
    ThemeSystem,
    Quit,
};

/// Every action of the window, made from one table: identity, text, tip, icon, shortcut.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// The actions become the window's, so that their shortcuts work in all of it.
    explicit Actions(QWidget *window);

    QAction *at(ActionId id) const { return m_actions.value(int(id)); }
    const QList<QAction *> &all() const { return m_ordered; }
    /// Lets \a id run, or says in its tip why it cannot.
    void setPossible(ActionId id, bool possible, const QString &reason = {});

private:
    QHash<int, QAction *> m_actions;
    QList<QAction *> m_ordered;
};

} // namespace studio
