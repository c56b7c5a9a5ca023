// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/defaults.h"

#include "migrate/columntype.h"
#include "migrate/json.h"
#include "migrate/statements.h"
#include "sql/identifier.h"

#include <nlohmann/json.hpp>

namespace migrate
{

namespace
{
std::optional<Json> jsonOf(const QString &text)
{
    Json value = Json::parse(text.toStdString(), nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional(std::move(value));
}

bool isJson(const QString &base)
{
    return base == QLatin1String("json") || base == QLatin1String("jsonb");
}

QString numberOf(const Json &value)
{
    return value.is_number() ? QString::fromStdString(value.dump()) : QString();
}

/// The numbers of [1, 2] or of {x: 1, y: 2}; empty when it is neither.
QStringList numbersOf(const Json &value, const QList<const char *> &keys)
{
    QStringList numbers;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const Json *part = nullptr;
        if (value.is_array() && value.size() == std::size_t(keys.size()))
            part = &value[std::size_t(i)];
        else if (value.is_object() && value.contains(keys[i]))
            part = &value[keys[i]];
        const QString number = part ? numberOf(*part) : QString();
        if (number.isEmpty())
            return {};
        numbers << number;
    }
    return numbers;
}

/// A value that drizzle-kit hands on as JavaScript, as the type's input function reads it.
QString inputText(const QString &json, const QString &base)
{
    const std::optional<Json> value = jsonOf(json);
    if (!value)
        return json;
    const QStringList point = numbersOf(*value, {"x", "y"});
    if (base == QLatin1String("point") && !point.isEmpty())
        return u'(' + point.join(u',') + u')';
    if (base == QLatin1String("geometry") && !point.isEmpty())
        return QStringLiteral("point(") + point.join(u' ') + u')';
    const QStringList line = numbersOf(*value, {"a", "b", "c"});
    if (base == QLatin1String("line") && !line.isEmpty())
        return u'{' + line.join(u',') + u'}';
    return json;
}

/// What 'it''s' says; nothing when \a text is not one constant.
std::optional<QString> constantOf(const QString &text)
{
    if (text.size() < 2 || !text.startsWith(u'\'') || !text.endsWith(u'\''))
        return std::nullopt;
    QString value;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        value += text[i];
        if (text[i] != u'\'')
            continue;
        if (i + 2 >= text.size() || text[i + 1] != u'\'')
            return std::nullopt;
        ++i;
    }
    return value;
}

/// The program's value between quotes that were only put around it.
QString withoutQuotes(const QString &text)
{
    return text.mid(1, text.size() - 2);
}

QString jsonDefault(const QString &text)
{
    for (const auto &cast : {QStringLiteral("::jsonb"), QStringLiteral("::json")}) {
        if (!text.startsWith(u'\'') || !text.endsWith(u'\'' + cast))
            continue;
        const QString constant = text.chopped(cast.size());
        const bool isBroken = !constantOf(constant) && jsonOf(withoutQuotes(constant));
        return isBroken ? sql::literal(withoutQuotes(constant)) + cast : text;
    }
    // Only a text has no cast.
    const std::optional<QString> value = constantOf(text);
    return value && !jsonOf(*value)
               ? sql::literal(QString::fromStdString(Json(value->toStdString()).dump()))
               : text;
}

/// Reads {"a","b c",{1,2}} as drizzle-kit writes it: nothing is escaped, but quotes in JSON.
class WrittenArray
{
public:
    WrittenArray(const QString &text, bool ofJson)
        : m_text(text)
        , m_ofJson(ofJson)
    {
    }

    /// The array as the server reads it; nothing when drizzle-kit does not write such a text.
    std::optional<QString> escaped()
    {
        return list() && m_at == m_text.size() ? std::optional(m_escaped) : std::nullopt;
    }

private:
    QChar here() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }

