// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/shell/sampleopener.h"

#include "studio/shell/mainwindow.h"

namespace studio
{

namespace
{
const auto messageKey = QStringLiteral("sample");
}

SampleOpener::SampleOpener(session::Sample sample, session::Project &project, MainWindow &window)
    : m_sample(std::move(sample))
    , m_project(project)
    , m_window(window)
    , m_news(std::make_shared<SampleNews>())
{
    // Of no thread, since whichever thread has it last deletes it.
    m_news->moveToThread(nullptr);
    connect(
        m_news.get(), &SampleNews::said, this,
        [this](const session::SampleProgress &progress) {
            if (!m_preparing)
                return;
            m_window.showProgress(
                progress.total > 0
                    ? tr("%1 (%2 %)").arg(progress.text).arg(progress.done * 100 / progress.total)
                    : progress.text);
        },
        Qt::QueuedConnection);
}

void SampleOpener::open()
{
    base::disregard(m_copying);
    m_copying = base::receive(this, m_sample.copied(), [this](const base::Result<QString> &copy) {
        m_copying = nullptr;
        openCopy(copy);
    });
}

void SampleOpener::openCopy(const base::Result<QString> &copy)
{
    if (!copy) {
        m_window.showError(copy.error(), messageKey);
        return;
    }
    m_window.openFolder(*copy);
    // Also when it was ready once: the server may have died since, and this is how it comes back.
    m_project.awaitServer();
    if (m_preparing)
        return;
    m_window.showProgress(tr("The sample's server is being started"));
    m_preparing = base::receive(
        this, m_sample.prepare([news = m_news](const session::SampleProgress &progress) {
            Q_EMIT news->said(progress);
        }),
        [this](const base::Result<session::SampleReady> &result) { prepared(result); });
}

void SampleOpener::prepared(const base::Result<session::SampleReady> &result)
{
    m_preparing = nullptr;
    m_window.showProgress({});
    if (!result) {
        m_window.showError(result.error(), messageKey);
        if (m_project.path() == m_sample.projectPath())
            m_project.giveUpServer();
        return;
    }
    m_ready = *result;
    // Another project may have been opened meanwhile: the server is the sample's alone.
    if (m_project.path() != m_ready->projectPath)
        return;
    m_project.setUrl(m_ready->url, m_ready->systemIdentifier);
}

} // namespace studio
