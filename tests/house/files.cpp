// SPDX-License-Identifier: GPL-3.0-or-later
#include "files.h"

#include <QRegularExpression>

namespace house
{

QString licenceOffence(const File &file)
{
    const QString head = file.content.section(u'\n', 0, 2);
    if (head.contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
        return {};
    return file.path + QStringLiteral(": no SPDX line in the first three lines");
}

QString sizeOffence(const File &file)
{
    const qsizetype lines = file.content.count(u'\n');
    if (lines <= 600)
        return {};
    return QStringLiteral("%1: %2 lines; split it at 500").arg(file.path).arg(lines);
}

QString guardOffence(const File &file)
{
    if (!file.path.endsWith(QLatin1String(".h")) ||
        file.content.contains(QLatin1String("\n#pragma once\n")))
        return {};
    return file.path + QStringLiteral(": no #pragma once");
}

QString addressOffence(const File &file)
{
    static const QRegularExpression address(
        QStringLiteral("\"resolved\"\\s*:|registry\\.|\\.tgz\\b|codeload\\."));
    const QRegularExpressionMatch match = address.match(file.content);
    if (!match.hasMatch())
        return {};
    return QStringLiteral("%1:%2: an address to download from: %3")
        .arg(file.path)
        .arg(file.content.left(match.capturedStart()).count(u'\n') + 1)
        .arg(match.captured());
}

QString styleOffence(const File &file)
{
    const qsizetype at = file.content.indexOf(QLatin1String("stdset=\"0\"><string>"));
    if (at < 0)
        return {};
    return QStringLiteral("%1:%2: a style word would be translated; write <string notr=\"true\">")
        .arg(file.path)
        .arg(file.content.left(at).count(u'\n') + 1);
}

QString listOffence(const File &file, const File &cmake)
{
    const QString folder = cmake.path.section(u'/', 0, -2) + u'/';
    const QString name = file.path.mid(folder.size());
    const QRegularExpression word(
        QStringLiteral("(?<![\\w./])%1(?![\\w.])").arg(QRegularExpression::escape(name)));
    if (word.match(cmake.content).hasMatch())
        return {};
    return QStringLiteral("%1: not listed in %2").arg(file.path, cmake.path);
}

} // namespace house
