// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/sqlscopes.h"

#include "diff/equal.h"

#include <algorithm>

namespace diff
{

namespace
{
const QSet<QString> &joining()
{
    static const QSet<QString> words{
        QStringLiteral("on"),    QStringLiteral("using"),      QStringLiteral("join"),
        QStringLiteral("inner"), QStringLiteral("left"),       QStringLiteral("right"),
        QStringLiteral("full"),  QStringLiteral("cross"),      QStringLiteral("natural"),
        QStringLiteral("outer"), QStringLiteral("tablesample")};
    return words;
}
const QSet<QString> &endingFrom()
{
    static const QSet<QString> words{
        QStringLiteral("where"),  QStringLiteral("group"), QStringLiteral("having"),
        QStringLiteral("window"), QStringLiteral("order"), QStringLiteral("limit"),
        QStringLiteral("offset"), QStringLiteral("fetch"), QStringLiteral("for")};
    return words;
}
bool combines(const QString &word)
{
    return word == QLatin1String("union") || word == QLatin1String("intersect") ||
           word == QLatin1String("except");
}
} // namespace

/// Goes through the tokens once.
struct Scopes::Reader {
    Scopes &scopes;
    const Rewriting &text;
    /// What stands between two brackets.
    struct Level {
        int query = -1;
        bool isQuery = false; ///< a query begins right behind the bracket
        bool inFrom = false;
        bool wantsRelation = false;
    };
    QList<Level> levels;

    void begin(qsizetype first, int outer)
    {
        const QString word = text.wordAt(first);
        const bool isQuery = word == QLatin1String("select") || word == QLatin1String("with") ||
                             word == QLatin1String("values") || word == QLatin1String("table");
        Level level{.query = outer, .isQuery = isQuery};
        if (isQuery)
            level.query = add(outer, word == QLatin1String("select"));
        levels << level;
    }

    int add(int outer, bool isKnown)
    {
        scopes.m_queries << Query{.outer = outer, .relations = {}, .isKnown = isKnown};
        return int(scopes.m_queries.size() - 1);
    }

    void read()
    {
        begin(0, -1);
        for (qsizetype i = 0; i < text.size();) {
            const qsizetype next = step(i);
            for (; i < next; ++i)
                scopes.m_queryOf << levels.last().query;
        }
    }

    /// Reads what begins at \a i; where it goes on.
    qsizetype step(qsizetype i)
    {
        if (text.isMark(i, QLatin1String("("))) {
            bracket(i);
            return i + 1;
        }
        if (text.isMark(i, QLatin1String(")"))) {
            if (levels.size() > 1)
                levels.removeLast();
            return i + 1;
        }
        Level &level = levels.last();
        return level.isQuery ? word(i, level) : i + 1;
    }

    void bracket(qsizetype i)
    {
        Level &level = levels.last();
        if (level.wantsRelation) { // a query, or a join
            scopes.m_queries[level.query].isKnown = false;
            level.wantsRelation = false;
        }
        begin(i + 1, level.query);
    }

    qsizetype word(qsizetype i, Level &level)
    {
        const QString here = text.wordAt(i);
        const bool isFrom =
            here == QLatin1String("from") && text.wordAt(i - 1) != QLatin1String("distinct");
        const bool isNext = text.isMark(i, QLatin1String(",")) && level.inFrom;
        if (combines(here)) {
            level.inFrom = false;
            level.query =
                add(scopes.m_queries[level.query].outer, scopes.m_queries[level.query].isKnown);
        } else if (isFrom || isNext || (here == QLatin1String("join") && level.inFrom)) {
            level.inFrom = true;
            level.wantsRelation = true;
        } else if (endingFrom().contains(here)) {
            level.inFrom = false;
            level.wantsRelation = false;
        } else if (level.wantsRelation && here != QLatin1String("only") &&
                   here != QLatin1String("lateral")) {
            return relation(i, level);
        }
        return i + 1;
    }

    qsizetype relation(qsizetype i, Level &level)
    {
        level.wantsRelation = false;
        Query &query = scopes.m_queries[level.query];
        if (!text.isAnyName(i)) {
            query.isKnown = false;
            return i + 1;
        }
        scopes.m_relations.insert(i);
        Relation found{.name = {{}, text.valueAt(i)}, .alias = {}};
        qsizetype last = i;
        if (text.isDot(i + 1) && text.isAnyName(i + 2)) {
            found.name = {plainSchema(text.valueAt(i)), text.valueAt(i + 2)};
            last = i + 2;
        }
        if (text.isMark(last + 1, QLatin1String("(")) || text.isDot(last + 1)) {
            query.isKnown = false; // a function
            return last + 1;
        }
        found.alias = found.name.name;
        qsizetype alias = last + 1;
        if (text.wordAt(alias) == QLatin1String("as"))
            ++alias;
        const QString word = text.wordAt(alias);
        const bool isWord =
            joining().contains(word) || endingFrom().contains(word) || combines(word);
        if (text.isAnyName(alias) && !isWord) {
            found.alias = text.valueAt(alias);
            last = alias;
        }
        // What is called with its columns has others than the schema says.
        if (text.isMark(last + 1, QLatin1String("(")))
            query.isKnown = false;
        query.relations << found;
        for (qsizetype at = i; at <= last; ++at)
            scopes.m_names.insert(at);
        return last + 1;
    }
};

Scopes::Scopes(const Rewriting &text)
    : m_text(text)
{
    Reader{*this, text, {}}.read();
}

std::optional<schema::Name> Scopes::ownerOfQualified(int query, const schema::Name &qualifier,
                                                     const schema::Name &owner) const
{
    if (!qualifier.schema.isNull())
        return schema::Name{plainSchema(qualifier.schema), qualifier.name};
    for (; query >= 0; query = m_queries[query].outer) {
        const Query &here = m_queries[query];
        const auto found = std::ranges::find(here.relations, qualifier.name, &Relation::alias);
        if (found != here.relations.end())
            return found->name;
        if (!here.isKnown)
            return std::nullopt;
    }
    return qualifier.name == owner.name ? std::optional(owner) : std::nullopt;
}

std::optional<schema::Name> Scopes::ownerOf(qsizetype i, const schema::Name &owner,
                                            const HasColumn &has) const
{
    if (m_names.contains(i))
        return std::nullopt;
    int query = m_queryOf[i];
    if (m_text.isDot(i - 1)) {
        if (!m_text.isAnyName(i - 2))
            return std::nullopt;
        const bool withSchema = m_text.isDot(i - 3) && m_text.isAnyName(i - 4);
        return ownerOfQualified(
            query, {withSchema ? m_text.valueAt(i - 4) : QString(), m_text.valueAt(i - 2)}, owner);
    }
    for (; query >= 0; query = m_queries[query].outer) {
        const Query &here = m_queries[query];
        std::optional<schema::Name> found;
        for (const Relation &relation : here.relations) {
            const std::optional<bool> holds = has(relation.name);
            if (!holds || (*holds && found))
                return std::nullopt;
            if (*holds)
                found = relation.name;
        }
        if (!here.isKnown)
            return std::nullopt;
        if (found)
            return found;
    }
    return owner.name.isEmpty() ? std::nullopt : std::optional(owner);
}

} // namespace diff
