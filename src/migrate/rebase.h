// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/examine.h"

namespace migrate
{

struct RebaseOptions {
    Prefix prefix = Prefix::Index;
    QList<AppliedRow> applied{}; ///< of every ledger that is known
    /// Tags to be moved; empty: the branch that is not applied, of two such the one that was begun
    /// later.
    QStringList ours{};
};

/// Mends a journal folder in which two branches follow one snapshot: ours gets new numbers, names
/// and times behind theirs, and snapshots that say theirs and ours. Reads both sides of git's
/// conflict markers in the journal and in snapshots. All or nothing. Refuses when both branches
/// change the same object, when ours (or, with none named, both) has been applied, and when a
/// snapshot is lost. Returns ours as they are now.
base::Result<QList<Migration>> rebase(const QString &folder, const RebaseOptions &options);

/// What \a from → \a to changes, applied to \a base: the merge of two branches. An error names the
/// objects that both have changed.
base::Result<schema::Database> mergeChanges(const schema::Database &from,
                                            const schema::Database &to,
                                            const schema::Database &base);

} // namespace migrate
