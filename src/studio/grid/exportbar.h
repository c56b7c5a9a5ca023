// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "session/export.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

#include <memory>

namespace Ui
{
class ExportBar;
}

namespace studio
{

/// Shows how far an export is, stops it, and says what came of it. Hidden while there is none.
class ExportBar final : public QFrame
{
    Q_OBJECT

public:
    explicit ExportBar(QWidget *parent = nullptr);
    ~ExportBar() override;

    bool isRunning() const { return m_watcher != nullptr; }
    void press(); ///< Cancel while it runs, Close afterwards
    /// \a estimate is of the number of rows, -1 unknown.
    void follow(const QString &path, QFuture<base::Result<qint64>> rows,
                std::shared_ptr<session::ExportProgress> progress, qint64 estimate);

Q_SIGNALS:
    void failed(const base::Error &error);

private:
    void showProgress();
    void finish(const base::Result<qint64> &rows);

    std::unique_ptr<Ui::ExportBar> m_ui;
    QString m_path;
    QFutureWatcherBase *m_watcher = nullptr;
    std::shared_ptr<session::ExportProgress> m_progress;
    qint64 m_estimate = -1;
    QElapsedTimer m_began;
    QTimer m_tick;
};

} // namespace studio
