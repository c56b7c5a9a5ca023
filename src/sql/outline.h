// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/parse.h"

namespace sql
{

/// What a relation is named for.
enum class Use { Read, Insert, Update, Delete, Merge };

/// A place that names a relation, with the words around the name that belong to it.
struct RelationPlace {
    QString catalog;
    QString schema; ///< empty: by search_path
    QString name;
    QString alias;               ///< empty without one
    bool renamesColumns = false; ///< a list of names follows the alias
    Use use = Use::Read;
    bool only = false;
    bool isWholeQuery = false; ///< TABLE t
    base::TextSpan span;       ///< TABLE, ONLY, the name, * and brackets; the alias is not part
    base::TextSpan sample;     ///< TABLESAMPLE … REPEATABLE (…) behind the alias; empty without
    bool sampleIsConstant = true;
};

/// A statement that writes, at the top or in WITH.
struct WritePlace {
    Use use = Use::Update;
    qsizetype target = 0; ///< in Outline::relations
    /// Of WHERE, of MERGE's ON, of ON CONFLICT DO UPDATE's WHERE, without the word. Empty: there is
    /// none, and it would stand at this offset.
    base::TextSpan condition;
    bool conflictUpdates = false; ///< INSERT … ON CONFLICT DO UPDATE
};

/// A word of interest and where it stands.
struct WordPlace {
    QString word;
    base::TextSpan span;
};

/// schema.table.column: what precedes the table's name is in `prefix`.
struct QualifiedColumn {
    QString schema;
    QString table;
    base::TextSpan prefix; ///< up to the table's name
};

/// What a statement names, each with its place, for who rewrites the text instead of printing it
/// anew.
struct Outline {
    StatementKind kind = StatementKind::Other; ///< of what EXPLAIN explains, too
    bool isExplain = false;
    qsizetype body = 0;             ///< where the explained statement begins
    QList<RelationPlace> relations; ///< in the order of the text; names of WITH queries are none
    QList<WritePlace> writes;
    QList<WordPlace> functions;     ///< "now", "audit.touch"
    QStringList operators;          ///< each once: =, ~~
    QStringList bareColumns;        ///< column references of one word, which can be a whole row
    QStringList columns;            ///< the last words of column references, each once
    QList<WordPlace> systemColumns; ///< ctid, tableoid, xmin…
    QList<QualifiedColumn> qualified;
    QList<WordPlace> parameters; ///< $1
    QList<WordPlace> cursors;    ///< WHERE CURRENT OF
    bool locks = false;          ///< FOR UPDATE, FOR SHARE
};

/// The outline of the one statement in \a text.
base::Result<Outline> outline(const QString &text);

} // namespace sql
