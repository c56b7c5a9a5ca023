// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowstext.h"

#include "studio/widgets/rowszone.h"

#include <QCoreApplication>
#include <QLocale>

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

/// A character that takes no room, or hides that it does, or turns the text around it.
bool isHidden(QChar character)
{
    const ushort code = character.unicode();
    return (code >= 0x80 && code < 0xA0) || code == 0xAD || code == 0x200B || code == 0x2028 ||
           code == 0x2029 || code == 0xFEFF || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

QString named(QChar character)
{
    return QStringLiteral("\u27E8U+%1\u27E9")
        .arg(uint(character.unicode()), 4, 16, QLatin1Char('0'));
}

/// The sign of a character that is none: ↵ ⇥ ␀ …; nothing for a visible one.
QString signOf(QChar character)
{
    const ushort code = character.unicode();
    if (code == '\n')
        return QChar(0x21B5);
    if (code == '\t')
        return QChar(0x21E5);
    if (code < 0x20)
        return QChar(0x2400 + code);
    if (code == 0x7F)
        return QChar(0x2421);
    return isHidden(character) ? named(character).toUpper() : QString();
}

QString signOfBlank(QChar blank)
{
    return blank == QLatin1Char(' ') ? QString(QChar(0x2423)) : named(blank).toUpper();
}

bool isBlankCharacter(QChar character)
{
    return character.isSpace() && signOf(character).isEmpty();
}

/// Signs for what cannot be seen, and for blanks at the ends. \a isCut: the end is not the value's.
QString withSigns(const QString &text, bool isCut)
{
    qsizetype first = 0;
    while (first < text.size() && isBlankCharacter(text.at(first)))
        ++first;
    qsizetype last = text.size();
    while (!isCut && last > first && isBlankCharacter(text.at(last - 1)))
        --last;
    QString result;
    result.reserve(text.size() + 8);
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar character = text.at(at);
        if (at < first || at >= last) {
            result += signOfBlank(character);
            continue;
        }
        // Most characters are neither controls nor among those of 2000 and above.
        const bool isPlain = character.unicode() >= 0x20 && character.unicode() < 0x7F;
        const QString sign = isPlain ? QString() : signOf(character);
        if (sign.isEmpty())
            result += character;
        else
            result += sign;
    }
    return result;
}

/// The beginning of a value as text, with … where there is more.
QString oneLine(QByteArrayView bytes)
{
    // Cut before decoding: a value may be megabytes long. A character takes at most four bytes.
    const bool isLong = bytes.size() > 4 * ShownCharacters;
    const QString text = QString::fromUtf8(isLong ? bytes.first(4 * ShownCharacters) : bytes);
    QString line = text.left(ShownCharacters);
    const bool isCut = text.size() > line.size();
    if (isCut && line.back().isHighSurrogate())
        line.chop(1);
    line = withSigns(line, isCut);
    return isCut ? line + QChar(0x2026) : line;
}

/// json as it is, but for the blanks between its parts: order, repeated keys and digits stay.
QByteArray compact(QByteArrayView json)
{
    QByteArray result;
    bool isText = false;
    for (qsizetype at = 0; at < json.size() && result.size() <= 4 * ShownCharacters; ++at) {
        const char c = json.at(at);
        if (isText) {
            result += c;
            if (c == '\\' && at + 1 < json.size())
                result += json.at(++at);
            else if (c == '"')
                isText = false;
            continue;
        }
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        result += c;
        isText = c == '"';
        if (c == ',' || c == ':')
            result += ' ';
    }
    return result;
}

qint64 bytesInHex(QByteArrayView hex)
{
    return hex.startsWith("\\x") ? (hex.size() - 2) / 2 : hex.size();
}

/// A tool tip guesses rich text: data is shown as it is.
QString plainTip(const QString &text)
{
    return QStringLiteral("<span style=\"white-space:pre-wrap\">") + text.toHtmlEscaped() +
           QStringLiteral("</span>");
}

