// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

#include <optional>

namespace migrate
{

/// A row of drizzle's ledger.
struct AppliedRow {
    QByteArray hash;
    qint64 createdAt = 0; ///< ms
};

/// The migrations of \a folder that a database with these \a rows has run under another number and
/// time, and that drizzle-kit would run again, since it goes by the time alone; as indices.
QList<qsizetype> wouldRunAgain(const Folder &folder, const QList<AppliedRow> &rows);

/// "0014_x was applied under another name; drizzle-kit would run it again"
QString ranUnderAnotherName(const QString &tag);
/// What to do about it.
QString runAgainHint(const Migration &migration);

struct Examination {
    /// Rows of the ledger; nothing: no database was asked.
    std::optional<QList<AppliedRow>> applied{};
    qint64 now = 0; ///< ms since 1970 UTC; 0: the clock's
};

/// Everything that is off about \a folder: its findings, what only shows when all of it is read,
/// and what the ledger says. In the order of importance. Changes nothing.
QList<Finding> examine(const Folder &folder, const Examination &examination = {});

/// The path of the first member of a v7 snapshot that drizzle-kit does not know, by which it calls
/// the file malformed: tables."public.users".columns.id.color. Empty: there is none.
QString unknownMember(const QByteArray &snapshot);

} // namespace migrate
