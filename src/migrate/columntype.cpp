// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/columntype.h"

#include "migrate/text.h"
#include "sql/identifier.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace migrate
{

namespace
{
QString q(const char *text)
{
    return QLatin1String(text);
}

/// Beginnings of type texts that drizzle-kit 0.31 writes without quotes.
bool startsAsBuiltIn(const QString &type)
{
    static const QStringList names = {q("uuid"),
                                      q("smallint"),
                                      q("integer"),
                                      q("bigint"),
                                      q("boolean"),
                                      q("text"),
                                      q("varchar"),
                                      q("serial"),
                                      q("bigserial"),
                                      q("decimal"),
                                      q("numeric"),
                                      q("real"),
                                      q("json"),
                                      q("time"),
                                      q("date"),
                                      q("interval"),
                                      q("double precision"),
                                      q("char"),
                                      q("vector"),
                                      q("geometry"),
                                      q("halfvec"),
                                      q("sparsevec"),
                                      q("bit")};
    return std::ranges::any_of(names,
                               [&type](const QString &name) { return type.startsWith(name); });
}

/// Whether a name means the same without quotes.
bool isPlainName(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_]*$"));
    return plain.match(name).hasMatch();
}

QString arrayOf(const QString &type)
{
    static const QRegularExpression brackets(QStringLiteral("(\\[\\d*\\])+$"));
    return brackets.match(type).captured();
}

QString withSchema(const schema::Column &column, const QString &schema)
{
    const QString array = arrayOf(column.type);
    const QString base = column.type.chopped(array.size());
    // What is no bare name has its schema, its quotes or its modifiers already.
    static const QRegularExpression more(QStringLiteral("[.\"(]"));
    if (column.typeSchema.isEmpty() && base.contains(more))
        return column.type;
    // An enum whose name starts like a built-in type is only bare where that means the same.
    const bool bare = startsAsBuiltIn(column.type) &&
                      (column.typeSchema.isEmpty() || (schema.isEmpty() && isPlainName(base)));
    return (bare ? base : sql::identifier(schema, base)) + array;
}

QString canonicalName(const QString &name)
{
    static const QHash<QString, QString> aliases = {
        {q("character varying"), q("varchar")},
        {q("character"), q("char")},
        {q("bpchar"), q("char")},
        {q("int"), q("integer")},
        {q("int4"), q("integer")},
        {q("int8"), q("bigint")},
        {q("int2"), q("smallint")},
        {q("bool"), q("boolean")},
        {q("decimal"), q("numeric")},
        {q("float4"), q("real")},
        {q("float8"), q("double precision")},
        {q("timestamptz"), q("timestamp with time zone")},
        {q("timestamp without time zone"), q("timestamp")},
        {q("timetz"), q("time with time zone")},
        {q("time without time zone"), q("time")},
        {q("bit varying"), q("varbit")},
    };
    return name.startsWith(q("interval ")) ? q("interval") : aliases.value(name, name);
}

/// Types that convert into each other by assignment, as pg_cast has it (both directions).
bool sameFamily(const QString &from, const QString &to)
{
    static const QList<QSet<QString>> families = {
        {q("smallint"), q("integer"), q("bigint"), q("numeric"), q("real"), q("double precision")},
        {q("timestamp"), q("timestamp with time zone"), q("date")},
        {q("time"), q("time with time zone")},
        {q("time"), q("interval")},
        {q("json"), q("jsonb")},
        {q("inet"), q("cidr")},
        {q("bit"), q("varbit")},
        {q("money"), q("numeric")},
        {q("macaddr"), q("macaddr8")},
    };
    return std::ranges::any_of(families, [&](const QSet<QString> &family) {
        return family.contains(from) && family.contains(to);
    });
}

/// Assignment casts that have no way back.
bool oneWay(const QString &from, const QString &to)
{
    static const QSet<std::pair<QString, QString>> casts = {
        {q("timestamp"), q("time")},
        {q("timestamp with time zone"), q("time")},
        {q("timestamp with time zone"), q("time with time zone")},
        {q("integer"), q("money")},
        {q("bigint"), q("money")},
    };
    return casts.contains({from, to});
}

int modifier(const TypeParts &parts, qsizetype index, int otherwise)
{
    return parts.modifiers.value(index, otherwise);
}

/// Changes within one type are changes of its modifiers.
TypeEffect modifierEffect(const TypeParts &from, const TypeParts &to)
{
    constexpr int unbounded = 1'000'000'000;
    const int before = modifier(from, 0, unbounded);
    const int after = modifier(to, 0, unbounded);
    if (from.base == q("numeric")) {
        const int scale = modifier(from, 1, from.modifiers.isEmpty() ? unbounded : 0);
        const int newScale = modifier(to, 1, to.modifiers.isEmpty() ? unbounded : 0);
        const bool free = to.modifiers.isEmpty() || (scale == newScale && after >= before);
        return {!free, after - newScale < before - scale && !to.modifiers.isEmpty(),
                newScale < scale};
    }
    if (from.base.startsWith(q("time")) || from.base == q("interval"))
        return {after < before, false, after < before};
    if (from.base == q("varchar") || from.base == q("varbit"))
        return {after < before, after < before, false};
    // A bit string is never padded by itself.
    const bool bits = from.base == q("bit");
    return {before != after, bits ? after != before : after < before, false};
}

/// day to second of interval day to second(3).
QString fieldsOf(const QString &type)
{
    static const QRegularExpression brackets(QStringLiteral("\\([^)]*\\)|(\\[\\d*\\])+$"));
    QString fields = type.toLower();
    return fields.remove(brackets).simplified().mid(int(qstrlen("interval"))).trimmed();
}
} // namespace

