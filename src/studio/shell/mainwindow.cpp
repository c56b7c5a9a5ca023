// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/mainwindow.h"

#include "session/connection.h"
#include "studio/connect/connectionstrip.h"
#include "studio/connect/preferences.h"
#include "studio/connect/startpage.h"
#include "studio/differences/differencespanel.h"
#include "studio/pending/pendingpanel.h"
#include "studio/problems/problemspanel.h"
#include "studio/shell/bottompanel.h"
#include "studio/shell/configchooser.h"
#include "studio/shell/leasepopover.h"
#include "studio/shell/pagetabs.h"
#include "studio/shell/placeopener.h"
#include "studio/shell/serverchooser.h"
#include "studio/shell/summary.h"
#include "studio/shell/tenantpicker.h"
#include "studio/tree/treepanel.h"
#include "studio/widgets/icon.h"
#include "studio/widgets/messagebar.h"
#include "studio/widgets/searchpopup.h"
#include "studio/widgets/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace studio
{

namespace
{

QVBoxLayout *column(QWidget *widget)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

MainWindow::MainWindow(session::Project &project, Theme &theme, Preferences &preferences,
                       PageMaker maker)
    : m_project(project)
    , m_theme(theme)
    , m_preferences(preferences)
    , m_maker(std::move(maker))
    , m_actions(new Actions(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    compose();
    connectActions();
    connectProject();
    connectEdits();
    // With a frame around it the window fits a small screen, too.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(8, 40)));
    restoreGeometry(preferences.geometry());
    m_splitter->restoreState(preferences.splitter());
    m_right->restoreState(preferences.panel());
    m_start->setRecent(preferences.recentProjects());
    refreshTitle();
    // No ring around whatever happens to be first in the tab order.
    m_body->setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow()
{
    m_keepsPages = false;
    // Pages tell the window their last words; they must be gone before what they are told to.
    delete takeCentralWidget();
}

void MainWindow::compose()
{
    auto *central = new QWidget(this);
    auto *all = column(central);
    m_title = new TitleRow(central);
    m_body = new QStackedWidget(central);
    m_status = new StatusRow(central);
    all->addWidget(m_title);
    all->addWidget(m_body, 1);
    all->addWidget(m_status);

    m_start = new StartPage(m_body);
    m_splitter = new QSplitter(m_body);
    m_splitter->setObjectName(QStringLiteral("mainSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);

    auto *left = new QWidget(m_splitter);
    auto *leftColumn = column(left);
    m_tree = new TreePanel(left);
    m_strip = new ConnectionStrip(left);
    leftColumn->addWidget(m_tree, 1);
    leftColumn->addWidget(m_strip);

    auto *right = new QWidget(m_splitter);
    auto *rightColumn = column(right);
    m_messages = new MessageBar(right);
    m_right = new QSplitter(Qt::Vertical, right);
    m_right->setObjectName(QStringLiteral("panelSplitter"));
    m_right->setChildrenCollapsible(false);
    m_right->setHandleWidth(1);
    m_tabs = new PageTabs(m_right);
    m_bottom = new BottomPanel(m_right);
    m_problems = new ProblemsPanel(m_bottom);
    m_bottom->addPage(m_problems, tr("Problems"));
    m_differences = new DifferencesPanel(m_bottom);
    m_bottom->addPage(m_differences, tr("Differences"));
    m_pending = new PendingPanel(m_project, m_bottom);
    m_bottom->addPage(m_pending, tr("Pending changes"));
    m_right->addWidget(m_tabs);
    m_right->addWidget(m_bottom);
    m_right->setStretchFactor(0, 1);
    m_right->setSizes({600, 180});
    rightColumn->addWidget(m_messages);
    rightColumn->addWidget(m_right, 1);
    auto *hint = new QLabel(tr("Choose a table on the left, or press Ctrl K."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setProperty("tone", QStringLiteral("faint"));
    m_tabs->setEmptyPage(hint);

    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({300, 980});
    m_body->addWidget(m_start);
    m_body->addWidget(m_splitter);
    setCentralWidget(central);

    m_tenants = new TenantPicker(m_project, m_preferences, this);
    m_palette = new SearchPopup(tr("Go to a table or an action"), this);
    m_palette->setObjectName(QStringLiteral("palette"));
    m_configs = new ConfigChooser(m_preferences, this);
    m_lease = new LeasePopover(this);
    m_allTenants = new LeasePopover(this);
    m_allTenants->setObjectName(QStringLiteral("allTenantsPopover"));
    m_servers = new ServerChooser(m_project, m_preferences, this);
    m_places = new PlaceOpener(m_project, m_preferences, m_messages, this);
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto slot) {
        connect(m_actions->at(id), &QAction::triggered, this, slot);
    };
    on(ActionId::OpenProject, [this] { askFolder(); });
    on(ActionId::OpenSample, [this] { Q_EMIT sampleWanted(); });
    on(ActionId::ChooseConfig, [this] { askConfig(); });
    on(ActionId::Reload, [this] { m_project.reload(); });
    on(ActionId::Connect, [this] { m_project.connectDatabase(); });
    on(ActionId::ChooseServer, [this] { m_servers->ask(); });
    on(ActionId::ChooseTenant, [this] { m_tenants->popUp(m_title->tenantButton()); });
    on(ActionId::ChooseNested, [this] { m_tenants->popUpNested(m_title->nestedButton()); });
    on(ActionId::NewQuery, [this] { openQuery(); });
    on(ActionId::Migrations, [this] { openMigrations(); });
    on(ActionId::Audit, [this] { openAudit(); });
    on(ActionId::Security, [this] { openSecurity(); });
    on(ActionId::AllowWrites, [this] { askLease(); });
    on(ActionId::EndWrites, [this] { m_project.endLease(); });
    on(ActionId::Palette, [this] { showPalette(); });
    on(ActionId::FilterTree, [this] { m_tree->focusFilter(); });
    on(ActionId::Problems, [this] { showProblems(); });
    on(ActionId::Differences, [this] { showDifferences(); });
    on(ActionId::OpenSource, [this] { m_tree->openSource(); });
    on(ActionId::ChooseEditor, [this] { m_places->askEditor(); });
    on(ActionId::CloseTab, [this] { m_tabs->closeCurrent(); });
    on(ActionId::Back, [this] { m_maker.walk(*this, -1); });
    on(ActionId::Forward, [this] { m_maker.walk(*this, 1); });
    waysChanged(false, false);
    on(ActionId::NextTab, [this] { m_tabs->step(1); });
    on(ActionId::PreviousTab, [this] { m_tabs->step(-1); });
    on(ActionId::ThemeLight, [this] { setMode(Mode::Light); });
    on(ActionId::ThemeDark, [this] { setMode(Mode::Dark); });
    on(ActionId::ThemeSystem, [this] { setMode(Mode::System); });
    on(ActionId::Quit, [this] { close(); });

    auto *menu = new QMenu(this);
    for (const ActionId id : {ActionId::OpenProject, ActionId::OpenSample, ActionId::Reload,
                              ActionId::ChooseServer, ActionId::ChooseEditor})
        menu->addAction(m_actions->at(id));
    menu->addSeparator();
    for (const ActionId id : {ActionId::ThemeLight, ActionId::ThemeDark, ActionId::ThemeSystem})
        menu->addAction(m_actions->at(id));
    menu->addSeparator();
    menu->addAction(m_actions->at(ActionId::Quit));
    m_title->setProjectMenu(menu);

    connect(m_title, &TitleRow::serverWanted, m_servers, &ServerChooser::ask);
    connect(m_title, &TitleRow::tenantWanted, this,
            [this] { m_tenants->popUp(m_title->tenantButton()); });
    connect(m_title, &TitleRow::writesWanted, this, &MainWindow::askLease);
    connect(m_title, &TitleRow::writesEnded, this, [this] { m_project.endLease(); });
    connect(m_title, &TitleRow::paletteWanted, this, &MainWindow::showPalette);
    connect(m_strip, &ConnectionStrip::connectWanted, this,
            [this] { m_project.connectDatabase(); });
    connect(m_strip, &ConnectionStrip::serverWanted, m_servers, &ServerChooser::ask);
    connect(m_servers, &ServerChooser::failed, this,
            [this](const base::Error &error) { showError(error); });
    connect(m_tree, &TreePanel::tableActivated, this, [this](const schema::Name &table, bool pin) {
        QWidget *page = openTable(table, pin);
        if (pin)
            page->setFocus();
    });
    connect(m_tree, &TreePanel::placeOffered, m_places, &PlaceOpener::offer);
    connect(m_tree, &TreePanel::placeWanted, m_places, &PlaceOpener::open);
    connect(m_tree, &TreePanel::tableMenuOpens, this, &MainWindow::addTenancyTo);
    connect(m_problems, &ProblemsPanel::placeWanted, m_places, &PlaceOpener::open);
    connect(m_differences, &DifferencesPanel::tableWanted, m_tree, &TreePanel::select);
    connect(m_status, &StatusRow::problemsWanted, this, &MainWindow::showProblems);
    connect(m_status, &StatusRow::differencesWanted, this, &MainWindow::showDifferences);
    connect(m_configs, &ConfigChooser::chosen, this, &MainWindow::openFolder);
    connect(m_configs, &ConfigChooser::changed, this, &MainWindow::codeChanged);
    connect(m_start, &StartPage::openWanted, this, &MainWindow::askFolder);
    connect(m_start, &StartPage::sampleWanted, this, &MainWindow::sampleWanted);
    connect(m_start, &StartPage::folderChosen, this, &MainWindow::openFolder);
    connect(m_lease, &LeasePopover::allowed, this, [this] { m_project.grantLease(); });
    connect(m_title, &TitleRow::nestedWanted, this,
            [this] { m_tenants->popUpNested(m_title->nestedButton()); });
    connect(m_tenants, &TenantPicker::allWanted, this, [this] {
        m_allTenants->ask(m_title->tenantButton(), LeasePopover::aboutAllTenants());
    });
    connect(m_allTenants, &LeasePopover::allowed, this, [this] { m_project.allowAllTenants(); });
    connect(m_tabs, &PageTabs::tabsChanged, this, &MainWindow::keepPages);
    connect(m_tabs, &PageTabs::currentChanged, this,
            [this] { m_status->setPageText(m_pageTexts.value(m_tabs->currentPage())); });
}

void MainWindow::connectProject()
{
    using session::Project;
    connect(&m_project, &Project::codeChanged, this, &MainWindow::codeChanged);
    connect(&m_project, &Project::folderChanged, this, &MainWindow::folderChanged);
    connect(&m_project, &Project::pendingChanged, this, &MainWindow::refreshStatus);
    connect(&m_project, &Project::databaseChanged, this, &MainWindow::databaseChanged);
    connect(&m_project, &Project::ledgerChanged, this, &MainWindow::ledgerChanged);
    for (const auto signal : {&Project::tenantsChanged, &Project::tenantChanged})
        connect(&m_project, signal, this, &MainWindow::askTenant);
    connect(&m_project, &Project::tenantsChanged, this, &MainWindow::refreshTitle);
    connect(&m_project, &Project::tenantChanged, this, &MainWindow::placeTables);
    connect(&m_project, &Project::treeChanged, this, &MainWindow::refreshTree);
    connect(&m_project, &Project::comparisonChanged, this, &MainWindow::comparisonChanged);
    connect(&m_project, &Project::tenantChanged, this, &MainWindow::refreshTitle);
    connect(&m_project, &Project::leaseChanged, this, &MainWindow::refreshTitle);
    for (const auto signal : {&Project::connectionChanged, &Project::serverStateChanged}) {
        connect(&m_project, signal, this, [this] {
            refreshTitle();
            refreshStatus();
        });
    }
    connect(&m_project, &Project::progress, m_strip, &ConnectionStrip::setProgress);
}

void MainWindow::openFolder(const QString &folder)
{
    m_keepsPages = false; // until those of this project are there
    m_tabs->closeAll();
    m_messages->clear();
    m_queries = 0;
    m_body->setCurrentWidget(m_splitter);
    m_tree->setEmptyText(tr("Reading the schema…"));
    m_preferences.addRecentProject(folder);
    m_configAsked = false;
    m_configs->look(folder);
    m_project.open(m_configs->toOpen(folder));
    m_servers->restore();
    refreshTitle();
    restorePages();
    m_tree->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showError(const base::Error &error, const QString &key)
{
    m_messages->post(Message::of(error, key));
}

void MainWindow::showProgress(const QString &text)
{
    if (!text.isEmpty()) {
        m_body->setCurrentWidget(m_splitter);
        m_tree->setEmptyText(tr("The sample is being prepared…"));
    }
    m_strip->setProgress(text);
}

void MainWindow::pageFailed(const base::Error &error)
{
    showFailure(error, {});
}

void MainWindow::showFailure(const base::Error &error, const QString &key)
{
    Message message = Message::of(error, key);
    if (error.kind == base::ErrorKind::Cancelled)
        return;
    // While they are being read the one of the last time may still come back.
    if (error.kind == base::ErrorKind::Ambiguous && m_project.isTenantWanted())
        return askTenant();
    if (error.kind == base::ErrorKind::Connection ||
        error.kind == base::ErrorKind::Authentication) {
        const Message out = wayOut(error);
        message.key = QStringLiteral("database");
        message.action = out.action;
        message.run = out.run;
    } else if (session::Project::wantsLease(error) && !m_project.writable()) {
        message.action = tr("Allow writes…");
        message.run = [this] { askLease(); };
    }
    m_messages->post(message);
}

void MainWindow::pageMended()
{
    if (!m_project.database().error)
        m_messages->dismiss(QStringLiteral("database"));
}

void MainWindow::pageStatus(QWidget *page, const QString &text)
{
    if (!m_pageTexts.contains(page))
        connect(page, &QObject::destroyed, this, [this, page] { m_pageTexts.remove(page); });
    m_pageTexts.insert(page, text);
    if (page == m_tabs->currentPage())
        m_status->setPageText(text);
}

void MainWindow::leaseWanted()
{
    askLease();
}

void MainWindow::tenantWanted()
{
    m_tenants->popUp(m_title->tenantButton());
}

QWidget *MainWindow::tableWanted(const schema::Name &table)
{
    return openTable(table, false);
}

void MainWindow::waysChanged(bool back, bool forward)
{
    m_actions->setPossible(ActionId::Back, back, tr("There is no place to go back to"));
    m_actions->setPossible(ActionId::Forward, forward, tr("There is no place to go on to"));
}

void MainWindow::askFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open a project"));
    dialog->setObjectName(QStringLiteral("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFolder);
    dialog->open();
}

void MainWindow::askLease()
{
    m_lease->ask(m_title->writesButton(),
                 LeasePopover::aboutWrites(m_project.environmentName(), m_project.serverText()));
}

void MainWindow::showPalette()
{
    QList<SearchEntry> entries;
    const auto factsFrom = m_project.code().value       ? &m_project.code().value->schema
                           : m_project.database().value ? &*m_project.database().value
                                                        : nullptr;
    if (factsFrom) {
        for (const schema::Table &table : factsFrom->tables)
            entries.append({.title = table.name.name,
                            .detail = table.name.schema.isEmpty() ? tr("table") : table.name.schema,
                            .tip = {},
                            .icon = icon(QStringLiteral("table")),
                            .run = [this, name = table.name] { openTable(name, true); }});
        for (const schema::View &view : factsFrom->views)
            entries.append({.title = view.name.name,
                            .detail = view.name.schema.isEmpty() ? tr("view") : view.name.schema,
                            .tip = {},
                            .icon = icon(QStringLiteral("table")),
                            .run = [this, name = view.name] { openTable(name, true); }});
    }
    for (QAction *action : m_actions->all()) {
        if (action == m_actions->at(ActionId::Palette))
            continue;
        entries.append({.title = action->text(),
                        .detail = action->shortcut().toString(QKeySequence::NativeText),
                        .tip = action->toolTip(),
                        .icon = action->icon(),
                        .possible = action->isEnabled(),
                        .run = [action] { action->trigger(); }});
    }
    m_palette->setEntries(std::move(entries));
    const QSize size(qMin(600, width() - 40), qMin(460, height() - 100));
    m_palette->popUp(mapToGlobal(QPoint((width() - size.width()) / 2, 60)), size);
}

void MainWindow::setMode(Mode mode)
{
    m_theme.setMode(mode);
    m_preferences.setTheme(mode);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_preferences.setWindow(saveGeometry(), m_splitter->saveState(), m_right->saveState());
    QMainWindow::closeEvent(event);
}

} // namespace studio
