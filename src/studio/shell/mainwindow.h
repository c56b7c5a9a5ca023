// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"
#include "studio/shell/actions.h"
#include "studio/shell/pagehost.h"
#include "studio/widgets/colors.h"

#include <QMainWindow>

QT_BEGIN_NAMESPACE
class QMenu;
class QSplitter;
class QStackedWidget;
QT_END_NAMESPACE

namespace studio
{

class BottomPanel;
class ConfigChooser;
class ConnectionStrip;
class DifferencesPanel;
class LeasePopover;
class MessageBar;
class PageTabs;
class PendingPanel;
class PlaceOpener;
class Preferences;
class ProblemsPanel;
class SearchPopup;
class ServerChooser;
class StartPage;
class StatusRow;
class TenantPicker;
class Theme;
class TitleRow;
class TreePanel;
struct KeptPage;
struct Message;

/// The one window: title row, tree, pages, status. It composes, and carries words between the
/// project and the parts; it decides nothing.
class MainWindow final : public QMainWindow, private PageHost
{
    Q_OBJECT

public:
    MainWindow(session::Project &project, Theme &theme, Preferences &preferences, PageMaker maker);
    ~MainWindow() override;

    /// Opens the project in \a folder in place of the one that is open.
    void openFolder(const QString &folder);
    QWidget *openTable(const schema::Name &table, bool pin);
    QWidget *makeTable(const QString &key, QWidget *parent);
    void placeTables();
    QWidget *openQuery(); ///< a new one
    QWidget *openMigrations();
    QWidget *openAudit();
    QWidget *openSecurity();

    void showError(const base::Error &error, const QString &key = {});
    void showProgress(const QString &text); ///< of work outside the project; empty: it is over

Q_SIGNALS:
    void sampleWanted();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void pageFailed(const base::Error &error) override;
    void pageMended() override;
    void pageStatus(QWidget *page, const QString &text) override;
    void leaseWanted() override;
    void tenantWanted() override;
    QWidget *tableWanted(const schema::Name &table) override;
    void waysChanged(bool back, bool forward) override;

    std::function<QWidget *(QWidget *parent)> makerOf(const KeptPage &kept);
    void restorePages();
    void keepPages();
    void compose();
    void connectActions();
    void connectProject();

    void askFolder();
    void askLease();
    Message wayOut(const base::Error &error);
    void showFailure(const base::Error &error, const QString &key);
    void showProblems();
    void showDifferences();
    void showPending();
    void connectEdits();
    void refreshEdits();
    void showProblemsOf(const QList<schema::Problem> &problems);
    void showPalette();
    void setMode(Mode mode);

    void codeChanged();
    void reportCode();
    void reportIncomplete();
    void askConfig();
    void folderChanged();
    void databaseChanged();
    void ledgerChanged();
    void comparisonChanged();
    void askTenant();
    void addTenancyTo(QMenu *menu, const schema::Name &table);
    void refreshTree();
    void refreshFacts();
    void refreshTitle();
    void refreshStatus();
    template <typename T>
    void report(const session::Loaded<T> &source, const QString &key, Message message);

    static inline const QString migrationsKey = QStringLiteral("migrations");

    session::Project &m_project;
    Theme &m_theme;
    Preferences &m_preferences;
    const PageMaker m_maker;
    Actions *m_actions;

    TitleRow *m_title = nullptr;
    QStackedWidget *m_body = nullptr;
    StartPage *m_start = nullptr;
    QSplitter *m_splitter = nullptr;
    TreePanel *m_tree = nullptr;
    ConnectionStrip *m_strip = nullptr;
    MessageBar *m_messages = nullptr;
    PageTabs *m_tabs = nullptr;
    StatusRow *m_status = nullptr;
    QSplitter *m_right = nullptr; ///< the pages, and the panel below them
    BottomPanel *m_bottom = nullptr;
    ProblemsPanel *m_problems = nullptr;
    DifferencesPanel *m_differences = nullptr;
    PendingPanel *m_pending = nullptr;
    PlaceOpener *m_places = nullptr;
    ConfigChooser *m_configs = nullptr;
    TenantPicker *m_tenants = nullptr;
    SearchPopup *m_palette = nullptr;
    ServerChooser *m_servers = nullptr;
    LeasePopover *m_lease = nullptr;
    LeasePopover *m_allTenants = nullptr;

    QHash<QWidget *, QString> m_pageTexts;
    QHash<QString, schema::Name> m_tables; ///< by the key of their page
    QHash<QString, schema::Name> m_placed; ///< which the page shows
    QByteArray m_keptPages;                ///< as they are kept
    bool m_keepsPages = false;
    int m_queries = 0;
    bool m_configAsked = false; ///< of the project that is open: once by itself
};

} // namespace studio
