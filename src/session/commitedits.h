// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/inverse.h"
#include "edits/shortened.h"
#include "edits/statements.h"
#include "pg/pool.h"

#include <memory>

namespace session
{

/// More rows than this that go with those of one commit are not kept to be brought back.
constexpr qsizetype mostCascaded = 1'000;

/// One column of a row that somebody else has changed meanwhile, or that was to be changed.
struct ColumnConflict {
    QString column;
    edits::OldValue base; ///< when the edit was made
    edits::NewValue mine; ///< of a deletion: nothing
    edits::OldValue theirs;
    edits::Beginning theirsBegin = {}; ///< of a long value, for people
    bool isChanged = false;            ///< theirs is not the base
};

/// A row that is not what it was when it was edited.
struct RowConflict {
    edits::RowEdit edit;
    bool isGone = false; ///< deleted, or out of the tenant
    QList<ColumnConflict> columns;
};

/// What became of a commit: with conflicts nothing was written.
struct CommitAnswer {
    QList<edits::Written> written;
    QList<RowConflict> conflicts;
    QList<edits::Written> cascaded = {}; ///< rows that went with deleted ones
    QStringList lost = {};               ///< tables of which rows went that are not among these
};

/// Writes \a staged in one transaction: every statement changes one row, or nothing is written and
/// the answer says which rows are other ones by now. A tenant's edits are examined as a scoped
/// statement's are. What collides with others at the same moment is tried three times. When the
/// connection is lost at COMMIT, another one asks what became of it; an error that says that it is
/// not known is the only one after which something may have been written.
QFuture<base::Result<CommitAnswer>> commitEdits(const std::shared_ptr<pg::Pool> &pool,
                                                const edits::Staged &staged,
                                                const schema::Database &live,
                                                const edits::Reach &reach);

} // namespace session
