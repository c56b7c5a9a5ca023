// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/audit/auditpage.h"

#include "rows/formats.h"
#include "session/project.h"
#include "studio/audit/auditdelegate.h"
#include "studio/audit/auditmodel.h"
#include "studio/widgets/codeview.h"
#include "studio/widgets/panetitle.h"
#include "studio/widgets/rowsview.h"
#include "ui_auditpage.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>

namespace studio
{

namespace
{
using State = session::Loaded<schema::Database>::State;

constexpr qint64 shownRows = 1'000; // more are counted and exported, not looked through

void copy(const CodeView &view)
{
    QGuiApplication::clipboard()->setText(view.text());
}
} // namespace

AuditPage::AuditPage(session::Project &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_ui(std::make_unique<Ui::AuditPage>())
    , m_model(new AuditModel(this))
    , m_rows({.fetch =
                  [this](const query::Select &) { return m_project.auditRows(*m_key, shownRows); },
              .count = [this](const query::Select &select) { return m_project.count(select); }})
    , m_view(new RowsView(m_rows))
    , m_drizzle(new CodeView(CodeView::Language::TypeScript))
    , m_sql(new CodeView(CodeView::Language::Sql))
{
    m_ui->setupUi(this);
    setAccessibleName(tr("Audit of the tenants"));
    layOut();
    connectAll();
    showRemedy({});
    databaseChanged();
}

AuditPage::~AuditPage() = default;

void AuditPage::layOut()
{
    m_ui->keys->setModel(m_model);
    m_ui->keys->setItemDelegate(new AuditDelegate(this));
    m_ui->keys->setMouseTracking(true);
    addPaneTitle(m_ui->drizzleHead, tr("Drizzle"));
    addPaneTitle(m_ui->sqlHead, tr("SQL"));
    m_drizzle->setObjectName(QStringLiteral("remedyDrizzle"));
    m_drizzle->setAccessibleName(tr("The key that would have prevented it, as Drizzle code"));
    m_sql->setObjectName(QStringLiteral("remedySql"));
    m_sql->setAccessibleName(tr("The migration that comes of it"));
    m_ui->rowsPaneLayout->addWidget(m_view, 1);
    m_ui->drizzlePaneLayout->addWidget(m_drizzle, 1);
    m_ui->sqlPaneLayout->addWidget(m_sql, 1);
    m_ui->bodySplitter->setSizes({330, 950});
    m_ui->bodySplitter->setStretchFactor(1, 1);
    m_ui->rightSplitter->setSizes({430, 300});
    m_ui->rightSplitter->setStretchFactor(0, 1);
    m_ui->codeSplitter->setSizes({500, 500});
    setFocusProxy(m_ui->keys);
}

void AuditPage::connectAll()
{
    connect(&m_project, &session::Project::databaseChanged, this, &AuditPage::databaseChanged);
    connect(&m_project, &session::Project::tenantChanged, this, &AuditPage::ask);
    connect(m_ui->askAgain, &QPushButton::clicked, this, &AuditPage::ask);
    connect(m_ui->exportRows, &QPushButton::clicked, this, &AuditPage::exportRows);
    connect(m_ui->copyDrizzle, &QPushButton::clicked, this, [this] {
        copy(*m_drizzle);
        say(tr("Copied the Drizzle code"));
    });
    connect(m_ui->copySql, &QPushButton::clicked, this, [this] {
        copy(*m_sql);
        say(tr("Copied the SQL"));
    });
    connect(m_ui->keys->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { showKey(current.row()); });
    connect(m_view, &RowsView::idleAction, &m_project, &session::Project::connectDatabase);
    connect(m_view, &RowsView::notice, this, &AuditPage::say);
    connect(&m_rows, &RowsModel::stateChanged, this, [this] {
        if (m_rows.state() == RowsModel::State::Failed && m_rows.error())
            Q_EMIT failed(*m_rows.error());
        Q_EMIT statusChanged(statusText());
    });
}

void AuditPage::databaseChanged()
{
    const session::Loaded<schema::Database> &database = m_project.database();
    if (database.state == State::None) {
        m_asked = false;
        receive(QList<session::AuditFinding>());
        m_view->setIdle(tr("Connecting…"), tr("The foreign keys are read before their rows"));
        m_project.connectDatabase();
    } else if (database.state == State::Failed && !database.value) {
        const base::Error error = database.error.value_or(base::Error());
        m_view->setIdle(error.text, error.hint, tr("Try again"), RowsMessage::Tone::Failure);
    } else if (database.state == State::Ready && !m_asked && !m_asking) {
        ask();
    }
    showSummary();
}

void AuditPage::ask()
{
    if (m_project.database().state != State::Ready)
        return;
    if (!m_project.hasTenants()) {
        m_view->setIdle(tr("This database has no tenants"),
                        tr("No column like organization_id was recognised"));
        return;
    }
    base::disregard(m_asking);
    // Rows of another tenant do not stay on the screen.
    m_rows.clear();
    m_view->setIdle(tr("Asking about every foreign key…"));
    m_asking = base::receive(this, m_project.audit(),
                             [this](const base::Result<QList<session::AuditFinding>> &result) {
                                 m_asking = nullptr;
                                 m_asked = true;
                                 receive(result);
                             });
    showSummary();
}

void AuditPage::receive(const base::Result<QList<session::AuditFinding>> &result)
{
    if (!result) {
        m_view->setIdle(result.error().text, result.error().hint, tr("Try again"),
                        RowsMessage::Tone::Failure);
        Q_EMIT failed(result.error());
        showSummary();
        return;
    }
    const std::optional<tenant::AuditKey> before = m_key;
    m_model->setFindings(*result);
    const int same = before ? m_model->find(*before) : -1;
    showKey(-1);
    m_view->setIdle(result->isEmpty() ? tr("No foreign key joins two tables of tenants")
                                      : QString());
    m_ui->keys->setCurrentIndex(m_model->index(std::max(0, same)));
    showSummary();
}

void AuditPage::showKey(int row)
{
    if (row < 0 || row >= m_model->rowCount()) {
        m_key.reset();
        m_rows.clear();
        showRemedy({});
        m_ui->exportRows->setEnabled(false);
        return;
    }
    const session::AuditFinding &finding = m_model->at(row);
    m_key = finding.key;
    m_ui->exportRows->setEnabled(finding.isFound());
    m_view->setEmptyText(findingText(finding), {});
    if (finding.isFound()) {
        m_rows.setQuery({});
    } else {
        m_rows.clear();
        m_view->setIdle(findingText(finding));
    }
    showRemedy(m_project.auditRemedy(finding.key));
    Q_EMIT statusChanged(statusText());
}

void AuditPage::showRemedy(const session::AuditRemedy &remedy)
{
    m_ui->remedyNotice->setText(remedy.notice);
    m_ui->remedyNotice->setVisible(!remedy.notice.isEmpty());
    m_drizzle->setContent(remedy.drizzle);
    m_sql->setContent(remedy.statements.join(u'\n'));
    m_ui->drizzlePane->setVisible(!remedy.drizzle.isEmpty());
    m_ui->sqlPane->setVisible(!remedy.statements.isEmpty());
    m_ui->remedyPane->setVisible(!remedy.notice.isEmpty() || !remedy.statements.isEmpty());
    m_ui->codeSplitter->setVisible(!remedy.statements.isEmpty());
    constexpr int noticeHeight = 64; // without code beneath it, a notice needs no half of the page
    m_ui->remedyPane->setMaximumHeight(remedy.statements.isEmpty() ? noticeHeight
                                                                   : QWIDGETSIZE_MAX);
}

void AuditPage::showSummary()
{
    const std::optional<session::Tenant> tenant = m_project.tenant();
    // What crosses between tenants is looked at for the whole of one.
    m_ui->scopeLabel->setText(
        !tenant ? tr("Rows of all tenants")
        : m_project.nested()
            ? tr("Rows of the whole of %1, and what they touch").arg(tenant->text())
            : tr("Rows of %1, and what they touch").arg(tenant->text()));
    QStringList text;
    if (m_asking) {
        text << tr("asking…");
    } else if (m_asked) {
        const auto add = [this, &text](const QString &words, AuditModel::State state, bool always) {
            const qsizetype number = m_model->count(state);
            if (number > 0 || always)
                text << words.arg(number);
        };
        add(tr("keys with rows that cross: %1"), AuditModel::State::Found, true);
        add(tr("without: %1"), AuditModel::State::Clean, true);
        add(tr("that cannot cross: %1"), AuditModel::State::Held, false);
        add(tr("not known: %1"), AuditModel::State::Unknown, false);
    }
    m_ui->summary->setText(text.join(QStringLiteral(" · ")));
    m_ui->askAgain->setEnabled(!m_asking);
    Q_EMIT statusChanged(statusText());
}

void AuditPage::exportRows()
{
    if (!m_key)
        return;
    auto *dialog = new QFileDialog(this, tr("Export the rows"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("CSV (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("%1-%2.csv")
                           .arg(m_key->table.name, m_key->key.columns.join(QLatin1Char('-'))));
    connect(dialog, &QFileDialog::fileSelected, this, [this, key = *m_key](const QString &file) {
        base::disregard(m_exporting);
        say(tr("Exporting…"));
        m_exporting = base::receive(this, m_project.auditRows(key, std::nullopt),
                                    [this, file](const base::Result<rows::Page> &page) {
                                        m_exporting = nullptr;
                                        writeRows(file, page);
                                    });
    });
    dialog->open();
}

void AuditPage::writeRows(const QString &file, const base::Result<rows::Page> &page)
{
    if (!page) {
        say({});
        Q_EMIT failed(page.error());
        return;
    }
    QSaveFile written(file);
    if (!written.open(QIODevice::WriteOnly) || written.write(rows::asCsv(*page)) < 0 ||
        !written.commit()) {
        say({});
        Q_EMIT failed({.kind = base::ErrorKind::Io,
                       .text = tr("The rows could not be written"),
                       .where = file,
                       .detail = written.errorString()});
        return;
    }
    say(tr("Exported to %1, rows: %2").arg(file).arg(page->rowCount()));
}

void AuditPage::say(const QString &notice)
{
    m_notice = notice;
    Q_EMIT statusChanged(statusText());
}

QString AuditPage::statusText() const
{
    if (!m_notice.isEmpty())
        return m_notice;
    const int row = m_ui->keys->currentIndex().row();
    if (!m_key || row < 0 || row >= m_model->rowCount())
        return {};
    const session::AuditFinding &finding = m_model->at(row);
    QStringList parts{findingText(finding)};
    if (finding.crossing + finding.oneSided > shownRows)
        parts << tr("the first %1 are shown").arg(shownRows);
    return parts.join(QStringLiteral(" · "));
}

} // namespace studio
