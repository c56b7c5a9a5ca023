// SPDX-License-Identifier: GPL-3.0-or-later
// Which texts are no values of a type, told by their form.
#include "migrate/misfit.h"
#include "sql/identifier.h"

#include <QHash>

namespace migrate
{

namespace
{
QString power(int digits)
{
    return u'1' + QString(digits, u'0');
}

QString like(const QString &value, const QString &pattern)
{
    return value + QStringLiteral(" ~* ") + sql::literal(pattern);
}

QString unlike(const QString &value, const QString &pattern)
{
    return value + QStringLiteral(" !~* ") + sql::literal(pattern);
}

/// \a pattern, and where it matches \a outside says which do not fit all the same.
QString number(const QString &value, const QString &pattern, const QString &outside,
               const QString &otherwise)
{
    return QStringLiteral("CASE WHEN %1 THEN %2 ELSE %3 END")
        .arg(like(value, pattern), outside, otherwise);
}

const QString decimal = QStringLiteral("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(e[+-]?[0-9]+)?");

/// A day that no month has; other ways to write a day are only wrong without a digit and a word
/// that means one.
QString misfitDay(const QString &value)
{
    const auto part = [&](const char *pattern) {
        return QStringLiteral("substring(%1 from %2)::int")
            .arg(value, sql::literal(QLatin1String(pattern)));
    };
    const QString year = part("^\\s*([0-9]{4})");
    const QString month = part("^\\s*[0-9]{4}-([0-9]{2})");
    const QString day = part("^\\s*[0-9]{4}-[0-9]{2}-([0-9]{2})");
    const QString leap = QStringLiteral("(%1 % 4 = 0 AND %1 % 100 <> 0 OR %1 % 400 = 0)").arg(year);
    const QString last = QStringLiteral("CASE WHEN %1 = 2 THEN CASE WHEN %2 THEN 29 ELSE 28 END "
                                        "WHEN %1 IN (4, 6, 9, 11) THEN 30 ELSE 31 END")
                             .arg(month, leap);
    return QStringLiteral("CASE WHEN %1 THEN %2 NOT BETWEEN 1 AND 12 OR %3 NOT BETWEEN 1 AND %4 "
                          "WHEN %5 THEN false ELSE %6 END")
        .arg(like(value, QStringLiteral("^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T])")), month, day,
             last, like(value, QStringLiteral("[0-9]")),
             unlike(value, QStringLiteral("epoch|infinity|now|today|tomorrow|yesterday")));
}

/// JSON is what becomes one value when its strings, numbers and words are, and then ever again a
/// list or an object of values. The values are characters that JSON does not allow bare.
QString misfitJson(const QString &value, bool isBinary)
{
    const QString hex = QStringLiteral("[0-9a-fA-F]");
    // jsonb has no place for half a pair of surrogates, or for zero.
    const QString code = isBinary
                             ? QStringLiteral("u(?!0000|[dD][89a-fA-F])%1{4}|u[dD][89abAB]%1{2}"
                                              "\\\\u[dD][c-fC-F]%1{2}")
                             : QStringLiteral("u%1{4}");
    const QString string =
        QStringLiteral("\"([^\"\\\\\\x01-\\x1f]|\\\\([\"\\\\/bfnrt]|%1))*\"").arg(code.arg(hex));
    const QString scalar =
        QStringLiteral("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null");
    const QString text = QStringLiteral("\\x01");
    const QString any = QStringLiteral("[\\x01\\x02]");
    const QString lists =
        QStringLiteral("\\[(%1(,%1)*)?\\]|\\{(%2:%1(,%2:%1)*)?\\}").arg(any, text);
    const auto replaced = [](const QString &in, const QString &pattern, const char *by) {
        return QStringLiteral("regexp_replace(%1, %2, %3, 'g')")
            .arg(in, sql::literal(pattern), QLatin1String(by));
    };
    QString form = replaced(value, string, "chr(1)");
    form = replaced(form, scalar, "chr(2)");
    form = replaced(form, QStringLiteral("\\s*([][{}:,])\\s*"), "E'\\\\1'");
    return QStringLiteral("%1 IS NOT NULL AND (%2 OR NOT EXISTS (WITH RECURSIVE forms(form) AS "
                          "(SELECT %3 UNION SELECT %4 FROM forms) SELECT FROM forms WHERE %5))")
        .arg(value, like(value, QStringLiteral("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f]")), form,
             replaced(QStringLiteral("form"), lists, "chr(2)"),
             like(QStringLiteral("form"), QStringLiteral("^\\s*%1\\s*$").arg(any)));
}
} // namespace

QString wholeRange(const QString &base)
{
    static const QHash<QString, QString> ranges = {
        {QStringLiteral("smallint"), QStringLiteral("BETWEEN -32768 AND 32767")},
        {QStringLiteral("integer"), QStringLiteral("BETWEEN -2147483648 AND 2147483647")},
        {QStringLiteral("bigint"),
         QStringLiteral("BETWEEN -9223372036854775808 AND 9223372036854775807")},
    };
    return ranges.value(base);
}

QString outsideNumeric(const QString &value, const TypeParts &type)
{
    if (type.modifiers.isEmpty())
        return {};
    const int scale = type.modifiers.value(1, 0);
    // NaN fits, and is larger than anything.
    return QStringLiteral("(abs(round(%1::numeric, %2)) >= %3 AND %1::numeric <> 'NaN')")
        .arg(value, QString::number(scale), power(type.modifiers.first() - scale));
}

QString misfitText(const QString &value, const TypeParts &after)
{
    const QString &base = after.base;
    if (const QString range = wholeRange(base); !range.isEmpty())
        return number(value, QStringLiteral("^\\s*[+-]?[0-9]+\\s*$"),
                      QStringLiteral("%1::numeric NOT %2").arg(value, range),
                      value + QStringLiteral(" IS NOT NULL"));
    if (base == QLatin1String("numeric") && !after.modifiers.isEmpty())
        return number(value, QStringLiteral("^\\s*%1\\s*$").arg(decimal),
                      outsideNumeric(value, after), unlike(value, QStringLiteral("^\\s*nan\\s*$")));
    if (base == QLatin1String("numeric"))
        return unlike(value, QStringLiteral("^\\s*(%1|nan|[+-]?inf(inity)?)\\s*$").arg(decimal));
    if (base == QLatin1String("uuid"))
        return unlike(value, QStringLiteral("^(([0-9a-f]{4}-?){7}[0-9a-f]{4}|"
                                            "\\{([0-9a-f]{4}-?){7}[0-9a-f]{4}\\})$"));
    if (base == QLatin1String("boolean"))
        return unlike(QStringLiteral("trim(%1, E' \\t\\n\\r\\f\\v')").arg(value),
                      QStringLiteral("^(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|0"
                                     "|1)$"));
    if (base == QLatin1String("date") || base.startsWith(QLatin1String("timestamp")))
        return misfitDay(value);
    if (base.startsWith(QLatin1String("time")))
        return unlike(value, QStringLiteral("[0-9]|now|allballs"));
    if (base == QLatin1String("interval"))
        return unlike(value, QStringLiteral("[0-9]|infinity"));
    if (base == QLatin1String("real") || base == QLatin1String("double precision"))
        return unlike(value, QStringLiteral("[0-9]|nan|inf"));
    if (base == QLatin1String("json") || base == QLatin1String("jsonb"))
        return misfitJson(value, base == QLatin1String("jsonb"));
    return {};
}

} // namespace migrate
