// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

namespace migrate
{

// What readFolder() is made of: one reader for each layout, filling a Folder whose path is set.

void readJournalLayout(Folder &folder);
void readFoldersLayout(Folder &folder);

/// The layout of the migrations in a folder, \a whenEmpty when it has none.
Layout layoutOf(const QString &path, Layout whenEmpty);

/// Reads a migration's file, its hash included; adds what is wrong with it.
void readSql(Folder &folder, Migration &migration);

/// Adds a finding; its `what` is also a notice.
void add(Folder &folder, Finding finding);
/// The same for one that forbids to write.
void obstruct(Folder &folder, Finding finding);

/// \a path (relative to \a folder) as a finding that says why it is no JSON, or cannot be read.
/// \a what names it in the sentence, as "the last snapshot cannot be read".
Finding unreadable(const Folder &folder, const QString &file, const QString &what,
                   const base::Error &error);

/// That migration \a tag has no snapshot in \a file. What comes of it depends on whether there is a
/// \a later one; empty: there is none.
Finding missingSnapshot(const QString &tag, const QString &file, const QString &later);

} // namespace migrate
