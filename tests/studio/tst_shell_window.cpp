// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "base/receive.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/shell/mainwindow.h"
#include "studio/widgets/messagebar.h"
#include "studio/widgets/theme.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScopeGuard>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace studio;

namespace
{

constexpr int patience = 30'000; ///< ms; the schema is evaluated by another process

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

PageMaker labels(PageHost *&shell)
{
    return {
        .table = [](PageHost &, const schema::Name &table, QWidget *parent) -> QWidget * {
            return new QLabel(table.name, parent);
        },
        .query = [](PageHost &host, const std::optional<schema::Name> &from,
                    QWidget *parent) -> QWidget * {
            auto *page = new QLabel(from ? from->name : text("empty"), parent);
            page->setObjectName(text("queryPage"));
            host.pageStatus(page, text("a new query"));
            return page;
        },
        .migrations = [&shell](PageHost &host, QWidget *parent) -> QWidget * {
            shell = &host;
            auto *page = new QPushButton(parent);
            page->setObjectName(text("applyButton"));
            QObject::connect(page, &QPushButton::clicked, page, [&host] { host.leaseWanted(); });
            return page;
        },
        .audit = [](PageHost &, QWidget *parent) -> QWidget * { return new QLabel(parent); },
    };
}

const char *const goodSchema =
    "import { pgTable, serial, text } from 'drizzle-orm/pg-core';\n"
    "export const notes = pgTable('notes', { id: serial().primaryKey(), body: text() });\n"
    "export const tags = pgTable('tags', { id: serial().primaryKey() });\n";

/// The real window on a project in a scratch folder, its pages plain labels.
struct Stage {
    QTemporaryDir folder;
    session::Project project{base::installationOf(text(SLUICE_BUILD_DIR "/bin"))};
    Theme theme{*qApp};
    Preferences preferences{folder.filePath(text("workspace.sqlite"))};
    PageHost *host = nullptr; ///< the window, as its pages see it
    MainWindow window{project, theme, preferences, labels(host)};

