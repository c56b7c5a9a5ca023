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
        QList<BlockingRows> rows;
        schema::Database before, after;
    };
    /// A migration's picture as it was last read.
    struct Shown {
        QString tag;
        base::Result<session::MigrationPicture> picture;
    };

    void refresh();
    void takePending();
    void forgetCounts();
    void countNext();
    void showSelected();
    void showPending();
    void showMigration(int index);
    void read(int index);
    void generate(const QString &name);
    void apply();
    void setRunning(const QString &text);

    const QList<migrate::Migration> &migrations() const;
    QList<TimelineEntry> timeline() const;
    MigrationsState state() const;
    std::pair<QString, MigrationsView::NoticeTone> notice() const;
    /// What was answered since the last migration, then the open questions.
    QList<RenameQuestion> questions() const;
    void answer(const diff::RenameCandidate &candidate, RenameReply reply);

    session::Project &m_project;
    MigrationsView *m_view;
    QString m_path; ///< of the project that m_pending is about
    std::optional<Pending> m_pending;
    QString m_selectedTag; ///< empty or not in the folder: what is not generated yet
    QList<RenameQuestion> m_answered;
    std::optional<Shown> m_shown;
    bool m_fresh = false; ///< m_shown is of the folder as it is now
    QString m_readingTag; ///< of the picture that is being read
    QFutureWatcherBase *m_reading = nullptr;
    QHash<QString, DiffCounts> m_counts; ///< by tag
    QTimer m_refreshing;                 ///< what comes together is shown once
    QTimer m_counting;                   ///< compares one migration after the other
    QFutureWatcherBase *m_countReading = nullptr;
    QString m_running;
};

} // namespace studio
