// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/filtertext.h"

#include "query/conditions.h"
#include "query/paging.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace studio
{

using query::Operator;

namespace
{

bool isArray(const RowsColumn &column)
{
    return column.typeText.endsWith(QStringLiteral("[]"));
}

bool hasDays(const RowsColumn &column)
{
    return column.typeText == QStringLiteral("date") ||
           column.typeText.startsWith(QStringLiteral("timestamp"));
}

QList<Operator> operatorsOfText(const RowsColumn &column)
{
    using enum Operator;
    if (!column.choices.isEmpty())
        return {Equal, NotEqual, In};
    if (isArray(column))
        return {HasAll, Overlaps};
    if (column.typeText.isEmpty() || query::isTextual(column.typeText))
        return {Equal, NotEqual, Contains, StartsWith, Matches, In, Less, Greater};
    if (!query::isSortable(column.typeText) || column.typeText == QStringLiteral("tsvector"))
        return {Contains};
    return {Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Contains};
}

/// Values between commas; one in double quotes may hold commas, and "" in it is a quote.
QStringList listed(const QString &text)
{
    static const QRegularExpression item(
        QStringLiteral("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,]*))\\s*(?:,|$)"));
    QStringList values;
    for (auto each = item.globalMatch(text); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        const bool isQuoted = match.capturedStart(1) >= 0;
        QString value = isQuoted ? match.captured(1) : match.captured(2).trimmed();
        value.replace(QStringLiteral("\"\""), QStringLiteral("\""));
        if (isQuoted || !value.isEmpty())
            values << value;
    }
    return values;
}

QString asListed(const QString &value)
{
    if (!value.isEmpty() && !value.contains(QLatin1Char(',')) &&
        !value.startsWith(QLatin1Char('"')) && value == value.trimmed())
        return value;
    QString quoted = value;
    return QLatin1Char('"') + quoted.replace(QStringLiteral("\""), QStringLiteral("\"\"")) +
           QLatin1Char('"');
}

/// What stands on both sides of the first \a sign, or \a text alone.
QStringList halves(const QString &text, const QString &sign)
{
    const qsizetype at = text.indexOf(sign);
    return at < 0 ? QStringList{text.trimmed()}
                  : QStringList{text.left(at).trimmed(), text.mid(at + sign.size()).trimmed()};
}

bool fits(const QString &value, rows::TypeClass type)
{
    static const QRegularExpression number(
        QStringLiteral("^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$"));
    static const QRegularExpression uuid(
        QStringLiteral("^\\{?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\\}?$"));
    static const QRegularExpression truth(QStringLiteral("^(t|f|true|false|yes|no|on|off|1|0)$"),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression time(QStringLiteral(
        "^\\s*(\\d+[-:]\\d+|now|today|yesterday|tomorrow|epoch|infinity|-infinity)"));
    switch (type) {
    case rows::TypeClass::Number:
        return number.match(value).hasMatch();
    case rows::TypeClass::Uuid:
        return uuid.match(value).hasMatch();
    case rows::TypeClass::Boolean:
        return truth.match(value).hasMatch();
    case rows::TypeClass::Time:
        return time.match(value).hasMatch();
    default:
        return true;
    }
}

} // namespace

QList<Operator> operatorsFor(const RowsColumn &column)
{
    using enum Operator;
    QList<Operator> operators;
    switch (column.typeClass) {
    case rows::TypeClass::Boolean:
        operators = {Equal};
        break;
    case rows::TypeClass::Number:
        operators = {Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Between, In};
        break;
    case rows::TypeClass::Time:
        operators = {GreaterOrEqual, Less, LessOrEqual, Greater, Equal, NotEqual, Between};
        if (hasDays(column))
            operators << LastDays;
        break;
    case rows::TypeClass::Uuid:
        operators = {Equal, NotEqual, In};
        break;
    case rows::TypeClass::Text:
        operators = operatorsOfText(column);
        break;
    case rows::TypeClass::Json:
        operators = {HasKey, PathEquals, Contains};
        break;
    case rows::TypeClass::Binary:
        break;
    }
    if (column.nullable && operators.contains(NotEqual))
        operators.insert(operators.indexOf(NotEqual) + 1, Distinct);
    if (column.nullable || operators.isEmpty())
        operators << IsNull << IsNotNull;
    return operators;
}

QString operatorText(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return QCoreApplication::translate("Rows", "is");
    case Operator::NotEqual:
        return QCoreApplication::translate("Rows", "is not");
    case Operator::Less:
        return QStringLiteral("<");
    case Operator::LessOrEqual:
        return QString(QChar(0x2264));
    case Operator::Greater:
        return QStringLiteral(">");
    case Operator::GreaterOrEqual:
        return QString(QChar(0x2265));
    case Operator::Contains:
        return QCoreApplication::translate("Rows", "contains");
    case Operator::StartsWith:
        return QCoreApplication::translate("Rows", "starts with");
    case Operator::In:
        return QCoreApplication::translate("Rows", "is one of");
    case Operator::IsNull:
        return QCoreApplication::translate("Rows", "is NULL");
    case Operator::IsNotNull:
        return QCoreApplication::translate("Rows", "is not NULL");
    case Operator::Distinct:
        return QCoreApplication::translate("Rows", "is NULL or not");
    case Operator::Matches:
        return QStringLiteral("ILIKE");
    case Operator::Between:
        return QCoreApplication::translate("Rows", "between");
    case Operator::LastDays:
        return QCoreApplication::translate("Rows", "last days");
    case Operator::HasAll:
        return QCoreApplication::translate("Rows", "has all of");
    case Operator::Overlaps:
        return QCoreApplication::translate("Rows", "has one of");
    case Operator::HasKey:
        return QCoreApplication::translate("Rows", "has the key");
    case Operator::PathEquals:
        return QCoreApplication::translate("Rows", "has at a path");
    }
    return {};
}

QString valuesText(const query::Filter &filter)
{
    if (takesList(filter.op)) {
        QStringList items;
        std::ranges::transform(filter.values, std::back_inserter(items), asListed);
        return items.join(QStringLiteral(", "));
    }
    return filter.values.join(filter.op == Operator::Between ? QStringLiteral(" .. ")
                                                             : QStringLiteral(" = "));
}

QString filterText(const query::Filter &filter)
{
    QString text = filter.column.column + QLatin1Char(' ') + operatorText(filter.op);
    if (needsValue(filter.op))
        text += QLatin1Char(' ') + valuesText(filter);
    return text;
}

QStringList valuesFromText(Operator op, const QString &text)
{
    if (!needsValue(op))
        return {};
    if (takesList(op))
        return listed(text);
    if (op == Operator::Between)
        return halves(text, QStringLiteral(".."));
    if (op == Operator::PathEquals)
        return halves(text, QStringLiteral("="));
    return {text};
}

bool needsValue(Operator op)
{
    return op != Operator::IsNull && op != Operator::IsNotNull;
}

bool takesList(Operator op)
{
    return op == Operator::In || op == Operator::HasAll || op == Operator::Overlaps;
}

QString valueHint(Operator op, const RowsColumn &column)
{
    switch (op) {
    case Operator::Between:
        return column.typeClass == rows::TypeClass::Number
                   ? QStringLiteral("1 .. 9")
                   : QStringLiteral("2026-01-01 .. 2026-01-31");
    case Operator::LastDays:
        return QStringLiteral("7");
    case Operator::PathEquals:
        return QStringLiteral("address.city = Lyon");
    case Operator::HasKey:
        return QCoreApplication::translate("Rows", "a key");
    case Operator::Matches:
        return QStringLiteral("%b_ron%");
    case Operator::In:
    case Operator::HasAll:
    case Operator::Overlaps:
        return QCoreApplication::translate("Rows", "values with commas between them");
    default:
        return column.typeText;
    }
}

bool isPlausible(const query::Filter &filter, rows::TypeClass type)
{
    const QStringList &values = filter.values;
    switch (filter.op) {
    case Operator::IsNull:
    case Operator::IsNotNull:
        return true;
    case Operator::LastDays: {
        bool isNumber = false;
        const int days = values.value(0).toInt(&isNumber);
        return isNumber && days > 0 && days < 100'000;
    }
    case Operator::Between:
        return values.size() == 2 && fits(values.at(0), type) && fits(values.at(1), type);
    case Operator::PathEquals:
        return values.size() == 2 && !query::pathOf(filter).isEmpty();
    case Operator::HasKey:
        return !values.value(0).isEmpty();
    default:
        return !values.isEmpty() && std::ranges::all_of(values, [type](const QString &value) {
            return fits(value, type);
        });
    }
}

QStringList choicesOf(const RowsColumn &column)
{
    if (column.typeClass == rows::TypeClass::Boolean)
        return {QStringLiteral("true"), QStringLiteral("false")};
    return column.choices;
}

} // namespace studio