bool isBuiltIn(const QString &base)
{
    static const QSet<QString> names = {q("smallint"),  q("integer"),
                                        q("bigint"),    q("numeric"),
                                        q("real"),      q("double precision"),
                                        q("text"),      q("varchar"),
                                        q("char"),      q("boolean"),
                                        q("uuid"),      q("json"),
                                        q("jsonb"),     q("date"),
                                        q("time"),      q("time with time zone"),
                                        q("timestamp"), q("timestamp with time zone"),
                                        q("interval"),  q("inet"),
                                        q("cidr"),      q("macaddr"),
                                        q("macaddr8"),  q("bit"),
                                        q("varbit"),    q("money"),
                                        q("bytea"),     q("point"),
                                        q("line"),      q("xml")};
    return names.contains(base);
}

bool isTextualBase(const QString &base)
{
    return base == q("text") || base == q("varchar") || base == q("char");
}

TypeParts typeParts(const QString &type)
{
    static const QRegularExpression brackets(QStringLiteral("\\s*\\(([^)]*)\\)"));
    TypeParts parts;
    parts.array = arrayOf(type);
    QString base = type.chopped(parts.array.size()).toLower().simplified();
    const QRegularExpressionMatch match = brackets.match(base);
    if (match.hasMatch()) {
        const QStringList numbers = match.captured(1).split(u',');
        for (const QString &number : numbers)
            parts.modifiers << number.trimmed().toInt();
        base.remove(match.capturedStart(), match.capturedLength());
    }
    parts.base = canonicalName(base.simplified());
    return parts;
}

QString definitionType(const schema::Column &column)
{
    const bool elsewhere = column.typeSchema != q("public");
    return withSchema(column, elsewhere ? column.typeSchema : QString());
}

QString alterationType(const schema::Column &column)
{
    return withSchema(column, column.typeSchema);
}

schema::Name enumName(const schema::Column &column)
{
    const QString schema = column.typeSchema == q("public") ? QString() : column.typeSchema;
    return {schema, column.type.chopped(arrayOf(column.type).size())};
}

bool isEnum(const schema::Column &column, const schema::Database &database)
{
    return !column.typeSchema.isEmpty() && database.enumType(enumName(column));
}

QString typeAdvice(const schema::Column &column)
{
    if (!column.typeSchema.isEmpty())
        return {};
    const TypeParts parts = typeParts(column.type);
    if (parts.base == q("char"))
        return Text::tr("%1 is padded with blanks: text with a check does what is meant")
            .arg(column.type);
    if (parts.base == q("timestamp"))
        return Text::tr("%1 does not say which moment is meant: timestamp with time zone does")
            .arg(column.type);
    if (parts.base == q("json"))
        return Text::tr("json keeps the text as it is: jsonb can be compared and indexed");
    return {};
}

QString withoutSerial(const QString &type)
{
    if (type == q("serial"))
        return q("integer");
    if (type == q("bigserial"))
        return q("bigint");
    return type == q("smallserial") ? q("smallint") : type;
}

bool isTextual(const QString &type)
{
    const TypeParts parts = typeParts(type);
    return parts.array.isEmpty() && isTextualBase(parts.base);
}

bool needsUsing(const QString &from, const QString &to)
{
    const TypeParts before = typeParts(from);
    const TypeParts after = typeParts(to);
    if (isTextual(to))
        return false;
    if (before.array.isEmpty() != after.array.isEmpty())
        return true;
    if (isTextualBase(after.base) || before.base == after.base)
        return false;
    // Of other types an explicit cast never does less than an assignment does.
    if (!isBuiltIn(after.base) || !isBuiltIn(before.base))
        return after.base != q("citext") && after.base != q("name");
    return !sameFamily(before.base, after.base) && !oneWay(before.base, after.base);
}

TypeEffect typeEffect(const QString &from, const QString &to)
{
    const TypeParts before = typeParts(from);
    const TypeParts after = typeParts(to);
    if (before.array != after.array)
        return {true, false, false};
    if (before.base == after.base) {
        TypeEffect effect = modifierEffect(before, after);
        const bool cuts = before.base == q("interval") && fieldsOf(from) != fieldsOf(to);
        effect.rewrites = effect.rewrites || cuts || !before.array.isEmpty();
        effect.rounds = effect.rounds || (cuts && !fieldsOf(to).isEmpty());
        return effect;
    }
    const bool sameBytes = (before.base == q("varchar") && after.base == q("text")) ||
                           (before.base == q("cidr") && after.base == q("inet"));
    if (sameBytes)
        return {!before.array.isEmpty(), false, false}; // elements are cast one by one
    if (isTextualBase(before.base) && isTextualBase(after.base))
        return {true, !after.modifiers.isEmpty(), false};
    if (after.base == q("bit") || (after.base == q("varbit") && !after.modifiers.isEmpty())) {
        // An explicit cast cuts off what is over, an assignment fails.
        const bool cuts = needsUsing(from, to);
        return {true, !cuts || isTextualBase(before.base), cuts};
    }
    static const QStringList numbers = {q("smallint"), q("integer"),          q("bigint"),
                                        q("numeric"),  q("double precision"), q("real")};
    const bool fewer = numbers.contains(before.base) && numbers.contains(after.base) &&
                       numbers.indexOf(after.base) < numbers.indexOf(before.base);
    const bool whole = numbers.indexOf(after.base) >= 0 && numbers.indexOf(after.base) < 3;
    const bool dropsTime = after.base == q("date") || after.base == q("time");
    return {true, fewer || isTextualBase(before.base),
            (fewer && numbers.indexOf(before.base) >= 3 && (whole || after.base == q("real"))) ||
                dropsTime};
}

} // namespace migrate
