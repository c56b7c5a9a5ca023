// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/migrations/timelinemodel.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace studio
{

namespace
{
struct Words {
    Q_DECLARE_TR_FUNCTIONS(studio::Timeline)
};

QString changesText(const DiffCounts &counts)
{
    return counts.total() == 1 ? Words::tr("1 change")
                               : Words::tr("%1 changes").arg(counts.total());
}

QString tipOf(TimelineMark mark)
{
    switch (mark) {
    case TimelineMark::NotGenerated:
        return Words::tr("What the code changes against the folder; no migration says it yet");
    case TimelineMark::InStep:
        return Words::tr("The code and the last snapshot of the folder describe the same schema");
    case TimelineMark::Applied:
        return Words::tr("The database's ledger has this file");
    case TimelineMark::Pending:
        return Words::tr("Not in the database's ledger yet");
    case TimelineMark::Edited:
        return Words::tr("The file was edited after it was applied: the ledger has another hash");
    case TimelineMark::Skipped:
        return Words::tr(
            "Not applied, and older than the newest applied one: drizzle-kit would skip "
            "it");
    case TimelineMark::Unknown:
        return Words::tr("The ledger was not read yet");
    case TimelineMark::Broken:
        return Words::tr("The journal names it, but its .sql file is missing");
    }
    return {};
}
} // namespace

TimelineMark markOf(const migrate::Migration &migration,
                    std::optional<runner::MigrationState> state)
{
    using runner::MigrationState;
    if (!migration.hasSql)
        return TimelineMark::Broken;
    switch (state.value_or(MigrationState::Unknown)) {
    case MigrationState::Applied:
        return TimelineMark::Applied;
    case MigrationState::Edited:
        return TimelineMark::Edited;
    case MigrationState::Pending:
        return TimelineMark::Pending;
    case MigrationState::Skipped:
        return TimelineMark::Skipped;
    case MigrationState::Unknown:
        break;
    }
    return TimelineMark::Unknown;
}

QString wordOf(TimelineMark mark)
{
    switch (mark) {
    case TimelineMark::NotGenerated:
        return Words::tr("not yet generated");
    case TimelineMark::InStep:
        return Words::tr("in step");
    case TimelineMark::Applied:
        return Words::tr("applied");
    case TimelineMark::Pending:
        return Words::tr("pending");
    case TimelineMark::Edited:
        return Words::tr("edited since");
    case TimelineMark::Skipped:
        return Words::tr("skipped");
    case TimelineMark::Unknown:
        return Words::tr("not checked");
    case TimelineMark::Broken:
        return Words::tr("file missing");
    }
    return {};
}

QString subtitleOf(const TimelineEntry &entry)
{
    if (entry.mark == TimelineMark::InStep)
        return Words::tr("code and folder are in step");
    if (entry.mark == TimelineMark::NotGenerated)
        return entry.counts ? changesText(*entry.counts) : Words::tr("not compared yet");
    if (entry.when == 0)
        return wordOf(entry.mark);
    const QDateTime date = QDateTime::fromMSecsSinceEpoch(entry.when);
    return wordOf(entry.mark) + QStringLiteral(" · ") +
           //: A date and time as QDateTime::toString() takes it, short enough to stand after
           //: "applied · ".
           QLocale().toString(date, Words::tr("d MMM yyyy, HH:mm"));
}

void TimelineModel::setEntries(const QList<TimelineEntry> &entries)
{
    if (entries == m_entries)
        return;
    if (entries.size() == m_entries.size()) {
        m_entries = entries;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineEntry &entry = m_entries.at(index.row());
    const QString counts = entry.counts ? toText(*entry.counts) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::ToolTipRole:
        return tipOf(entry.mark);
    case Qt::AccessibleTextRole:
        return QStringList{entry.title, subtitleOf(entry), counts}.join(QStringLiteral(", "));
    case MarkRole:
        return static_cast<int>(entry.mark);
    case SubtitleRole:
        return subtitleOf(entry);
    case CountsRole:
        return counts;
    default:
        return {};
    }
}

} // namespace studio
