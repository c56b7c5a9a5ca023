// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

namespace migrate
{

// The layout of drizzle-kit 1.0: a folder for each migration.

/// The time that a migration's folder is named after, ms since 1970 UTC; 0 when it is not.
qint64 timeOf(const QString &folder);

/// The schema after \a migration.
base::Result<schema::Database> readNestedState(const Folder &folder, const Migration &migration);

/// \a step's file under \a prefix: tag, text and hash. For both layouts.
Migration describeNew(const Step &step, const NewMigration &options, const QString &prefix);

/// Writes \a steps, a folder each, with a snapshot of version 9 that says what the step changes.
/// Several branches that are open are merged by the first of them.
base::Result<QList<Migration>> writeFolders(const Folder &folder, const QList<Step> &steps,
                                            const NewMigration &options);

} // namespace migrate
