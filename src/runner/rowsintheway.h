// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "migrate/folder.h"
#include "rows/page.h"

#include <QList>

#include <functional>

namespace pg
{
class Pool;
}

namespace runner
{

/// A question to a database with the statement that it is about.
struct Question {
    migrate::PreCheck check;
    QString statement; ///< that would fail
    QString migration; ///< tag of the one it stands in; empty: it is in none yet
};

/// Rows that would make a statement fail.
struct Violation {
    Question question;
    qint64 count = 0; ///< how many there are
    rows::Page rows;  ///< some of them: a tenant's data, for the screen and for nothing that stays
};

/// What a database answered before the first statement.
struct RowsInTheWay {
    QList<Violation> violations;
    QStringList notAsked; ///< what the server could not say, and why
};

/// Runs one statement that reads.
using Reader = std::function<base::Result<rows::Page>(const QString &sql)>;

/// Asks all \a questions. That one cannot be asked (without a right, within the time) is no error;
/// that the server goes away is. A pending migration may be about what an earlier one makes.
base::Result<RowsInTheWay> ask(const QList<Question> &questions, const Reader &read);

/// What can be asked before the first of the \a pending migrations of \a folder runs.
QList<Question> questionsOf(const migrate::Folder &folder, const QList<qsizetype> &pending,
                            int serverVersion);

/// Asks what \a plan has to ask, each question in a read-only transaction of its own. Blocks.
base::Result<RowsInTheWay> rowsInTheWay(pg::Pool &pool, const migrate::Plan &plan);

/// The error that stands for \a violations (at least one). Names no values.
base::Error stopped(const QList<Violation> &violations);

/// What a violation says in one line, without values: contacts.email is NULL (rows: 3).
QString summary(const Violation &violation);

} // namespace runner
