// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/installation.h"
#include "base/result.h"
#include "migrate/folder.h"
#include "migrate/renames.h"
#include "schema/problem.h"
#include "session/planning.h"

namespace session
{

struct GenerateOptions {
    QString project;
    QString name;                   ///< empty: a made-up one
    migrate::AnswerOptions answers; ///< to what may be a rename; kept in the folder
    bool safe = false;              ///< the variants that do not keep others waiting
    bool custom = false;            ///< a file for SQL by hand; the code is not looked at
    QString url; ///< the database that the migrations are for; empty: whichever, none is asked
};

/// A migration that was written.
struct WrittenMigration {
    migrate::Migration migration;
    QString file; ///< the .sql file, absolute
    qsizetype statements = 0;
};

struct Generated {
    QList<schema::Problem> problems; ///< of the code; with an error among them nothing is written
    QList<WrittenMigration> written; ///< in the order in which they run; none: in step
    Planned planned;                 ///< what is in them
    migrate::RenameAnswers remembered{}; ///< kept in the folder from before, and used
};

/// Writes the difference of code and folder as the folder's next migrations: one, unless a part has
/// to be committed before the rest can run. Rows that would make them fail do not keep them from
/// being written.
base::Result<Generated> generate(const base::Installation &installation,
                                 const GenerateOptions &options);

} // namespace session
