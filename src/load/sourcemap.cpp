// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/sourcemap.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace load
{

namespace
{

/// The value of a base64 digit, or -1.
int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Reads one variable-length number at \a at, and moves \a at behind it.
int number(const QByteArray &text, qsizetype &at)
{
    qint64 value = 0;
    for (int shift = 0; at < text.size() && shift < 60; shift += 5) {
        const int bits = digit(text.at(at));
        if (bits < 0)
            break;
        ++at;
        value |= qint64(bits & 31) << shift;
        if (!(bits & 32))
            break;
    }
    return int(value & 1 ? -(value >> 1) : value >> 1);
}

} // namespace

SourceMap SourceMap::parse(const QByteArray &json)
{
    SourceMap map;
    // esbuild's, whose mappings are one text without anything that would have to be escaped: taking
    // megabytes of it apart as JSON takes longer than all that is behind it.
    static const QByteArray member = "\n  \"mappings\": \"";
    if (const qsizetype at = json.indexOf(member); at >= 0) {
        const qsizetype from = at + member.size();
        map.decode(json.sliced(from, json.indexOf('"', from) - from));
        return map;
    }
    const auto parsed = nlohmann::json::parse(json.cbegin(), json.cend(), nullptr, false);
    if (parsed.is_object() && parsed.contains("mappings") && parsed["mappings"].is_string())
        map.decode(QByteArray::fromStdString(parsed["mappings"].get<std::string>()));
    return map;
}

void SourceMap::decode(const QByteArray &mappings)
{
    // A segment is one to five numbers: generated column, source, line, column, name. All but the
    // first continue from the segment before, over the ends of lines.
    int line = 0, column = 0;
    m_lines.append(QList<Segment>());
    int generated = 0;
    for (qsizetype at = 0; at < mappings.size();) {
        const char c = mappings.at(at);
        if (c == ';') {
            m_lines.append(QList<Segment>());
            generated = 0;
            ++at;
        } else if (digit(c) < 0) {
            ++at;
        } else {
            std::array<int, 5> numbers{};
            std::size_t count = 0;
            while (at < mappings.size() && digit(mappings.at(at)) >= 0 && count < numbers.size())
                numbers.at(count++) = number(mappings, at);
            generated += numbers[0];
            if (count < 4)
                continue;
            line += numbers[2];
            column += numbers[3];
            m_lines.last().append({generated, line, column});
        }
    }
}

SourceMap::Position SourceMap::lookUp(int line, int column) const
{
    if (line < 1 || line > m_lines.size() || m_lines.at(line - 1).isEmpty())
        return {};
    const QList<Segment> &segments = m_lines.at(line - 1);
    const auto behind = std::upper_bound(
        segments.cbegin(), segments.cend(), column - 1,
        [](int wanted, const Segment &segment) { return wanted < segment.generatedColumn; });
    const Segment &segment = behind == segments.cbegin() ? segments.first() : *std::prev(behind);
    return {segment.line + 1, segment.column + 1};
}

} // namespace load
