// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: what Sluice takes, what a peer takes for the same work, and the ratio.
// Both run in turn, pair by pair, so that a machine whose speed drifts does not favour one of them.
#include "oracle/drizzlekit.h"
#include "oracle/generatedproject.h"

#include <QElapsedTimer>
#include <QList>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>

namespace
{

constexpr int pairs = 5;

struct Case {
    QString work;
    const char *ours;
    const char *peer;
    std::function<bool()> runOurs;
    std::function<bool()> runPeer;
};

/// Milliseconds of one run as a whole process, or -1 when it failed.
double timed(const std::function<bool()> &run)
{
    QElapsedTimer timer;
    timer.start();
    return run() ? double(timer.nsecsElapsed()) / 1e6 : -1;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

/// \a cache is the folder that holds what earlier runs kept.
bool sluice(const QStringList &arguments, const QString &cache)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), cache);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(QStringLiteral(SLUICE_BUILD_DIR "/bin/sluice"), arguments);
    return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

bool printRow(const Case &measured)
{
    QList<double> ours;
    QList<double> peers;
    QList<double> ratios;
    for (int pair = -1; pair < pairs;
         ++pair) { // the first pair warms the caches and does not count
        const double our = timed(measured.runOurs);
        const double peer = timed(measured.runPeer);
        if (our < 0 || peer < 0) {
            std::fprintf(stderr, "%s: %s failed\n", qPrintable(measured.work),
                         our < 0 ? measured.ours : measured.peer);
            return false;
        }
        if (pair < 0)
            continue;
        ours << our;
        peers << peer;
        ratios << peer / our;
    }
    std::printf("| %s | %s %.0f ms | %s %.0f ms | %.1f× (%.1f to %.1f) |\n",
                qPrintable(measured.work), measured.ours, median(ours), measured.peer,
                median(peers), median(ratios), *std::ranges::min_element(ratios),
                *std::ranges::max_element(ratios));
    std::fflush(stdout);
    return true;
}

/// A generated project whose migrations folder is in step with its code, as drizzle-kit wrote it.
class Generated
{
public:
    Generated(int tables, int snapshots)
        : m_valid(testsupport::writeGeneratedProject(m_folder.path(), tables) &&
                  testsupport::linkNodeModules(m_folder.path()) &&
                  testsupport::drizzleKit(m_folder.path(), {QStringLiteral("generate")})
                      .output.contains(QLatin1String("Your SQL migration file")) &&
                  (snapshots == 1 || testsupport::repeatSnapshot(m_folder.path(), snapshots)))
    {
    }
    bool isValid() const { return m_valid; }
    QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_valid;
};

bool nothingToDo(const QString &project)
{
    return testsupport::drizzleKit(project, {QStringLiteral("generate")})
        .output.contains(QLatin1String("No schema changes"));
}

enum class Run { First, Again };

/// Each run for the first time has a cache folder of its own, which is empty; those that come again
/// share one, and the first of them, which fills it, is the one that does not count.
Case compared(const QString &work, const QString &project, Run run)
{
    const auto shared = std::make_shared<QTemporaryDir>();
    return {work + (run == Run::First ? QStringLiteral(", for the first time (nothing kept)")
                                      : QStringLiteral(", again, unchanged (kept from before)")),
            "`sluice diff`", "`drizzle-kit generate`",
            [=] {
                const QTemporaryDir empty;
                return sluice(
                    {QStringLiteral("diff"), QStringLiteral("folder:") + project, project},
                    run == Run::First ? empty.path() : shared->path());
            },
            [=] { return nothingToDo(project); }};
}

bool printRows(const QString &work, const QString &project)
{
    return printRow(compared(work, project, Run::First)) &&
           printRow(compared(work, project, Run::Again));
}

} // namespace

int main()
{
    const QString sample = QStringLiteral(SLUICE_SOURCE_DIR "/resources/sample");
    const testsupport::ProjectCopy copy(sample);
    if (!copy.isValid()) {
        std::fprintf(stderr, "The sample cannot be copied\n");
        return 1;
    }
    std::printf("| work | Sluice, median of %d | peer, median | peer ÷ Sluice (least to most) "
                "|\n|---|---|---|---|\n",
                pairs);
    if (!printRows(QStringLiteral("Load the sample and compare it with its folder"), copy.path()))
        return 1;
    for (const auto &[tables, snapshots] : {std::pair(65, 1), {65, 300}, {500, 1}, {2'000, 1}}) {
        const Generated project(tables, snapshots);
        if (!project.isValid()) {
            std::fprintf(stderr, "A project of %d tables cannot be made\n", tables);
            return 1;
        }
        const QString work = QStringLiteral("The same for %1 generated tables, %2 snapshots")
                                 .arg(tables)
                                 .arg(snapshots);
        if (!printRows(work, project.path()))
            return 1;
    }
    return 0;
}
