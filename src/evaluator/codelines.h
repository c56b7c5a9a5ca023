// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evaluator
{

/// The lines of a module as esbuild writes it, which indents what a bracket holds: they tell
/// whether a call is done by the module itself. When in doubt, they say that it is not. Lines and
/// columns count from 1.
class CodeLines
{
public:
    explicit CodeLines(std::string source);

    /// Whether the call at a place is done by the module itself and not by a function in it.
    bool isDirect(unsigned line, unsigned column);

    /// Whether it is done by the function that begins in the line \a begin and not by one in that.
    bool isOfFunction(unsigned line, unsigned column, unsigned begin);

private:
    struct Line {
        std::string_view text;
        std::size_t indent = 0; ///< of an empty one: further than any
        std::size_t begins = 0; ///< where in it a function may begin, from 0
        enum { Unknown, Plain, Not } structure = Unknown; ///< whether no line around begins one
    };
    void split();
    Line *lineOf(unsigned line, unsigned column);
    bool isPlain(std::size_t at);

    std::string m_source;
    bool m_isSplit = false;
    std::vector<Line> m_lines; ///< none when a text over several lines hides the structure
};

} // namespace evaluator
