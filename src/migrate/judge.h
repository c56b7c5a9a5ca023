// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/effect.h"

namespace migrate
{

/// A statement with what it does to those who use the database.
struct JudgedStatement {
    base::TextSpan span{}; ///< in the script
    Effect effect{};
    QList<Hazard> hazards{};     ///< the effect's first, then what else can go wrong
    bool canBeJudged = true;     ///< false: code that hides what it does; `effect` is then empty
    QList<schema::Name> known{}; ///< the locked relations as they were called before the script
};

class ScriptState;

struct JudgeOptions {
    /// The statements run in no transaction around all of them: what fails half way is not undone.
    bool outsideTransaction = false;
    /// Rules about how a script is written (names without schema, IF EXISTS): for what people
    /// write.
    bool style = false;
    /// What earlier scripts have left that `before` does not say: checks that hold, indexes. Null:
    /// nothing.
    const ScriptState *earlier = nullptr;
};

/// Judges the statements of \a script, which run one after the other on a database of the schema
/// \a before. What is neither there nor made by the script counts as existing: a person may have
/// made it. The grammar is PostgreSQL 15's; an Error where it does not parse.
base::Result<QList<JudgedStatement>> judge(const QString &script, const schema::Database &before,
                                           const JudgeOptions &options = {});

} // namespace migrate
