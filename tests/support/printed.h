// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/result.h"
#include "rows/page.h"

#include <QStringList>

namespace testsupport
{

/// "1,Acme|2,Globex"; "3 changed"; or the error in a line.
inline QString printed(const base::Result<rows::Page> &page)
{
    if (!page)
        return base::toLine(page.error());
    QStringList lines;
    for (qsizetype row = 0; row < page->rowCount(); ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < page->columns().size(); ++column)
            cells << page->text(row, column);
        lines << cells.join(u',');
    }
    if (page->columns().isEmpty())
        return QStringLiteral("%1 changed").arg(page->affectedRows());
    return lines.join(u'|');
}

/// Rows as a whole, of a refusal some words.
inline bool isAs(const QString &given, const QString &expected)
{
    return given == expected || (expected.contains(QLatin1Char(' ')) && given.contains(expected));
}

} // namespace testsupport
