// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project.h"
#include "studio/migrations/migrationsview.h"

#include <QHash>
#include <QTimer>

namespace studio
{

/// The migrations of the open project: what is not generated yet, what is not applied yet, and what
/// each of them changes.
class MigrationsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit MigrationsPage(session::Project &project, QWidget *parent = nullptr);

Q_SIGNALS:
    void failed(const base::Error &error);
    void statusChanged(const QString &text);
    void leaseWanted(); ///< Apply was pressed while the connection is read-only

private:
    /// Code against folder as it was last compared. It stays in view while the code is broken or
    /// being read again.
    struct Pending {
        migrate::Plan plan;
        diff::Difference difference;
        schema::Database before, after;
    };

    void refresh();
    void takePending();
    void forgetCounts();
    void countNext();
    void showSelected();
    void showPending();
    void showMigration(int index);
    void generate(const QString &name);
    void apply();
    void setRunning(const QString &text);

    const QList<migrate::Migration> &migrations() const;
    QList<TimelineEntry> timeline() const;
    MigrationsState state() const;
    std::pair<QString, MigrationsView::NoticeTone> notice() const;
    /// The open questions with the person's answers.
    QList<std::pair<diff::RenameCandidate, bool>> questions() const;

    session::Project &m_project;
    MigrationsView *m_view;
    QString m_path; ///< of the project that m_pending is about
    std::optional<Pending> m_pending;
    QString m_selectedTag; ///< empty or not in the folder: what is not generated yet
    QList<diff::RenameCandidate> m_accepted;
    QHash<QString, DiffCounts> m_counts; ///< by tag
    QTimer m_counting;                   ///< compares one migration per turn of the event loop
    QString m_running;
};

} // namespace studio
