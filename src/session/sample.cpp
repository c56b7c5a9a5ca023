// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sample.h"

#include "session/samplefiles.h"
#include "session/samplepreparation.h"

#include <QStandardPaths>
#include <QThreadPool>
#include <QtConcurrent>

namespace session
{

namespace
{

Sample::Places completed(Sample::Places places)
{
    if (places.project.isEmpty())
        places.project = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                         QStringLiteral("/sluice/sample/acme-crm");
    if (places.cluster.isEmpty())
        places.cluster = pg::Cluster::defaultFolder();
    return places;
}

pg::Cluster clusterOf(const Sample::Places &places)
{
    return pg::Cluster(places.cluster, places.firstPort);
}

} // namespace

void SampleReady::keepRunning() const
{
    lease->keepRunning();
}

Sample::Sample(base::Installation installation)
    : Sample(std::move(installation), Places{})
{
}

Sample::Sample(base::Installation installation, Places places)
    : m_installation(std::move(installation))
    , m_places(completed(std::move(places)))
{
}

QString Sample::projectPath() const
{
    return m_places.project;
}

base::Result<QString> Sample::copyProject() const
{
    const SampleSource source{.project = m_installation.sample(),
                              .change = m_installation.share + QStringLiteral("/sample-change")};
    if (const base::Result<base::Done> copied = copySample(source, m_places.project); !copied)
        return copied.error();
    return m_places.project;
}

QFuture<base::Result<QString>> Sample::copied() const
{
    return QtConcurrent::run([sample = *this] { return sample.copyProject(); });
}

QFuture<base::Result<SampleReady>> Sample::prepare(Progress progress) const
{
    SamplePreparation::Promise promise;
    const QFuture<base::Result<SampleReady>> future = promise.future();
    promise.start();
    SamplePreparation::Task task{.sample = *this,
                                 .setup = m_installation.share + QStringLiteral("/sample-setup"),
                                 .cluster = clusterOf(m_places)};
    auto work = [promise = std::move(promise), task = std::move(task),
                 progress = std::move(progress)]() mutable {
        promise.addResult(SamplePreparation(promise, std::move(task), std::move(progress)).run());
        promise.finish();
    };
    // The thread only waits for the server: it must not take a place from work that computes.
    QThreadPool::globalInstance()->start(
        [work = std::make_shared<decltype(work)>(std::move(work))] {
            QThreadPool::globalInstance()->releaseThread();
            (*work)();
            QThreadPool::globalInstance()->reserveThread();
        });
    return future;
}

base::Result<base::Done> Sample::stop() const
{
    return clusterOf(m_places).stop();
}

std::optional<QString> Sample::runningUrl() const
{
    const base::Result<QString> url = clusterOf(m_places).runningUrl(sampleDatabase, sampleRole);
    return url ? std::optional(*url) : std::nullopt;
}

} // namespace session