    void write(const char *name, const QByteArray &content)
    {
        QFile file(root() + QLatin1Char('/') + text(name));
        QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    void writeProject(const QByteArray &schema, const QByteArray &credentials = {})
    {
        write("drizzle.config.ts",
              "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle'" +
                  credentials + " };\n");
        write("schema.ts", schema);
    }

    QString root() const { return folder.filePath(text("shop")); }

    void open()
    {
        window.resize(1280, 800);
        window.show();
        window.openFolder(root());
    }

    template <typename W> W *part(const char *name) const
    {
        return window.findChild<W *>(QLatin1String(name));
    }
    int messages() const { return window.findChild<MessageBar *>()->count(); }

    QString message() const
    {
        QStringList words;
        for (const auto *label : window.findChild<MessageBar *>()->findChildren<QLabel *>())
            words << label->text();
        return words.join(QLatin1Char('\n'));
    }

    QStringList tables() const
    {
        const QAbstractItemModel *model = part<QTreeView>("schemaTree")->model();
        QStringList names;
        for (int row = 0; row < model->rowCount(model->index(0, 0)); ++row)
            names << model->index(row, 0, model->index(0, 0)).data().toString();
        return names;
    }
};

} // namespace

class ShellWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path())); }

    void pagesComeBack()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList({text("notes"), text("tags")}),
                                  patience);
        stage.window.openTable({{}, text("tags")}, false);
        stage.window.openTable({{}, text("notes")}, true);
        const auto titles = [](const QTabBar *tabs) {
            QStringList all;
            for (int i = 0; i < tabs->count(); ++i)
                all << tabs->tabText(i);
            return all;
        };
        auto *tabs = stage.part<QTabBar>("pageTabs");
        Q_EMIT tabs->tabCloseRequested(int(titles(tabs).indexOf(text("Query 1"))));
        tabs->moveTab(int(titles(tabs).indexOf(text("Migrations"))), 0);
        const QStringList before = titles(tabs);
        QCOMPARE(before.size(), 3);

        session::Project project{base::installationOf(text(SLUICE_BUILD_DIR "/bin"))};
        Preferences preferences{stage.folder.filePath(text("workspace.sqlite"))};
        PageHost *host = nullptr;
        MainWindow window{project, stage.theme, preferences, labels(host)};
        window.show();
        window.openFolder(stage.root());
        const auto pages = [&window](const char *table) {
            qsizetype found = 0;
            for (const auto *label : window.findChildren<QLabel *>())
                found += label->text() == text(table) ? 1 : 0;
            return found;
        };
        tabs = window.findChild<QTabBar *>(text("pageTabs"));
        QCOMPARE(titles(tabs), before);
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), text("notes"));
        // A page reads its rows when it is first looked at.
        QTRY_COMPARE(pages("notes"), 1);
        QCOMPARE(pages("tags"), 0);
        tabs->setCurrentIndex(int(before.indexOf(text("tags"))));
        QCOMPARE(pages("tags"), 1);
    }

    /// Whoever has no editor double clicks a table for its rows.
    void aTableOpensWithoutAnEditor()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList({text("notes"), text("tags")}),
                                  patience);
        const QByteArray path = qgetenv("PATH");
        const auto back = qScopeGuard([&] { qputenv("PATH", path); });
        qputenv("PATH", QFile::encodeName(stage.root()));
        auto *tree = stage.part<QTreeView>("schemaTree");
        const auto doubleClick = [tree](const QModelIndex &index) {
            tree->scrollTo(index);
            const QPoint at = tree->visualRect(index).center();
            QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
        };
        const QModelIndex notes = tree->model()->index(0, 0, tree->model()->index(0, 0));
        doubleClick(notes);
        const auto *tabs = stage.part<QTabBar>("pageTabs");
        QCOMPARE(tabs->tabText(tabs->currentIndex()), text("notes"));
        QVERIFY2(stage.messages() == 0, qPrintable(stage.message()));
        // A column has nothing else to show.
        tree->expand(notes);
        doubleClick(tree->model()->index(0, 0, notes));
        QCOMPARE(stage.messages(), 1);
    }

    void codeIsThereBeforeAnyConnection()
    {
        Stage stage;
        stage.writeProject(goodSchema,
                           ", dbCredentials: { url: 'postgres://ada@localhost:1/shop' }");
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList({text("notes"), text("tags")}),
                                  patience);
        QCOMPARE(stage.part<QPushButton>("projectButton")->text(), text("shop"));
        QCOMPARE(stage.part<QLabel>("connectionText")->text(), text("Not connected"));
        QCOMPARE(stage.part<QLabel>("accessLabel")->text(), text("Read-only"));
        QCOMPARE(stage.project.openConnections(), 0);
        QCOMPARE(stage.messages(), 0);
    }

    void badProjects_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("said");
        QTest::newRow("no config") << QByteArray() << text("drizzle.config");
        QTest::newRow("throws") << QByteArray("const a = 1;\nthrow new Error('out of paper');\n")
                                << text("schema.ts:2");
        QTest::newRow("not TypeScript") << QByteArray("export const = ;\n") << text("schema.ts:1");
    }

    void badProjects()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, said);
        Stage stage;
        if (schema.isEmpty())
            stage.write("README", "nothing here");
        else
            stage.writeProject(schema);
        stage.open();
        QTRY_VERIFY_WITH_TIMEOUT(stage.messages() > 0, patience);
        QVERIFY2(stage.message().contains(said), qPrintable(stage.message()));
        // The window stays usable: the code is corrected and read again, and the message goes.
        stage.writeProject(goodSchema);
        stage.part<QAction>("reload")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        QTRY_COMPARE(stage.messages(), 0);
    }

    void brokenCodeKeepsTheLastGoodTree()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        stage.writeProject("export const = ;\n");
        stage.part<QAction>("reload")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(stage.messages() > 0, patience);
        QCOMPARE(stage.tables().size(), 2);
    }

    void withoutAServer()
    {
        Stage stage;
        stage.writeProject(goodSchema,
                           ", dbCredentials: { url: 'postgres://ada:s3cret@127.0.0.1:1/shop' }");
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        QTest::mouseClick(stage.part<QPushButton>("connectButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(stage.messages(), 1, patience);
        QVERIFY2(!stage.message().contains(text("s3cret")), qPrintable(stage.message()));
        QVERIFY2(stage.message().contains(text("127.0.0.1")), qPrintable(stage.message()));
        QCOMPARE(stage.part<QPushButton>("messageAction")->text(), text("Try again"));
        QCOMPARE(stage.part<QPushButton>("connectButton")->text(), text("Try again"));
        QCOMPARE(stage.tables().size(), 2);
    }

    void withoutAUrl()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        QCOMPARE(stage.part<QLabel>("connectionText")->text(), text("No database"));
        QVERIFY(!stage.part<QAction>("connect")->isEnabled());
        QVERIFY(!stage.part<QAction>("connect")->toolTip().isEmpty());
        QVERIFY(!stage.part<QPushButton>("writesButton")->isEnabled());
    }

    void leaseIsAskedAndEnds()
    {
        Stage stage;
        stage.writeProject(goodSchema,
                           ", dbCredentials: { url: 'postgres://ada@localhost:1/shop' }");
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        stage.part<QPushButton>("applyButton")->click();
        QVERIFY(!stage.project.writable());
        QTest::mouseClick(stage.part<QPushButton>("leaseAllow"), Qt::LeftButton);
        QVERIFY(stage.project.writable());
        QVERIFY(stage.part<QLabel>("accessLabel")->text().startsWith(text("Writes allowed")));
        QTest::mouseClick(stage.part<QPushButton>("writesButton"), Qt::LeftButton);
        QVERIFY(!stage.project.writable());
        QCOMPARE(stage.part<QLabel>("accessLabel")->text(), text("Read-only"));
    }

    void leaseIsOfferedWhereItHelps_data()
    {
        QTest::addColumn<base::Error>("error");
        QTest::addColumn<bool>("isOffered");
        const auto row =
            [](const char *name, base::ErrorKind kind, const char *state) {
                QTest::newRow(name)
                    << base::Error{.kind = kind, .text = text("no"), .sqlState = text(state)}
                    << false;
            };
        row("a view that cannot be kept to the tenant", base::ErrorKind::Refused, "");
        row("a view that writes", base::ErrorKind::Server, "25006");
        // As the project itself says it.
        session::Project project{base::installationOf(text(SLUICE_BUILD_DIR "/bin"))};
        const auto commit = base::await(project.commit({}));
        QTest::newRow("a commit") << commit.error() << true;
    }

    void leaseIsOfferedWhereItHelps()
    {
        QFETCH(base::Error, error);
        QFETCH(bool, isOffered);
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_VERIFY_WITH_TIMEOUT(stage.host, patience);
        stage.host->pageFailed(error);
        QVERIFY2(stage.message().contains(error.text), qPrintable(stage.message()));
        const auto *action = stage.part<QPushButton>("messageAction");
        QCOMPARE(action && action->text() == text("Allow writes…"), isOffered);
    }

    /// A page that asks before the last time's tenant is known again fails for a moment only.
    void awaitsTheTenantInSilence()
    {
        Stage stage;
        stage.project.requireTenant();
        stage.writeProject("import { integer, pgTable, serial } from 'drizzle-orm/pg-core';\n"
                           "export const tenants = pgTable('tenants', { id: serial().primaryKey() "
                           "});\n"
                           "export const notes = pgTable('notes', { id: serial().primaryKey(), "
                           "tenant_id: integer().references(() => tenants.id) });\n");
        stage.open();
        QTRY_VERIFY_WITH_TIMEOUT(stage.host && stage.project.isTenantWanted(), patience);
        const base::Error error{.kind = base::ErrorKind::Ambiguous, .text = text("Whose rows")};
        stage.host->pageFailed(error);
        QVERIFY2(!stage.message().contains(error.text), qPrintable(stage.message()));
    }

    void paletteGoesToATable()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        stage.part<QAction>("palette")->trigger();
        auto *palette = stage.part<QWidget>("palette");
        auto *line = palette->findChild<QLineEdit *>(text("searchLine"));
        QTest::keyClicks(line, text("tags"));
        QTest::keyClick(line, Qt::Key_Return);
        auto *tabs = stage.part<QTabBar>("pageTabs");
        QCOMPARE(tabs->tabText(tabs->currentIndex()), text("tags"));
        stage.part<QAction>("newQuery")->trigger();
        QCOMPARE(tabs->tabText(tabs->currentIndex()), text("Query 2"));
        QCOMPARE(stage.part<QLabel>("statusPage")->text(), text("a new query"));
    }

    /// Two apps in one repository: the person is asked once, and may change their mind.
    void whoseRowsIsSaidInTheTree()
    {
        Stage stage;
        stage.writeProject("import { integer, pgTable, serial } from 'drizzle-orm/pg-core';\n"
                           "export const tenants = pgTable('tenants', { id: serial().primaryKey() "
                           "});\n"
                           "export const notes = pgTable('notes', { id: serial().primaryKey(), "
                           "tenant_id: integer().references(() => tenants.id), other: integer() "
                           "});\n");
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables().size(), 2, patience);
        const schema::Name notes{{}, text("notes")};
        QCOMPARE(stage.project.scoping(notes), tenant::Scoping::Direct);

        auto *tree = stage.part<QTreeView>("schemaTree");
        const auto actions = [&] {
            qDeleteAll(tree->parent()->findChildren<QMenu *>(text("treeMenu")));
            const QModelIndex index = tree->model()->index(0, 0, tree->model()->index(0, 0));
            Q_EMIT tree->customContextMenuRequested(tree->visualRect(index).center());
            QHash<QString, QAction *> found;
            const auto *menu = stage.part<QMenu>("tenancyMenu");
            for (QAction *action : menu ? menu->actions() : QList<QAction *>())
                found.insert(action->text(), action);
            return found;
        };
        QVERIFY(actions()[text("As Sluice recognises it")]->isChecked());
        actions()[text("The same for every tenant")]->trigger();
        QCOMPARE(stage.project.scoping(notes), tenant::Scoping::Global);
        QVERIFY(actions()[text("The same for every tenant")]->isChecked());
        QFile file(stage.root() + text("/sluice.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(file.readAll()).toJson(QJsonDocument::Compact),
                 QByteArray(R"({"tenant":{"tables":{"notes":"global"}}})"));
        file.close();

        actions()[text("other")]->trigger();
        QCOMPARE(stage.project.tableScope(notes).column, text("other"));
        actions()[text("As Sluice recognises it")]->trigger();
        QCOMPARE(stage.project.tableScope(notes).column, text("tenant_id"));

        stage.write("sluice.json", "{");
        actions()[text("Not known")]->trigger();
        QVERIFY2(stage.message().contains(text("This is no JSON")), qPrintable(stage.message()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{"));
    }

    void severalConfigs()
    {
        Stage stage;
        for (const char *app : {"apps/one", "apps/two"}) {
            const QByteArray folder(app);
            stage.write((folder + "/drizzle.config.ts").constData(),
                        "export default { dialect: 'postgresql', schema: './schema.ts' };\n");
            stage.write((folder + "/schema.ts").constData(),
                        "import { pgTable, serial } from 'drizzle-orm/pg-core';\n"
                        "export const t = pgTable('" +
                            folder.mid(5) + "', { id: serial() });\n");
        }
        stage.open();
        auto *chooser = stage.part<QWidget>("configChooser");
        QTRY_VERIFY_WITH_TIMEOUT(chooser->isVisible(), patience);
        auto *line = chooser->findChild<QLineEdit *>(text("searchLine"));
        QTest::keyClicks(line, text("two"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList{text("two")}, patience);
        QTRY_COMPARE(stage.messages(), 0);
        // It is remembered,
        stage.open();
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList{text("two")}, patience);
        QVERIFY(!chooser->isVisible());
        // and can be changed.
        QTRY_VERIFY_WITH_TIMEOUT(stage.part<QAction>("chooseConfig")->isEnabled(), patience);
        stage.part<QAction>("chooseConfig")->trigger();
        QVERIFY(chooser->isVisible());
        QTest::keyClicks(line, text("one"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(stage.tables(), QStringList{text("one")}, patience);
        QCOMPARE(stage.preferences.recentProjects(), QStringList{stage.root()});
    }

    void recentProjectsAreOffered()
    {
        Stage stage;
        stage.writeProject(goodSchema);
        stage.open();
        QCOMPARE(stage.preferences.recentProjects(), QStringList{stage.root()});
    }

private:
    QTemporaryDir m_cache;
};

QTEST_MAIN(ShellWindowTest)
#include "tst_shell_window.moc"
