// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"
#include "session/sample.h"

#include <QObject>

namespace studio
{

class MainWindow;

/// Hands on what the preparation says: it may say it once more when the opener is gone.
class SampleNews final : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void said(const session::SampleProgress &progress); ///< from a worker thread
};

/// Opens the sample: its code at once, its server and data as they become ready. Keeps the server
/// while it lives.
class SampleOpener final : public QObject
{
    Q_OBJECT

public:
    SampleOpener(session::Sample sample, session::Project &project, MainWindow &window);
    void open();

private:
    void openCopy(const base::Result<QString> &copy);
    void prepared(const base::Result<session::SampleReady> &result);

    session::Sample m_sample;
    session::Project &m_project;
    MainWindow &m_window;
    std::shared_ptr<SampleNews> m_news; ///< shared with the worker thread
    QFutureWatcherBase *m_copying = nullptr;
    QFutureWatcherBase *m_preparing = nullptr;
    std::optional<session::SampleReady> m_ready; ///< its lease keeps the server running
};

} // namespace studio

Q_DECLARE_METATYPE(session::SampleProgress)
