// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/history.h"
#include "edits/statements.h"
#include "session/commitedits.h"
#include "session/deleteimpact.h"

#include <QHash>
#include <QObject>

namespace session
{

class Project;

struct CellChange {
    edits::RowId row;
    edits::CellEdit cell;
};

/// The staged edits of the open project: changed by the grids, shown by the panel, committed
/// together.
class Editing final : public QObject
{
    Q_OBJECT

public:
    explicit Editing(Project &project);

    const edits::Staged &staged() const { return m_history.now(); }
    const edits::RowEdit *row(const edits::RowId &id) const; ///< staged, or nothing
    /// The statements of a commit in their order, or why there can be none; made on another thread.
    QFuture<base::Result<QList<edits::Write>>> writes() const;

    /// Why no row, or not this column, can be edited now; nothing when they can be.
    std::optional<base::Error> whyClosed(const schema::Name &table) const;
    std::optional<base::Error> whyFixed(const schema::Name &table, const QString &column) const;

    // Each a step that can be undone; an error is a refusal, and nothing has changed.
    std::optional<base::Error> setCell(const edits::RowId &row, const QString &column,
                                       const edits::OldValue &before, const edits::NewValue &after);
    std::optional<base::Error> setCells(const QList<CellChange> &changes); ///< all, or none
    /// A new row, the tenant filled in.
    base::Result<edits::RowId> addRow(const schema::Name &table);
    /// New rows with these values, in one step; one that is refused refuses all.
    base::Result<QList<edits::RowId>> addRows(const schema::Name &table,
                                              const QList<QList<edits::CellEdit>> &rows);
    std::optional<base::Error> deleteRows(const QList<edits::RowId> &rows,
                                          const QList<QList<edits::SeenField>> &seen);
    void revertCell(const edits::RowId &row, const QString &column);
    void revertRow(const edits::RowId &row);
    void revertTable(const schema::Name &table);
    void revertAll();
    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    void undo();
    void redo();

    /// Takes what keepWanted() handed out in an earlier run; nothing is undone behind it.
    std::optional<base::Error> restore(const QByteArray &kept);
    void forget(); ///< of another database: they stay where they are kept

    /// Writes everything in one transaction; Refused without a lease. After success nothing is
    /// staged, and what it did can be staged back.
    QFuture<base::Result<CommitAnswer>> commit();
    bool isCommitting() const { return m_isCommitting; }
    const QList<RowConflict> &conflicts() const { return m_conflicts; }
    /// Settles one conflict: of the columns in \a mine the person's value is kept and held against
    /// theirs from now on, the others are left as they are; for a deletion any name means to
    /// delete all the same. What is gone stays gone.
    void resolve(const edits::RowId &row, const QStringList &mine);
    bool canTakeBack() const { return !m_inverse.isEmpty() && staged().isEmpty(); }
    void takeBack(); ///< stages the inverse of the last commit
    /// Tables of which rows went with those that the last commit deleted and do not come back.
    const QStringList &lost() const { return m_lost; }

    QFuture<base::Result<Deletion>> impactOf(const QList<edits::RowId> &rows);

Q_SIGNALS:
    void changed();                          ///< what is staged, or can be done with it
    void keepWanted(const QByteArray &kept); ///< a step was made: to be kept on disk at once
    void committed(const QList<edits::Written> &written);

private:
    std::optional<base::Error> stage(const edits::RowId &row, const edits::CellEdit &cell);
    void apply(const edits::Staged &next);
    void tell();
    void received(const base::Result<CommitAnswer> &result, const edits::Staged &sent,
                  const schema::Database &live);
    tenant::TenantId tenantId() const;

    Project &m_project;
    edits::History m_history;
    QHash<edits::RowId, qsizetype> m_places; ///< of a row in staged()
    QList<RowConflict> m_conflicts;
    edits::Staged m_inverse; ///< of the last commit
    QStringList m_lost;
    bool m_isCommitting = false;
};

} // namespace session
