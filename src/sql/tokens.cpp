// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/tokens.h"

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <array>

namespace sql
{

base::Result<Tokens> Tokens::of(const Source &source)
{
    Tokens result;
    const base::Result<base::Done> scanned = scan(source, [&](const PgQuery__ScanResult &all) {
        for (size_t i = 0; i < all.n_tokens; ++i) {
            const PgQuery__ScanToken &token = *all.tokens[i];
            if (token.token != PG_QUERY__TOKEN__SQL_COMMENT &&
                token.token != PG_QUERY__TOKEN__C_COMMENT)
                result.m_tokens << Token{int(token.token), token.start, token.end};
        }
    });
    if (!scanned)
        return scanned.error();
    return result;
}

qsizetype Tokens::at(qsizetype byte) const
{
    return std::ranges::lower_bound(m_tokens, byte, {}, &Token::start) - m_tokens.begin();
}

Tokens::Name Tokens::relationAt(qsizetype byte, bool mayBeWholeQuery) const
{
    Name name{at(byte), at(byte)};
    while (kind(name.last + 1) == '.')
        name.last += 2;
    if (kind(name.last + 1) == '*')
        ++name.last;
    if (kind(name.first - 1) == PG_QUERY__TOKEN__ONLY) {
        --name.first;
    } else if (kind(name.first - 1) == '(' && kind(name.first - 2) == PG_QUERY__TOKEN__ONLY) {
        name.first -= 2;
        ++name.last;
    }
    if (mayBeWholeQuery && kind(name.first - 1) == PG_QUERY__TOKEN__TABLE) {
        --name.first;
        name.isWholeQuery = true;
    }
    return name;
}

qsizetype Tokens::closing(qsizetype open) const
{
    int depth = 0;
    for (qsizetype i = open; i < m_tokens.size(); ++i) {
        depth += kind(i) == '(' ? 1 : kind(i) == ')' ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return m_tokens.size() - 1;
}

qsizetype Tokens::endOfSample(qsizetype method) const
{
    qsizetype open = method;
    while (open < m_tokens.size() && kind(open) != '(')
        ++open;
    const qsizetype end = closing(open);
    return kind(end + 1) == PG_QUERY__TOKEN__REPEATABLE ? closing(end + 2) : end;
}

/// EXPLAIN (SELECT 1) has no options.
qsizetype Tokens::bodyOfExplain() const
{
    static constexpr std::array beginnings{int('('),
                                           int(PG_QUERY__TOKEN__SELECT),
                                           int(PG_QUERY__TOKEN__WITH),
                                           int(PG_QUERY__TOKEN__VALUES),
                                           int(PG_QUERY__TOKEN__TABLE),
                                           int(PG_QUERY__TOKEN__INSERT),
                                           int(PG_QUERY__TOKEN__UPDATE),
                                           int(PG_QUERY__TOKEN__DELETE_P),
                                           int(PG_QUERY__TOKEN__MERGE)};
    const auto begins = [&](qsizetype i) {
        return std::ranges::find(beginnings, kind(i)) != beginnings.end();
    };
    qsizetype i = 1;
    if (kind(i) == '(' && !begins(i + 1))
        i = closing(i) + 1;
    while (i < m_tokens.size() && !begins(i))
        ++i;
    return i;
}

Tokens::Condition Tokens::conditionAfter(qsizetype target, Use use) const
{
    qsizetype where = -1;
    qsizetype last = -1; ///< behind the condition
    qsizetype i = target;
    bool follows = use != Use::Insert; ///< only the WHERE behind ON CONFLICT … DO is meant
    int depth = 0;
    for (; i < m_tokens.size(); ++i) {
        const int token = kind(i);
        if (token == '(' || token == PG_QUERY__TOKEN__CASE)
            ++depth;
        else if ((token == ')' || token == ';') && depth == 0)
            break;
        else if (token == ')' || (token == PG_QUERY__TOKEN__END_P && depth > 0))
            --depth;
        if (depth > 0)
            continue;
        if (token == PG_QUERY__TOKEN__DO) {
            follows = true;
            where = -1;
        } else if (use == Use::Merge && token == PG_QUERY__TOKEN__ON) {
            where = i;
        } else if (use != Use::Merge && follows && token == PG_QUERY__TOKEN__WHERE) {
            where = i;
        } else if (token == PG_QUERY__TOKEN__RETURNING ||
                   (use == Use::Merge && token == PG_QUERY__TOKEN__WHEN)) {
            break;
        }
    }
    last = i - 1;
    if (where < 0)
        return {end(last), end(last)};
    return {start(where + 1), end(last)};
}

} // namespace sql
