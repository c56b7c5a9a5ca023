// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "diff/change.h"
#include "migrate/effect.h"
#include "schema/surroundings.h"

#include <QList>

namespace migrate
{

/// A statement of a script that takes something back.
struct ReverseStatement {
    QString sql{};  ///< with its semicolon; empty: nothing can be done
    QString loss{}; ///< what does not come back, in words; empty: all of it does
    bool operator==(const ReverseStatement &) const = default;
};

/// Why the rows that are there can make a statement fail.
enum class RowTest {
    None,
    Values, ///< what is in them
    Nulls   ///< that something is missing
};

/// A statement of a plan with the change it comes from.
struct PlanLine {
    QString statement; ///< SQL as drizzle-kit 0.31 writes it, with its final semicolon
    diff::Change change;
    QList<Hazard> hazards;
    Effect effect{};
    QList<ReverseStatement> reverse{}; ///< takes this statement alone back, in order
    bool endsLine = false;             ///< drizzle-kit ends the statement with a newline of its own
    RowTest rowTest = RowTest::None;   ///< which rows it fails on
};

/// The lines of a plan that become one migration. What has to be committed before the rest can run
/// (a new enum value that is used) or cannot run in a transaction is in a step of its own.
struct PlanStep {
    qsizetype first = 0; ///< of Plan::lines
    qsizetype count = 0;
    schema::Database after{}; ///< the schema when the step has run
    bool custom = false;      ///< `after` is the one before it: what it does no schema can say
    QString suggestedName{};  ///< for the file, empty for the main step
};

/// A question to the database before the first statement: rows that would make one fail.
struct PreCheck {
    QString what{};     ///< in words what the rows have: "contacts.email is NULL"
    QString sql{};      ///< SELECT that yields them: their key's columns first, then what is wrong
    QString countSql{}; ///< SELECT of one number: how many there are
    schema::Name table{};     ///< as called before the plan
    QStringList keyColumns{}; ///< the first columns of `sql`; none when the table has no key
    qsizetype line = 0;       ///< of Plan::lines: the statement that would fail
};

struct Plan {
    QList<PlanLine> lines;
    QList<diff::RenameCandidate> questions; ///< not empty: an answer is missing
    QList<PlanStep> steps{};                ///< in order; together all lines, each once
    QList<base::Error> errors{};            ///< not empty: the plan cannot be carried out
    QList<PreCheck> preChecks{};

    /// Lines of \a step.
    QList<PlanLine> linesOf(const PlanStep &step) const
    {
        return lines.mid(step.first, step.count);
    }
};

struct PlanOptions {
    /// The variants that do not keep others waiting (NOT VALID and VALIDATE, CONCURRENTLY, a new
    /// column beside the old one), as several migrations.
    bool safe = false;
    /// Of the database that the plan will run on; null: not known, names are guessed as PostgreSQL
    /// generates them. Only used during the call.
    const schema::Surroundings *surroundings = nullptr;
    int serverVersion = 0;    ///< 150020; 0: not known, nothing newer than 15 is used
    int rowsPerPreCheck = 20; ///< how many rows a PreCheck::sql yields at most
};

/// Statements for \a difference: ordered by what needs what, in drizzle-kit's order where that
/// leaves a choice, and in its wording where that works.
Plan plan(const diff::Difference &difference, const schema::Database &from,
          const schema::Database &to, const PlanOptions &options = {});

/// The text of a migration file: statements joined by drizzle's breakpoints, or by line ends.
QString fileText(const Plan &plan, bool breakpoints);
QString fileText(const Plan &plan, const PlanStep &step, bool breakpoints);

/// The statements that take \a step back, in the order in which they run.
QList<ReverseStatement> reverse(const Plan &plan, const PlanStep &step);

/// The error that stands for \a questions (at least one) where nobody can be asked.
base::Error openQuestion(const QList<diff::RenameCandidate> &questions);

/// The first of \a errors (at least one), with how many more there are.
base::Error firstOf(const QList<base::Error> &errors);

} // namespace migrate
