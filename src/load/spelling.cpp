// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/spelling.h"

#include <QRegularExpression>

namespace load
{

QString kitType(const QString &formatted)
{
    QString type = formatted;
    const auto replace = [&type](const char *from, const char *to) {
        type.replace(QLatin1String(from), QLatin1String(to));
    };
    replace("character varying", "varchar");
    replace("character(", "char(");
    replace(" without time zone", "");
    replace(",", ", ");
    if (type.startsWith(QLatin1String("numeric(")) && type.endsWith(QLatin1String(", 0)")))
        replace(", 0)", ")");
    return type;
}

QString serialType(const QString &integerType)
{
    if (integerType == QLatin1String("integer"))
        return QStringLiteral("serial");
    return integerType == QLatin1String("bigint") ? QStringLiteral("bigserial")
                                                  : QStringLiteral("smallserial");
}

schema::Default kitDefault(const QString &expression, const QString &type)
{
    using Form = schema::Default::Form;
    static const QRegularExpression number(QStringLiteral(R"(^\(?(-?\d+(?:\.\d+)?)\)?$)"));
    static const QRegularExpression castNumber(QStringLiteral(R"(^'(-?\d+(?:\.\d+)?)'::[a-z ]+$)"));
    static const QRegularExpression castConstant(
        QStringLiteral(R"(^('(?:[^']|'')*')::[^'()]+(?:\([0-9, ]+\))?[^'()]*$)"));
    const bool isNumeric = type == QLatin1String("integer") || type == QLatin1String("bigint") ||
                           type == QLatin1String("smallint") || type == QLatin1String("real") ||
                           type == QLatin1String("double precision");
    if (expression == QLatin1String("true") || expression == QLatin1String("false"))
        return {Form::Boolean, expression};
    for (const QRegularExpression &form : {number, castNumber}) {
        const QRegularExpressionMatch match = form.match(expression);
        if (match.hasMatch() && isNumeric)
            return {Form::Number, match.captured(1)};
    }
    const QRegularExpressionMatch constant = castConstant.match(expression);
    if (constant.hasMatch() && !type.startsWith(QLatin1String("json")))
        return {Form::Sql, constant.captured(1)};
    return {Form::Sql, expression};
}

} // namespace load
