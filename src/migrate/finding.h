// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace migrate
{

/// Something about a migrations folder that is not as it should be.
struct Finding {
    enum class Severity {
        Error,   ///< stops drizzle-kit or us, or loses a change
        Warning, ///< works today and goes wrong later
    };
    enum class Kind {
        NoJournal,          ///< snapshots, but nothing that says in which order
        Unreadable,         ///< no JSON, cut off, not UTF-8
        ConflictMarkers,    ///< git's, left by a merge
        NotOurs,            ///< another dialect or version
        UnknownKey,         ///< drizzle-kit calls such a snapshot malformed
        BadEntry,           ///< of the journal: no tag that names a file
        MissingSql,         ///< a journal entry without its file
        MissingSnapshot,    ///< of the last: the next generate repeats the migration's changes
        OrphanSql,          ///< a .sql file that is never run
        OrphanSnapshot,     ///< a snapshot of no migration
        BrokenChain,        ///< a snapshot that follows none
        TwoBranches,        ///< two snapshots follow the same one
        DuplicateNumber,    ///< two entries with one idx
        DuplicateTag,       ///< one file that runs twice
        TimeNotIncreasing,  ///< drizzle-kit skips what is not newer than the last applied
        TimeInFuture,       ///< so is everything that comes before that time
        NotLastSnapshot,    ///< drizzle-kit goes on from another snapshot than the last migration's
        WrongOrder,         ///< a migration of 1.0's layout that runs before its parent
        UnderscoreName,     ///< drizzle-kit overlooks snapshots that begin with _
        TransactionControl, ///< BEGIN or COMMIT inside a migration
        PulledBaseline,     ///< all of it in a comment, as drizzle-kit pull leaves it
        ForeignFile,        ///< neither drizzle's nor ours
        NotAFile,           ///< a folder where a file should be
        UnfinishedWrite,    ///< a write of ours was killed
        Edited,             ///< applied, and the file is another now
        LineEndsChanged,    ///< applied, and only the line ends are others
        WouldBeSkipped,     ///< pending, and older than the newest applied
        WouldRunAgain,      ///< applied under another time, and newer than the newest applied
        RowWithoutFile,     ///< applied, but no file of this folder
    };
    Severity severity = Severity::Error;
    Kind kind = Kind::Unreadable;
    QString file;           ///< relative to the folder; may be empty
    int line = 0;           ///< from 1; 0 unknown
    int column = 0;         ///< from 1; 0 unknown
    QString what;           ///< one sentence without a full stop
    QString why;            ///< what comes of it; may be empty
    QString hint;           ///< what to do; may be empty
    QString tag = {};       ///< the migration it is about; may be empty
    bool obstructs = false; ///< nothing can be written into the folder before it is mended
    bool operator==(const Finding &) const = default;
};

/// edited, two branches …: a word for machines that does not change.
QString toWord(Finding::Kind kind);

/// file:line:column, as far as it is known.
QString placeOf(const Finding &finding);

} // namespace migrate
