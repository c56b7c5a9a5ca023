// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sample.h"
#include "base/receive.h"
#include "cli/command.h"

#include <QCoreApplication>

namespace cli
{

namespace
{
int start(const session::Sample &sample)
{
    const base::Result<session::SampleReady> ready =
        base::await(sample.prepare([](const session::SampleProgress &step) {
            progress(
                step.total > 0
                    ? QStringLiteral("%1 (%2/%3)").arg(step.text).arg(step.done).arg(step.total)
                    : step.text);
        }));
    if (!ready)
        return fail(ready.error());
    ready->keepRunning();
    notice(QCoreApplication::translate("cli", "the project is in %1").arg(ready->projectPath));
    printLine(ready->publicUrl);
    return Done;
}

int stop(const session::Sample &sample)
{
    const base::Result<base::Done> stopped = sample.stop();
    return stopped ? int(Done) : fail(stopped.error());
}

int status(const session::Sample &sample)
{
    const std::optional<QString> url = sample.runningUrl();
    printLine(url ? *url : QCoreApplication::translate("cli", "The sample is not running"));
    return Done;
}
} // namespace

int sample(const base::Installation &installation, const QStringList &words)
{
    Arguments arguments(QStringLiteral("sample"), words);
    arguments.positional(QStringLiteral("action"),
                         QCoreApplication::translate("cli", "start, stop or status."));
    if (const std::optional<int> over = arguments.finish(1))
        return *over;
    const session::Sample used(installation);
    const QString action = arguments.at(0);
    if (action == QLatin1String("start"))
        return start(used);
    if (action == QLatin1String("stop"))
        return stop(used);
    if (action == QLatin1String("status"))
        return status(used);
    return fail({.text = QCoreApplication::translate("cli", "Unknown action '%1'").arg(action),
                 .where = QStringLiteral("sample"),
                 .hint = QCoreApplication::translate("cli", "use start, stop or status")});
}

} // namespace cli
