// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowstext.h"

#include <QCoreApplication>
#include <QLocale>

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

} // namespace studio
