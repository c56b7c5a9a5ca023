// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/receive.h"
#include "session/import.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace Ui
{
class ImportDialog;
}
namespace session
{
class Project;
}

namespace studio
{

/// Takes the rows of a CSV file into a table: shows what is in the file and where it goes, tries it
/// on the server and lists the bad rows, writes it. The grid behind it stays usable, since the
/// lease for writing is asked for there.
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(session::Project &project, const schema::Name &table, const QString &path,
                 QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Asks for a file whose rows \a table is to take.
    /// Where no file was chosen yet it starts in \a folder.
    static void ask(const schema::Name &table, const QString &folder, QWidget *parent,
                    const std::function<void(const QString &path)> &chosen);

    void setFile(const QString &path);
    void reject() override; ///< stops an import that runs, closes the dialog otherwise

Q_SIGNALS:
    void leaseWanted(); ///< Allow writes was pressed
    void rowsWritten(); ///< the table's rows are other ones

private:
    enum class Run { Try, Write };

    void fillChoices();
    void connectAll();
    void askBadRows();
    void takeTable();
    void readFile();
    void showColumns();
    void changed(); ///< what was found out before holds no longer
    void showScope();
    void showState();
    struct Obstacle {
        base::Error error;
        const char *tone; ///< removed: the file or the choices have to change
    };
    std::optional<Obstacle> obstacle() const;
    session::ImportRequest request(Run run) const;
    void start(Run run);
    void showProgress();
    void finish(Run run, const base::Result<session::ImportReport> &report);
    void showReport(Run run, const session::ImportReport &report);
    void showBadRows(const session::ImportReport &report);
    void say(const QString &text, const char *tone);

    session::Project &m_project;
    const schema::Name m_name;
    std::unique_ptr<Ui::ImportDialog> m_ui;
    std::optional<schema::Table> m_table; ///< live
    QString m_path;
    QString m_badRowsPath; ///< empty: all rows or none
    std::optional<session::ImportPreview> m_preview;
    std::optional<base::Error> m_unread; ///< why there is no preview
    QFutureWatcherBase *m_reading = nullptr;
    QFutureWatcherBase *m_running = nullptr;
    std::shared_ptr<session::ImportProgress> m_progress;
    bool m_isReported = false; ///< the text says what came of this file with these choices
    bool m_isWritten = false;  ///< the same is in the table
    QTimer m_tick;
};

} // namespace studio
