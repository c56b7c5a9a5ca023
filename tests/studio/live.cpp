// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/installation.h"
#include "oracle/generatedproject.h"
#include "session/project.h"
#include "studio/connect/preferences.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/pages.h"
#include "studio/widgets/theme.h"
#include "watched.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <cstdio>

using namespace studio;

namespace
{

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

void save(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

/// Lets everything that is still under way happen.
void rest(int milliseconds)
{
    if (QTest::qWaitFor([] { return false; }, milliseconds))
        std::abort();
}

int columnsOf(const QTreeView *tree, const QString &table)
{
    const QAbstractItemModel *model = tree->model();
    const QModelIndex schema = model->index(0, 0);
    for (int i = 0; i < model->rowCount(schema); ++i)
        if (const QModelIndex at = model->index(i, 0, schema); at.data().toString() == table)
            return model->rowCount(at);
    return -1;
}

} // namespace

/// Measures live reload: studio_live [TABLES] [TIMES]. From the saved file to the model in the
/// tree, and how long the GUI thread was busy with it.
int main(int argc, char **argv)
{
    Watched application(argc, argv);
    const int tables = argc > 1 ? atoi(argv[1]) : 65;
    const int times = argc > 2 ? atoi(argv[2]) : 10;
    QTemporaryDir folder;
    const QString root = folder.filePath(text("shop"));
    if (!testsupport::writeGeneratedProject(root, tables))
        return 1;

    session::Project project(base::installationOf(text(SLUICE_BUILD_DIR "/bin")));
    Theme theme(application);
    Preferences preferences(folder.filePath(text("workspace.sqlite")));
    MainWindow window(project, theme, preferences, pagesOf(project, preferences));
    window.resize(1280, 800);
    window.show();
    window.openFolder(root);
    const auto *tree = window.findChild<QTreeView *>(text("schemaTree"));
    if (!QTest::qWaitFor([&] { return project.pendingPlan() && columnsOf(tree, text("t0")) > 0; },
                         120'000))
        return 1;
    if (argc > 3)
        window.openQuery(); // something else than the migrations in front
    rest(500);

    const int before = columnsOf(tree, text("t7"));
    for (int i = 0; i < times; ++i) {
        const int wanted = i % 2 ? before : before + 1;
        application.longest = application.all = 0;
        QElapsedTimer timer;
        timer.start();
        save(root + text("/schema/t7.ts"),
             testsupport::generatedTable(7, i % 2 ? "" : "  nickname: text(),\n"));
        if (!QTest::qWaitFor([&] { return columnsOf(tree, text("t7")) == wanted; }, 60'000))
            return 1;
        const double tree_ms = double(timer.nsecsElapsed()) / 1e6;
        const double longest = double(application.longest) / 1e6;
        if (!QTest::qWaitFor([&] { return project.pendingPlan().has_value(); }, 60'000))
            return 1;
        rest(300);
        std::printf(
            "tables %d: file to tree %.0f ms, longest piece on the GUI thread %.1f ms until "
            "then and %.1f ms in all, sum %.1f ms\n",
            tables, tree_ms, longest, double(application.longest) / 1e6,
            double(application.all) / 1e6);
    }
    return 0;
}
