// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "schema/database.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace migrate
{

/// An entry of the journal with its snapshot.
struct BranchEntry {
    QString tag;
    int idx = 0;
    qint64 when = 0;
    bool breakpoints = true;
    QByteArray journal;  ///< the entry as JSON
    QByteArray snapshot; ///< the file, without conflict markers
    QString id, prevId;
    schema::Database schema;
};

/// Two branches that follow one snapshot.
struct Branches {
    QString baseId; ///< of that snapshot; the zero uuid when both begin the folder
    schema::Database base;
    QList<BranchEntry> kept; ///< all entries but ours, in the journal's order
    QList<BranchEntry> theirs, ours;
};

/// Finds them, also while git's conflict markers stand in the journal and in snapshots. \a ours are
/// tags of the branch to be moved; empty: the one that was begun later.
base::Result<Branches> branchesIn(const QString &folder, const QStringList &ours);

/// Both sides of a text with git's conflict markers; the text itself twice when there are none.
std::pair<QByteArray, QByteArray> sidesOf(const QByteArray &text);

} // namespace migrate
