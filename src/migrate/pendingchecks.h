// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"

namespace migrate
{

/// A question to ask before migrations run that were written some time ago.
struct PendingCheck {
    PreCheck check;      ///< its `line` means nothing
    QString statement;   ///< of the file: it would fail
    qsizetype migration; ///< of Folder::migrations
};

/// What can be asked of a database before the first of \a pending runs, which are the last ones of
/// \a folder: the pre-checks of plans between the snapshots. A check counts only when its statement
/// stands in the file as Sluice or drizzle-kit writes it, and nothing that runs before it could
/// change its rows: after an UPDATE, a block of code or SQL that is not understood nothing is
/// asked, unless Sluice has planned it. So what is found does fail. The statements of one change
/// may stand in several migrations. Nothing is asked of a database that has applied none.
QList<PendingCheck> pendingChecks(const Folder &folder, const QList<qsizetype> &pending,
                                  int serverVersion);

} // namespace migrate
