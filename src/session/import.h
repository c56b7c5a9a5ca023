// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/importmapping.h"

#include <QFuture>

#include <atomic>
#include <memory>
#include <optional>

namespace pg
{
class Pool;
}

namespace session
{

/// What becomes of a row whose key is in the table already.
enum class OnConflict {
    Stop,  ///< it is a bad row
    Skip,  ///< the row in the table stays as it is
    Update ///< it gets the file's values
};

struct ImportRequest {
    ImportFile file;
    schema::Table table; ///< live
    QStringList columns; ///< for each column of the file the one it fills; empty: left out
    edits::Reach reach;
    OnConflict onConflict = OnConflict::Stop;
    bool dryRun = false;    ///< everything is tried, and undone
    QString badRowsPath;    ///< good rows are written, bad ones go there; empty: all rows or none
    qsizetype listed = 200; ///< bad rows that are told, all are counted
};

/// One thing that is wrong with a row of the file.
struct BadRow {
    qint64 line = 0; ///< where the row begins, counted from 1
    QString column;  ///< of the table; empty: of the whole row
    QString value;   ///< shortened; NULL is a null text
    QString reason;
    bool operator==(const BadRow &) const = default;
};

struct ImportReport {
    qint64 rows = 0;       ///< of the file
    qint64 bad = 0;        ///< rows
    QList<BadRow> badRows; ///< the first ones, by line
    qint64 inserted = 0;   ///< written, or as a dry run found: to be written
    qint64 updated = 0;
    qint64 skipped = 0;
    bool isWritten = false;
    QStringList notes; ///< what a person should know of it
    qint64 good() const { return rows - bad; }
};

/// How far an import is; written by its thread, read by others.
struct ImportProgress {
    enum class Step { Reading, Checking, Writing };
    /// What became of it, to be read when the future has finished: that of one that was cancelled
    /// has no result, though the rows may be written. None: it was not begun.
    std::optional<base::Result<ImportReport>> end = {};
    std::atomic<Step> step = Step::Reading;
    std::atomic<qint64> rows = 0;  ///< sent to the server
    std::atomic<qint64> bytes = 0; ///< of the file, read
    std::atomic<qint64> size = 0;  ///< of the file, in bytes
};

/// Reads the file into a temporary table and writes it to the table in one transaction, on a
/// connection of its own without a time limit, which is closed afterwards: nothing remains on the
/// server but the rows. Bad rows are no error: the report lists them, and without `badRowsPath`
/// nothing was written. A tenant's rows are examined as a scoped statement's are. Cancelling the
/// future cancels the statement on the server; in the moment of COMMIT that may come too late, and
/// the progress' `end` says what is known. An error that says that it is not known is the only one
/// after which something may have been written.
///
/// A dry run does all of it and rolls it back, so it needs to be allowed to write, too. What code
/// in triggers does outside the transaction and numbers taken from sequences stay; the notes say
/// so.
QFuture<base::Result<ImportReport>> importFile(const std::shared_ptr<pg::Pool> &pool,
                                               const ImportRequest &request,
                                               std::shared_ptr<ImportProgress> progress = {});

} // namespace session
