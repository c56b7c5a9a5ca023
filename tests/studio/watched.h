// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QThread>

#include <algorithm>
#include <ctime>

/// Knows how long the longest piece of work on the GUI thread took, and all of them together.
class Watched final : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        // Other threads' events come by here, too.
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        if (m_depth++ > 0) {
            const bool handled = QApplication::notify(receiver, event);
            --m_depth;
            return handled;
        }
        const qint64 begun = busy();
        const bool handled = QApplication::notify(receiver, event);
        --m_depth;
        const qint64 took = busy() - begun;
        longest = std::max(longest, took);
        all += took;
        return handled;
    }
    qint64 longest = 0; ///< ns
    qint64 all = 0;     ///< ns

private:
    /// The thread's own time, which other programs on the machine do not add to; ns.
    static qint64 busy()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
    }
    int m_depth = 0;
};
