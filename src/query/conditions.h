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

/// A text array as PostgreSQL reads it: {"a","b"}.
QString arrayText(const QStringList &values);

/// a.b.0 → a, b, 0.
QStringList pathOf(const Filter &filter);

/// The condition of \a filter; its values become parameters of \a writer.
QString condition(const Filter &filter, Writer &writer);

/// The condition of \a among; one column's keys are one parameter, an array.
QString condition(const Among &among, Writer &writer);

/// \a search, its text as a parameter of \a writer.
QString condition(const Search &search, Writer &writer);

/// What a person wrote, in brackets that no comment swallows.
QString writtenCondition(const QString &text);

/// Conditions of which each row beyond \a keyset in the order of \a sorts meets exactly one. Each
/// can be sought with an index on the sorted columns in one go, and together they are in order: all
/// rows of the first come before those of the second. None: there are no such rows; an empty one
/// holds for every row.
QStringList conditions(const Keyset &keyset, const QList<Sort> &sorts, Writer &writer);

/// Whether NULLs come after the values when one reads by \a sort, upwards or \a reversed.
bool nullsComeLast(const Sort &sort, bool reversed);

/// Two-sided, without which the server reads the table to its end.
QString condition(const Blocks &blocks, const QString &alias);

} // namespace query
