// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does with staged edits.
#include "session/editing.h"
#include "studio/pending/pendingpanel.h"
#include "studio/shell/bottompanel.h"
#include "studio/shell/editkeeper.h"
#include "studio/shell/mainwindow.h"
#include "studio/shell/statusrow.h"
#include "studio/widgets/messagebar.h"

#include <QAction>
#include <QSplitter>
#include <QStackedWidget>

namespace studio
{

namespace
{
const auto savedKey = QStringLiteral("saved");
const auto notSavedKey = QStringLiteral("notSaved");
} // namespace

void MainWindow::connectEdits()
{
    session::Editing &editing = m_project.editing();
    auto *keeper = new EditKeeper(m_project, m_preferences, this);
    connect(keeper, &EditKeeper::failed, this,
            [this](const base::Error &error) { showError(error, QStringLiteral("edits")); });
    connect(keeper, &EditKeeper::restored, this, [this](qsizetype rows) {
        m_messages->post({.severity = Message::Severity::Notice,
                          .key = QStringLiteral("edits"),
                          .what = tr("Rows with edits from the last time: %1").arg(rows),
                          .action = tr("Show them"),
                          .run = [this] { showPending(); }});
    });
    connect(m_pending, &PendingPanel::countChanged, this, &MainWindow::refreshEdits);
    connect(m_pending, &PendingPanel::leaseWanted, this, &MainWindow::leaseWanted);
    connect(m_pending, &PendingPanel::failed, this,
            [this](const base::Error &error) { showFailure(error, notSavedKey); });
    connect(m_pending, &PendingPanel::conflictsMet, this, [this] {
        showPending();
        constexpr int wanted = 340; // px: a conflict can be read without scrolling
        const int all = m_right->height();
        if (m_bottom->height() < wanted && all > 2 * wanted)
            m_right->setSizes({all - wanted, wanted});
    });
    connect(m_pending, &PendingPanel::tableWanted, this,
            [this](const schema::Name &table) { openTable(table, true); });
    connect(m_pending, &PendingPanel::committed, this, [this, &editing](qsizetype rows) {
        m_messages->dismiss(notSavedKey);
        m_messages->post({.severity = Message::Severity::Success,
                          .key = savedKey,
                          .what = tr("Rows saved: %1").arg(rows),
                          .why = editing.lost().isEmpty()
                                     ? QString()
                                     : tr("What became of rows of %1, which referred to those that "
                                          "were deleted, stays when the commit is undone")
                                           .arg(editing.lost().join(QStringLiteral(", "))),
                          .action = tr("Undo last commit"),
                          .run = [this, &editing] {
                              editing.takeBack();
                              showPending();
                          }});
    });
    const auto on = [this](ActionId id, auto slot) {
        connect(m_actions->at(id), &QAction::triggered, this, slot);
    };
    connect(m_status, &StatusRow::editsWanted, this, &MainWindow::showPending);
    on(ActionId::Pending, [this] { showPending(); });
    on(ActionId::CommitEdits, [this] {
        // Who commits from among the rows goes on there.
        QWidget *before = focusWidget();
        showPending();
        if (before && before->isVisible())
            before->setFocus(Qt::OtherFocusReason);
        m_pending->commit();
    });
    on(ActionId::UndoEdit, [&editing] { editing.undo(); });
    on(ActionId::RedoEdit, [&editing] { editing.redo(); });
    refreshEdits();
}

void MainWindow::refreshEdits()
{
    const session::Editing &editing = m_project.editing();
    const qsizetype count = m_pending->count();
    // Its offer holds until something else is staged.
    if (!editing.canTakeBack())
        m_messages->dismiss(savedKey);
    if (count == 0)
        m_messages->dismiss(notSavedKey); // it was of those that are gone
    m_bottom->setTitle(m_pending,
                       count == 0 ? tr("Pending changes") : tr("Pending changes (%1)").arg(count));
    m_status->setEdits(
        {.text = count == 0 ? QString() : tr("not saved: %1").arg(count),
         .tone = QStringLiteral("changed"),
         .tip = tr("Rows with staged edits: click to review them, Ctrl+S commits them")});
    const QString nothing = tr("No edits are staged");
    m_actions->setPossible(ActionId::CommitEdits, count > 0 && !editing.isCommitting(), nothing);
    m_actions->setPossible(ActionId::UndoEdit, editing.canUndo(), nothing);
    m_actions->setPossible(ActionId::RedoEdit, editing.canRedo(), tr("Nothing was undone"));
}

void MainWindow::showPending()
{
    m_body->setCurrentWidget(m_splitter);
    m_bottom->open(m_pending);
}

} // namespace studio
