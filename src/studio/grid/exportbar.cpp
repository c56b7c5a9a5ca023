// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/exportbar.h"

#include "studio/widgets/rowstext.h"
#include "studio/widgets/theme.h"
#include "ui_exportbar.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <chrono>

namespace studio
{

ExportBar::ExportBar(QWidget *parent)
    : QFrame(parent)
    , m_ui(std::make_unique<Ui::ExportBar>())
{
    m_ui->setupUi(this);
    using namespace std::chrono_literals;
    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, &ExportBar::showProgress);
    connect(m_ui->stopExport, &QPushButton::clicked, this, &ExportBar::press);
    hide();
}

ExportBar::~ExportBar() = default;

void ExportBar::follow(const QString &path, QFuture<base::Result<qint64>> rows,
                       std::shared_ptr<session::ExportProgress> progress, qint64 estimate)
{
    m_path = path;
    m_progress = std::move(progress);
    m_estimate = estimate;
    m_began.start();
    m_ui->exportProgress->setRange(0, estimate > 0 ? 1000 : 0);
    m_ui->exportProgress->show();
    m_ui->stopExport->setText(tr("Cancel"));
    m_ui->stopExport->setAccessibleName(tr("Cancel the export"));
    setStyleProperty(m_ui->exportText, "tone", QString());
    m_watcher = base::receive(this, std::move(rows), [this](const base::Result<qint64> &result) {
        m_watcher = nullptr;
        finish(result);
    });
    m_tick.start();
    showProgress();
    show();
}

void ExportBar::showProgress()
{
    const qint64 rows = m_progress->rows;
    m_ui->exportText->setText(tr("Exporting to %1 · %2 rows · %3 · %4 s")
                                  .arg(QFileInfo(m_path).fileName(), grouped(rows),
                                       QLocale().formattedDataSize(m_progress->bytes))
                                  .arg(m_began.elapsed() / 1000));
    // The number of rows is an estimate: only the end is the end.
    if (m_estimate > 0)
        m_ui->exportProgress->setValue(
            static_cast<int>(qMin<qint64>(990, rows * 1000 / m_estimate)));
}

void ExportBar::finish(const base::Result<qint64> &rows)
{
    m_tick.stop();
    m_ui->exportProgress->hide();
    m_ui->stopExport->setText(tr("Close"));
    m_ui->stopExport->setAccessibleName(tr("Close the message about the export"));
    const QString file = QDir::toNativeSeparators(m_path);
    if (rows) {
        m_ui->exportText->setText(tr("Exported: %1 rows to %2").arg(grouped(*rows), file));
        setStyleProperty(m_ui->exportText, "tone", QStringLiteral("added"));
        return;
    }
    const base::Error &error = rows.error();
    const bool isCancelled = error.kind == base::ErrorKind::Cancelled;
    m_ui->exportText->setText(isCancelled
                                  ? tr("Cancelled: %1 was not written").arg(file)
                                  : tr("%1 was not written: %2").arg(file, base::toLine(error)));
    setStyleProperty(m_ui->exportText, "tone",
                     isCancelled ? QStringLiteral("dim") : QStringLiteral("removed"));
    if (!isCancelled)
        Q_EMIT failed(error);
}

void ExportBar::press()
{
    if (m_watcher)
        m_watcher->cancel();
    else
        hide();
}

} // namespace studio
