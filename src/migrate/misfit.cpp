// SPDX-License-Identifier: GPL-3.0-or-later
// Which values do not fit a type.
#include "migrate/columntype.h"
#include "migrate/objectstatements.h"
#include "migrate/precheck.h"
#include "sql/identifier.h"

#include <QHash>

namespace migrate
{

namespace
{
constexpr int inputIsValidVersion = 160'000;

const QStringList whole = {QStringLiteral("smallint"), QStringLiteral("integer"),
                           QStringLiteral("bigint")};

QString rangeOf(const QString &base)
{
    static const QHash<QString, QString> ranges = {
        {whole[0], QStringLiteral("BETWEEN -32768 AND 32767")},
        {whole[1], QStringLiteral("BETWEEN -2147483648 AND 2147483647")},
        {whole[2], QStringLiteral("BETWEEN -9223372036854775808 AND 9223372036854775807")},
    };
    return ranges.value(base);
}

bool isNumber(const QString &base)
{
    static const QStringList others = {QStringLiteral("numeric"), QStringLiteral("real"),
                                       QStringLiteral("double precision")};
    return whole.contains(base) || others.contains(base);
}

QString power(int digits)
{
    return u'1' + QString(digits, u'0');
}

/// numeric(precision, scale) rounds the scale and refuses the rest.
QString outsideNumeric(const QString &value, const TypeParts &type)
{
    if (type.modifiers.isEmpty())
        return {};
    const int scale = type.modifiers.value(1, 0);
    return QStringLiteral("abs(round(%1::numeric, %2)) >= %3")
        .arg(value, QString::number(scale), power(type.modifiers.first() - scale));
}

QString misfitNumber(const QString &value, const TypeParts &after)
{
    if (whole.contains(after.base))
        return QStringLiteral("round(%1::numeric) NOT %2").arg(value, rangeOf(after.base));
    return after.base == QLatin1String("numeric") ? outsideNumeric(value, after) : QString();
}

/// Text that the type's input function would refuse, told by its form.
QString misfitText(const QString &value, const TypeParts &after)
{
    const auto unlike = [&](const QString &pattern) {
        return value + QStringLiteral(" !~ ") + sql::literal(pattern);
    };
    const auto number = [&](const QString &pattern, const QString &outside) {
        const QString is = value + QStringLiteral(" ~ ") + sql::literal(pattern);
        return outside.isEmpty() ? unlike(pattern)
                                 : QStringLiteral("CASE WHEN %1 THEN %2 ELSE %3 IS NOT NULL END")
                                       .arg(is, outside, value);
    };
    if (whole.contains(after.base))
        return number(QStringLiteral("^\\s*[+-]?[0-9]+\\s*$"),
                      QStringLiteral("%1::numeric NOT %2").arg(value, rangeOf(after.base)));
    if (after.base == QLatin1String("numeric"))
        return number(
            QStringLiteral("^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*$"),
            outsideNumeric(value, after));
    if (after.base == QLatin1String("uuid"))
        return unlike(QStringLiteral("^(([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}|"
                                     "\\{([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}\\})$"));
    if (after.base == QLatin1String("boolean"))
        return QStringLiteral("lower(trim(%1, E' \\t\\n\\r\\f\\v')) !~ ").arg(value) +
               sql::literal(QStringLiteral(
                   "^(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|0|1)$"));
    return {};
}

QString misfitLength(const QString &value, const TypeParts &before, const TypeParts &after)
{
    constexpr int unbounded = 1'000'000'000;
    const int most = after.modifiers.value(0, after.base == QLatin1String("char") ? 1 : unbounded);
    if (most == unbounded || before.modifiers.value(0, unbounded) <= most)
        return {};
    // Blanks beyond the length are cut off without a word.
    return QStringLiteral("char_length(rtrim(%1::text, ' ')) > %2")
        .arg(value, QString::number(most));
}

bool isTextBase(const QString &base)
{
    return base == QLatin1String("text") || base == QLatin1String("varchar") ||
           base == QLatin1String("char");
}

QString valueList(const schema::Enum &type)
{
    QStringList values;
    for (const QString &value : type.values)
        values << sql::literal(value);
    return values.join(QStringLiteral(", "));
}
} // namespace

QString misfit(const schema::Column &before, const schema::Column &after, const QString &value,
               const schema::Database &from, const schema::Database &to, int serverVersion)
{
    if (isEnum(after, to)) {
        const schema::Enum *type = to.enumType(enumName(after));
        const bool array = before.type.endsWith(u']');
        if (array != after.type.endsWith(u']') || !type)
            return {};
        if (array)
            return QStringLiteral("EXISTS (SELECT FROM unnest(%1::text[]) AS part WHERE part NOT "
                                  "IN (%2))")
                .arg(value, valueList(*type));
        return QStringLiteral("%1::text NOT IN (%2)").arg(value, valueList(*type));
    }
    const TypeParts old = typeParts(withoutSerial(before.type));
    const TypeParts now = typeParts(withoutSerial(after.type));
    if (old == now || !old.array.isEmpty() || !now.array.isEmpty())
        return {};
    if (isTextBase(now.base))
        return misfitLength(value, isEnum(before, from) ? TypeParts{} : old, now);
    if (isTextBase(old.base)) {
        if (serverVersion >= inputIsValidVersion)
            return QStringLiteral("NOT pg_input_is_valid(%1::text, %2)")
                .arg(value, sql::literal(withoutSerial(after.type)));
        return misfitText(value, now);
    }
    return isNumber(old.base) && isNumber(now.base) && typeEffect(old.base, now.base).rewrites
               ? misfitNumber(value, now)
           : old.base == now.base && now.base == QLatin1String("numeric") ? misfitNumber(value, now)
                                                                          : QString();
}

} // namespace migrate
