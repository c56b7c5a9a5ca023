// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/connect/connectionstrip.h"
#include "studio/connect/preferences.h"
#include "studio/shell/actions.h"
#include "studio/shell/pagetabs.h"
#include "studio/shell/statusparts.h"
#include "studio/shell/tabstrip.h"
#include "studio/shell/titlerow.h"
#include "studio/widgets/searchpopup.h"
#include "studio/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QStyle>
#include <QStyleOption>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace studio;
using Connection = TitleState::Connection;

namespace
{

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

template <typename W> W *part(const QWidget &whole, const char *name)
{
    return whole.findChild<W *>(QLatin1String(name));
}

TitleState title(const char *environment, const char *server, Connection connection,
                 const char *tenant = "")
{
    return {.project = text("acme-crm"),
            .environment = text(environment),
            .server = text(server),
            .connection = connection,
            .hasTenants = true,
            .tenant = text(tenant),
            .leaseEnd = {}};
}

} // namespace

class ShellPartsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// In all tables that the style paints; those of rows paint themselves.
    void cellsStandBelowTheirTitles()
    {
        const QString plain = qApp->styleSheet();
        Theme theme(*qApp);
        theme.setMode(Mode::Light);
        QTableWidget table(1, 1);
        table.show();
        QStyleOptionViewItem option;
        option.initFrom(&table);
        option.widget = &table;
        option.features = QStyleOptionViewItem::HasDisplay;
        option.text = QStringLiteral("x");
        option.rect = {0, 0, 100, 24};
        const QStyle *style = table.style();
        const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, &table) + 1;
        const QRect text = style->subElementRect(QStyle::SE_ItemViewItemText, &option, &table);
        QCOMPARE(text.left() + margin, 8);
        qApp->setStyleSheet(plain);
    }
    void titleStates_data()
    {
        QTest::addColumn<TitleState>("state");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("pill");
        QTest::addColumn<QString>("tenant");
        QTest::newRow("local, connected")
            << title("local", "local · 5433", Connection::Connected, "Globex")
            << text("● local · 5433") << text("added") << text("Globex ▾");
        QTest::newRow("local, not connected")
            << title("local", "local · 5433", Connection::NotConnected) << text("○ local · 5433")
            << text("added") << text("All tenants ▾");
        QTest::newRow("production says so")
            << title("production", "db.example.com", Connection::Connected)
            << text("● production · db.example.com") << text("removed") << text("All tenants ▾");
        QTest::newRow("staging") << title("staging", "staging · db", Connection::Failed)
                                 << text("○ staging · db") << text("changed")
                                 << text("All tenants ▾");
        QTest::newRow("lost") << title("production", "db.example.com", Connection::Lost)
                              << text("○ production · db.example.com · no connection")
                              << text("neutral") << text("All tenants ▾");
        QTest::newRow("no server") << title("", "", Connection::NoServer) << text("○ no database")
                                   << text("neutral") << text("All tenants ▾");
    }

    void titleStates()
    {
        QFETCH(TitleState, state);
        TitleRow row;
        row.setState(state);
        auto *environment = part<QPushButton>(row, "environmentButton");
        QTEST(environment->text(), "environment");
        QTEST(environment->property("pill").toString(), "pill");
        QTEST(part<QPushButton>(row, "tenantButton")->text(), "tenant");
        QCOMPARE(part<QPushButton>(row, "projectButton")->text(), text("acme-crm"));
        QCOMPARE(part<QLabel>(row, "accessLabel")->text(), text("Read-only"));
        QCOMPARE(part<QPushButton>(row, "writesButton")->isEnabled(),
                 state.connection != Connection::NoServer);
    }

    /// All tenants' rows are shown for a while that one can see; before that nobody's are.
    void titleAsksForATenant()
    {
        TitleRow row;
        TitleState state = title("local", "local · 5433", Connection::Connected);
        const auto *button = part<QPushButton>(row, "tenantButton");
        state.isTenantWanted = true;
        row.setState(state);
        QCOMPARE(button->text(), text("Choose a tenant ▾"));
        QCOMPARE(button->property("pill").toString(), text("changed"));
        state.isTenantWanted = false;
        state.allTenantsEnd = QDateTime::currentDateTimeUtc().addSecs(14 * 60 + 30);
        row.setState(state);
        QVERIFY2(button->text().startsWith(text("All tenants · 14:")), qPrintable(button->text()));
        QCOMPARE(button->property("pill").toString(), text("changed"));
        QCOMPARE(part<QLabel>(row, "accessLabel")->text(), text("Read-only"));
        state.leaseEnd = QDateTime::currentDateTimeUtc().addSecs(5 * 60 + 30);
        row.setState(state);
        QVERIFY(button->text().startsWith(text("All tenants · 14:")));
        QVERIFY(part<QLabel>(row, "accessLabel")->text().startsWith(text("Writes allowed · 5:")));
        state = title("local", "local · 5433", Connection::Connected, "Globex");
        row.setState(state);
        QCOMPARE(button->text(), text("Globex ▾"));
        QCOMPARE(button->property("pill").toString(), text("tenant"));
    }

    void titleWithoutProject()
    {
        TitleRow row;
        row.setState({});
        QVERIFY(part<QPushButton>(row, "environmentButton")->isHidden());
        QVERIFY(part<QPushButton>(row, "tenantButton")->isHidden());
        QVERIFY(part<QLabel>(row, "accessLabel")->isHidden());
    }

    void leaseCountsDown()
    {
        TitleRow row;
        TitleState state = title("local", "local · 5433", Connection::Connected);
        state.leaseEnd = QDateTime::currentDateTime().addSecs(15 * 60);
        row.setState(state);
        const QString shown = part<QLabel>(row, "accessLabel")->text();
        QVERIFY2(shown == text("Writes allowed · 15:00") || shown == text("Writes allowed · 14:59"),
                 qPrintable(shown));
        QSignalSpy ended(&row, &TitleRow::writesEnded);
        QSignalSpy wanted(&row, &TitleRow::writesWanted);
        QTest::mouseClick(part<QPushButton>(row, "writesButton"), Qt::LeftButton);
        QCOMPARE(ended.size(), 1);
        state.leaseEnd = QDateTime::currentDateTime().addSecs(-1);
        row.setState(state);
        QCOMPARE(part<QLabel>(row, "accessLabel")->text(), text("Read-only"));
        QTest::mouseClick(part<QPushButton>(row, "writesButton"), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
    }

    void actionTable()
    {
        QWidget window;
        Actions actions(&window);
        QSet<QString> names;
        QSet<QKeySequence> shortcuts;
        for (const QAction *action : actions.all()) {
            QVERIFY2(!action->text().isEmpty() && !action->toolTip().isEmpty(),
                     qPrintable(action->objectName()));
            QVERIFY2(!action->icon().isNull(), qPrintable(action->objectName()));
            QVERIFY2(!names.contains(action->objectName()), qPrintable(action->objectName()));
            names << action->objectName();
            if (action->shortcut().isEmpty())
                continue;
            QVERIFY2(!shortcuts.contains(action->shortcut()), qPrintable(action->objectName()));
            shortcuts << action->shortcut();
        }
        actions.setPossible(ActionId::Connect, false, text("no server"));
        QCOMPARE(actions.at(ActionId::Connect)->toolTip(), text("no server"));
        QVERIFY(!actions.at(ActionId::Connect)->isEnabled());
        actions.setPossible(ActionId::Connect, true);
        QVERIFY(actions.at(ActionId::Connect)->toolTip() != text("no server"));
    }

    void tabsOpenAndReplacePreviews()
    {
        PageTabs tabs;
        auto *strip = part<TabStrip>(tabs, "pageTabs");
        const auto open = [&tabs](const char *key, Opening opening) {
            return tabs.open(text(key), text(key), opening,
                             [](QWidget *parent) { return new QWidget(parent); });
        };
        const auto keys = [strip] {
            QStringList all;
            for (int i = 0; i < strip->count(); ++i)
                all << strip->key(i);
            return all;
        };
        QSignalSpy changed(&tabs, &PageTabs::currentChanged);
        open("migrations", Opening::Pinned);
        open("table:a", Opening::Preview);
        QCOMPARE(keys(), QStringList({text("table:a"), text("migrations")}));
        QVERIFY(tabs.isPreview(text("table:a")));
        open("table:b", Opening::Preview);
        QCOMPARE(keys(), QStringList({text("table:b"), text("migrations")}));
        open("table:b", Opening::Pinned);
        QVERIFY(!tabs.isPreview(text("table:b")));
        open("table:c", Opening::Preview);
        QCOMPARE(keys(), QStringList({text("table:b"), text("table:c"), text("migrations")}));
        QCOMPARE(tabs.currentKey(), text("table:c"));
        QWidget *same = tabs.page(text("table:b"));
        QCOMPARE(open("table:b", Opening::Preview), same);
        QVERIFY(!tabs.isPreview(text("table:b")));
        QCOMPARE(changed.last().at(0).toString(), text("table:b"));
        tabs.step(-1);
        QCOMPARE(tabs.currentKey(), text("migrations"));
        tabs.closeCurrent();
        QCOMPARE(keys(), QStringList({text("table:b"), text("table:c")}));
        tabs.closeAll();
        QCOMPARE(tabs.count(), 0);
        QCOMPARE(changed.last().at(0).toString(), QString());
    }

    void tabsMark()
    {
        PageTabs tabs;
        tabs.open(text("migrations"), text("Migrations"), Opening::Pinned,
                  [](QWidget *parent) { return new QWidget(parent); });
        auto *strip = part<TabStrip>(tabs, "pageTabs");
        const int before = strip->tabRect(0).width();
        tabs.setMarked(text("migrations"), true);
        QVERIFY(strip->isMarked(0));
        QVERIFY(strip->tabRect(0).width() > before);
    }

    void searches_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("everything")
            << QString()
            << QStringList({text("orders"), text("order_items"), text("New query"), text("Reorder"),
                            text("Query plan")});
        QTest::newRow("beginnings first")
            << text("or") << QStringList({text("orders"), text("order_items"), text("Reorder")});
        QTest::newRow("words before middles")
            << text("query") << QStringList({text("Query plan"), text("New query")});
        QTest::newRow("all words") << text("it or") << QStringList({text("order_items")});
        QTest::newRow("nothing") << text("zz") << QStringList();
    }

    void searches()
    {
        QFETCH(QString, typed);
        SearchModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        QList<SearchEntry> entries;
        for (const char *name : {"orders", "order_items", "New query", "Reorder", "Query plan"})
            entries.append({.title = text(name)});
        model.setEntries(entries);
        model.setFilter(typed);
        QStringList found;
        for (int row = 0; row < model.rowCount(); ++row)
            found << model.index(row).data().toString();
        QTEST(found, "found");
    }

    void popupRunsWhatIsChosen()
    {
        SearchPopup popup(text("Find"));
        QStringList ran;
        popup.setEntries({{.title = text("one"), .run = [&ran] { ran << text("one"); }},
                          {.title = text("blocked"),
                           .possible = false,
                           .run = [&ran] { ran << text("blocked"); }},
                          {.title = text("two"), .run = [&ran] { ran << text("two"); }}});
        popup.popUp({0, 0}, {300, 300});
        auto *line = part<QLineEdit>(popup, "searchLine");
        QTest::keyClicks(line, text("tw"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(ran, QStringList{text("two")});
        QVERIFY(popup.isHidden());
        popup.popUp({0, 0}, {300, 300});
        QCOMPARE(line->text(), QString());
        QTest::keyClicks(line, text("blocked"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(ran.size(), 1);
        QVERIFY(!popup.isHidden());
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(popup.isHidden());
    }

    void stripStates()
    {
        ConnectionStrip strip;
        QVERIFY(strip.isHidden());
        auto *label = part<QLabel>(strip, "connectionText");
        auto *button = part<QPushButton>(strip, "connectButton");
        QSignalSpy wanted(&strip, &ConnectionStrip::connectWanted);
        strip.setState(ConnectionStrip::State::NotConnected);
        QCOMPARE(label->text(), text("Not connected"));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        strip.setProgress(text("Reading the catalog"));
        QCOMPARE(label->text(), text("Reading the catalog"));
        QVERIFY(button->isHidden());
        strip.setProgress({});
        strip.setState(ConnectionStrip::State::Hidden);
        QVERIFY(strip.isHidden());
    }

    void ledgerInWords_data()
    {
        using State = runner::MigrationState;
        QTest::addColumn<QList<State>>("states");
        QTest::addColumn<int>("orphans");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("tone");
        QTest::newRow("in step") << QList<State>{State::Applied} << 0
                                 << text("folder ↔ ledger: in step") << text("dim");
        QTest::newRow("pending") << QList<State>{State::Applied, State::Pending, State::Pending}
                                 << 0 << text("folder ↔ ledger: 2 pending") << text("changed");
        QTest::newRow("edited") << QList<State>{State::Edited, State::Pending} << 0
                                << text("folder ↔ ledger: 1 pending, 1 edited after it ran")
                                << text("removed");
        QTest::newRow("rows without a file")
            << QList<State>{} << 3 << text("folder ↔ ledger: 3 without a file") << text("removed");
    }

    void ledgerInWords()
    {
        QFETCH(QList<runner::MigrationState>, states);
        QFETCH(int, orphans);
        runner::Ledger ledger;
        ledger.states = states;
        ledger.rowsWithoutFile = orphans;
        const StatusPart shown = folderAgainstLedger(ledger);
        QTEST(shown.text, "shown");
        QTEST(shown.tone, "tone");
    }

    void changesInWords()
    {
        QCOMPARE(codeAgainstFolder(0, false).text, text("code ↔ folder: in step"));
        QCOMPARE(codeAgainstFolder(6, false).tone, text("changed"));
        QVERIFY(!codeAgainstFolder(6, false).tip.contains(QLatin1String("cannot be made")));
        QVERIFY(codeAgainstFolder(6, true).tip.contains(QLatin1String("cannot be made")));
    }

    void serverInWords_data()
    {
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("version");
        QTest::addColumn<ServerState>("state");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("tone");
        constexpr auto reached = ServerState::Reached;
        QTest::newRow("none yet") << 0 << 0 << reached << text("not connected") << text("dim");
        QTest::newRow("never") << 0 << 0 << ServerState::Lost << text("not connected")
                               << text("dim");
        QTest::newRow("one") << 1 << 150020 << reached << text("1 connection · PostgreSQL 15.20")
                             << text("dim");
        QTest::newRow("idle") << 0 << 180001 << reached << text("0 connections · PostgreSQL 18.1")
                              << text("dim");
        QTest::newRow("lost") << 0 << 180001 << ServerState::Lost
                              << text("no connection · PostgreSQL 18.1") << text("removed");
    }

    void serverInWords()
    {
        QFETCH(int, connections);
        QFETCH(int, version);
        QFETCH(ServerState, state);
        const StatusPart part = studio::serverInWords(connections, version, state);
        QTEST(part.text, "shown");
        QTEST(part.tone, "tone");
        QCOMPARE(part.tip.isEmpty(), part.tone == text("dim"));
    }

    void preferencesRemember()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(text("workspace.sqlite"));
        {
            Preferences preferences(file);
            QCOMPARE(preferences.theme(), Mode::System);
            preferences.setTheme(Mode::Dark);
            for (int i = 0; i < 12; ++i)
                preferences.addRecentProject(QString::number(i));
            preferences.addRecentProject(text("5"));
        }
        const Preferences again(file);
        QCOMPARE(again.theme(), Mode::Dark);
        QCOMPARE(again.recentProjects().size(), 10);
        QCOMPARE(again.recentProjects().mid(0, 2), QStringList({text("5"), text("11")}));
    }
};

Q_DECLARE_METATYPE(ServerState)
Q_DECLARE_METATYPE(TitleState)

QTEST_MAIN(ShellPartsTest)
#include "tst_shell_parts.moc"
