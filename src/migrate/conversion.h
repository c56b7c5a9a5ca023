// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the room: how the values of one type become those of another.
#pragma once

#include "schema/database.h"

#include <optional>

namespace migrate
{

/// A column as it is before or after, and whether its type is an enum there.
struct TypedColumn {
    const schema::Column &column;
    bool isEnum = false;
};

/// What ALTER … TYPE needs to turn values into those of another type.
struct Conversion {
    QString expression{}; ///< for USING; empty: an assignment does it
    QString loss{};       ///< what of the values is gone, in words; empty: nothing
};

/// How the column's values become \a after; nullopt: PostgreSQL has no cast, and a value's text
/// would not be one of the other type either. A single value becomes the only one of an array.
std::optional<Conversion> conversion(const TypedColumn &before, const TypedColumn &after);
/// The same of \a value instead of the column itself.
std::optional<Conversion> conversion(const TypedColumn &before, const TypedColumn &after,
                                     const QString &value);

/// How what conversion(\a before, \a after) made of the values is taken back.
std::optional<Conversion> wayBack(const TypedColumn &before, const TypedColumn &after);

} // namespace migrate
