// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/problems/problemsmodel.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/messagebar.h"
#include "studio/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace studio;

namespace
{

constexpr int patience = 30'000; ///< ms; the schema is evaluated by another process

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

const QByteArray head = "import { pgTable, serial, text } from 'drizzle-orm/pg-core';\n";

QByteArray tableCode(const QByteArray &name,
                     const QByteArray &columns = "id: serial().primaryKey()")
{
    return "export const " + name + " = pgTable('" + name + "', {\n  " + columns + ",\n});\n";
}

/// The real window with its real pages on a project in a scratch folder, whose files are saved the
/// way editors save them.
struct Stage {
    QTemporaryDir folder;
    session::Project project{base::installationOf(text(SLUICE_BUILD_DIR "/bin"))};
    Theme theme{*qApp};
    Preferences preferences{folder.filePath(text("workspace.sqlite"))};
    MainWindow window{project, theme, preferences, pagesOf(project, preferences)};

    QString path(const char *name) const
    {
        return folder.filePath(text("shop/")) + QLatin1String(name);
    }

    void save(const char *name, const QByteArray &content) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    void replace(const char *name, const QByteArray &content) const
    {
        const QByteArray beside = QByteArray(name) + "~";
        save(beside.constData(), content);
        QVERIFY(::rename(QFile::encodeName(path(beside.constData())).constData(),
                         QFile::encodeName(path(name)).constData()) == 0);
    }

    void start()
    {
        save("drizzle.config.ts", "export default { dialect: 'postgresql', schema: "
                                  "'./schema/*.ts', out: './drizzle' };\n");
        window.resize(1280, 800);
        window.show();
        window.openFolder(folder.filePath(text("shop")));
    }

    template <typename W> W *part(const char *name) const
    {
        return window.findChild<W *>(QLatin1String(name));
    }
    QTreeView *tree() const { return part<QTreeView>("schemaTree"); }

    QModelIndex row(const QString &name, const QModelIndex &parent) const
    {
        const QAbstractItemModel *model = tree()->model();
        for (int i = 0; i < model->rowCount(parent); ++i)
            if (model->index(i, 0, parent).data().toString() == name)
                return model->index(i, 0, parent);
        return {};
    }
    QModelIndex table(const char *name) const
    {
        return row(text(name), tree()->model()->index(0, 0));
    }
    QModelIndex column(const char *tableName, const char *name) const
    {
        return row(text(name), table(tableName));
    }

    QStringList problems() const
    {
        const QAbstractItemModel *model = part<QTreeView>("problemList")->model();
        QStringList places;
        for (int i = 0; i < model->rowCount(); ++i)
            places << model->index(i, 0).data(ProblemsModel::PlaceRole).toString();
        return places;
    }
    QString message() const
    {
        QStringList words;
        for (const auto *label : window.findChild<MessageBar *>()->findChildren<QLabel *>())
            words << label->text();
        return words.join(QLatin1Char('\n'));
    }
    int messages() const { return window.findChild<MessageBar *>()->count(); }
};

} // namespace

class LiveTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path())); }

    void savesUpdateInPlace_data()
    {
        QTest::addColumn<bool>("replaces");
        QTest::newRow("written in place") << false;
        QTest::newRow("written beside and renamed") << true;
    }

    void savesUpdateInPlace()
    {
        QFETCH(bool, replaces);
        Stage stage;
        QByteArray others = head;
        for (int i = 10; i < 60; ++i)
            others += tableCode("filler" + QByteArray::number(i));
        stage.save("schema/others.ts", others);
        stage.save("schema/notes.ts",
                   head + tableCode("notes", "id: serial().primaryKey(), body: text()"));
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("notes").isValid(), patience);
        QAbstractItemModelTester tester(stage.tree()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QPersistentModelIndex notes = stage.table("notes");
        const QPersistentModelIndex body = stage.column("notes", "body");
        const QPersistentModelIndex filler = stage.table("filler59");
        stage.tree()->expand(notes);
        stage.tree()->setCurrentIndex(body);
        stage.tree()->verticalScrollBar()->setValue(17);

        const QByteArray added =
            head + tableCode("notes", "id: serial().primaryKey(), body: text().notNull(),\n"
                                      "  title: text()");
        replaces ? stage.replace("schema/notes.ts", added) : stage.save("schema/notes.ts", added);
        QTRY_VERIFY_WITH_TIMEOUT(stage.column("notes", "title").isValid(), patience);
        QVERIFY(notes.isValid() && body.isValid() && filler.isValid());
        QVERIFY(stage.tree()->isExpanded(notes));
        QCOMPARE(stage.tree()->currentIndex(), QModelIndex(body));
        QCOMPARE(stage.tree()->verticalScrollBar()->value(), 17);
        QVERIFY(body.data(Qt::ToolTipRole).toString().contains(text("not null")));
        // The difference follows too, and a second save is seen as the first was.
        QTRY_VERIFY_WITH_TIMEOUT(stage.project.pendingPlan().has_value(), patience);
        stage.save("schema/notes.ts", head + tableCode("notes"));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.column("notes", "title").isValid(), patience);
        QVERIFY(notes.isValid() && !body.isValid());
        QTRY_VERIFY_WITH_TIMEOUT(stage.project.pendingPlan().has_value(), patience);
        QVERIFY(!stage.project.pendingPlan()->lines.isEmpty());
        for (const migrate::PlanLine &line : stage.project.pendingPlan()->lines)
            QVERIFY2(!line.statement.contains(text("title")), qPrintable(line.statement));
    }

    void brokenSave()
    {
        Stage stage;
        stage.save("schema/notes.ts", head + tableCode("notes"));
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("notes").isValid(), patience);
        const QPersistentModelIndex notes = stage.table("notes");
        for (const bool replaces : {true, false}) {
            const QByteArray broken = head + "export const = ;\n";
            replaces ? stage.replace("schema/notes.ts", broken)
                     : stage.save("schema/notes.ts", broken);
            QTRY_COMPARE_WITH_TIMEOUT(stage.problems(), QStringList{text("schema/notes.ts:2")},
                                      patience);
            QVERIFY(notes.isValid());
            QCOMPARE(stage.messages(), 1);
            QVERIFY2(stage.message().contains(text("schema/notes.ts:2")),
                     qPrintable(stage.message()));
            QCOMPARE(stage.part<QPushButton>("statusProblems")->text(), text("1 error"));
            QVERIFY(!stage.project.pendingPlan());
            stage.save("schema/notes.ts", head + tableCode("notes") + tableCode("tags"));
            QTRY_COMPARE_WITH_TIMEOUT(stage.messages(), 0, patience);
            QCOMPARE(stage.problems(), QStringList());
            QVERIFY(notes.isValid());
            QTRY_VERIFY(stage.table("tags").isValid());
            QVERIFY(stage.part<QPushButton>("statusProblems")->isHidden());
        }
    }

    void brokenFromTheStart_data()
    {
        QTest::addColumn<QByteArray>("broken");
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("mend");
        QTest::newRow("syntax") << QByteArray("export const = ;\n") << QByteArray("schema/notes.ts")
                                << head + tableCode("notes");
        QTest::newRow("an import that is not there yet")
            << head + "import { body } from '../lib/deep/columns';\n" +
                   tableCode("notes", "body: body()")
            << QByteArray("lib/deep/columns.ts")
            << QByteArray("import { text } from 'drizzle-orm/pg-core';\n"
                          "export const body = () => text();\n");
        QTest::newRow("an environment variable")
            << head + "if (!process.env.SHOP) throw new Error('no shop');\n" + tableCode("notes")
            << QByteArray(".env") << QByteArray("SHOP=1\n");
        QTest::newRow("the config")
            << head + tableCode("notes") << QByteArray("drizzle.config.ts")
            << QByteArray(
                   "export default { dialect: 'postgresql', schema: './schema/notes.ts' };\n");
    }

    void brokenFromTheStart()
    {
        QFETCH(QByteArray, broken);
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, mend);
        Stage stage;
        stage.save("schema/notes.ts", broken);
        stage.start();
        if (file == "drizzle.config.ts") // before it is read: start() wrote a good one
            stage.save("drizzle.config.ts", "throw new Error('out of paper');\n");
        QTRY_VERIFY_WITH_TIMEOUT(stage.messages() > 0, patience);
        stage.save(file.constData(), mend);
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("notes").isValid(), patience);
        QTRY_COMPARE(stage.messages(), 0);
    }

    void whatElseIsWatched_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a new file under the glob")
            << QByteArray("schema/tags.ts") << head + tableCode("tags");
        QTest::newRow("an import")
            << QByteArray("lib/name.ts") << QByteArray("export const name = 'tags';\n");
        QTest::newRow("a variable that appears")
            << QByteArray(".env.local") << QByteArray("NOTES=tags\n");
        QTest::newRow("the config")
            << QByteArray("drizzle.config.ts")
            << QByteArray("export default { dialect: 'postgresql', schema: './other/tags.ts' };\n");
    }

    void whatElseIsWatched()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, content);
        Stage stage;
        stage.save("lib/name.ts", "export const name = 'notes';\n");
        stage.save("other/tags.ts", head + tableCode("tags"));
        stage.save("schema/notes.ts",
                   head + "import { name } from '../lib/name';\n"
                          "export const notes = pgTable(process.env.NOTES ?? name, { id: serial() "
                          "});\n");
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("notes").isValid(), patience);
        stage.save(file.constData(), content);
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("tags").isValid(), patience);
    }

    void migrationsOfAnotherProgramAppear()
    {
        Stage stage;
        stage.save("schema/notes.ts", head + tableCode("notes"));
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(stage.project.pendingPlan().has_value(), patience);
        QVERIFY(stage.project.folder().value->migrations.isEmpty());
        stage.save("drizzle/0000_first.sql", "CREATE TABLE \"notes\" (\"id\" serial);\n");
        stage.save("drizzle/meta/_journal.json",
                   R"({"version":"7","dialect":"postgresql","entries":[)"
                   R"({"idx":0,"version":"7","when":1,"tag":"0000_first","breakpoints":true}]})");
        QTRY_COMPARE_WITH_TIMEOUT(stage.project.folder().value->migrations.size(), 1, patience);
    }

    void doubleClickOpensTheEditor()
    {
        Stage stage;
        stage.save("schema/notes.ts",
                   head + tableCode("notes", "id: serial().primaryKey(),\n  body: text()"));
        const QString said = stage.path("said");
        stage.save("editor", "#!/bin/sh\nprintf '%s\\n' \"$@\" > said.tmp && mv said.tmp " +
                                 said.toUtf8() + "\n");
        QFile::setPermissions(stage.path("editor"), QFile::ReadOwner | QFile::ExeOwner);
        stage.preferences.setEditor(stage.path("editor") + text(" {line} {file}"));
        stage.start();
        QTRY_VERIFY_WITH_TIMEOUT(stage.table("notes").isValid(), patience);
        stage.tree()->expand(stage.table("notes"));
        const auto heard = [&said] {
            QFile file(said);
            const QString words =
                file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
            file.remove();
            return words;
        };
        const auto doubleClick = [&stage](const QModelIndex &index) {
            const QPoint at = stage.tree()->visualRect(index).center();
            QTest::mouseClick(stage.tree()->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(stage.tree()->viewport(), Qt::LeftButton, {}, at);
        };
        const QString file = QFileInfo(stage.path("schema/notes.ts")).canonicalFilePath();
        doubleClick(stage.column("notes", "body"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(said), patience);
        QCOMPARE(heard(), QStringLiteral("4\n%1\n").arg(file));
        doubleClick(stage.table("notes"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(said), patience);
        QCOMPARE(heard(), QStringLiteral("2\n%1\n").arg(file));
        auto *tabs = stage.part<QTabBar>("pageTabs");
        QCOMPARE(tabs->tabText(tabs->currentIndex()), text("notes"));
        // By keyboard: Enter shows rows, the action opens the code.
        stage.tree()->setCurrentIndex(stage.column("notes", "id"));
        stage.part<QAction>("openSource")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(said), patience);
        QCOMPARE(heard(), QStringLiteral("3\n%1\n").arg(file));
        // A program that is not there is said, with the way out.
        stage.preferences.setEditor(text("/no/such/editor"));
        stage.part<QAction>("openSource")->trigger();
        QVERIFY2(stage.message().contains(text("/no/such/editor")), qPrintable(stage.message()));
        const auto actions = stage.window.findChildren<QPushButton *>(text("messageAction"));
        QVERIFY(std::ranges::any_of(actions, [](const QPushButton *action) {
            return action->text() == text("Choose the editor…");
        }));
    }

private:
    QTemporaryDir m_cache;
};

QTEST_MAIN(LiveTest)
#include "tst_live.moc"
