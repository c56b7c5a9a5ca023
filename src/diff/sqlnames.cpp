// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/sqlnames.h"

#include "diff/equal.h"
#include "diff/sqlscopes.h"
#include "diff/sqltokens.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace diff
{

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

namespace
{
using diff::quoted;

QString quoted(const schema::Name &name)
{
    const QString schema = plainSchema(name.schema);
    return schema.isEmpty() ? quoted(name.name) : quoted(schema) + u'.' + quoted(name.name);
}

/// What PostgreSQL takes for no column's name without quotes (its reserved words).
bool isReserved(const QString &word)
{
    static const QSet<QString> words = [] {
        const QString text = QStringLiteral(
            "all analyse analyze and any array as asc asymmetric authorization binary both case "
            "cast check collate collation column concurrently constraint create cross "
            "current_catalog current_date current_role current_schema current_time "
            "current_timestamp current_user default deferrable desc distinct do else end except "
            "false fetch for foreign freeze from full grant group having ilike in initially inner "
            "intersect into is isnull join lateral leading left like limit localtime "
            "localtimestamp natural not notnull null offset on only or order outer overlaps "
            "placing primary references returning right select session_user similar some symmetric "
            "system_user table tablesample then to trailing true union unique user using variadic "
            "verbose when where window with");
        const QStringList list = text.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return words.contains(word);
}

bool isPlainName(const QString &name)
{
    const auto isPart = [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'_'; };
    return !name.isEmpty() && isPart(name[0]) && !isReserved(name) &&
           std::ranges::all_of(name,
                               [&](QChar c) { return isPart(c) || (c >= u'0' && c <= u'9'); });
}

/// \a name for the place from \a first to \a last, which keeps its spelling: without quotes where
/// it had none and the name needs none.
QString spelled(const Rewriting &text, qsizetype first, qsizetype last, const schema::Name &name)
{
    const QString schema = plainSchema(name.schema);
    const bool plain = text.isPlain(first, last) && isPlainName(name.name) &&
                       (schema.isEmpty() || isPlainName(schema));
    if (!plain)
        return quoted(name);
    return schema.isEmpty() ? name.name : schema + u'.' + name.name;
}

/// Where the name \a wanted starts that ends at token \a i: at its schema, or at \a i where it
/// needs none; -1 where another schema stands in front of it.
qsizetype startOf(const Rewriting &text, qsizetype i, const schema::Name &wanted)
{
    const QString schema = plainSchema(wanted.schema);
    if (!text.isDot(i - 1))
        return schema.isEmpty() ? i : -1;
    const bool own = text.isName(i - 2, schema.isEmpty() ? QStringLiteral("public") : schema);
    return own && !text.isDot(i - 3) ? i - 2 : -1;
}

/// False where \a text cannot hold \a name, found without taking the text apart. A name with quotes
/// has them doubled there.
bool mayHold(const QString &text, const QString &name)
{
    return name.contains(u'"') || name.contains(u'\'') || text.contains(name, Qt::CaseInsensitive);
}

bool readsFrom(const QString &word)
{
    static constexpr std::array words{"from", "join", "update", "into", "only", "table"};
    return std::ranges::any_of(words,
                               [&](const char *known) { return word == QLatin1String(known); });
}
} // namespace

QString renameSchemaIn(const QString &text, const QString &from, const QString &to)
{
    if (!mayHold(text, from))
        return text;
    Rewriting rewriting(text);
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        if (rewriting.isName(i, from) && rewriting.isDot(i + 1) && !rewriting.isDot(i - 1))
            rewriting.replace(i, i, spelled(rewriting, i, i, {{}, to}));
    }
    return rewriting.text();
}

QString renameTableIn(const QString &text, const schema::Name &from, const schema::Name &to)
{
    if (!mayHold(text, from.name))
        return text;
    Rewriting rewriting(text);
    const Scopes scopes(rewriting);
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        if (!rewriting.isName(i, from.name))
            continue;
        const qsizetype start = startOf(rewriting, i, from);
        if (start < 0)
            continue;
        const bool isRead = readsFrom(rewriting.wordAt(start - 1)) || scopes.isRelation(start);
        // A schema may have the same name.
        const bool isSchema =
            start == i && rewriting.isDot(i + 1) &&
            (isRead || rewriting.isDot(i + 3) || rewriting.isMark(i + 3, QLatin1String("(")));
        if (!isSchema && (start < i || rewriting.isDot(i + 1) || isRead))
            rewriting.replace(start, i, spelled(rewriting, start, i, to));
    }
    return rewriting.text();
}

