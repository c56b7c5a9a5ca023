// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "studio/migrations/diffview.h"
#include "studio/migrations/migrationsstate.h"
#include "studio/migrations/statementmodel.h"
#include "studio/migrations/timelinemodel.h"

#include <QWidget>

#include <memory>

namespace Ui
{
class MigrationsView;
}

namespace studio
{

/// The page's widgets on plain values: timeline, picture, statements and the two buttons.
class MigrationsView final : public QWidget
{
    Q_OBJECT

public:
    explicit MigrationsView(QWidget *parent = nullptr);
    ~MigrationsView() override;

    /// Keeps the selected row.
    void setTimeline(const QList<TimelineEntry> &entries);
    void select(int row); ///< says nothing: selected() is for what the person does
    int selectedRow() const;

    void setPicture(const DiffPicture &picture);
    void setStatements(const QList<StatementRow> &statements);
    void setState(const MigrationsState &state);
    /// A sentence above the picture; empty hides it. A failure is shown in the colour of one.
    enum class NoticeTone { Hint, Failure };
    void setNotice(const QString &text, NoticeTone tone);
    void clearName();

Q_SIGNALS:
    void selected(int row);
    void generateRequested(const QString &name);
    void safeRequested(bool safe);
    void applyRequested();
    void leaseRequested();
    void connectRequested();
    void answered(const diff::RenameCandidate &candidate, studio::RenameReply reply);
    void joined(const diff::RenameCandidate &candidate);

private:
    void setUpLists();
    void showState();
    void copyStatements();

    std::unique_ptr<Ui::MigrationsView> m_ui;
    TimelineModel *m_timeline;
    StatementModel *m_statements;
    MigrationsState m_state;
    bool m_quiet = false;      ///< the selection is set by the program
    bool m_leaseAsked = false; ///< the person has pressed Apply without a lease
};

} // namespace studio
