// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/actions.h"

#include "studio/widgets/icon.h"

#include <QAction>
#include <QWidget>

namespace studio
{

namespace
{

struct Row {
    ActionId id;
    const char *name; ///< for tests and for what the person changes one day
    const char *text;
    const char *tip;
    const char *icon;
    const char *shortcut;
};

// clang-format off
const Row rows[] = {
    {ActionId::OpenProject, "openProject", QT_TRANSLATE_NOOP("studio::Actions", "Open project…"), QT_TRANSLATE_NOOP("studio::Actions", "Open a folder with a drizzle.config"), "open", "Ctrl+O"},
    {ActionId::OpenSample, "openSample", QT_TRANSLATE_NOOP("studio::Actions", "Open the sample"), QT_TRANSLATE_NOOP("studio::Actions", "A CRM with 50 tenants on a private server of its own"), "sample", ""},
    {ActionId::ChooseConfig, "chooseConfig", QT_TRANSLATE_NOOP("studio::Actions", "Other configs…"), QT_TRANSLATE_NOOP("studio::Actions", "Open another drizzle config of this repository"), "open", "Ctrl+Shift+O"},
    {ActionId::Reload, "reload", QT_TRANSLATE_NOOP("studio::Actions", "Reload code and folder"), QT_TRANSLATE_NOOP("studio::Actions", "Read the TypeScript schema and the migrations again"), "reload", "Shift+F5"},
    {ActionId::Connect, "connect", QT_TRANSLATE_NOOP("studio::Actions", "Connect"), QT_TRANSLATE_NOOP("studio::Actions", "Read the database's catalog, ledger and tenants"), "connect", "Ctrl+Shift+C"},
    {ActionId::ChooseServer, "chooseServer", QT_TRANSLATE_NOOP("studio::Actions", "Choose the server…"), QT_TRANSLATE_NOOP("studio::Actions", "Use another database for this project"), "database", ""},
    {ActionId::ChooseTenant, "chooseTenant", QT_TRANSLATE_NOOP("studio::Actions", "Choose the tenant…"), QT_TRANSLATE_NOOP("studio::Actions", "Whose rows every page shows"), "tenant", "Ctrl+T"},
    {ActionId::ChooseNested, "chooseNested", QT_TRANSLATE_NOOP("studio::Actions", "Choose within the tenant…"), QT_TRANSLATE_NOOP("studio::Actions", "Rows of one project of the organization, or of what else the tenant is divided into"), "tenant", "Ctrl+Shift+T"},
    {ActionId::NewQuery, "newQuery", QT_TRANSLATE_NOOP("studio::Actions", "New query"), QT_TRANSLATE_NOOP("studio::Actions", "Build a query step by step"), "query", "Ctrl+N"},
    {ActionId::Migrations, "migrations", QT_TRANSLATE_NOOP("studio::Actions", "Migrations"), QT_TRANSLATE_NOOP("studio::Actions", "What is written, what is applied, what is new in the code"), "migrations", "Ctrl+M"},
    {ActionId::Audit, "audit", QT_TRANSLATE_NOOP("studio::Actions", "Audit of the tenants"), QT_TRANSLATE_NOOP("studio::Actions", "Rows that point at another tenant's row, and the keys that would prevent it"), "tenant", ""},
    {ActionId::Security, "security", QT_TRANSLATE_NOOP("studio::Actions", "Row-level security"), QT_TRANSLATE_NOOP("studio::Actions", "What each role may do with every table, by which policy, and rows as a role sees them"), "lock", ""},
    {ActionId::AllowWrites, "allowWrites", QT_TRANSLATE_NOOP("studio::Actions", "Allow writes…"), QT_TRANSLATE_NOOP("studio::Actions", "Open the database for changes for 15 minutes"), "unlock", "Ctrl+Shift+W"},
    {ActionId::EndWrites, "endWrites", QT_TRANSLATE_NOOP("studio::Actions", "End writes"), QT_TRANSLATE_NOOP("studio::Actions", "Make the database read-only again"), "lock", ""},
    {ActionId::Palette, "palette", QT_TRANSLATE_NOOP("studio::Actions", "Go to anything…"), QT_TRANSLATE_NOOP("studio::Actions", "Find an action or a table by its name"), "palette", "Ctrl+K"},
    {ActionId::FilterTree, "filterTree", QT_TRANSLATE_NOOP("studio::Actions", "Filter the tree"), QT_TRANSLATE_NOOP("studio::Actions", "Find tables by name, column, type or drift"), "filter", "Ctrl+L"},
    {ActionId::Problems, "problems", QT_TRANSLATE_NOOP("studio::Actions", "Problems"), QT_TRANSLATE_NOOP("studio::Actions", "What the code's loader noticed, with its places"), "warning", "Ctrl+Shift+M"},
    {ActionId::Differences, "differences", QT_TRANSLATE_NOOP("studio::Actions", "Differences"), QT_TRANSLATE_NOOP("studio::Actions", "What lies between the database and the code"), "migrations", "Ctrl+Shift+D"},
    {ActionId::Pending, "pending", QT_TRANSLATE_NOOP("studio::Actions", "Pending changes"), QT_TRANSLATE_NOOP("studio::Actions", "Edits that are staged and not saved, and their SQL"), "database", "Ctrl+Shift+P"},
    {ActionId::CommitEdits, "commit", QT_TRANSLATE_NOOP("studio::Actions", "Commit the pending changes"), QT_TRANSLATE_NOOP("studio::Actions", "Write all staged edits in one transaction"), "done", "Ctrl+S"},
    {ActionId::UndoEdit, "undo", QT_TRANSLATE_NOOP("studio::Actions", "Undo"), QT_TRANSLATE_NOOP("studio::Actions", "Take the last staged edit back"), "previous", "Ctrl+Z"},
    {ActionId::RedoEdit, "redo", QT_TRANSLATE_NOOP("studio::Actions", "Redo"), QT_TRANSLATE_NOOP("studio::Actions", "Make the staged edit again that was undone"), "next", "Ctrl+Shift+Z"},
    {ActionId::OpenSource, "openSource", QT_TRANSLATE_NOOP("studio::Actions", "Open in the editor"), QT_TRANSLATE_NOOP("studio::Actions", "Open the code of what is chosen in the tree at its line"), "code", "F4"},
    {ActionId::ChooseEditor, "chooseEditor", QT_TRANSLATE_NOOP("studio::Actions", "Choose the editor…"), QT_TRANSLATE_NOOP("studio::Actions", "The program that opens the code at a line"), "code", ""},
    {ActionId::CloseTab, "closeTab", QT_TRANSLATE_NOOP("studio::Actions", "Close tab"), QT_TRANSLATE_NOOP("studio::Actions", "Close the page in front"), "close", "Ctrl+W"},
    {ActionId::Back, "back", QT_TRANSLATE_NOOP("studio::Actions", "Back"), QT_TRANSLATE_NOOP("studio::Actions", "Go to the rows that were shown before"), "previous", "Alt+Left"},
    {ActionId::Forward, "forward", QT_TRANSLATE_NOOP("studio::Actions", "Forward"), QT_TRANSLATE_NOOP("studio::Actions", "Go on to the rows that one came back from"), "next", "Alt+Right"},
    {ActionId::NextTab, "nextTab", QT_TRANSLATE_NOOP("studio::Actions", "Next tab"), QT_TRANSLATE_NOOP("studio::Actions", "Go to the page on the right"), "next", "Ctrl+Tab"},
    {ActionId::PreviousTab, "previousTab", QT_TRANSLATE_NOOP("studio::Actions", "Previous tab"), QT_TRANSLATE_NOOP("studio::Actions", "Go to the page on the left"), "previous", "Ctrl+Shift+Tab"},
    {ActionId::ThemeLight, "themeLight", QT_TRANSLATE_NOOP("studio::Actions", "Light colours"), QT_TRANSLATE_NOOP("studio::Actions", "Dark text on light ground"), "light", ""},
    {ActionId::ThemeDark, "themeDark", QT_TRANSLATE_NOOP("studio::Actions", "Dark colours"), QT_TRANSLATE_NOOP("studio::Actions", "Light text on dark ground"), "dark", ""},
    {ActionId::ThemeSystem, "themeSystem", QT_TRANSLATE_NOOP("studio::Actions", "The system's colours"), QT_TRANSLATE_NOOP("studio::Actions", "Light or dark as the desktop is"), "system", ""},
    {ActionId::Quit, "quit", QT_TRANSLATE_NOOP("studio::Actions", "Quit"), QT_TRANSLATE_NOOP("studio::Actions", "Close the window"), "quit", "Ctrl+Q"},
};
// clang-format on

} // namespace

Actions::Actions(QWidget *window)
    : QObject(window)
{
    for (const Row &row : rows) {
        auto *action = new QAction(icon(QLatin1String(row.icon)), tr(row.text), this);
        action->setObjectName(QLatin1String(row.name));
        action->setProperty("tip", tr(row.tip));
        action->setToolTip(tr(row.tip));
        action->setShortcut(QKeySequence(QLatin1String(row.shortcut)));
        m_actions.insert(int(row.id), action);
        m_ordered << action;
        window->addAction(action);
    }
    at(ActionId::Quit)->setMenuRole(QAction::QuitRole);
}

void Actions::setPossible(ActionId id, bool possible, const QString &reason)
{
    QAction *action = at(id);
    action->setEnabled(possible);
    action->setToolTip(possible || reason.isEmpty() ? action->property("tip").toString() : reason);
}

} // namespace studio
