// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/formats.h"

#include "rows/writer.h"

#include <QString>

#include <algorithm>

namespace rows
{

namespace
{
QString shown(const Page &page, qsizetype row, qsizetype column)
{
    const QString text = page.text(row, column);
    if (text.isNull())
        return QStringLiteral("NULL");
    QString line = text;
    return line.replace(u'\n', QChar(0x21B5));
}
} // namespace

QByteArray asTable(const Page &page)
{
    const qsizetype columnCount = page.columns().size();
    QList<qsizetype> widths(columnCount);
    for (qsizetype column = 0; column < columnCount; ++column) {
        widths[column] = page.columns().at(column).name.size();
        for (qsizetype row = 0; row < page.rowCount(); ++row)
            widths[column] = std::max(widths[column], shown(page, row, column).size());
    }
    const auto line = [&](const auto &cellText) {
        QString text;
        for (qsizetype column = 0; column < columnCount; ++column) {
            const bool number =
                rows::typeClass(page.columns().at(column).typeOid) == rows::TypeClass::Number;
            const QString cell = cellText(column);
            text +=
                (column ? QStringLiteral("  ") : QString()) +
                (number ? cell.rightJustified(widths[column]) : cell.leftJustified(widths[column]));
        }
        while (text.endsWith(u' '))
            text.chop(1);
        return text.toUtf8() + '\n';
    };
    QByteArray table = line([&](qsizetype column) { return page.columns().at(column).name; });
    table += line([&](qsizetype column) { return QString(widths[column], u'-'); });
    for (qsizetype row = 0; row < page.rowCount(); ++row)
        table += line([&](qsizetype column) { return shown(page, row, column); });
    return table;
}

QByteArray asCsv(const Page &page)
{
    return written(page, RowWriter(Form::Csv, writtenColumns(page)));
}

QByteArray asJson(const Page &page)
{
    return written(page, RowWriter(Form::Json, writtenColumns(page)));
}

} // namespace rows
