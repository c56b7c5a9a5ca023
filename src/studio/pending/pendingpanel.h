// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/span.h"
#include "edits/statements.h"
#include "schema/database.h"

#include <QFutureWatcher>
#include <QHash>
#include <QWidget>

namespace session
{
class Editing;
class Project;
} // namespace session
QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace studio
{

class CodeView;
class ConflictView;
class PendingTree;

/// What is staged and not saved: the edits, the SQL of their commit, and what can be done with
/// them. In its place the conflicts of a commit that met some.
class PendingPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit PendingPanel(session::Project &project, QWidget *parent = nullptr);

    qsizetype count() const; ///< of rows
    void commit();           ///< what the button does

Q_SIGNALS:
    void countChanged();
    void leaseWanted();
    void tableWanted(const schema::Name &table);
    void failed(const base::Error &error);
    void committed(qsizetype rows);
    void conflictsMet();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void compose();
    void connectAll();
    void refresh();
    void refreshSql();
    void showSql(const base::Result<QList<edits::Write>> &writes);
    void markChosen();
    void refreshCodeNote();
    void fillByCode();
    QPushButton *button(const char *name, const QString &text, const QString &tip);

    session::Project &m_project;
    session::Editing &m_editing;
    QStackedWidget *m_pages = nullptr;
    PendingTree *m_tree = nullptr;
    ConflictView *m_conflicts = nullptr;
    CodeView *m_sql = nullptr;
    QHash<edits::RowId, base::TextSpan> m_places; ///< of their statements in m_sql
    QFutureWatcherBase *m_writing = nullptr;      ///< the newest request for them
    QLabel *m_problem = nullptr;
    QLabel *m_codeNote = nullptr;
    QPushButton *m_fill = nullptr;
    QPushButton *m_commit = nullptr;
    QPushButton *m_discard = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_redo = nullptr;
    QPushButton *m_takeBack = nullptr;
};

} // namespace studio
