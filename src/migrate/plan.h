// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "diff/change.h"

#include <QList>

namespace migrate
{

/// What a statement locks, rewrites or loses, in words with a weight.
struct Hazard {
    enum class Severity { Safe, Advice, Warning, Loss };
    Severity severity = Severity::Safe;
    QString text; ///< "ACCESS EXCLUSIVE · scans the table"; "loses the column's values"
    bool operator==(const Hazard &) const = default;
};

/// A statement of a plan with the change it comes from.
struct PlanLine {
    QString statement; ///< SQL as drizzle-kit 0.31 writes it, with its final semicolon
    diff::Change change;
    QList<Hazard> hazards;
};

struct Plan {
    QList<PlanLine> lines;
    QList<diff::Unsupported> unsupported;   ///< not empty: nothing may be written from this plan
    QList<diff::RenameCandidate> questions; ///< not empty: an answer is missing
};

/// The text of the migration file: statements joined by drizzle's breakpoints, or by line ends.
QString fileText(const Plan &plan, bool breakpoints);

/// Statements for \a difference in drizzle-kit's order and wording (drizzle-kit.md 1.4).
Plan plan(const diff::Difference &difference, const schema::Database &from,
          const schema::Database &to);

/// The error that stands for \a questions (at least one) where nobody can be asked.
base::Error openQuestion(const QList<diff::RenameCandidate> &questions);

} // namespace migrate
