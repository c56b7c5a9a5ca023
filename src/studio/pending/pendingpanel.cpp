// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/pending/pendingpanel.h"

#include "base/receive.h"
#include "session/editing.h"
#include "session/project.h"
#include "studio/pending/conflictview.h"
#include "studio/pending/pendingtree.h"
#include "studio/widgets/codeview.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace studio
{

namespace
{
using edits::RowEdit;

/// A cell that the code would fill with the change.
struct CodeFilled {
    const RowEdit *row;
    const schema::Column *column;
};

QList<CodeFilled> leftToTheCode(const edits::Staged &staged, const session::Project &project)
{
    QList<CodeFilled> left;
    const auto &code = project.code().value;
    if (!code)
        return left;
    for (const RowEdit &row : staged.rows) {
        const schema::Table *table = code->schema.table(row.id.table);
        if (!table || row.kind == RowEdit::Kind::Delete)
            continue;
        for (const schema::Column &column : table->columns) {
            const bool isFilled = row.kind == RowEdit::Kind::Insert
                                      ? column.filledByCode.onInsert && !column.defaultValue
                                      : column.filledByCode.onUpdate;
            if (isFilled && !row.cell(column.name))
                left << CodeFilled{&row, &column};
        }
    }
    return left;
}

bool isTime(const schema::Column &column)
{
    return column.type.startsWith(QLatin1String("timestamp")) ||
           column.type == QLatin1String("date");
}
} // namespace

PendingPanel::PendingPanel(session::Project &project, QWidget *parent)
    : QWidget(parent)
    , m_project(project)
    , m_editing(project.editing())
{
    setObjectName(QStringLiteral("pendingPanel"));
    setAccessibleName(tr("Pending changes"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    compose();
    connectAll();
    refresh();
}

QPushButton *PendingPanel::button(const char *name, const QString &text, const QString &tip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    return made;
}

void PendingPanel::compose()
{
    m_commit = button("commitEdits", tr("Commit"), tr("Write everything in one transaction"));
    m_commit->setProperty("primary", true);
    m_discard = button("discardEdits", tr("Discard all"), tr("Drop every staged edit"));
    m_undo = button("undoEdit", tr("Undo"), tr("Take the last step back (Ctrl+Z)"));
    m_redo = button("redoEdit", tr("Redo"), tr("Make it again (Ctrl+Shift+Z)"));
    m_takeBack = button("undoCommit", tr("Undo last commit"),
                        tr("Stage what takes the last commit back, to be looked at"));
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("pendingProblem"));
    m_problem->setProperty("tone", QStringLiteral("removed"));
    m_problem->setWordWrap(true);
    m_codeNote = new QLabel(this);
    m_codeNote->setObjectName(QStringLiteral("codeNote"));
    m_codeNote->setProperty("tone", QStringLiteral("changed"));
    m_codeNote->setWordWrap(true);
    m_fill = button("fillByCode", tr("Set to now"),
                    tr("Stage the time of this machine for the columns that hold one"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 6);
    bar->setSpacing(6);
    for (QPushButton *each : {m_commit, m_discard, m_undo, m_redo, m_takeBack})
        bar->addWidget(each);
    bar->addSpacing(8);
    bar->addWidget(m_codeNote, 1);
    bar->addWidget(m_fill);
    bar->addStretch(0);

    auto *both = new QSplitter(this);
    both->setHandleWidth(1);
    both->setChildrenCollapsible(false);
    m_tree = new PendingTree(both);
    m_sql = new CodeView(CodeView::Language::Sql, both);
    m_sql->setObjectName(QStringLiteral("pendingSql"));
    m_sql->setAccessibleName(tr("SQL of the commit"));
    both->addWidget(m_tree);
    both->addWidget(m_sql);
    both->setStretchFactor(0, 1);
    both->setStretchFactor(1, 1);
    auto *nothing = new QLabel(
        tr("No edits are staged. Double click a cell of a table, or press F2 on it."), this);
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setProperty("tone", QStringLiteral("dim"));
    m_conflicts = new ConflictView(this);
    m_pages = new QStackedWidget(this);
    for (QWidget *page : {static_cast<QWidget *>(nothing), static_cast<QWidget *>(both),
                          static_cast<QWidget *>(m_conflicts)})
        m_pages->addWidget(page);
    m_problem->setContentsMargins(10, 0, 10, 6);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(bar);
    all->addWidget(m_problem);
    all->addWidget(m_pages, 1);
    setFocusProxy(m_tree);
}

void PendingPanel::connectAll()
{
    using session::Editing;
    connect(&m_editing, &Editing::changed, this, &PendingPanel::refresh);
    connect(&m_editing, &Editing::committed, this,
            [this](const auto &written) { Q_EMIT committed(written.size()); });
    connect(&m_project, &session::Project::tenantChanged, this, &PendingPanel::refresh);
    connect(&m_project, &session::Project::leaseChanged, this, &PendingPanel::refresh);
    connect(&m_project, &session::Project::databaseChanged, this, &PendingPanel::refresh);
    connect(m_commit, &QPushButton::clicked, this, &PendingPanel::commit);
    connect(m_discard, &QPushButton::clicked, &m_editing, &Editing::revertAll);
    connect(m_undo, &QPushButton::clicked, &m_editing, &Editing::undo);
    connect(m_redo, &QPushButton::clicked, &m_editing, &Editing::redo);
    connect(m_takeBack, &QPushButton::clicked, &m_editing, &Editing::takeBack);
    connect(m_fill, &QPushButton::clicked, this, &PendingPanel::fillByCode);
    connect(m_tree, &PendingTree::cellRevertWanted, &m_editing, &Editing::revertCell);
    connect(m_tree, &PendingTree::rowRevertWanted, &m_editing, &Editing::revertRow);
    connect(m_tree, &PendingTree::tableRevertWanted, &m_editing, &Editing::revertTable);
    connect(m_tree, &PendingTree::tableWanted, this, &PendingPanel::tableWanted);
    connect(m_tree, &PendingTree::rowChosen, this, &PendingPanel::markChosen);
    connect(m_conflicts, &ConflictView::resolved, &m_editing, &Editing::resolve);
}

qsizetype PendingPanel::count() const
{
    return m_editing.staged().rows.size();
}

void PendingPanel::commit()
{
    if (count() == 0 || m_editing.isCommitting())
        return;
    if (!m_project.writable()) {
        Q_EMIT leaseWanted();
        return;
    }
    base::receive(this, m_editing.commit(),
                  [this](const base::Result<session::CommitAnswer> &result) {
                      if (!result)
                          Q_EMIT failed(result.error());
                      else if (!result->conflicts.isEmpty())
                          Q_EMIT conflictsMet();
                  });
}

void PendingPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void PendingPanel::refresh()
{
    Q_EMIT countChanged();
    // Thousands of rows take their time as statements: nobody waits for what is not on the screen.
    if (!isVisible())
        return;
    const bool isBusy = m_editing.isCommitting();
    const bool isEmpty = count() == 0;
    m_tree->setStaged(m_editing.staged());
    if (!m_editing.conflicts().isEmpty())
        m_conflicts->setConflicts(m_editing.conflicts());
    m_pages->setCurrentIndex(!m_editing.conflicts().isEmpty() ? 2 : isEmpty ? 0 : 1);
    m_commit->setText(isBusy                              ? tr("Committing…")
                      : !m_project.writable() && !isEmpty ? tr("Allow writes, then commit")
                                                          : tr("Commit"));
    m_commit->setEnabled(!isEmpty && !isBusy && m_editing.conflicts().isEmpty());
    m_discard->setEnabled(!isEmpty && !isBusy);
    m_undo->setEnabled(m_editing.canUndo() && !isBusy);
    m_redo->setEnabled(m_editing.canRedo() && !isBusy);
    m_takeBack->setEnabled(m_editing.canTakeBack() && !isBusy);
    refreshSql();
    refreshCodeNote();
}

/// Thousands of statements take their time: they come later, and the newest are shown.
void PendingPanel::refreshSql()
{
    using Writes = base::Result<QList<edits::Write>>;
    base::disregard(m_writing);
    m_writing = nullptr;
    if (count() == 0)
        return showSql(QList<edits::Write>());
    m_writing = base::receive(this, m_editing.writes(), [this](const Writes &writes) {
        m_writing = nullptr;
        showSql(writes);
    });
}

void PendingPanel::showSql(const base::Result<QList<edits::Write>> &writes)
{
    m_problem->setVisible(!writes);
    m_places.clear();
    if (!writes) {
        m_problem->setText(base::toLine(writes.error()));
        m_commit->setEnabled(false);
        m_sql->setContent({});
        return;
    }
    QString text;
    for (const edits::Write &write : *writes) {
        m_places.insert(write.edit.id, {text.size(), write.readable.size()});
        text += write.readable + QStringLiteral(";\n\n");
    }
    m_sql->setContent(text.trimmed());
    markChosen();
}

/// The statement of the row that is chosen.
void PendingPanel::markChosen()
{
    const std::optional<edits::RowId> row = m_tree->currentRow();
    const base::TextSpan chosen = row ? m_places.value(*row) : base::TextSpan();
    if (chosen.length > 0)
        m_sql->mark({chosen}, CodeView::Mark::Accent);
    else
        m_sql->clearMarks(CodeView::Mark::Accent);
}

void PendingPanel::refreshCodeNote()
{
    QStringList names;
    bool hasTime = false;
    for (const CodeFilled &one : leftToTheCode(m_editing.staged(), m_project)) {
        const QString name = one.row->id.table.name + QLatin1Char('.') + one.column->name;
        if (!names.contains(name))
            names << name;
        hasTime = hasTime || isTime(*one.column);
    }
    m_codeNote->setVisible(!names.isEmpty());
    m_codeNote->setText(
        tr("Your code fills %1; Sluice does not run it.").arg(names.join(QStringLiteral(", "))));
    m_fill->setVisible(hasTime);
}

/// Stages the time for the columns that the code would set to it.
void PendingPanel::fillByCode()
{
    const edits::Staged staged = m_editing.staged();
    const QByteArray now = QDateTime::currentDateTimeUtc()
                               .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz+00"))
                               .toUtf8();
    QList<session::CellChange> changes;
    for (const CodeFilled &one : leftToTheCode(staged, m_project)) {
        if (!isTime(*one.column))
            continue;
        // What the cell holds is not known here: it is written whatever it is by then.
        const edits::RowId &row = one.row->id;
        changes << session::CellChange{row,
                                       {one.column->name,
                                        {.text = {}, .isDigest = false, .isUnknown = !row.isNew()},
                                        {edits::NewValue::Kind::Value, now}}};
    }
    if (const auto refusal = m_editing.setCells(changes))
        Q_EMIT failed(*refusal);
}

} // namespace studio
