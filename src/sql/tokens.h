// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/outline.h"
#include "sql/tree.h"

namespace sql
{

/// The tokens of a text without its comments: where the words around a node of the tree stand, of
/// which the tree itself knows only the first.
class Tokens
{
public:
    static base::Result<Tokens> of(const Source &source);

    qsizetype start(qsizetype index) const { return m_tokens.value(index).start; } ///< byte
    qsizetype end(qsizetype index) const { return m_tokens.value(index).end; }     ///< byte
    /// The token that begins at \a byte or after it.
    qsizetype at(qsizetype byte) const;

    /// The first and the last token of what names a relation.
    struct Name {
        qsizetype first = 0;
        qsizetype last = 0;
        bool isWholeQuery = false; ///< TABLE precedes it
    };
    Name relationAt(qsizetype byte, bool mayBeWholeQuery) const;

    /// The last token of TABLESAMPLE \a method (…) REPEATABLE (…).
    qsizetype endOfSample(qsizetype method) const;

    /// The first token behind EXPLAIN and its options.
    qsizetype bodyOfExplain() const;

    /// The bytes of the condition of the statement whose target's name is token \a target; from ==
    /// to: none, and WHERE would stand there.
    struct Condition {
        qsizetype from = 0;
        qsizetype to = 0;
    };
    Condition conditionAfter(qsizetype target, Use use) const;

private:
    struct Token {
        int kind = 0;
        qsizetype start = 0;
        qsizetype end = 0;
    };
    int kind(qsizetype index) const { return m_tokens.value(index).kind; }
    qsizetype closing(qsizetype open) const;

    QList<Token> m_tokens;
};

} // namespace sql
