// SPDX-License-Identifier: GPL-3.0-or-later
// How rows leave a grid, to the clipboard and into files, and how those of a file come into it.
#include "query/seed.h"
#include "session/export.h"
#include "session/project.h"
#include "studio/grid/exportbar.h"
#include "studio/grid/gridpage.h"
#include "studio/grid/importdialog.h"
#include "studio/widgets/rowscopy.h"
#include "studio/widgets/rowsview.h"
#include "studio/widgets/startin.h"
#include "ui_gridpage.h"

#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>

namespace studio
{

namespace
{
QString endingOf(rows::Form form)
{
    return form == rows::Form::Json      ? QStringLiteral("json")
           : form == rows::Form::Inserts ? QStringLiteral("sql")
                                         : QStringLiteral("csv");
}
} // namespace

/// The forms that name the table: as SQL and as drizzle-orm's own code.
void GridPage::addTableCopies(QMenu *menu)
{
    auto *forms = menu->findChild<QMenu *>(QStringLiteral("copyMenu"));
    if (!forms || !m_shown)
        return;
    forms->addAction(tr("SQL INSERT"), this, [this] {
        m_view->copy([target = session::insertTarget(*m_shown),
                      computed = session::computedColumns(*m_shown)](const SelectedCells &cells) {
            return copied(cells, rows::Form::Inserts, rows::Titles::With, target, computed);
        });
    });
    forms->addAction(tr("Drizzle seed"), this, [this] {
        m_view->copy(
            [table = *m_shown, schema = m_project.placedCode()](const SelectedCells &cells) {
                QStringList names;
                for (const RowsColumn &column : cells.columns)
                    names << column.name;
                return query::renderSeed(table, schema, names, cells.rows);
            });
    });
}

void GridPage::openExportMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("exportMenu"));
    const std::pair<QString, rows::Form> known[]{{tr("CSV…"), rows::Form::Csv},
                                                 {tr("JSON…"), rows::Form::Json},
                                                 {tr("SQL INSERT…"), rows::Form::Inserts}};
    for (const auto &[text, form] : known) {
        QAction *action = menu->addAction(text, this, [this, form = form] { askFile(form); });
        action->setEnabled(m_rows.state() != RowsModel::State::Empty && !m_export->isRunning());
    }
    menu->popup(m_ui->exportRows->mapToGlobal(QPoint(0, m_ui->exportRows->height() + 2)));
}

void GridPage::askFile(rows::Form form)
{
    auto *dialog = new QFileDialog(this, tr("Export the rows of %1").arg(m_table.qualified()));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(endingOf(form));
    startIn(*dialog, m_project.path());
    dialog->selectFile(m_table.name + QLatin1Char('.') + endingOf(form));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, form](const QString &path) { exportTo(form, path); });
    dialog->open();
}

/// Esc that stops nothing else stops an export.
void GridPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_export->isRunning())
        m_export->press();
    else
        QWidget::keyPressEvent(event);
}

void GridPage::exportTo(rows::Form form, const QString &path)
{
    const session::Loaded<schema::Database> &database = m_project.database();
    const std::optional<schema::Table> table =
        database.value ? shownTable(*database.value, m_table) : std::nullopt;
    if (!table)
        return;
    const auto progress = std::make_shared<session::ExportProgress>();
    m_export->follow(path,
                     m_project.exportRows(wholeOf(m_rows.query()), *table, form, path, progress),
                     progress, m_rows.total().rows);
}

void GridPage::askImport()
{
    ImportDialog::ask(m_table, m_project.path(), this, [this](const QString &path) {
        auto *dialog = new ImportDialog(m_project, m_table, path, this);
        connect(dialog, &ImportDialog::leaseWanted, this, &GridPage::leaseWanted);
        connect(dialog, &ImportDialog::rowsWritten, this, &GridPage::reloadInPlace);
        dialog->show();
    });
}

} // namespace studio
