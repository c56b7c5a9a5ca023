// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

namespace migrate
{

/// 0001_x.down.sql, or <folder>/down.sql in 1.0's layout; drizzle-kit sees neither.
QString reverseFile(const Migration &migration);

/// Whether \a fileName is such a script's.
bool isReverseFile(const QString &fileName);

/// The script's text: a head that names the migration and its hash, then statements between
/// drizzle's breakpoints, each under a comment with what is lost. \a statements are in the order in
/// which they run.
QString reverseText(const Migration &migration, const QList<ReverseStatement> &statements);

/// What a script says.
struct Reverse {
    QString tag;     ///< of the migration it takes back
    QByteArray hash; ///< of that migration's file when the script was written
    QList<ReverseStatement> statements;
    bool operator==(const Reverse &) const = default;
};
/// Reads reverseText() back, also after statements were edited by hand.
Reverse parseReverse(const QString &text);

/// Writes the script beside \a migration, all or nothing. Refuses when there is one already.
base::Result<QString> writeReverse(const Folder &folder, const Migration &migration,
                                   const QList<ReverseStatement> &statements);
/// Reads it; NotFound without one.
base::Result<Reverse> readReverse(const Folder &folder, const Migration &migration);

} // namespace migrate
