// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/conversion.h"

#include "migrate/columntype.h"
#include "migrate/text.h"
#include "sql/identifier.h"

#include <algorithm>

namespace migrate
{

namespace
{
bool isOneOf(const QString &base, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(names,
                               [&base](const char *name) { return base == QLatin1String(name); });
}

bool isJson(const QString &base)
{
    return isOneOf(base, {"json", "jsonb"});
}
bool isNumber(const QString &base)
{
    return isOneOf(base, {"smallint", "integer", "bigint", "numeric", "real", "double precision"});
}

/// A type between two that have no cast of their own; empty: the explicit cast is there. nullopt:
/// there is no way.
std::optional<QString> between(const QString &from, const QString &to)
{
    static const QString direct;
    const QString integer = QStringLiteral("integer");
    const QString numeric = QStringLiteral("numeric");
    const QString boolean = QStringLiteral("boolean");
    const QString bit = QStringLiteral("bit");
    const QString money = QStringLiteral("money");
    if (!isBuiltIn(from) || !isBuiltIn(to) || isTextualBase(from) || isTextualBase(to))
        return direct;
    if (from == boolean && isNumber(to))
        return to == integer ? direct : integer;
    if (from == integer && to == boolean)
        return direct;
    if ((from == bit && isNumber(to)) || (to == bit && isNumber(from))) {
        const QString number = from == bit ? to : from;
        if (isOneOf(number, {"integer", "bigint"}))
            return direct;
        return number == QLatin1String("smallint") ? std::optional(integer) : std::nullopt;
    }
    if (from == money && isNumber(to))
        return numeric;
    if (to == money && isNumber(from))
        return isOneOf(from, {"real", "double precision"}) ? numeric : integer;
    if (from == QLatin1String("jsonb") && (isNumber(to) || to == boolean))
        return direct;
    return std::nullopt;
}

/// Of two types without brackets, or of two arrays.
std::optional<QString> cast(const QString &value, const TypedColumn &before,
                            const TypedColumn &after)
{
    const TypeParts old = typeParts(before.column.type);
    const TypeParts now = typeParts(after.column.type);
    const bool array = !now.array.isEmpty();
    const QString type = QStringLiteral("::") + alterationType(after.column);
    if (before.isEnum && isTextual(after.column.type))
        return QString();
    if (!array && !after.isEnum && isJson(now.base) && !isTextualBase(old.base) &&
        (before.isEnum || (isBuiltIn(old.base) && !isJson(old.base))))
        return QStringLiteral("to_%1(%2)").arg(now.base, value);
    if (!array && !before.isEnum && isJson(old.base) &&
        (after.isEnum || (!isJson(now.base) && !between(old.base, now.base))))
        return QStringLiteral("(%1 #>> '{}')").arg(value) + type;
    if (after.isEnum && isTextual(before.column.type))
        return value + type;
    if (before.isEnum || after.isEnum)
        return value + QStringLiteral("::text") + type;
    if (!needsUsing(before.column.type, after.column.type))
        return QString();
    const bool truth = now.base == QLatin1String("boolean") && isNumber(old.base) &&
                       old.base != QLatin1String("integer");
    if (truth && !array)
        return QStringLiteral("(%1 <> 0)").arg(value);
    const std::optional<QString> way = between(old.base, now.base);
    if (!way)
        return std::nullopt;
    return way->isEmpty() ? value + type : value + QStringLiteral("::") + *way + now.array + type;
}

bool isArray(const TypedColumn &typed)
{
    return typed.column.type.endsWith(u']');
}

schema::Column elementOf(schema::Column column)
{
    column.type.truncate(column.type.indexOf(u'['));
    return column;
}

std::optional<Conversion> asConversion(const std::optional<QString> &expression)
{
    return expression ? std::optional(Conversion{*expression}) : std::nullopt;
}
} // namespace

std::optional<Conversion> conversion(const TypedColumn &before, const TypedColumn &after,
                                     const QString &value)
{
    if (isArray(before) == isArray(after))
        return asConversion(cast(value, before, after));
    const TypeParts old = typeParts(before.column.type);
    const TypeParts now = typeParts(after.column.type);
    const QString type = QStringLiteral("::") + alterationType(after.column);
    // Types of extensions may have casts of their own, as vector and real[] have.
    const bool unknown =
        (!before.isEnum && !isBuiltIn(old.base)) || (!after.isEnum && !isBuiltIn(now.base));
    if (isArray(before)) {
        if (isTextual(after.column.type))
            return Conversion{};
        if (!after.isEnum && isJson(now.base))
            return Conversion{QStringLiteral("to_%1(%2)").arg(now.base, value)};
        return unknown ? std::optional(Conversion{value + type}) : std::nullopt;
    }
    if (unknown)
        return Conversion{value + type};
    if (!before.isEnum && isJson(old.base) && !isJson(now.base))
        return std::nullopt; // it may be an array itself
    const schema::Column element = elementOf(after.column);
    const std::optional<QString> one = cast(value, before, {element, after.isEnum});
    if (!one)
        return std::nullopt;
    return Conversion{QStringLiteral("CASE WHEN %1 IS NULL THEN NULL ELSE ARRAY[%2]%3 END")
                          .arg(value, one->isEmpty() ? value : *one, type)};
}

std::optional<Conversion> conversion(const TypedColumn &before, const TypedColumn &after)
{
    return conversion(before, after, sql::identifier(after.column.name));
}

std::optional<Conversion> wayBack(const TypedColumn &before, const TypedColumn &after)
{
    const QString value = sql::identifier(after.column.name);
    if (isArray(before) && isTextual(after.column.type))
        return Conversion{value + QStringLiteral("::") + alterationType(before.column)};
    if (isArray(before) || !isArray(after))
        return conversion(after, before);
    const schema::Column element = elementOf(after.column);
    const QString first = value + QStringLiteral("[1]");
    const std::optional<QString> one = cast(first, {element, after.isEnum}, before);
    if (!one)
        return std::nullopt;
    return Conversion{one->isEmpty() ? first : *one,
                      Text::tr("of an array only its first value comes back")};
}

} // namespace migrate
