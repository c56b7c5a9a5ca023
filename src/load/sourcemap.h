// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QByteArray>

#include <vector>

namespace load
{

/// The mappings of one JavaScript file back to the one source file it was made from (source map,
/// version 3).
class SourceMap
{
public:
    /// Empty when \a json is no source map; then lookUp() finds nothing.
    static SourceMap parse(const QByteArray &json);

    struct Position {
        int line = 0;
        int column = 0;
        bool operator==(const Position &) const = default;
    };

    /// The source position of a generated one; both count from 1. Line 0 when it is not mapped.
    Position lookUp(int line, int column) const;

private:
    struct Segment {
        int generatedColumn;
        int line;
        int column;
    };
    void decode(const QByteArray &mappings);

    std::vector<Segment> m_segments;
    std::vector<std::size_t> m_lines; ///< by generated line, from 0: where its segments begin
};

} // namespace load
