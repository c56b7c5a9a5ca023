// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/sourcemap.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace load
{

namespace
{

/// The values of base64's digits by their characters; of others -1.
constexpr auto digits = [] {
    std::array<signed char, 256> values{};
    values.fill(-1);
    signed char value = 0;
    for (const unsigned char c :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
        values[c] = value++;
    return values;
}();

int digit(char c)
{
    return digits[static_cast<unsigned char>(c)];
}

/// Reads one variable-length number at \a at, and moves \a at behind it.
int number(std::string_view text, std::size_t &at)
{
    qint64 value = 0;
    for (int shift = 0; at < text.size() && shift < 60; shift += 5) {
        const int bits = digit(text[at]);
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
    const std::string_view text(mappings.constData(), std::size_t(mappings.size()));
    constexpr std::size_t usual = 6; // characters of a segment, with what ends it
    m_segments.reserve(text.size() / usual);
    m_lines.push_back(0);
    int line = 0, column = 0, generated = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == ';') {
            m_lines.push_back(m_segments.size());
            generated = 0;
            ++at;
        } else if (digit(c) < 0) {
            ++at;
        } else {
            std::array<int, 5> numbers{};
            std::size_t count = 0;
            while (at < text.size() && digit(text[at]) >= 0 && count < numbers.size())
                numbers[count++] = number(text, at);
            generated += numbers[0];
            if (count < 4)
                continue;
            line += numbers[2];
            column += numbers[3];
            m_segments.push_back({generated, line, column});
        }
    }
    m_lines.push_back(m_segments.size());
}

SourceMap::Position SourceMap::lookUp(int line, int column) const
{
    const auto behindLine = std::size_t(std::max(line, 0));
    if (behindLine < 1 || behindLine >= m_lines.size())
        return {};
    const std::size_t first = m_lines[behindLine - 1];
    const std::span segments = std::span(m_segments).subspan(first, m_lines[behindLine] - first);
    if (segments.empty())
        return {};
    const auto behind =
        std::ranges::upper_bound(segments, column - 1, {}, &Segment::generatedColumn);
    const Segment &segment = behind == segments.begin() ? segments.front() : *std::prev(behind);
    return {segment.line + 1, segment.column + 1};
}

} // namespace load
