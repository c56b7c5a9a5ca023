// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/valuetext.h"

#include <algorithm>

namespace studio
{

namespace
{
constexpr qsizetype partSize = 32 * 1024;   // of m_shown; more makes a text field slow
constexpr qsizetype longestLine = 8 * 1024; // which is laid out as a whole
constexpr qsizetype bytesInLine = 16;

/// A place near \a wanted at which a text can be parted: behind a line, else a blank, else a
/// character.
qsizetype breakBefore(QByteArrayView text, qsizetype start, qsizetype wanted)
{
    const qsizetype least = start + (wanted - start) / 2;
    for (const char sought : {'\n', ' '}) {
        for (qsizetype at = wanted; at > least; --at) {
            if (text.at(at - 1) == sought)
                return at;
        }
    }
    while (wanted > least && (uchar(text.at(wanted)) & 0xC0) == 0x80)
        --wanted;
    return wanted;
}

/// How far a part that begins at \a start may reach.
qsizetype endOf(QByteArrayView text, qsizetype start)
{
    const qsizetype end = std::min(text.size(), start + partSize);
    for (qsizetype line = start; line < end;) {
        const qsizetype length = text.sliced(line, end - line).indexOf('\n');
        const qsizetype next = length < 0 ? end : line + length;
        if (next - line > longestLine)
            return line + longestLine;
        line = next + 1;
    }
    return end;
}

QList<qsizetype> startsOf(QByteArrayView text)
{
    QList<qsizetype> starts{0};
    for (qsizetype end = endOf(text, 0); end < text.size(); end = endOf(text, starts.last()))
        starts << breakBefore(text, starts.last(), end);
    return starts;
}

/// Writes JSON with line breaks while it is read, once.
class JsonWriter
{
public:
    explicit JsonWriter(QByteArrayView json)
        : m_json(json)
    {
        m_out.reserve(json.size() + json.size() / 4);
    }
    QByteArray write()
    {
        while (m_at < m_json.size())
            step();
        return m_out;
    }

private:
    void step()
    {
        const char c = m_json.at(m_at++);
        if (c == '"') {
            text();
        } else if (c == '{' || c == '[') {
            m_out += c;
            if (isEmptyBehind(c == '{' ? '}' : ']'))
                return;
            ++m_depth;
            line();
        } else if (c == '}' || c == ']') {
            m_depth = std::max(0, m_depth - 1);
            line();
            m_out += c;
        } else if (c == ',') {
            m_out += c;
            line();
        } else if (c == ':') {
            m_out += ": ";
        } else if (!isBlank(c)) {
            m_out += c;
        }
    }
    void text()
    {
        const qsizetype start = m_at - 1;
        while (m_at < m_json.size() && m_json.at(m_at) != '"')
            m_at += m_json.at(m_at) == '\\' ? 2 : 1;
        m_at = std::min(m_at + 1, m_json.size());
        m_out += m_json.sliced(start, m_at - start);
    }
    /// {} and [] stay on their line.
    bool isEmptyBehind(char end)
    {
        qsizetype at = m_at;
        while (at < m_json.size() && isBlank(m_json.at(at)))
            ++at;
        if (at >= m_json.size() || m_json.at(at) != end)
            return false;
        m_out += end;
        m_at = at + 1;
        return true;
    }
    void line() { m_out += '\n' + QByteArray(2 * std::min(m_depth, 60), ' '); }
    static bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    QByteArrayView m_json;
    QByteArray m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
};
} // namespace

QByteArray prettyJson(QByteArrayView json)
{
    return JsonWriter(json).write();
}

QString hexLines(QByteArrayView bytes, qint64 offset)
{
    QString text;
    for (qsizetype start = 0; start < bytes.size(); start += bytesInLine) {
        const QByteArray line =
            bytes.sliced(start, std::min(bytesInLine, bytes.size() - start)).toByteArray();
        QString characters;
        for (const char c : line)
            characters += c >= 0x20 && c < 0x7F ? QLatin1Char(c) : QLatin1Char('.');
        text += QStringLiteral("%1  %2  %3\n")
                    .arg(offset + start, 8, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(line.toHex(' ')), -int(bytesInLine * 3 - 1))
                    .arg(characters);
    }
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

ValueText::ValueText(const QByteArray &value, rows::TypeClass type)
    : m_value(value)
    // bytea_output = escape is shown as the text that it is.
    , m_isBytes(type == rows::TypeClass::Binary && value.startsWith("\\x"))
{
    m_shown = m_isBytes                       ? QByteArray::fromHex(value.mid(2))
              : type == rows::TypeClass::Json ? prettyJson(value)
                                              : value;
    if (!m_isBytes) {
        m_starts = startsOf(m_shown);
        return;
    }
    constexpr qsizetype bytesInPart = partSize / 4; // each takes about four characters
    for (qsizetype start = 0; start == 0 || start < m_shown.size(); start += bytesInPart)
        m_starts << start;
}

QString ValueText::part(qsizetype index) const
{
    const qsizetype start = m_starts.at(index);
    const qsizetype end = index + 1 < m_starts.size() ? m_starts.at(index + 1) : m_shown.size();
    const QByteArrayView bytes = QByteArrayView(m_shown).sliced(start, end - start);
    return m_isBytes ? hexLines(bytes, start) : QString::fromUtf8(bytes);
}

QByteArray ValueText::fileContent() const
{
    return m_isBytes ? m_shown : m_value;
}

} // namespace studio
