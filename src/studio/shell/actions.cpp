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

#define TEXT(text) QT_TRANSLATE_NOOP("studio::Actions", text)

// clang-format off
const Row rows[] = {
    {ActionId::OpenProject, "openProject", TEXT("Open project…"), TEXT("Open a folder with a drizzle.config"), "open", "Ctrl+O"},
    {ActionId::OpenSample, "openSample", TEXT("Open the sample"), TEXT("A CRM with 50 tenants on a private server of its own"), "sample", ""},
    {ActionId::ChooseConfig, "chooseConfig", TEXT("Other configs…"), TEXT("Open another drizzle config of this repository"), "open", "Ctrl+Shift+O"},
    {ActionId::Reload, "reload", TEXT("Reload code and folder"), TEXT("Read the TypeScript schema and the migrations again"), "reload", "F5"},
    {ActionId::Connect, "connect", TEXT("Connect"), TEXT("Read the database's catalog, ledger and tenants"), "connect", "Ctrl+Shift+C"},
    {ActionId::ChooseServer, "chooseServer", TEXT("Choose the server…"), TEXT("Use another database for this project"), "database", ""},
    {ActionId::ChooseTenant, "chooseTenant", TEXT("Choose the tenant…"), TEXT("Whose rows every page shows"), "tenant", "Ctrl+T"},
    {ActionId::NewQuery, "newQuery", TEXT("New query"), TEXT("Build a query step by step"), "query", "Ctrl+N"},
    {ActionId::Migrations, "migrations", TEXT("Migrations"), TEXT("What is written, what is applied, what is new in the code"), "migrations", "Ctrl+M"},
    {ActionId::AllowWrites, "allowWrites", TEXT("Allow writes…"), TEXT("Open the database for changes for 15 minutes"), "unlock", "Ctrl+Shift+W"},
    {ActionId::EndWrites, "endWrites", TEXT("End writes"), TEXT("Make the database read-only again"), "lock", ""},
    {ActionId::Palette, "palette", TEXT("Go to anything…"), TEXT("Find an action or a table by its name"), "palette", "Ctrl+K"},
    {ActionId::FilterTree, "filterTree", TEXT("Filter the tree"), TEXT("Find tables by name, column, type or drift"), "filter", "Ctrl+L"},
    {ActionId::Problems, "problems", TEXT("Problems"), TEXT("What the code's loader noticed, with its places"), "warning", "Ctrl+Shift+M"},
    {ActionId::OpenSource, "openSource", TEXT("Open in the editor"), TEXT("Open the code of what is chosen in the tree at its line"), "code", "F4"},
    {ActionId::ChooseEditor, "chooseEditor", TEXT("Choose the editor…"), TEXT("The program that opens the code at a line"), "code", ""},
    {ActionId::CloseTab, "closeTab", TEXT("Close tab"), TEXT("Close the page in front"), "close", "Ctrl+W"},
    {ActionId::NextTab, "nextTab", TEXT("Next tab"), TEXT("Go to the page on the right"), "next", "Ctrl+Tab"},
    {ActionId::PreviousTab, "previousTab", TEXT("Previous tab"), TEXT("Go to the page on the left"), "previous", "Ctrl+Shift+Tab"},
    {ActionId::ThemeLight, "themeLight", TEXT("Light colours"), TEXT("Dark text on light ground"), "light", ""},
    {ActionId::ThemeDark, "themeDark", TEXT("Dark colours"), TEXT("Light text on dark ground"), "dark", ""},
    {ActionId::ThemeSystem, "themeSystem", TEXT("The system's colours"), TEXT("Light or dark as the desktop is"), "system", ""},
    {ActionId::Quit, "quit", TEXT("Quit"), TEXT("Close the window"), "quit", "Ctrl+Q"},
};
// clang-format on

#undef TEXT

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
