// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "schema/database.h"

namespace migrate
{

/// A type's text in its parts: varchar(40)[] is varchar, {40}, one dimension.
struct TypeParts {
    QString base; ///< lower case, one name a type: varchar, timestamp with time zone
    QList<int> modifiers;
    QString array; ///< the brackets as they stand: [], [3][]
    bool operator==(const TypeParts &) const = default;
};
TypeParts typeParts(const QString &type);

/// The type as drizzle-kit writes it in a definition: built-in types bare, others quoted, a type of
/// another schema than public with it.
QString definitionType(const schema::Column &column);
/// The same in ALTER … SET DATA TYPE, where an enum of public is written with its schema too.
QString alterationType(const schema::Column &column);

/// The enum of the column, if it is one: public is the empty text, arrays are left out.
schema::Name enumName(const schema::Column &column);

/// What is better than the column's type, in words; empty when there is nothing to say.
QString typeAdvice(const schema::Column &column);

/// integer for serial, bigint for bigserial; other types as they are.
QString withoutSerial(const QString &type);

/// Whether the column's type is an enum of \a database, arrays of it included.
bool isEnum(const schema::Column &column, const schema::Database &database);

/// Whether ALTER … TYPE needs a USING clause: PostgreSQL has no assignment cast between two
/// built-in types, or one of them is not built in, so that nobody knows.
bool needsUsing(const QString &from, const QString &to);

/// Whether the casts of \a base, a TypeParts::base, are known.
bool isBuiltIn(const QString &base);
bool isTextualBase(const QString &base);

bool isTextual(const QString &type);

/// What the server does with the stored rows when a column's type changes (measured on 15).
struct TypeEffect {
    bool rewrites = true;
    bool narrows = false; ///< values may not fit any more: an error
    bool rounds = false;  ///< values may silently lose digits
};
TypeEffect typeEffect(const QString &from, const QString &to);

} // namespace migrate
