// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/problems/problemsmodel.h"
#include "studio/problems/problemspanel.h"
#include "studio/source/editorcommand.h"
#include "studio/source/editoropener.h"
#include "studio/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace studio;
using schema::Problem;

namespace
{

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

Problem problem(Problem::Severity severity, const char *words, const char *file = "", int line = 0,
                const QStringList &chain = {})
{
    return {.severity = severity,
            .text = text(words),
            .hint = {},
            .location = {text(file), line, 1},
            .importChain = chain};
}

QList<Problem> some()
{
    return {problem(Problem::Severity::Error, "A foreign key points at nothing", "schema/a.ts", 7,
                    {text("schema/index.ts"), text("schema/b.ts"), text("schema/a.ts")}),
            problem(Problem::Severity::Notice, "A stand-in was touched", "schema/b.ts", 3),
            problem(Problem::Severity::Notice, "No place is known")};
}

/// Rows as "E text | place", steps indented below: structures compare as printed text.
QStringList print(const QAbstractItemModel &model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        lines << QStringLiteral("%1 %2 | %3")
                     .arg(index.data(ProblemsModel::ErrorRole).toBool() ? text("E") : text("N"))
                     .arg(index.data().toString(), index.data(ProblemsModel::PlaceRole).toString());
        for (int step = 0; step < model.rowCount(index); ++step)
            lines << QStringLiteral("  ") + model.index(step, 0, index).data().toString();
    }
    return lines;
}

} // namespace

class ProblemsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setProblems(some());
        QCOMPARE(
            print(model),
            QStringList({text("E A foreign key points at nothing | schema/a.ts:7"),
                         text("  imported by schema/b.ts"), text("  imported by schema/index.ts"),
                         text("N A stand-in was touched | schema/b.ts:3"),
                         text("N No place is known | ")}));
        QVERIFY(model.index(0, 0)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(text("imported by schema/b.ts")));
        QVERIFY(
            model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(text("Error")));
    }

    void updates_data()
    {
        QTest::addColumn<QList<Problem>>("after");
        QTest::newRow("the same") << some();
        QTest::newRow("nothing") << QList<Problem>();
        QList<Problem> moved = some();
        moved[0].location.line = 9;
        moved[0].importChain.removeFirst();
        QTest::newRow("moved, another chain") << moved;
        QList<Problem> reversed = some();
        std::reverse(reversed.begin(), reversed.end());
        QTest::newRow("another order") << reversed;
        QTest::newRow("one fewer") << some().mid(1);
        QList<Problem> twins = some() + some();
        twins[3].location.line = 70;
        QTest::newRow("twins") << twins;
    }

    void updates()
    {
        QFETCH(QList<Problem>, after);
        ProblemsModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setProblems(some());
        ProblemsModel fresh;
        fresh.setProblems(after);
        model.setProblems(after);
        QCOMPARE(print(model), print(fresh));
        fresh.setProblems(some());
        model.setProblems(some());
        QCOMPARE(print(model), print(fresh));
        QCOMPARE(reset.count(), 0);
    }

    void selectionStays()
    {
        ProblemsPanel panel;
        panel.setProblems(some());
        auto *list = panel.findChild<QTreeView *>(text("problemList"));
        const QPersistentModelIndex notice = list->model()->index(1, 0);
        list->setCurrentIndex(notice);
        QList<Problem> after = some().mid(1);
        after[0].location.line = 4;
        panel.setProblems(after);
        QCOMPARE(list->currentIndex(), QModelIndex(notice));
        QCOMPARE(notice.row(), 0);
        QCOMPARE(notice.data(ProblemsModel::PlaceRole).toString(), text("schema/b.ts:4"));
    }

    void keysOpenAndCopy()
    {
        ProblemsPanel panel;
        panel.resize(900, 200);
        panel.setEmptyText(text("All is well."));
        panel.show();
        QVERIFY(panel.findChild<QLabel *>(text("problemsEmpty"))->isVisible());
        panel.setProblems(some());
        QVERIFY(!panel.findChild<QLabel *>(text("problemsEmpty"))->isVisible());
        auto *list = panel.findChild<QTreeView *>(text("problemList"));
        QSignalSpy wanted(&panel, &ProblemsPanel::placeWanted);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.at(0).at(0).value<schema::SourceLocation>().line, 7);
        QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 text("schema/a.ts:7: A foreign key points at nothing"));
        QTest::keyClick(list, Qt::Key_Right); // the import chain
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(wanted.at(1).at(0).value<schema::SourceLocation>().file, text("schema/b.ts"));
        list->setCurrentIndex(list->model()->index(2, 0)); // without a place
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(wanted.count(), 2);
        const QPoint second = list->visualRect(list->model()->index(1, 0)).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, second);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, second);
        QCOMPARE(wanted.count(), 3);
    }

    void commands_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *name, const char *command, const char *file, int line,
                            const QStringList &words) {
            QTest::newRow(name) << text(command) << text(file) << line << words;
        };
        row("one word", "code -g {file}:{line}:{column}", "/a/b.ts", 7,
            {text("code"), text("-g"), text("/a/b.ts:7:1")});
        row("line unknown", "kate --line {line} {file}", "/a.ts", 0,
            {text("kate"), text("--line"), text("1"), text("/a.ts")});
        row("a space", "\"/opt/my editor\" {file}", "/a b/c.ts", 1,
            {text("/opt/my editor"), text("/a b/c.ts")});
        row("no {file}", "vi", "/a.ts", 1, {text("vi"), text("/a.ts")});
        row("marks in a name", "ed {file}:{line}", "/{line}/$(x);.ts", 2,
            {text("ed"), text("/{line}/$(x);.ts:2")});
        row("empty", "  ", "/a.ts", 1, {});
    }

    void commands()
    {
        QFETCH(QString, command);
        QFETCH(QString, file);
        QFETCH(int, line);
        const std::optional<Launch> launch = launchOf(command, {file, line, 1});
        QTEST(launch ? QStringList{launch->program} + launch->arguments : QStringList(), "words");
    }

    void detection_data()
    {
        QTest::addColumn<QString>("visual");
        QTest::addColumn<QStringList>("installed");
        QTest::addColumn<QString>("command");
        const auto row = [](const char *name, const char *visual, const QStringList &installed,
                            const char *command) {
            QTest::newRow(name) << text(visual) << installed << text(command);
        };
        row("nothing", "", {}, "");
        row("installed", "", {text("kate"), text("gedit")},
            "kate --line {line} --column {column} {file}");
        row("VISUAL wins", "subl --wait", {text("code"), text("subl")},
            "subl {file}:{line}:{column}");
        row("VISUAL with a path", "/opt/bin/code -w", {text("/opt/bin/code")},
            "/opt/bin/code -g {file}:{line}:{column}");
        row("a terminal's editor has no window", "vim", {text("vim"), text("zed")},
            "zed {file}:{line}:{column}");
        row("VISUAL is not there", "code", {text("gedit")}, "gedit +{line}:{column} {file}");
    }

    void detection()
    {
        QFETCH(QString, visual);
        QFETCH(QStringList, installed);
        QProcessEnvironment environment;
        environment.insert(text("VISUAL"), visual);
        const auto found = detectedEditor(environment, [&installed](const QString &name) {
            return installed.contains(name) ? name : QString();
        });
        QTEST(found ? found->command : QString(), "command");
    }

    void failuresAreSaid()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(text("a.ts"));
        QCOMPARE(openInEditor(text("true"), {file, 1, 1}).error().where, file);
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.close();
        const auto failed = openInEditor(folder.filePath(text("no-such-editor")), {file, 1, 1});
        QVERIFY(!failed.ok());
        QVERIFY(failed.error().where.endsWith(text("no-such-editor")));
        QVERIFY(!failed.error().hint.isEmpty());
    }
};

QTEST_MAIN(ProblemsTest)
#include "tst_problems.moc"
