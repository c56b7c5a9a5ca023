// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"
#include "runner/ledger.h"
#include "studio/migrations/diffcards.h"

#include <QAbstractListModel>

#include <optional>

namespace studio
{

/// Where an entry of the timeline stands.
enum class TimelineMark {
    NotGenerated,
    InStep,
    Applied,
    Pending,
    Edited,
    Skipped,
    Unknown,
    Broken
};

/// One entry of the timeline: the difference that is not generated yet, or a migration.
struct TimelineEntry {
    TimelineMark mark = TimelineMark::NotGenerated;
    QString title;
    qint64 when = 0;                  ///< ms since 1970 UTC; 0: no date
    std::optional<DiffCounts> counts; ///< unknown until it was compared
    bool operator==(const TimelineEntry &) const = default;
};

/// What the ledger and the files say about \a migration; \a state is nothing before the ledger is
/// read.
TimelineMark markOf(const migrate::Migration &migration,
                    std::optional<runner::MigrationState> state);
/// "applied", "pending", … in words.
QString wordOf(TimelineMark mark);
/// The words under an entry's title: "3 changes", "applied · 21 Nov 2026, 18:02".
QString subtitleOf(const TimelineEntry &entry);

/// The timeline, the newest first; its first entry is the difference that is not generated yet.
class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { MarkRole = Qt::UserRole, SubtitleRole, CountsRole };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(const QList<TimelineEntry> &entries);
    const QList<TimelineEntry> &entries() const { return m_entries; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<TimelineEntry> m_entries;
};

} // namespace studio