namespace
{
/// Whether what stands alone at \a i is a column and no function, type, alias or field.
bool isColumn(const Rewriting &text, qsizetype i)
{
    const bool ofTime =
        text.isMark(i - 1, QLatin1String("(")) && text.wordAt(i - 2) == QLatin1String("extract");
    return !text.isDot(i - 1) && !text.isDot(i + 1) && !text.isMark(i + 1, QLatin1String("(")) &&
           !text.isMark(i - 1, QLatin1String("::")) && !text.isConstant(i + 1) && !ofTime &&
           text.wordAt(i - 1) != QLatin1String("as");
}

/// Whether \a table stands in front of the name at \a i, with its schema or without one.
bool isQualified(const Rewriting &text, qsizetype i, const schema::Name &table)
{
    if (!text.isDot(i - 1) || !text.isName(i - 2, table.name))
        return false;
    return !text.isDot(i - 3) || startOf(text, i - 2, table) >= 0;
}
} // namespace

QString renameColumnIn(const QString &text, const schema::Name &table, const QString &from,
                       const QString &to, ColumnScope scope)
{
    if (!mayHold(text, from))
        return text;
    Rewriting rewriting(text);
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        const bool isIt =
            rewriting.isName(i, from) && (isQualified(rewriting, i, table) ||
                                          (scope == ColumnScope::Own && isColumn(rewriting, i)));
        if (isIt)
            rewriting.replace(i, i, spelled(rewriting, i, i, {{}, to}));
    }
    return rewriting.text();
}

QString renameColumnInQueries(const QString &text, const schema::Name &table, const QString &from,
                              const QString &to, const schema::Name &owner, const HasColumn &has)
{
    if (!mayHold(text, from))
        return text;
    Rewriting rewriting(text);
    const Scopes scopes(rewriting);
    const schema::Name wanted{plainSchema(table.schema), table.name};
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        const bool canBe =
            rewriting.isName(i, from) && (rewriting.isDot(i - 1) || isColumn(rewriting, i));
        if (!canBe)
            continue;
        const std::optional<schema::Name> found = scopes.ownerOf(i, owner, has);
        if (found ? *found == wanted : isQualified(rewriting, i, wanted))
            rewriting.replace(i, i, spelled(rewriting, i, i, {{}, to}));
    }
    return rewriting.text();
}

QString renameTypeIn(const QString &text, const schema::Name &from, const schema::Name &to)
{
    if (!mayHold(text, from.name))
        return text;
    Rewriting rewriting(text);
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        if (!rewriting.isName(i, from.name))
            continue;
        const qsizetype start = startOf(rewriting, i, from);
        if (start > 0 && rewriting.isMark(start - 1, QLatin1String("::")))
            rewriting.replace(start, i, spelled(rewriting, start, i, to));
    }
    return rewriting.text();
}

QString renameSequenceIn(const QString &text, const schema::Name &from, const schema::Name &to)
{
    if (!mayHold(text, from.name))
        return text;
    Rewriting rewriting(text);
    for (qsizetype i = 2; i < rewriting.size(); ++i) {
        if (!rewriting.isConstant(i) || !rewriting.isMark(i - 1, QLatin1String("(")) ||
            rewriting.wordAt(i - 2) != QLatin1String("nextval"))
            continue;
        const QString inside = rewriting.valueAt(i);
        Rewriting name(inside);
        const qsizetype last = name.size() - 1;
        if (name.isName(last, from.name) && startOf(name, last, from) == 0)
            rewriting.replace(i, i,
                              u'\'' + quoted(to).replace(u'\'', QStringLiteral("''")) + u'\'');
    }
    return rewriting.text();
}