/// The same moment three times, unless it is none.
QString zonesTip(const QString &text)
{
    const QString utc = inZone(text, QTimeZone::utc());
    const QString local = inZone(text, QTimeZone::systemTimeZone());
    return QCoreApplication::translate("Rows", "%1 as the server gives it\n%2 in UTC\n%3 on this "
                                               "machine")
        .arg(text, utc, local);
}
} // namespace

QString cellText(const std::optional<QByteArrayView> &bytes, const RowsColumn &column,
                 const QTimeZone &zone)
{
    if (!bytes)
        return QStringLiteral("NULL");
    if (bytes->isEmpty())
        return QCoreApplication::translate("Rows", "empty");
    switch (column.typeClass) {
    case rows::TypeClass::Boolean:
        return *bytes == QByteArrayView("t") || *bytes == QByteArrayView("true")
                   ? QString(QChar(0x2713))
                   : QString(QChar(0x2013));
    case rows::TypeClass::Number: {
        // Integers are often keys and years: only amounts are grouped.
        const QString number = oneLine(*bytes);
        return column.typeText == QStringLiteral("numeric") ? groupedDigits(number) : number;
    }
    case rows::TypeClass::Json:
        return oneLine(compact(*bytes));
    case rows::TypeClass::Uuid:
    case rows::TypeClass::Time:
    case rows::TypeClass::Text:
    case rows::TypeClass::Binary:
        break;
    }
    const QString line = oneLine(*bytes);
    return zone.isValid() && holdsMoments(column) ? inZone(line, zone) : line;
}

bool isBlank(QByteArrayView bytes)
{
    // What is longer than this shows as signs all the same.
    if (bytes.isEmpty() || bytes.size() > ShownCharacters)
        return false;
    const char first = bytes.front();
    if (first > ' ' && first < 0x7F)
        return false;
    const QString text = QString::fromUtf8(bytes);
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); });
}

QString sizeNote(const std::optional<QByteArrayView> &bytes, const RowsColumn &column)
{
    return bytes && column.typeClass == rows::TypeClass::Binary ? sizeText(bytesInHex(*bytes))
                                                                : QString();
}

QString cellToolTip(const std::optional<QByteArrayView> &bytes, const RowsColumn &column)
{
    if (!bytes || bytes->isEmpty() || column.typeClass == rows::TypeClass::Boolean)
        return {};
    if (isBlank(*bytes))
        return QCoreApplication::translate("Rows", "Nothing but blanks: %1")
            .arg(QString::fromUtf8(*bytes).size());
    const bool isShort = bytes->size() < 24 && (column.typeClass == rows::TypeClass::Text ||
                                                column.typeClass == rows::TypeClass::Number);
    if (isShort)
        return {};
    const QString text =
        QString::fromUtf8(bytes->first(qMin(bytes->size(), 4 * ToolTipCharacters)));
    QString whole = text.left(ToolTipCharacters);
    if (whole.size() < text.size())
        whole += QChar(0x2026);
    return plainTip(holdsMoments(column) ? zonesTip(whole) : whole);
}

QString cutText(const QByteArray &beginning, const RowsColumn &column)
{
    const QString text =
        beginning.isEmpty() ? QString() : cellText(QByteArrayView(beginning), column);
    return text.endsWith(QChar(0x2026)) ? text : text + QChar(0x2026);
}

QString cutNote(const query::CutSize &size)
{
    const QString text = sizeText(size.bytes);
    return size.isStored ? QCoreApplication::translate("Rows", "%1 stored").arg(text) : text;
}

QString cutToolTip(const QByteArray &beginning, const query::CutSize &size,
                   const RowsColumn &column)
{
    const QString open = QCoreApplication::translate("Rows", "%1: Shift+F2 opens the whole value")
                             .arg(cutNote(size));
    return plainTip(cutText(beginning, column) + QLatin1Char('\n') + open);
}

QString grouped(qint64 number)
{
    return groupedDigits(QString::number(number))
        .replace(QLatin1Char(','), QLocale().groupSeparator());
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

} // namespace studio
