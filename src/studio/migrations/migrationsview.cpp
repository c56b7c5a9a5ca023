// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/migrationsview.h"

#include "studio/migrations/statementdelegate.h"
#include "studio/migrations/timelinedelegate.h"
#include "studio/widgets/theme.h"
#include "ui_migrationsview.h"

#include <QAction>
#include <QClipboard>
#include <QRegularExpressionValidator>
#include <QScopedValueRollback>

namespace studio
{

MigrationsView::MigrationsView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::MigrationsView>())
    , m_timeline(new TimelineModel(this))
    , m_statements(new StatementModel(this))
{
    m_ui->setupUi(this);
    m_ui->notice->hide();
    m_ui->migrationName->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[A-Za-z0-9_-]{0,60}")), this));
    m_ui->across->setStretchFactor(1, 1);
    m_ui->across->setSizes({250, 1000});
    m_ui->down->setStretchFactor(0, 1);
    m_ui->down->setSizes({640, 190});
    setUpLists();

    connect(m_ui->diffCards, &DiffView::answered, this, &MigrationsView::answered);
    connect(m_ui->diffCards, &DiffView::joined, this, &MigrationsView::joined);
    connect(m_ui->generate, &QPushButton::clicked, this,
            [this] { Q_EMIT generateRequested(m_ui->migrationName->text()); });
    connect(m_ui->migrationName, &QLineEdit::returnPressed, m_ui->generate, &QPushButton::click);
    connect(m_ui->reason, &QLabel::linkActivated, m_ui->diffCards, &DiffView::showNotices);
    connect(m_ui->safe, &QPushButton::clicked, this, &MigrationsView::safeRequested);
    connect(m_ui->apply, &QPushButton::clicked, this, [this] {
        const ApplyAction action = applyAction(m_state);
        m_leaseAsked = action == ApplyAction::AskForLease;
        showState();
        if (action == ApplyAction::Apply)
            Q_EMIT applyRequested();
        else if (action == ApplyAction::AskForLease)
            Q_EMIT leaseRequested();
        else if (action == ApplyAction::Connect)
            Q_EMIT connectRequested();
    });
    showState();
}

MigrationsView::~MigrationsView() = default;

void MigrationsView::setUpLists()
{
    m_ui->timeline->setModel(m_timeline);
    m_ui->timeline->setItemDelegate(new TimelineDelegate(this));
    connect(m_ui->timeline->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid() && !m_quiet)
                    Q_EMIT selected(current.row());
            });

    m_ui->statements->setModel(m_statements);
    m_ui->statements->setItemDelegate(new StatementDelegate(this));
    connect(m_ui->statements, &QListView::activated, m_statements, &StatementModel::toggle);
    auto *copy = new QAction(tr("Copy SQL"), m_ui->statements);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &MigrationsView::copyStatements);
    m_ui->statements->addAction(copy);
    m_ui->statements->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void MigrationsView::setTimeline(const QList<TimelineEntry> &entries)
{
    const int row = selectedRow();
    const QScopedValueRollback quiet(m_quiet, true);
    m_timeline->setEntries(entries);
    select(std::clamp(row, 0, static_cast<int>(entries.size()) - 1));
}

void MigrationsView::select(int row)
{
    const QScopedValueRollback quiet(m_quiet, true);
    m_ui->timeline->setCurrentIndex(m_timeline->index(row));
}

int MigrationsView::selectedRow() const
{
    return m_ui->timeline->currentIndex().row();
}

void MigrationsView::setPicture(const DiffPicture &picture)
{
    m_ui->diffCards->setPicture(picture);
}

void MigrationsView::setStatements(const QList<StatementRow> &statements)
{
    m_statements->setStatements(statements);
    const auto count = statements.size();
    m_ui->statementsTitle->setText(count == 0   ? tr("SQL")
                                   : count == 1 ? tr("SQL (1 statement)")
                                                : tr("SQL (%1 statements)").arg(count));
}

void MigrationsView::setState(const MigrationsState &state)
{
    if (state == m_state)
        return;
    m_state = state;
    if (state.writable)
        m_leaseAsked = false;
    showState();
}

void MigrationsView::showState()
{
    const QString noGenerate = generateRefusal(m_state);
    m_ui->generate->setText(generateText(m_state));
    m_ui->generate->setEnabled(noGenerate.isEmpty());
    m_ui->generate->setToolTip(
        noGenerate.isEmpty() ? tr("Writes the next migration into the folder") : noGenerate);
    m_ui->generate->setAccessibleDescription(m_ui->generate->toolTip());
    m_ui->migrationName->setEnabled(noGenerate.isEmpty());

    // Also while the plan is made anew: the button must not lose the focus to that.
    m_ui->safe->setChecked(m_state.safe);
    m_ui->safe->setEnabled(m_state.differs && m_state.running.isEmpty());
    m_ui->safe->setAccessibleDescription(m_ui->safe->toolTip());

    const QString noApply = applyRefusal(m_state);
    m_ui->apply->setText(applyText(m_state));
    m_ui->apply->setEnabled(applyAction(m_state) != ApplyAction::None);
    m_ui->apply->setToolTip(noApply.isEmpty()
                                ? tr("Runs every pending migration, each in its own transaction")
                                : noApply);
    m_ui->apply->setAccessibleDescription(m_ui->apply->toolTip());

    // One line has to say enough: first what the person just ran into, then what blocks writing.
    const bool wantsAnswer = m_state.refused || m_state.openQuestions > 0;
    QString reason = m_leaseAsked ? noApply : noGenerate;
    if (reason.isEmpty() && m_state.ledger == MigrationsState::Source::Failed)
        reason = noApply;
    reason = reason.toHtmlEscaped();
    if (!m_leaseAsked && wantsAnswer && !reason.isEmpty())
        reason += QStringLiteral(" · <a href=\"#\">%1</a>").arg(tr("Show"));
    m_ui->reason->setText(reason);
    m_ui->reason->setVisible(!reason.isEmpty());
    const bool calm = !m_leaseAsked && !wantsAnswer &&
                      m_state.code != MigrationsState::Source::Failed &&
                      m_state.folder != MigrationsState::Source::Failed;
    setStyleProperty(m_ui->reason, "tone",
                     calm ? QStringLiteral("dim") : QStringLiteral("changed"));
}

void MigrationsView::setNotice(const QString &text, NoticeTone tone)
{
    m_ui->notice->setText(text);
    m_ui->notice->setVisible(!text.isEmpty());
    setStyleProperty(m_ui->notice, "message",
                     tone == NoticeTone::Failure ? QStringLiteral("removed")
                                                 : QStringLiteral("accent"));
}

void MigrationsView::clearName()
{
    m_ui->migrationName->clear();
}

void MigrationsView::copyStatements()
{
    QModelIndexList rows = m_ui->statements->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList sql;
    for (const QModelIndex &row : std::as_const(rows))
        sql.append(row.data(StatementModel::WholeRole).toString());
    if (!sql.isEmpty())
        QGuiApplication::clipboard()->setText(sql.join(u'\n'));
}

} // namespace studio
