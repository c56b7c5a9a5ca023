// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: what Sluice takes, what a peer takes for the same work, and the ratio.
// Both run in turn, pair by pair, so that a machine whose speed drifts does not favour one of them.
#include "oracle/drizzlekit.h"

#include <QElapsedTimer>
#include <QList>
#include <QProcess>
#include <QStringList>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace
{

constexpr int pairs = 5;

struct Case {
    const char *work;
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

bool sluice(const QStringList &arguments)
{
    QProcess process;
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
            std::fprintf(stderr, "%s: %s failed\n", measured.work,
                         our < 0 ? measured.ours : measured.peer);
            return false;
        }
        if (pair < 0)
            continue;
        ours << our;
        peers << peer;
        ratios << peer / our;
    }
    std::printf("| %s | %s %.0f ms | %s %.0f ms | %.1f× (%.1f to %.1f) |\n", measured.work,
                measured.ours, median(ours), measured.peer, median(peers), median(ratios),
                *std::ranges::min_element(ratios), *std::ranges::max_element(ratios));
    std::fflush(stdout);
    return true;
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
    const QList<Case> cases{
        {"Load the sample and compare it with its folder", "`sluice diff`",
         "`drizzle-kit generate`",
         [&] {
             return sluice(
                 {QStringLiteral("diff"), QStringLiteral("folder:") + copy.path(), copy.path()});
         },
         [&] {
             return copy.drizzleKit({QStringLiteral("generate")})
                 .output.contains(QLatin1String("No schema changes"));
         }},
    };
    std::printf("| work | Sluice, median of %d | peer, median | peer ÷ Sluice (least to most) "
                "|\n|---|---|---|---|\n",
                pairs);
    return std::ranges::all_of(cases, printRow) ? 0 : 1;
}
