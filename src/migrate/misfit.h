// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: parts of `misfit`, see precheck.h.
#pragma once

#include "migrate/columntype.h"

namespace migrate
{

/// BETWEEN … AND … of a whole number's type; empty for other types.
QString wholeRange(const QString &base);

/// SQL that is true where numeric(precision, scale) refuses \a value; empty when it has no bounds.
QString outsideNumeric(const QString &value, const TypeParts &type);

/// SQL that is true where \a value, a text, is none that the input function of \a after takes:
/// told by its form, for servers without pg_input_is_valid. What a type reads in so many ways as a
/// date is only found where it is surely wrong. Empty: there is no way to tell.
QString misfitText(const QString &value, const TypeParts &after);

} // namespace migrate