namespace
{
/// Finds the constants of a text that are values of an enum.
class Values
{
public:
    Values(const Rewriting &text, const schema::Name &type, const EnumColumns &columns)
        : m_text(text)
        , m_type(type)
        , m_columns(columns)
    {
    }

    bool isOne(qsizetype i) const
    {
        return m_text.isConstant(i) &&
               (isCast(i) || isBehindColumn(i) || isBeforeColumn(i) || isInList(i));
    }

private:
    /// 'a'::mood, or one of ARRAY['a', 'b']::mood[].
    bool isCast(qsizetype i) const
    {
        qsizetype at = i + 1;
        while (m_text.isConstant(at) || m_text.isMark(at, QLatin1String(",")))
            ++at;
        if (at > i + 1 && !m_text.isMark(at, QLatin1String("]")))
            return false;
        if (m_text.isMark(at, QLatin1String("]")))
            ++at;
        if (!m_text.isMark(at, QLatin1String("::")))
            return false;
        const qsizetype last = m_text.isDot(at + 2) ? at + 3 : at + 1;
        return m_text.isName(last, m_type.name) && startOf(m_text, last, m_type) == at + 1;
    }

    bool isComparison(qsizetype i) const
    {
        return m_text.isMark(i, QLatin1String("=")) || m_text.isMark(i, QLatin1String("<")) ||
               m_text.isMark(i, QLatin1String(">")) || m_text.isMark(i, QLatin1String("!"));
    }

    bool isColumn(qsizetype i) const
    {
        const bool named = std::ranges::any_of(
            m_columns.names, [&](const QString &name) { return m_text.isName(i, name); });
        if (!named || m_text.isDot(i + 1))
            return false;
        return m_text.isDot(i - 1) ? m_text.isName(i - 2, m_columns.table.name)
                                   : m_columns.scope == ColumnScope::Own;
    }

    bool isBehindColumn(qsizetype i) const
    {
        qsizetype at = i - 1;
        while (isComparison(at))
            --at;
        return at < i - 1 && isColumn(at);
    }

    bool isBeforeColumn(qsizetype i) const
    {
        qsizetype at = i + 1;
        while (isComparison(at))
            ++at;
        if (at == i + 1)
            return false;
        while (m_text.isDot(at + 1))
            at += 2;
        return isColumn(at);
    }

    /// m in ('a', 'b')
    bool isInList(qsizetype i) const
    {
        qsizetype at = i - 1;
        while (m_text.isConstant(at) || m_text.isMark(at, QLatin1String(",")))
            --at;
        if (!m_text.isMark(at, QLatin1String("(")) || m_text.wordAt(at - 1) != QLatin1String("in"))
            return false;
        at -= m_text.wordAt(at - 2) == QLatin1String("not") ? 3 : 2;
        return isColumn(at);
    }

    const Rewriting &m_text;
    const schema::Name &m_type;
    const EnumColumns &m_columns;
};
} // namespace

QString renameValueIn(const QString &text, const schema::Name &type, const EnumColumns &columns,
                      const QString &from, const QString &to)
{
    const auto constant = [](QString value) {
        return u'\'' + value.replace(u'\'', QStringLiteral("''")) + u'\'';
    };
    if (!text.contains(constant(from)))
        return text;
    Rewriting rewriting(text);
    const Values values(rewriting, type, columns);
    for (qsizetype i = 0; i < rewriting.size(); ++i) {
        if (values.isOne(i) && rewriting.valueAt(i) == from)
            rewriting.replace(i, i, constant(to));
    }
    return rewriting.text();
}

schema::Name sqlName(const QString &text, const QString &schema)
{
    const Rewriting name(text);
    if (name.size() == 3 && name.isDot(1))
        return {plainSchema(name.valueAt(0)), name.valueAt(2)};
    return {plainSchema(schema), name.size() == 1 ? name.valueAt(0) : text};
}

} // namespace diff
