// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"
#include "session/sample.h"

#include <QObject>

namespace studio
{

class MainWindow;

/// Opens the sample: its code at once, its server and data as they become ready. Keeps the server
/// while it lives.
class SampleOpener final : public QObject
{
    Q_OBJECT

public:
    SampleOpener(session::Sample sample, session::Project &project, MainWindow &window);
    void open();

Q_SIGNALS:
    void progressed(const session::SampleProgress &progress); ///< from a worker thread

private:
    void prepared(const base::Result<session::SampleReady> &result);

    session::Sample m_sample;
    session::Project &m_project;
    MainWindow &m_window;
    QFutureWatcherBase *m_preparing = nullptr;
    std::optional<session::SampleReady> m_ready;
};

} // namespace studio

Q_DECLARE_METATYPE(session::SampleProgress)
