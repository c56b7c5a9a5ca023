// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace schema
{

/// A place in a source file; line and column count from 1, 0 is unknown.
struct SourceLocation {
    QString file; ///< relative to the project folder, with '/'
    int line = 0;
    int column = 0;
};

/// Where a definition comes from in the code, and what only the code says of it. Two definitions
/// that differ only here are the same definition, so all origins compare equal: values can keep
/// `= default` comparison.
struct Origin {
    QString name;              ///< the TypeScript name: export of a table or enum, key of a column
    SourceLocation location;   ///< where it is used: for a table's column, in that table
    SourceLocation definition; ///< in the helper that made it; without a file when that is the same
    QString description;       ///< the comment next to it, without its slashes and stars
    bool operator==(const Origin &) const { return true; }
};

} // namespace schema
