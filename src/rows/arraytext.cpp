// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/arraytext.h"

#include <algorithm>

namespace rows
{

namespace
{
bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isNull(QByteArrayView word)
{
    return word.compare("NULL", Qt::CaseInsensitive) == 0;
}

/// What is between the braces, from the left to the right.
class Elements
{
public:
    explicit Elements(QByteArrayView text, qsizetype at = 0)
        : m_text(text)
        , m_at(at)
    {
    }

    qsizetype at() const { return m_at; }
    /// False when it is none.
    bool read(std::optional<QByteArray> &element)
    {
        return take('"') ? quoted(element) : plain(element);
    }

    std::optional<ArrayElements> read()
    {
        ArrayElements elements;
        skipBlanks();
        if (!take('{'))
            return std::nullopt;
        skipBlanks();
        if (take('}'))
            return isOver() ? std::optional(elements) : std::nullopt;
        for (;;) {
            skipBlanks();
            std::optional<QByteArray> element;
            if (!read(element))
                return std::nullopt;
            elements << element;
            skipBlanks();
            if (take(','))
                continue;
            return take('}') && isOver() ? std::optional(elements) : std::nullopt;
        }
    }

private:
    bool take(char c)
    {
        const bool isThere = m_at < m_text.size() && m_text.at(m_at) == c;
        m_at += isThere ? 1 : 0;
        return isThere;
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text.at(m_at)))
            ++m_at;
    }
    bool isOver()
    {
        skipBlanks();
        return m_at == m_text.size();
    }
    bool quoted(std::optional<QByteArray> &element)
    {
        QByteArray value("");
        for (; m_at < m_text.size(); ++m_at) {
            if (take('"')) {
                element = value;
                return true;
            }
            take('\\');
            if (m_at < m_text.size())
                value += m_text.at(m_at);
        }
        return false;
    }
    bool plain(std::optional<QByteArray> &element)
    {
        QByteArray value;
        bool isEscaped = false;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text.at(m_at);
            if (c == ',' || c == '}')
                break;
            if (c == '{' || c == '"')
                return false;
            const bool isEscape = take('\\');
            isEscaped = isEscaped || isEscape;
            if (m_at < m_text.size())
                value += m_text.at(m_at);
        }
        while (!isEscaped && !value.isEmpty() && isBlank(value.back()))
            value.chop(1);
        if (isEscaped || !isNull(value))
            element = value;
        return !value.isEmpty();
    }

    QByteArrayView m_text;
    qsizetype m_at;
};

bool needsQuotes(const QByteArray &element)
{
    return element.isEmpty() || isNull(element) || std::ranges::any_of(element, [](char c) {
               return isBlank(c) || c == '{' || c == '}' || c == ',' || c == '"' || c == '\\';
           });
}
} // namespace

std::optional<ArrayElements> arrayElements(QByteArrayView text)
{
    return Elements(text).read();
}

std::optional<QByteArray> takeArrayElement(QByteArrayView text, qsizetype &at)
{
    Elements elements(text, at);
    std::optional<QByteArray> element;
    elements.read(element);
    at = elements.at();
    return element;
}

QByteArray arrayText(const ArrayElements &elements)
{
    QByteArrayList words;
    for (const std::optional<QByteArray> &element : elements) {
        if (!element) {
            words << "NULL";
        } else if (!needsQuotes(*element)) {
            words << *element;
        } else {
            QByteArray word = *element;
            words << '"' + word.replace('\\', "\\\\").replace('"', "\\\"") + '"';
        }
    }
    return '{' + words.join(',') + '}';
}

} // namespace rows