    bool list()
    {
        if (here() != u'{')
            return false;
        m_escaped += m_text[m_at++];
        while (here() != u'}') {
            if (!element() || (here() != u',' && here() != u'}'))
                return false;
            if (here() == u',')
                m_escaped += m_text[m_at++];
        }
        m_escaped += m_text[m_at++];
        return true;
    }

    bool element()
    {
        if (here() == u'{')
            return list();
        if (here() == u'"')
            return quoted();
        const qsizetype start = m_at;
        while (m_at < m_text.size() && here() != u',' && here() != u'}')
            ++m_at;
        m_escaped += m_text.mid(start, m_at - start);
        return m_at > start && !m_text.mid(start, m_at - start).contains(u'"');
    }

    /// Where a quote ends an element: what follows begins the next one, or ends the lists.
    bool isEnd(qsizetype at) const
    {
        qsizetype next = at + 1;
        while (next < m_text.size() && m_text[next] == u'}')
            ++next;
        if (next == m_text.size())
            return next > at + 1;
        if (m_text[next] != u',' || next + 1 == m_text.size())
            return false;
        const QChar first = m_text[next + 1];
        return first == u'"' || first == u'{' || first == u'-' || first.isDigit() ||
               first == u't' || first == u'f';
    }

    bool quoted()
    {
        const qsizetype start = ++m_at;
        while (m_at < m_text.size() && !(here() == u'"' && isEnd(m_at)))
            ++m_at;
        if (m_at == m_text.size())
            return false;
        QString value = m_text.mid(start, m_at - start);
        ++m_at;
        if (m_ofJson)
            value = jsonElement(value);
        value.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        m_escaped += u'"' + value + u'"';
        return true;
    }

    /// An object comes with its quotes escaped, a text bare.
    static QString jsonElement(const QString &text)
    {
        QString value = text;
        value.replace(QStringLiteral("\\\""), QStringLiteral("\""));
        return jsonOf(value) ? value : QString::fromStdString(Json(text.toStdString()).dump());
    }

    const QString &m_text;
    const bool m_ofJson;
    qsizetype m_at = 0;
    QString m_escaped;
};

/// Whether the server reads \a text as an array, and each backslash in it stands before a quote or
/// another: a person's escape, or JSON's.
bool isArray(const QString &text)
{
    int depth = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\\') {
            const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
            if (next != u'"' && next != u'\\')
                return false;
            ++i;
        } else if (c == u'"') {
            const QChar before = i > 0 ? text[i - 1] : QChar();
            const QChar after = i + 1 < text.size() ? text[i + 1] : QChar();
            const bool fits = isQuoted ? after == u',' || after == u'}' || after.isSpace()
                                       : before == u',' || before == u'{' || before.isSpace();
            if (!fits)
                return false;
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u'{' || c == u'}')) {
            depth += c == u'{' ? 1 : -1;
        }
    }
    return depth == 0 && !isQuoted;
}

QString arrayDefault(const QString &text, const QString &base)
{
    if (!text.startsWith(QLatin1String("'{")) || !text.endsWith(QLatin1String("}'")))
        return text;
    const std::optional<QString> constant = constantOf(text);
    if (constant && isArray(*constant) && !isJson(base))
        return text;
    const QString written = constant.value_or(withoutQuotes(text));
    const std::optional<QString> escaped = WrittenArray(written, isJson(base)).escaped();
    return escaped && *escaped != constant ? sql::literal(*escaped) : text;
}
} // namespace

QString defaultSql(const schema::Column &column)
{
    const schema::Default &value = *column.defaultValue;
    const TypeParts type = typeParts(column.type);
    switch (value.form) {
    case schema::Default::Form::Json:
        return value.text == QLatin1String("null") ? value.text
                                                   : sql::literal(inputText(value.text, type.base));
    case schema::Default::Form::Sql:
        if (!type.array.isEmpty())
            return arrayDefault(value.text, type.base);
        return isJson(type.base) ? jsonDefault(value.text) : closed(value.text);
    case schema::Default::Form::Number:
    case schema::Default::Form::Boolean:
        break;
    }
    return value.text;
}

} // namespace migrate
