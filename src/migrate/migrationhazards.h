// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migrate/folder.h"
#include "migrate/judge.h"

namespace migrate
{

/// What the SQL of a migration does to those who use the database, whoever wrote it.
struct MigrationHazards {
    QString tag;
    QString file;
    struct Statement {
        int line = 0;    ///< of the file, from 1
        QString words{}; ///< its beginning, on one line
        Effect effect{};
        QList<Hazard> hazards{}; ///< those that are worth a word
    };
    QList<Statement> statements{};      ///< only those with hazards
    std::optional<base::Error> error{}; ///< why it cannot be judged
};

/// The hazards of \a migrations (indices of \a folder's). Each is judged against the snapshot of
/// the one before it; SQL that changes no snapshot is taken as written by hand.
QList<MigrationHazards> hazardsOf(const Folder &folder, const QList<qsizetype> &migrations);

} // namespace migrate
