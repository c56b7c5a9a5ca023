// SPDX-License-Identifier: GPL-3.0-or-later
// Which values do not fit a type.
#include "migrate/misfit.h"
#include "migrate/columntype.h"
#include "migrate/objectstatements.h"
#include "migrate/precheck.h"
#include "sql/identifier.h"

namespace migrate
{

namespace
{
constexpr int inputIsValidVersion = 160'000;

bool isNumber(const QString &base)
{
    static const QStringList others = {QStringLiteral("numeric"), QStringLiteral("real"),
                                       QStringLiteral("double precision")};
    return !wholeRange(base).isEmpty() || others.contains(base);
}

QString misfitNumber(const QString &value, const TypeParts &after)
{
    const QString range = wholeRange(after.base);
    if (!range.isEmpty())
        return QStringLiteral("round(%1::numeric) NOT %2").arg(value, range);
    return after.base == QLatin1String("numeric") ? outsideNumeric(value, after) : QString();
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
    const bool wasEnum = isEnum(before, from);
    if (isTextBase(now.base))
        return misfitLength(value, wasEnum ? TypeParts{} : old, now);
    if (isTextBase(old.base) || wasEnum) {
        const QString text = wasEnum ? value + QStringLiteral("::text") : value;
        if (serverVersion >= inputIsValidVersion)
            return QStringLiteral("NOT pg_input_is_valid(%1::text, %2)")
                .arg(value, sql::literal(withoutSerial(after.type)));
        return misfitText(text, now);
    }
    return isNumber(old.base) && isNumber(now.base) && typeEffect(old.base, now.base).rewrites
               ? misfitNumber(value, now)
           : old.base == now.base && now.base == QLatin1String("numeric") ? misfitNumber(value, now)
                                                                          : QString();
}

} // namespace migrate
