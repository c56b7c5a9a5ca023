// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowstext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace studio
{

namespace
{
constexpr qsizetype ShownCharacters = 400;
constexpr qsizetype ToolTipCharacters = 2000;

/// Digits before the point in groups of three; anything that is not a plain number stays as it is.
QString groupedDigits(const QString &number)
{
    const qsizetype first = number.startsWith(QLatin1Char('-')) ? 1 : 0;
    qsizetype end = first;
    while (end < number.size() && number.at(end).isDigit())
        ++end;
    if (end < number.size() && number.at(end) != QLatin1Char('.'))
        return number;
    QString result = number;
    for (qsizetype at = end - 3; at > first; at -= 3)
        result.insert(at, QLatin1Char(','));
    return result;
}

/// 2026-11-21 13:43:00.123456+00 → 2026-11-21 13:43:00+00: the fraction is in the tool tip.
QString withoutFraction(const QString &time)
{
    const qsizetype point = time.indexOf(QLatin1Char('.'));
    if (point < 0)
        return time;
    qsizetype end = point + 1;
    while (end < time.size() && time.at(end).isDigit())
        ++end;
    return time.left(point) + time.mid(end);
}

QString oneLine(QByteArrayView bytes)
{
    // Cut before decoding: a value may be megabytes long. A character takes at most four bytes.
    const QString text = QString::fromUtf8(bytes.first(qMin(bytes.size(), 4 * ShownCharacters)));
    QString line = text.left(ShownCharacters);
    line.replace(QStringLiteral("\r\n"), QStringLiteral(" "));
    for (QChar &character : line) {
        if (character < QLatin1Char(' ') || character == QChar::LineSeparator ||
            character == QChar::ParagraphSeparator)
            character = QLatin1Char(' ');
    }
    return text.size() > line.size() ? line + QChar(0x2026) : line;
}
} // namespace

QString cellText(const std::optional<QByteArrayView> &bytes, rows::TypeClass type,
                 const QString &typeText)
{
    if (!bytes)
        return QStringLiteral("NULL");
    if (bytes->isEmpty())
        return QCoreApplication::translate("Rows", "empty");
    switch (type) {
    case rows::TypeClass::Boolean:
        return *bytes == QByteArrayView("t") || *bytes == QByteArrayView("true")
                   ? QString(QChar(0x2713))
                   : QString(QChar(0x2013));
    case rows::TypeClass::Number: {
        // Integers are often keys and years: only amounts are grouped.
        const QString number = oneLine(*bytes);
        return typeText == QStringLiteral("numeric") ? groupedDigits(number) : number;
    }
    case rows::TypeClass::Uuid:
        return bytes->size() > 13 ? QString::fromUtf8(bytes->first(13)) + QChar(0x2026)
                                  : QString::fromUtf8(*bytes);
    case rows::TypeClass::Time:
        return withoutFraction(oneLine(*bytes));
    case rows::TypeClass::Text:
    case rows::TypeClass::Json:
    case rows::TypeClass::Binary:
        break;
    }
    return oneLine(*bytes);
}

QString cellToolTip(const std::optional<QByteArrayView> &bytes, rows::TypeClass type)
{
    if (!bytes || bytes->isEmpty() || type == rows::TypeClass::Boolean ||
        type == rows::TypeClass::Number)
        return {};
    if (bytes->size() < 24 && type == rows::TypeClass::Text)
        return {};
    const QString text =
        QString::fromUtf8(bytes->first(qMin(bytes->size(), 4 * ToolTipCharacters)));
    QString whole = text.left(ToolTipCharacters);
    if (whole.size() < text.size())
        whole += QChar(0x2026);
    // A tool tip guesses rich text: data is shown as it is.
    return QStringLiteral("<span style=\"white-space:pre-wrap\">") + whole.toHtmlEscaped() +
           QStringLiteral("</span>");
}

QString grouped(qint64 number)
{
    return groupedDigits(QString::number(number))
        .replace(QLatin1Char(','), QLocale().groupSeparator());
}

QList<query::Operator> operatorsFor(rows::TypeClass type, bool nullable)
{
    using enum query::Operator;
    QList<query::Operator> operators;
    switch (type) {
    case rows::TypeClass::Boolean:
        operators = {Equal};
        break;
    case rows::TypeClass::Number:
        operators = {Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In};
        break;
    case rows::TypeClass::Time:
        operators = {GreaterOrEqual, Less, LessOrEqual, Greater, Equal, NotEqual};
        break;
    case rows::TypeClass::Uuid:
        operators = {Equal, NotEqual, In};
        break;
    case rows::TypeClass::Text:
        operators = {Equal, NotEqual, Contains, StartsWith, In, Less, Greater};
        break;
    case rows::TypeClass::Json:
    case rows::TypeClass::Binary:
        break;
    }
    if (nullable || operators.isEmpty())
        operators << IsNull << IsNotNull;
    return operators;
}

QString operatorText(query::Operator op)
{
    switch (op) {
    case query::Operator::Equal:
        return QCoreApplication::translate("Rows", "is");
    case query::Operator::NotEqual:
        return QCoreApplication::translate("Rows", "is not");
    case query::Operator::Less:
        return QStringLiteral("<");
    case query::Operator::LessOrEqual:
        return QString(QChar(0x2264));
    case query::Operator::Greater:
        return QStringLiteral(">");
    case query::Operator::GreaterOrEqual:
        return QString(QChar(0x2265));
    case query::Operator::Contains:
        return QCoreApplication::translate("Rows", "contains");
    case query::Operator::StartsWith:
        return QCoreApplication::translate("Rows", "starts with");
    case query::Operator::In:
        return QCoreApplication::translate("Rows", "is one of");
    case query::Operator::IsNull:
        return QCoreApplication::translate("Rows", "is NULL");
    case query::Operator::IsNotNull:
        return QCoreApplication::translate("Rows", "is not NULL");
    }
    return {};
}

QString filterText(const query::Filter &filter)
{
    QString text = filter.column.column + QLatin1Char(' ') + operatorText(filter.op);
    if (needsValue(filter.op))
        text += QLatin1Char(' ') + filter.values.join(QStringLiteral(", "));
    return text;
}

QStringList valuesFromText(query::Operator op, const QString &text)
{
    if (!needsValue(op))
        return {};
    if (op != query::Operator::In)
        return {text};
    QStringList values;
    for (const QString &part : text.split(QLatin1Char(','))) {
        if (!part.trimmed().isEmpty())
            values.append(part.trimmed());
    }
    return values;
}

bool needsValue(query::Operator op)
{
    return op != query::Operator::IsNull && op != query::Operator::IsNotNull;
}

bool isPlausible(const query::Filter &filter, rows::TypeClass type)
{
    if (!needsValue(filter.op))
        return true;
    static const QRegularExpression number(
        QStringLiteral("^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*$"));
    static const QRegularExpression uuid(
        QStringLiteral("^\\{?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\\}?$"));
    static const QRegularExpression truth(QStringLiteral("^(t|f|true|false|yes|no|on|off|1|0)$"),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression time(QStringLiteral(
        "^\\s*(\\d+[-:]\\d+|now|today|yesterday|tomorrow|epoch|infinity|-infinity)"));
    const auto fits = [type](const QString &value) {
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
    };
    return !filter.values.isEmpty() &&
           std::all_of(filter.values.cbegin(), filter.values.cend(), fits);
}

QStringList choicesOf(const RowsColumn &column)
{
    if (column.typeClass == rows::TypeClass::Boolean)
        return {QStringLiteral("true"), QStringLiteral("false")};
    return column.choices;
}

} // namespace studio
