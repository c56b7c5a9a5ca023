// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/origin.h"

#include <QStringList>

namespace schema
{

/// Something that was noticed about a schema while it was read, with its place in the code.
struct Problem {
    enum class Severity {
        Error, ///< a part of the code could not be read and is missing from the schema
        Notice ///< the schema is right; worth knowing
    };
    Severity severity = Severity::Notice;
    /// An error in what no SQL is made of, such as relations: nothing that a database has is
    /// missing.
    bool besideSql = false;
    QString text;
    QString hint; ///< what to do; may be empty
    SourceLocation location;
    QStringList importChain; ///< from the entry to the file in `location`, relative names

    bool operator==(const Problem &other) const
    {
        return severity == other.severity && text == other.text;
    }
};

} // namespace schema
