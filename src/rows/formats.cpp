// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/formats.h"

#include <QJsonDocument>
#include <QJsonObject>
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

QByteArray csvField(QByteArrayView bytes)
{
    const bool plain = !bytes.isEmpty() && std::ranges::none_of(bytes, [](char c) {
        return c == '"' || c == ',' || c == '\n' || c == '\r';
    });
    if (plain)
        return bytes.toByteArray();
    return '"' + bytes.toByteArray().replace('"', "\"\"") + '"';
}

/// A JSON string token; Qt's writer knows the escapes.
QByteArray jsonString(const QString &text)
{
    const QByteArray object =
        QJsonDocument(QJsonObject{{QString(), text}}).toJson(QJsonDocument::Compact); // {"":"…"}
    return object.mid(4, object.size() - 5);
}

QByteArray jsonValue(const Page &page, qsizetype row, qsizetype column)
{
    const std::optional<QByteArrayView> bytes = page.cell(row, column);
    if (!bytes)
        return "null";
    switch (rows::typeClass(page.columns().at(column).typeOid)) {
    case rows::TypeClass::Boolean:
        return *bytes == QByteArrayView("t") ? "true" : "false";
    case rows::TypeClass::Json:
        return bytes->toByteArray();
    case rows::TypeClass::Number: {
        bool isNumber = false;
        const double number =
            bytes->toByteArray().toDouble(&isNumber); // money, NaN and Infinity are no JSON
        if (isNumber && std::isfinite(number))
            return bytes->toByteArray();
        break;
    }
    default:
        break;
    }
    return jsonString(QString::fromUtf8(*bytes));
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
    QByteArray csv;
    for (qsizetype column = 0; column < page.columns().size(); ++column)
        csv += (column ? "," : "") + csvField(page.columns().at(column).name.toUtf8());
    csv += '\n';
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        for (qsizetype column = 0; column < page.columns().size(); ++column) {
            const std::optional<QByteArrayView> bytes = page.cell(row, column);
            csv += (column ? "," : "") + (bytes ? csvField(*bytes) : QByteArray());
        }
        csv += '\n';
    }
    return csv;
}

QByteArray asJson(const Page &page)
{
    QByteArray json = "[";
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        json += row ? ",\n {" : "\n {";
        for (qsizetype column = 0; column < page.columns().size(); ++column) {
            json += (column ? ", " : "") + jsonString(page.columns().at(column).name) + ": " +
                    jsonValue(page, row, column);
        }
        json += '}';
    }
    json += page.rowCount() ? "\n]\n" : "]\n";
    return json;
}

} // namespace rows
