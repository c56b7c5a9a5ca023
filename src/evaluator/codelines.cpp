// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluator/codelines.h"

#include <algorithm>
#include <utility>

namespace evaluator
{

namespace
{

constexpr std::size_t none = std::size_t(-1);

bool isOfWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isWordAt(std::string_view text, std::size_t at, std::string_view word)
{
    return text.substr(at).starts_with(word) && (at == 0 || !isOfWord(text[at - 1])) &&
           (at + word.size() == text.size() || !isOfWord(text[at + word.size()]));
}

/// How long what may begin a function is at \a at; 0 when there is no such thing.
std::size_t beginAt(std::string_view text, std::size_t at)
{
    for (const std::string_view word : {"function", "class"}) {
        if (isWordAt(text, at, word))
            return word.size();
    }
    if (text.substr(at).starts_with("=>"))
        return 2;
    return text.substr(at) == ") {" ? 3 : 0;
}

/// Where from \a at on a function may begin.
std::size_t nextBegin(std::string_view text, std::size_t at)
{
    for (at = text.find_first_of("=fc)", at); at != none; at = text.find_first_of("=fc)", at + 1)) {
        if (beginAt(text, at) > 0)
            return at;
    }
    return none;
}

/// How many functions may begin in \a text.
int begins(std::string_view text)
{
    int count = 0;
    for (std::size_t at = nextBegin(text, 0); at != none;
         at = nextBegin(text, at + beginAt(text, at)))
        ++count;
    return count;
}

/// The character of \a text, in UTF-8, at which the byte \a at is.
std::size_t characterAt(std::string_view text, std::size_t at)
{
    return at == none ? none : std::size_t(std::ranges::count_if(text.substr(0, at), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

} // namespace

CodeLines::CodeLines(std::string source)
    : m_source(std::move(source))
{
}

void CodeLines::split()
{
    m_isSplit = true;
    const std::string_view all = m_source;
    bool hides = false;
    for (std::size_t from = 0, end = 0; end != none; from = end + 1) {
        end = all.find('\n', from);
        const std::string_view text = all.substr(from, end == none ? none : end - from);
        const auto *first =
            std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) > ' '; });
        hides = hides || std::ranges::count(text, '`') % 2 != 0;
        m_lines.push_back({.text = text,
                           .indent = first == text.end() ? none : std::size_t(first - text.begin()),
                           .begins = characterAt(text, nextBegin(text, 0))});
    }
    if (hides)
        m_lines.clear();
}

/// The line of a call, unless a function may begin before it there.
CodeLines::Line *CodeLines::lineOf(unsigned line, unsigned column)
{
    if (!m_isSplit)
        split();
    if (line < 1 || line > m_lines.size())
        return nullptr;
    Line &found = m_lines[line - 1];
    return found.begins == none || found.begins + 1 >= column ? &found : nullptr;
}

/// Whether no line around \a at begins a function.
bool CodeLines::isPlain(std::size_t at)
{
    constexpr std::size_t ofModule = 4; // a statement of the module: __esm's function holds it
    std::vector<std::size_t> passed;
    auto structure = Line::Not;
    for (;;) {
        const Line &line = m_lines[at];
        structure = line.structure;
        if (structure != Line::Unknown)
            break;
        passed.push_back(at);
        structure = line.indent == ofModule ? Line::Plain : Line::Not;
        if (line.indent <= ofModule)
            break;
        std::size_t above = at;
        while (above > 0 && m_lines[above - 1].indent > line.indent)
            --above;
        structure = Line::Not;
        if (above == 0)
            break;
        at = above - 1;
        if (m_lines[at].indent < line.indent && m_lines[at].begins != none)
            break;
    }
    for (const std::size_t line : passed)
        m_lines[line].structure = structure;
    return structure == Line::Plain;
}

bool CodeLines::isDirect(unsigned line, unsigned column)
{
    return lineOf(line, column) && isPlain(line - 1);
}

bool CodeLines::isOfFunction(unsigned line, unsigned column, unsigned begin)
{
    const Line *call = begin < line ? lineOf(line, column) : nullptr;
    if (!call || begin < 1)
        return false;
    std::size_t indent = call->indent;
    for (std::size_t at = line - 1; at >= begin; --at) {
        const Line &above = m_lines[at - 1];
        if (above.indent >= indent)
            continue;
        if (at == begin)
            return evaluator::begins(above.text) == 1;
        if (above.begins != none)
            return false;
        indent = above.indent;
    }
    return false;
}

} // namespace evaluator
