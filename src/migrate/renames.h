// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "diff/change.h"

#include <QStringList>

namespace migrate
{

using RenameAnswers = QList<diff::RenameAnswer>;

/// meta/_sluice.json: what the team has answered about renames, so that it is asked once.
/// drizzle-kit leaves files of meta alone whose names begin with _.
QString answersPath(const QString &folder);

/// The answers kept in a migrations folder, the newest one first where several are about one thing;
/// none without the file.
base::Result<RenameAnswers> readAnswers(const QString &folder);

/// The text of that file with \a answers added to those that are kept; an older one about the same
/// thing goes. One answer a line and sorted, so that branches merge; what the file holds besides
/// stays.
base::Result<QByteArray> answersWith(const QString &folder, const RenameAnswers &answers);

/// Writes that text, to a temporary file that is then renamed; nothing without answers.
base::Result<base::Done> keepAnswers(const QString &folder, const RenameAnswers &answers);

/// An answer as `--rename` has it: <kind>:<schema.table[.column]>=<new>, without a new name when it
/// really is dropped. Names with dots or capitals that matter stand in double quotes; public may be
/// left out.
base::Result<diff::RenameAnswer> parseAnswer(const QString &text);
QString answerText(const diff::RenameAnswer &answer);

/// The option that says yes to \a question, for a shell.
QString renameOption(const diff::RenameCandidate &question);

/// A difference with the answers that it came from.
struct Answered {
    diff::Difference difference;
    RenameAnswers given;        ///< those that were said just now, with one for each accepted drop
    RenameAnswers remembered{}; ///< kept ones that made a rename and were not said again
};

struct AnswerOptions {
    QStringList renames;      ///< texts of --rename
    bool acceptDrops = false; ///< every question that is left: dropped and added
};

/// Compares with the \a kept answers and those of \a options, which come first. An answer of
/// \a options that is about nothing in the two schemas is an error, unless it is kept already.
base::Result<Answered> compareAnswered(const schema::Database &from, const schema::Database &to,
                                       const RenameAnswers &kept, const AnswerOptions &options,
                                       const diff::Evidence &evidence = {});

} // namespace migrate
