// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edits/staged.h"

namespace edits
{

/// How a value is compared with what it was.
enum class Matching {
    ByValue,     ///< IS NOT DISTINCT FROM: equal values look the same, whatever the session's
                 ///< settings are
    ByCharacter, ///< texts, whatever the column's collation takes for equal
    ByText,      ///< what the server prints: types without = (json, xml, point), or whose equal
                 ///< values differ to the eye (1.0 and 1.00, '1 mon' and '30 days')
};

/// By the column's type as in schema::Column; what is not known (domains, composites) goes by text.
Matching matchingOf(const schema::Column &column);

/// True for a row whose \a column (SQL, with its alias) holds \a value still. \a parameter stands
/// for the value's text: $3; it is not used, and must not be bound, when the value is NULL or
/// unknown.
QString matches(const QString &column, Matching matching, const OldValue &value,
                const QString &parameter);

} // namespace edits
