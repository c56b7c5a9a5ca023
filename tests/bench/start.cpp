// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a Markdown table: how long the studio takes until its window is on the screen, and the
// memory of it and of what it started once it has come to rest, beside Debian's sqlitebrowser, in
// turn, both with nothing opened. Needs an X display without a window manager: `xvfb-run
// bench_start`.
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>

#include <X11/Xlib.h>
#include <poll.h>

namespace
{
constexpr int rounds = 9;
constexpr int patience = 30'000; // ms

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// \a root and all that it started.
QList<qint64> familyOf(qint64 root)
{
    QList<qint64> family{root};
    for (qsizetype i = 0; i < family.size(); ++i) {
        const QString tasks = QStringLiteral("/proc/%1/task").arg(family.at(i));
        for (const QString &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QByteArray children = contentOf(tasks + u'/' + task + text("/children"));
            for (const QByteArray &child : children.split(' ')) {
                if (!child.trimmed().isEmpty())
                    family << child.toLongLong();
            }
        }
    }
    return family;
}

/// Proportional set size in MB: memory that several processes share counts by halves, thirds and so
/// on.
double memoryOf(qint64 root)
{
    static const QRegularExpression size(text("^Pss:\\s+(\\d+) kB"),
                                         QRegularExpression::MultilineOption);
    double sum = 0;
    for (const qint64 process : familyOf(root))
        sum += size.match(QString::fromLatin1(
                              contentOf(QStringLiteral("/proc/%1/smaps_rollup").arg(process))))
                   .captured(1)
                   .toDouble();
    return sum / 1024;
}

/// CPU ticks of \a root and what it started.
qint64 workOf(qint64 root)
{
    qint64 sum = 0;
    for (const qint64 process : familyOf(root)) {
        const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(process));
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        sum += fields.value(11).toLongLong() + fields.value(12).toLongLong();
    }
    return sum;
}

/// The screen, which tells of windows that appear on it.
class Desktop
{
public:
    Desktop()
        : m_display(XOpenDisplay(nullptr))
    {
        if (m_display)
            XSelectInput(m_display, DefaultRootWindow(m_display), SubstructureNotifyMask);
    }
    ~Desktop()
    {
        if (m_display)
            XCloseDisplay(m_display);
    }
    Desktop(const Desktop &) = delete;
    Desktop &operator=(const Desktop &) = delete;
    bool isThere() const { return m_display; }

    /// Whether a window of some size appears in time; what came before is forgotten by forget().
    bool sees(const QElapsedTimer &timer)
    {
        while (timer.elapsed() < patience) {
            while (XPending(m_display)) {
                XEvent event;
                XNextEvent(m_display, &event);
                XWindowAttributes window;
                if (event.type == MapNotify && !event.xmap.override_redirect &&
                    XGetWindowAttributes(m_display, event.xmap.window, &window) &&
                    window.width > 300 && window.height > 200)
                    return true;
            }
            pollfd waited{ConnectionNumber(m_display), POLLIN, 0};
            poll(&waited, 1, 100);
        }
        return false;
    }
    void forget() { XSync(m_display, True); }

private:
    Display *m_display;
};

struct Figures {
    double time = -1;   ///< ms
    double memory = -1; ///< MB
};

Figures start(Desktop &desktop, const QString &program, const QStringList &arguments)
{
    desktop.forget();
    Figures figures;
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    if (!process.waitForStarted() || !desktop.sees(timer))
        return figures;
    figures.time = double(timer.nsecsElapsed()) / 1e6;
    // At rest: a second without work.
    for (qint64 before = -1, now = 0; before != now && timer.elapsed() < patience;) {
        before = now;
        QThread::sleep(1);
        now = workOf(process.processId());
    }
    figures.memory = memoryOf(process.processId());
    process.terminate();
    if (!process.waitForFinished(5'000)) {
        process.kill();
        process.waitForFinished();
    }
    return figures;
}

double median(QList<double> values)
{
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}
} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    Desktop desktop;
    if (!desktop.isThere()) {
        std::fputs("There is no display. xvfb-run bench_start\n", stderr);
        return 1;
    }
    const QString studio = argc > 1 ? text(argv[1]) : text(SLUICE_BUILD_DIR "/bin/sluice-studio");
    const QString peer = QStandardPaths::findExecutable(text("sqlitebrowser"));
    if (peer.isEmpty()) {
        std::fputs("There is nothing to compare with: apt-get install sqlitebrowser\n", stderr);
        return 1;
    }
    // Homes of their own, so that neither opens what somebody had open.
    const QTemporaryDir home, nothing;
    for (const char *variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qputenv(variable, home.path().toUtf8());
    qputenv("QT_QPA_PLATFORM", "xcb");
    QList<double> times, peerTimes, memories, peerMemories, ratios;
    for (int i = -1; i < rounds; ++i) { // the first warms up
        const Figures ours = start(desktop, studio, {text("--project"), nothing.path()});
        const Figures theirs = start(desktop, peer, {});
        if (ours.time < 0 || theirs.time < 0) {
            std::fprintf(stderr, "%s showed no window\n",
                         ours.time < 0 ? "The studio" : "sqlitebrowser");
            return 1;
        }
        if (i < 0)
            continue;
        times << ours.time;
        peerTimes << theirs.time;
        ratios << ours.time / theirs.time;
        memories << ours.memory;
        peerMemories << theirs.memory;
    }
    std::printf("| nothing opened | sluice-studio | sqlitebrowser | ratio |\n|---|---|---|---|\n"
                "| window on the screen | %.0f ms | %.0f ms | %.2f |\n| memory (PSS) | %.1f MB | "
                "%.1f MB | %.2f |\n",
                median(times), median(peerTimes), median(ratios), median(memories),
                median(peerMemories), median(memories) / median(peerMemories));
    return 0;
}
