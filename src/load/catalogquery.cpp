// SPDX-License-Identifier: GPL-3.0-or-later
#include "load/catalogquery.h"

#include <QFile>
#include <QRegularExpression>

namespace load
{

namespace
{
bool isWordCharacter(QChar character)
{
    return character.isLetterOrNumber() || character == u'_';
}
} // namespace

QString textForVersion(const QString &text, int majorVersion)
{
    static const QRegularExpression marked(QStringLiteral("^(.*) -- (<?)(\\d+)\\+?$"));
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(QLatin1String("--")))
            continue;
        const QRegularExpressionMatch match = marked.match(line);
        if (!match.hasMatch()) {
            lines << line;
            continue;
        }
        const bool isOlder = majorVersion < match.captured(3).toInt();
        if (isOlder == !match.captured(2).isEmpty())
            lines << match.captured(1);
    }
    return lines.join(u'\n');
}

QString queryText(const QString &name, int majorVersion)
{
    QFile file(QStringLiteral(":/catalog/%1.sql").arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "catalog query", qPrintable(name));
    return opened ? textForVersion(QString::fromUtf8(file.readAll()), majorVersion) : QString();
}

QString allowedText(const QString &text, const QStringList &forbidden, QList<Unasked> &unasked)
{
    static const QRegularExpression marked(
        QStringLiteral("^(.*) -- or (\\w+)( \\([\\w.]+\\))?: (.*)$"));
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        const QRegularExpressionMatch match = line.contains(QLatin1String(" -- or "))
                                                  ? marked.match(line)
                                                  : QRegularExpressionMatch();
        if (!match.hasMatch()) {
            lines << line;
            continue;
        }
        const Unasked missing{match.captured(2),
                              firstNamed(match.captured(1) + match.captured(3), forbidden)};
        lines << match.captured(missing.object.isEmpty() ? 1 : 4);
        if (!missing.object.isEmpty() && !unasked.contains(missing))
            unasked << missing;
    }
    return lines.join(u'\n');
}

QString firstNamed(const QString &text, const QStringList &names)
{
    for (const QString &name : names) {
        for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            const qsizetype end = at + name.size();
            if (end == text.size() || !isWordCharacter(text.at(end)))
                return name;
        }
    }
    return {};
}

} // namespace load
