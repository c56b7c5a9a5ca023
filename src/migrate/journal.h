// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/folder.h"
#include "migrate/json.h"

#include <QDir>

namespace migrate
{

inline const QString zeroSnapshotId = QStringLiteral("00000000-0000-0000-0000-000000000000");

QString journalPath(const QString &folder);
QString sqlPath(const QString &folder, const QString &tag);
/// meta/<what stands before the tag's first _>_snapshot.json
QString snapshotPath(const QString &folder, const QString &tag);

/// Names of snapshot files in drizzle-kit's order; the last one is the state it goes on from. Files
/// that begin with _ do not count.
QStringList snapshotFiles(const QString &folder);

/// Changes when the journal, the last snapshot or the list of files changes; what a killed write
/// left does not count.
QByteArray fingerprintOf(const QString &folder);

/// The journal with \a migrations as its new last entries; a new journal when there is none.
base::Result<QByteArray> journalWith(const QString &folder, const QList<Migration> &migrations);

/// \a migration as an entry of the journal.
Json journalEntry(const Migration &migration);

/// Whether \a hash is \a sql's, whatever its line ends: git may change them on another system.
bool isHashOf(const QByteArray &sql, const QByteArray &hash);

/// The snapshot in \a path with other ids, the rest as it is; empty when it cannot be read.
QByteArray snapshotCopy(const QString &path, const QString &id, const QString &prevId);

} // namespace migrate
