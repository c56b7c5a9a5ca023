// SPDX-License-Identifier: GPL-3.0-or-later
#include "studio/widgets/rowszone.h"

#include "studio/widgets/rowscolumn.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace studio
{

namespace
{
const QByteArray utcName = "UTC";
const QByteArray localName = "local";
constexpr int SecondsOfDay = 86'400;

/// 2026-11-21 13:43:00.123456+05:30 BC, as DateStyle ISO writes it.
const QRegularExpression &moment()
{
    static const QRegularExpression pattern(
        QStringLiteral("(\\d{4,6})-(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(\\.\\d{1,6})?"
                       "([+-])(\\d\\d)(?::(\\d\\d))?(?::(\\d\\d))?( BC)?"));
    return pattern;
}

/// Seconds since 1970 UTC of a match.
qint64 secondsOf(const QRegularExpressionMatch &match)
{
    const auto number = [&match](int part) { return match.capturedView(part).toInt(); };
    const int year = match.capturedLength(12) > 0 ? -number(1) : number(1);
    const qint64 day = QDate(year, number(2), number(3)).toJulianDay();
    const qint64 offset = number(9) * 3600 + number(10) * 60 + number(11);
    const qint64 time = number(4) * 3600 + number(5) * 60 + number(6);
    return (day - QDate(1970, 1, 1).toJulianDay()) * SecondsOfDay + time -
           (match.capturedView(8) == QLatin1String("-") ? -offset : offset);
}

QString twoDigits(qint64 number)
{
    return QString::number(number).rightJustified(2, QLatin1Char('0'));
}

/// +01, +05:30, -00:01:15: as the server writes it.
QString offsetText(int offset)
{
    const int size = std::abs(offset);
    QString text = (offset < 0 ? QLatin1Char('-') : QLatin1Char('+')) + twoDigits(size / 3600);
    if (size % 3600)
        text += QLatin1Char(':') + twoDigits(size / 60 % 60);
    if (size % 60)
        text += QLatin1Char(':') + twoDigits(size % 60);
    return text;
}

QString written(qint64 seconds, const QString &fraction, int offset)
{
    const qint64 local = seconds + offset;
    qint64 day = local / SecondsOfDay;
    qint64 time = local % SecondsOfDay;
    if (time < 0) {
        time += SecondsOfDay;
        --day;
    }
    const QDate date = QDate::fromJulianDay(QDate(1970, 1, 1).toJulianDay() + day);
    return QString::number(std::abs(date.year())).rightJustified(4, QLatin1Char('0')) +
           QLatin1Char('-') + twoDigits(date.month()) + QLatin1Char('-') + twoDigits(date.day()) +
           QLatin1Char(' ') + twoDigits(time / 3600) + QLatin1Char(':') +
           twoDigits(time / 60 % 60) + QLatin1Char(':') + twoDigits(time % 60) + fraction +
           offsetText(offset) + (date.year() < 0 ? QStringLiteral(" BC") : QString());
}
} // namespace

QTimeZone RowsZone::zone() const
{
    switch (kind) {
    case Kind::Server:
        return {};
    case Kind::Utc:
        return QTimeZone::utc();
    case Kind::Local:
        return QTimeZone::systemTimeZone();
    case Kind::Named:
        return QTimeZone(name);
    }
    return {};
}

QString RowsZone::shortText() const
{
    switch (kind) {
    case Kind::Server:
        return {};
    case Kind::Utc:
        return QStringLiteral("UTC");
    case Kind::Local:
        return QCoreApplication::translate("RowsZone", "local");
    case Kind::Named:
        return QString::fromLatin1(name.mid(name.lastIndexOf('/') + 1)).replace(u'_', u' ');
    }
    return {};
}

QString RowsZone::text() const
{
    switch (kind) {
    case Kind::Server:
        return QCoreApplication::translate("RowsZone", "the server's zone");
    case Kind::Utc:
        return QStringLiteral("UTC");
    case Kind::Local:
        return QCoreApplication::translate("RowsZone", "the zone of this machine, %1")
            .arg(QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    case Kind::Named:
        return QString::fromLatin1(name);
    }
    return {};
}

QByteArray packed(const RowsZone &zone)
{
    switch (zone.kind) {
    case RowsZone::Kind::Server:
        return {};
    case RowsZone::Kind::Utc:
        return utcName;
    case RowsZone::Kind::Local:
        return localName;
    case RowsZone::Kind::Named:
        return zone.name;
    }
    return {};
}

RowsZone unpackedZone(const QByteArray &kept)
{
    if (kept == utcName)
        return {RowsZone::Kind::Utc, {}};
    if (kept == localName)
        return {RowsZone::Kind::Local, {}};
    if (QTimeZone::isTimeZoneIdAvailable(kept))
        return {RowsZone::Kind::Named, kept};
    return {};
}

bool holdsMoments(const RowsColumn &column)
{
    return column.typeText.startsWith(QLatin1String("timestamptz")) ||
           column.typeText.startsWith(QLatin1String("tstzrange")) ||
           column.typeText.startsWith(QLatin1String("tstzmultirange"));
}

QString inZone(const QString &text, const QTimeZone &zone)
{
    if (!zone.isValid())
        return text;
    QString result;
    qsizetype done = 0;
    for (auto found = moment().globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const qint64 seconds = secondsOf(match);
        const int offset =
            zone == QTimeZone::utc()
                ? 0
                : zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC));
        result += text.mid(done, match.capturedStart() - done);
        result += written(seconds, match.captured(7), offset);
        done = match.capturedEnd();
    }
    return result + text.mid(done);
}

RowsZoneChoice::RowsZoneChoice(Read read, Write write, QObject *parent)
    : QObject(parent)
    , m_read(std::move(read))
    , m_write(std::move(write))
{
}

RowsZone RowsZoneChoice::zone() const
{
    return m_read ? unpackedZone(m_read()) : m_zone;
}

void RowsZoneChoice::choose(const RowsZone &zone)
{
    m_zone = zone;
    if (m_write)
        m_write(packed(zone));
    Q_EMIT changed();
}

} // namespace studio
