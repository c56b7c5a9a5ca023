// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: what a column in a subquery belongs to.
#pragma once

#include "diff/sqlnames.h"
#include "diff/sqltokens.h"

#include <QSet>

namespace diff
{

/// The queries of a text and what each reads FROM. It goes by the words alone, and does not know
/// where a query is more than it can tell.
class Scopes
{
public:
    explicit Scopes(const Rewriting &text);

    /// Whether token \a i is the first of a relation behind FROM, JOIN or a comma between such.
    bool isRelation(qsizetype i) const { return m_relations.contains(i); }

    /// What the column at token \a i is a column of: as the server looks for it, from the innermost
    /// query outwards, and last \a owner, the table that the text is about. nullopt: not known.
    std::optional<schema::Name> ownerOf(qsizetype i, const schema::Name &owner,
                                        const HasColumn &has) const;

private:
    struct Relation {
        schema::Name name; ///< empty: something else than a table or view
        QString alias;     ///< what it is called in the query
    };
    struct Query {
        int outer = -1;
        QList<Relation> relations;
        bool isKnown = true;
    };
    struct Reader;

    std::optional<schema::Name> ownerOfQualified(int query, const schema::Name &qualifier,
                                                 const schema::Name &owner) const;

    const Rewriting &m_text;
    QList<Query> m_queries;
    QList<int> m_queryOf;        ///< of each token the innermost query; -1: none
    QSet<qsizetype> m_relations; ///< tokens where one begins
    QSet<qsizetype> m_names;     ///< tokens of relations and their aliases: no columns
};

} // namespace diff
