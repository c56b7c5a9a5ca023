// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace sql
{

// Hand-written SQL, read with PostgreSQL 15's own grammar. Every function may be called on any
// thread and waits for a thread with a large stack; what nests too deep or is too long is an Error
// of kind Limit, what the grammar does not know is InvalidInput with the place.

enum class StatementKind { Select, Insert, Update, Delete, Merge, Explain, Show, Other };

struct Classification {
    StatementKind kind = StatementKind::Other;
    bool readsOnly = false; ///< runs inside BEGIN READ ONLY; functions of the project are trusted
    bool changesEveryRow = false; ///< UPDATE or DELETE without WHERE
    bool operator==(const Classification &) const = default;
};

/// Where the statements of \a text lie, without the semicolons, blanks and comments between them.
/// Text that does not parse is split at its semicolons.
base::Result<QList<base::TextSpan>> split(const QString &text);

/// What the one statement in \a text does. Refuses, with reason and hint: several statements; COPY;
/// control of transactions, sessions, roles and cursors; DO and CALL; functions that act outside
/// the transaction or run SQL out of a text.
base::Result<Classification> classify(const QString &text);

/// A relation that a statement names; the name as the server will look it up.
struct RelationUse {
    QString schema; ///< empty: by search_path
    QString name;
    bool written = false; ///< the target of INSERT, UPDATE, DELETE or MERGE
    base::TextSpan span;  ///< its first word
    QString alias;        ///< the name the statement gives it; empty without one
    bool plain = true;    ///< false with ONLY, a catalog's name, or column names behind the alias
    bool operator==(const RelationUse &) const = default;
};

/// The relations that the statements in \a text name, in the order of the text; names of WITH
/// queries are none. What views and functions read behind them does not show.
base::Result<QList<RelationUse>> collectTables(const QString &text);

/// The functions that \a text calls by name ("now", "audit.touch"), each once, sorted.
base::Result<QStringList> collectFunctions(const QString &text);

/// Whether the statements in \a text are known to leave the rows of the tables that are there with
/// the values, columns and names that they have. What is not known does not.
bool leavesRowsAlone(const QString &text);

/// Whether what one writes behind \a text would be part of a comment: it ends in a line with --.
bool endsInComment(const QString &text);

/// Whether PostgreSQL's grammar has a place for \a text, one or more whole statements.
bool isStatement(const QString &text);

/// The first statement of a script that cannot stand inside the transaction around it: it opens or
/// ends one itself, or the server wants it outside of any (CREATE INDEX CONCURRENTLY, VACUUM…).
struct Outsider {
    int statement = 0; ///< counted from 0
    QString words;     ///< CREATE INDEX CONCURRENTLY
    bool controlsTransaction = false;
    base::TextSpan span;
};
std::optional<Outsider> findOutsider(const QString &script);

} // namespace sql
