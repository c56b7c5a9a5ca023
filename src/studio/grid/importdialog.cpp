// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/grid/importdialog.h"

#include "session/project.h"
#include "studio/widgets/rowstext.h"
#include "studio/widgets/startin.h"
#include "studio/widgets/theme.h"
#include "ui_importdialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>

#include <chrono>

namespace studio
{

using session::OnConflict;

namespace
{
constexpr qsizetype previewed = 20; // rows

/// Columns that a file may fill: what the server fills itself is for nobody.
QStringList targetsOf(const schema::Table &table, const edits::Reach &reach)
{
    QStringList names;
    const QStringList own = session::tenantColumns(table, reach);
    for (const schema::Column &column : table.columns) {
        if (!own.contains(column.name) && !column.generated)
            names << column.name;
    }
    return names;
}
} // namespace

ImportDialog::ImportDialog(session::Project &project, const schema::Name &table,
                           const QString &path, QWidget *parent)
    : QDialog(parent)
    , m_project(project)
    , m_name(table)
    , m_ui(std::make_unique<Ui::ImportDialog>())
{
    m_ui->setupUi(this);
    setObjectName(QStringLiteral("importDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import into %1").arg(table.qualified()));
    m_ui->importBadRows->hide();
    fillChoices();
    connectAll();
    takeTable();
    setFile(path);
    resize(780, 560);
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::fillChoices()
{
    const std::pair<QString, char> delimiters[]{{tr("as the file tells"), '\0'},
                                                {tr("comma"), ','},
                                                {tr("semicolon"), ';'},
                                                {tr("tab"), '\t'},
                                                {tr("vertical bar"), '|'}};
    for (const auto &[text, character] : delimiters)
        m_ui->importDelimiter->addItem(text, int(character));
    m_ui->importEncoding->addItem(tr("UTF-8 or UTF-16"), int(rows::CsvEncoding::ByMark));
    m_ui->importEncoding->addItem(QStringLiteral("Latin-1"), int(rows::CsvEncoding::Latin1));
    m_ui->importConflict->addItem(tr("are bad rows"), int(OnConflict::Stop));
    m_ui->importConflict->addItem(tr("stay as they are"), int(OnConflict::Skip));
    m_ui->importConflict->addItem(tr("get the file's values"), int(OnConflict::Update));
    m_ui->importBad->addItem(tr("keep all others out, too"), false);
    m_ui->importBad->addItem(tr("go to a file; the others are imported…"), true);
    QTableWidget *bad = m_ui->importBadRows;
    bad->setColumnCount(4);
    bad->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Value"), tr("Reason")});
    bad->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    bad->horizontalHeader()->setStretchLastSection(true);
    bad->verticalHeader()->hide();
    bad->setColumnWidth(0, 60);
    bad->setColumnWidth(1, 120);
    bad->setColumnWidth(2, 130);
}

void ImportDialog::connectAll()
{
    using namespace std::chrono_literals;
    m_tick.setInterval(200ms);
    connect(&m_tick, &QTimer::timeout, this, &ImportDialog::showProgress);
    connect(m_ui->importChoose, &QPushButton::clicked, this, [this] {
        ask(m_name, m_project.path(), this, [this](const QString &path) { setFile(path); });
    });
    connect(m_ui->importDelimiter, &QComboBox::activated, this, &ImportDialog::readFile);
    connect(m_ui->importEncoding, &QComboBox::activated, this, &ImportDialog::readFile);
    connect(m_ui->importTitles, &QCheckBox::clicked, this, &ImportDialog::readFile);
    connect(m_ui->importNull, &QLineEdit::editingFinished, this, [this] {
        if (m_ui->importNull->isModified())
            readFile();
        m_ui->importNull->setModified(false);
    });
    connect(m_ui->importColumns, &ImportColumns::changed, this, &ImportDialog::changed);
    connect(m_ui->importConflict, &QComboBox::activated, this, &ImportDialog::changed);
    connect(m_ui->importBad, &QComboBox::activated, this, [this] {
        m_badRowsPath.clear();
        changed();
        if (m_ui->importBad->currentData().toBool())
            askBadRows();
    });
    connect(m_ui->importLease, &QPushButton::clicked, this, &ImportDialog::leaseWanted);
    connect(m_ui->importTry, &QPushButton::clicked, this, [this] { start(Run::Try); });
    connect(m_ui->importWrite, &QPushButton::clicked, this, [this] { start(Run::Write); });
    connect(m_ui->importClose, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(&m_project, &session::Project::leaseChanged, this, &ImportDialog::showState);
    connect(&m_project, &session::Project::databaseChanged, this, &ImportDialog::takeTable);
    connect(&m_project, &session::Project::tenantChanged, this, &ImportDialog::takeTable);
}

/// The table as the server has it now, for the tenant that is chosen now.
void ImportDialog::takeTable()
{
    const std::optional<schema::Database> &database = m_project.database().value;
    const schema::Table *table = database ? database->table(m_name) : nullptr;
    const std::optional<schema::Table> before = m_table;
    m_table = table ? std::optional(*table) : std::nullopt;
    const QString own =
        table ? session::tenantColumns(*table, m_project.reach()).join(QStringLiteral(", "))
              : QString();
    const std::optional<session::Tenant> tenant = m_project.tenant();
    const QString scope =
        !tenant ? tr("No tenant is chosen: the file says whose rows they are.")
        : own.isEmpty()
            ? tr("Only rows of %1 are taken.").arg(m_project.chosenLabel(m_name))
            : tr("All rows become %1's: %2 is filled in.").arg(m_project.chosenLabel(m_name), own);
    if (m_table == before && m_ui->importScope->text() == scope) {
        showState(); // and what the person has chosen stays
        return;
    }
    m_ui->importScope->setText(scope);
    showColumns();
}

void ImportDialog::ask(const schema::Name &table, const QString &folder, QWidget *parent,
                       const std::function<void(const QString &path)> &chosen)
{
    auto *dialog = new QFileDialog(parent, tr("Import into %1").arg(table.qualified()));
    dialog->setObjectName(QStringLiteral("importFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    startIn(*dialog, folder);
    dialog->setNameFilters({tr("Separated values (*.csv *.tsv *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

void ImportDialog::askBadRows()
{
    auto *dialog = new QFileDialog(this, tr("Keep the bad rows"));
    dialog->setObjectName(QStringLiteral("badRowsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setDirectory(QFileInfo(m_path).path());
    dialog->selectFile(tr("%1 bad rows.csv").arg(QFileInfo(m_path).completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_badRowsPath = path;
        changed();
    });
    connect(dialog, &QFileDialog::finished, this, [this] {
        if (m_badRowsPath.isEmpty())
            m_ui->importBad->setCurrentIndex(0);
    });
    dialog->open();
}

void ImportDialog::setFile(const QString &path)
{
    m_path = path;
    m_badRowsPath.clear(); // it was chosen for the file before
    m_ui->importBad->setCurrentIndex(0);
    m_ui->importFile->setText(QDir::toNativeSeparators(path));
    m_ui->importFile->setToolTip(m_ui->importFile->text());
    readFile();
}

/// Its beginning, on a worker thread: the disk may be far away.
void ImportDialog::readFile()
{
    base::disregard(m_reading);
    m_preview.reset();
    m_unread.reset();
    m_reading = base::receive(this, session::readPreview(request(Run::Try).file, previewed),
                              [this](const base::Result<session::ImportPreview> &preview) {
                                  m_reading = nullptr;
                                  if (preview)
                                      m_preview = *preview;
                                  else
                                      m_unread = preview.error();
                                  showColumns();
                              });
    changed();
}

void ImportDialog::showColumns()
{
    const session::ImportPreview preview = m_preview.value_or(session::ImportPreview());
    const schema::Table table = m_table.value_or(schema::Table());
    const QStringList targets = targetsOf(table, m_project.reach());
    session::ImportMapping mapping =
        session::mappingByName(preview.titles, table, m_project.placedCode().table(m_name));
    for (qsizetype i = 0; i < mapping.columns.size(); ++i) {
        if (!mapping.columns.at(i).isEmpty() && !targets.contains(mapping.columns.at(i)))
            mapping.notes[i] = tr("the chosen tenant fills it");
    }
    m_ui->importColumns->show(preview, mapping, targets);
    changed();
}

void ImportDialog::changed()
{
    m_isWritten = false;
    m_isReported = false;
    m_ui->importBadRows->hide();
    m_ui->importBadPath->setText(QDir::toNativeSeparators(m_badRowsPath));
    showState();
}

/// Why nothing can be imported as things are.
std::optional<ImportDialog::Obstacle> ImportDialog::obstacle() const
{
    constexpr const char *wrong = "removed";
    if (m_unread)
        return Obstacle{*m_unread, wrong};
    if (!m_table)
        return Obstacle{{.text = tr("%1 is not in the database").arg(m_name.qualified())}, wrong};
    if (const auto refusal = session::whyNotImported(*m_table, m_project.reach()))
        return Obstacle{*refusal, wrong};
    if (!m_preview)
        return Obstacle{{.text = tr("Reading the file…")}, "dim"};
    if (m_preview->rows.isEmpty() && m_preview->faults.isEmpty())
        return Obstacle{{.text = tr("There are no rows below the titles"), .where = m_path},
                        "changed"};
    const auto fits = session::examine(m_ui->importColumns->chosen(), *m_table, m_project.reach());
    if (!fits)
        return Obstacle{fits.error(), wrong};
    if (!m_project.writable())
        return Obstacle{
            {.text = tr("The connection is read-only"),
             .detail = tr("a dry run tries everything and undoes it, so it writes, too"),
             .hint = tr("allow writes first")},
            "changed"};
    return std::nullopt;
}

void ImportDialog::showState()
{
    const bool isRunning = m_running != nullptr;
    const std::optional<Obstacle> why = obstacle();
    m_ui->importTry->setEnabled(!why && !isRunning);
    m_ui->importWrite->setEnabled(!why && !isRunning && !m_isWritten);
    m_ui->importLease->setVisible(!m_project.writable() && !isRunning);
    m_ui->importClose->setText(isRunning ? tr("Cancel") : tr("Close"));
    m_ui->importProgress->setVisible(isRunning);
    for (QWidget *choice : QList<QWidget *>{
             m_ui->importChoose, m_ui->importDelimiter, m_ui->importEncoding, m_ui->importTitles,
             m_ui->importNull, m_ui->importColumns, m_ui->importConflict, m_ui->importBad})
        choice->setEnabled(!isRunning);
    if (isRunning || m_isReported)
        return;
    const QStringList faults = m_preview && !why ? m_preview->faults : QStringList();
    if (faults.isEmpty())
        say(why ? base::toLine(why->error) : QString(), why ? why->tone : "");
    else
        say(tr("Of the first rows some cannot be read: %1").arg(faults.first()), "changed");
}

session::ImportRequest ImportDialog::request(Run run) const
{
    session::ImportRequest request;
    request.file.path = m_path;
    rows::CsvFormat &format = request.file.format;
    format.delimiter = char(m_ui->importDelimiter->currentData().toInt());
    format.encoding = rows::CsvEncoding(m_ui->importEncoding->currentData().toInt());
    format.hasTitles = m_ui->importTitles->isChecked();
    if (const QString null = m_ui->importNull->text(); !null.isEmpty())
        format.nullText = null.toUtf8();
    if (m_table)
        request.table = *m_table;
    request.columns = m_ui->importColumns->chosen();
    request.onConflict = OnConflict(m_ui->importConflict->currentData().toInt());
    request.dryRun = run == Run::Try;
    request.badRowsPath = m_badRowsPath;
    return request;
}

void ImportDialog::start(Run run)
{
    if (m_running || obstacle())
        return;
    changed();
    const bool wasThere = m_ui->importTry->hasFocus();
    m_progress = std::make_shared<session::ImportProgress>();
    m_running =
        base::receive(this, m_project.importRows(request(run), m_progress),
                      [this, run, wasThere](const base::Result<session::ImportReport> &report) {
                          const bool isCancelled = m_running->isCanceled();
                          m_running = nullptr;
                          m_tick.stop();
                          // What was cancelled may have been done all the same.
                          base::Result<session::ImportReport> end =
                              m_progress->end.value_or(report);
                          if (isCancelled && end && end->isWritten)
                              end->notes << tr("It was too late to cancel.");
                          finish(run, end);
                          // It went elsewhere when the button was disabled.
                          if (wasThere && (!focusWidget() || m_ui->importClose->hasFocus()))
                              m_ui->importTry->setFocus();
                      });
    m_tick.start();
    showProgress();
    showState();
}

void ImportDialog::showProgress()
{
    using Step = session::ImportProgress::Step;
    const Step step = m_progress->step;
    const qint64 size = m_progress->size;
    const QString rows = grouped(m_progress->rows);
    m_ui->importProgress->setRange(0, step == Step::Reading && size > 0 ? 1000 : 0);
    if (size > 0)
        m_ui->importProgress->setValue(int(m_progress->bytes * 1000 / size));
    say(step == Step::Reading    ? tr("Reading the file: %1 rows").arg(rows)
        : step == Step::Checking ? tr("Looking for bad rows among %1").arg(rows)
                                 : tr("Writing %1 rows").arg(rows),
        "dim");
}

void ImportDialog::finish(Run run, const base::Result<session::ImportReport> &report)
{
    m_isReported = true;
    if (report) {
        showReport(run, *report);
        return;
    }
    const bool isCancelled = report.error().kind == base::ErrorKind::Cancelled;
    showState();
    say(isCancelled ? tr("Cancelled: nothing was written") : base::toLine(report.error()),
        isCancelled ? "dim" : "removed");
}

void ImportDialog::showReport(Run run, const session::ImportReport &report)
{
    m_isWritten = report.isWritten;
    const QString counts =
        tr("new %1, updated %2, left as they are %3")
            .arg(grouped(report.inserted), grouped(report.updated), grouped(report.skipped));
    const QString bad = tr("%1 of %2 rows are bad").arg(grouped(report.bad), grouped(report.rows));
    const bool isPartly = report.bad > 0 && !m_badRowsPath.isEmpty();
    QStringList lines;
    if (report.isWritten)
        lines << tr("Imported %1 rows: %2.").arg(grouped(report.good()), counts);
    else if (report.bad == 0 || isPartly)
        lines << tr("%1 rows can be imported: %2. Nothing was written yet.")
                     .arg(grouped(report.good()), counts);
    else
        lines << (run == Run::Try ? tr("%1: nothing would be imported.").arg(bad)
                                  : tr("%1: nothing was written.").arg(bad));
    if (isPartly)
        lines << (report.isWritten
                      ? tr("%1; they are in %2.").arg(bad, QDir::toNativeSeparators(m_badRowsPath))
                      : tr("%1.").arg(bad));
    if (report.badRows.size() < report.bad)
        lines << tr("The first %1 of them are listed.").arg(report.badRows.size());
    lines += report.notes;
    showState();
    say(lines.join(u'\n'), report.bad == 0 ? "added" : isPartly ? "changed" : "removed");
    showBadRows(report);
    if (report.isWritten)
        Q_EMIT rowsWritten();
}

void ImportDialog::showBadRows(const session::ImportReport &report)
{
    QTableWidget *list = m_ui->importBadRows;
    list->setVisible(!report.badRows.isEmpty());
    list->setRowCount(int(report.badRows.size()));
    for (int row = 0; row < list->rowCount(); ++row) {
        const session::BadRow &bad = report.badRows.at(row);
        const QString cells[]{QString::number(bad.line), bad.column, bad.value, bad.reason};
        for (int column = 0; column < 4; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            list->setItem(row, column, item);
        }
    }
}

void ImportDialog::say(const QString &text, const char *tone)
{
    m_ui->importText->setText(text);
    m_ui->importText->setVisible(!text.isEmpty());
    setStyleProperty(m_ui->importText, "tone", QString::fromLatin1(tone));
}

void ImportDialog::reject()
{
    if (m_running)
        m_running->cancel();
    else
        QDialog::reject();
}

} // namespace studio
