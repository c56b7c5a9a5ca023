// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "query/writer.h"

namespace query
{

/// Whether LIKE works on a column of \a type without a cast; an unknown (empty) type counts as no.
bool isTextual(const QString &type);

/// \a text as a LIKE pattern that stands for itself: %, _ and \ escaped.
QString escapedPattern(const QString &text);

/// The pattern that Contains and StartsWith compare with.
QString patternOf(const Filter &filter);

/// The condition of \a filter; its values become parameters of \a writer.
QString condition(const Filter &filter, Writer &writer);

/// The condition that holds for rows beyond \a keyset in the order of \a sorts.
QString condition(const Keyset &keyset, const QList<Sort> &sorts, Writer &writer);

} // namespace query
