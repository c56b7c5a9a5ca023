// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrate/names.h"

#include "migrate/folder.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <array>

namespace migrate
{

namespace
{
constexpr std::array adjectives = {
    "amber", "bold",   "brisk",  "calm",   "clear",  "crisp",  "deep",    "early", "even",  "fair",
    "fresh", "gentle", "golden", "green",  "hidden", "humble", "keen",    "kind",  "late",  "light",
    "lucid", "mellow", "mild",   "narrow", "new",    "open",   "patient", "plain", "proud", "quick",
    "quiet", "rapid",  "silver", "slow",   "small",  "steady", "still",   "sunny", "wide",  "young",
};
constexpr std::array nouns = {
    "anchor",  "basin",  "beacon", "bridge", "brook",  "canal",   "channel", "cove",
    "current", "dam",    "delta",  "drift",  "eddy",   "estuary", "ferry",   "fjord",
    "ford",    "gate",   "harbor", "island", "lagoon", "lake",    "levee",   "marsh",
    "mill",    "pier",   "pond",   "rapids", "reef",   "river",   "shore",   "sluice",
    "spring",  "strait", "tide",   "wave",   "weir",   "well",    "wharf",   "whirl",
};

template <typename Words> QString oneOf(const Words &words)
{
    return QLatin1String(words[QRandomGenerator::global()->bounded(int(words.size()))]);
}
} // namespace

QString madeUpName()
{
    return oneOf(adjectives) + u'_' + oneOf(nouns);
}

QString fileName(const QString &name)
{
    static const QRegularExpression others(QStringLiteral("[^\\p{L}\\p{N}.-]+"));
    QString plain = name.trimmed().replace(others, QStringLiteral("_"));
    while (plain.startsWith(u'_') || plain.startsWith(u'.'))
        plain.remove(0, 1);
    // A file's name has 255 bytes, of which a number, an ending and a staging file want some.
    constexpr int mostBytes = 200;
    if (const QByteArray bytes = plain.toUtf8(); bytes.size() > mostBytes) {
        qsizetype end = mostBytes;
        while ((uchar(bytes[end]) & 0xc0) == 0x80) // within a character
            --end;
        plain = QString::fromUtf8(bytes.first(end));
    }
    while (plain.endsWith(u'_'))
        plain.chop(1);
    return plain;
}

QString prefixText(Prefix prefix, int index, const QDateTime &now)
{
    switch (prefix) {
    case Prefix::Timestamp:
    case Prefix::Supabase:
        return now.toString(QStringLiteral("yyyyMMddHHmmss"));
    case Prefix::Unix:
        return QString::number(now.toSecsSinceEpoch());
    case Prefix::Index:
    case Prefix::None:
        break;
    }
    return QString::number(index).rightJustified(4, u'0');
}

Prefix prefixOf(const QString &word)
{
    if (word == QLatin1String("timestamp"))
        return Prefix::Timestamp;
    if (word == QLatin1String("supabase"))
        return Prefix::Supabase;
    if (word == QLatin1String("unix"))
        return Prefix::Unix;
    return word == QLatin1String("none") ? Prefix::None : Prefix::Index;
}

} // namespace migrate
