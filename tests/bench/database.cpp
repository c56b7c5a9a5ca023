// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: what the programs take as whole processes for a project of generated
// tables and the live database that its migrations made. drizzle-kit, which takes minutes, runs
// once; each of its runs stands between two halves of ours.
#include "oracle/drizzlekit.h"
#include "oracle/generatedproject.h"
#include "support/server.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace
{
constexpr int half = 3;              ///< runs of ours before the peer's, and again after it
constexpr int timeLimit = 1'200'000; ///< ms, of a peer

using Work = std::function<bool()>;

struct Case {
    const char *work;
    const char *ours;
    const char *peer;
    Work runOurs;
    Work runPeer;
};

/// Milliseconds, or -1 when it failed.
double timed(const Work &work)
{
    QElapsedTimer timer;
    timer.start();
    return work() ? double(timer.nsecsElapsed()) / 1e6 : -1;
}

bool sluice(const QStringList &arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(SLUICE_BUILD_DIR "/bin/sluice"), arguments);
    return process.waitForFinished(timeLimit) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

bool printRow(const Case &measured)
{
    QList<double> ours;
    double peer = -1;
    for (int run = -1; run < 2 * half; ++run) { // the first one warms the caches
        if (run == half)
            peer = timed(measured.runPeer);
        const double took = timed(measured.runOurs);
        if (took < 0 || (run >= half && peer < 0)) {
            std::fprintf(stderr, "%s: %s failed\n", measured.work,
                         took < 0 ? measured.ours : measured.peer);
            return false;
        }
        if (run >= 0)
            ours << took;
    }
    std::ranges::sort(ours);
    const double median = ours.at(ours.size() / 2);
    std::printf("| %s | %s %.0f ms (%.0f to %.0f) | %s %.0f ms | %.0f× |\n", measured.work,
                measured.ours, median, ours.first(), ours.last(), measured.peer, peer,
                peer / median);
    std::fflush(stdout);
    return true;
}

/// A run of the peer on \a project that says \a words when it is through.
Work peer(const QString &project, const QStringList &arguments, const char *words)
{
    return [=] {
        const testsupport::ToolRun run = testsupport::drizzleKit(project, arguments, {}, timeLimit);
        if (!run.output.contains(QLatin1String(words)))
            std::fprintf(stderr, "%s\n", qPrintable(run.output.right(2'000)));
        return run.output.contains(QLatin1String(words));
    };
}

bool measure(testsupport::Server &server, int tables)
{
    const QTemporaryDir folder;
    const QString project = folder.path();
    const QString url = server.tcpUrl(server.createDatabase(QStringLiteral("bench")));
    const bool made = testsupport::writeGeneratedProject(project, tables) &&
                      testsupport::linkNodeModules(project) &&
                      sluice({QStringLiteral("generate"), project}) &&
                      sluice({QStringLiteral("migrate"), project, QStringLiteral("--url"), url});
    if (!made) {
        std::fprintf(stderr, "A database of %d tables cannot be made\n", tables);
        return false;
    }
    const QStringList connection{QStringLiteral("--dialect=postgresql"),
                                 QStringLiteral("--url=") + url};
    return printRow({"500 tables: compare the code with the live database", "`sluice diff`",
                     "`drizzle-kit push`",
                     [=] {
                         return sluice({QStringLiteral("diff"), project, url});
                     },
                     peer(project,
                          QStringList{QStringLiteral("push"),
                                      QStringLiteral("--schema=./schema/index.ts")} +
                              connection,
                          "No changes detected")}) &&
           printRow({"500 tables: read the live database", "`sluice inspect`", "`drizzle-kit pull`",
                     [=] {
                         return sluice({QStringLiteral("inspect"), url, QStringLiteral("--format"),
                                        QStringLiteral("snapshot")});
                     },
                     peer(project,
                          QStringList{QStringLiteral("pull"), QStringLiteral("--out=./pulled")} +
                              connection,
                          "schema file is ready")});
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    testsupport::Server server;
    if (!server.error().isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(server.error()));
        return 1;
    }
    std::printf("| work | Sluice, median of %d | peer, once | peer ÷ Sluice |\n|---|---|---|---|\n",
                2 * half);
    return measure(server, 500) ? 0 : 1;
}
