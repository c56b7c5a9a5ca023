// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows/writer.h"

#include "rows/arraytext.h"

#include <algorithm>

namespace rows
{

namespace
{
constexpr qint64 RowsInStatement = 500;

void addQuoted(QByteArrayView bytes, char quote, QByteArray &out)
{
    out += quote;
    for (const char c : bytes) {
        if (c == quote)
            out += quote;
        out += c;
    }
    out += quote;
}

void addField(std::optional<QByteArrayView> bytes, char separator, QByteArray &out)
{
    if (!bytes)
        return;
    const bool isPlain = !bytes->isEmpty() && *bytes != QByteArrayView("\\.") &&
                         std::ranges::none_of(*bytes, [separator](char c) {
                             return c == '"' || c == separator || c == '\n' || c == '\r';
                         });
    if (isPlain)
        out += *bytes;
    else
        addQuoted(*bytes, '"', out);
}

void addJsonText(QByteArrayView bytes, QByteArray &out)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : bytes) {
        switch (c) {
        case '"':
        case '\\':
            out += '\\';
            out += c;
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (uchar(c) < 0x20) {
                out += "\\u00";
                out += digits[uchar(c) >> 4];
                out += digits[uchar(c) & 15];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

/// Money, NaN and Infinity are none.
bool isNumber(QByteArrayView bytes)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const char *at = bytes.cbegin();
    const auto digits = [&] {
        const char *from = at;
        while (at != bytes.cend() && isDigit(*at))
            ++at;
        return at != from;
    };
    if (at != bytes.cend() && *at == '-')
        ++at;
    if (!digits())
        return false;
    if (at != bytes.cend() && *at == '.') {
        ++at;
        if (!digits())
            return false;
    }
    if (at != bytes.cend() && *at == 'e') {
        ++at;
        if (at != bytes.cend() && (*at == '+' || *at == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == bytes.cend();
}

bool isTrue(QByteArrayView bytes)
{
    return bytes == QByteArrayView("t") || bytes == QByteArrayView("true");
}

void addJsonValue(std::optional<QByteArrayView> bytes, TypeClass type, QByteArray &out)
{
    if (!bytes)
        out += "null";
    else if (type == TypeClass::Boolean)
        out += isTrue(*bytes) ? "true" : "false";
    else if (type == TypeClass::Json || (type == TypeClass::Number && isNumber(*bytes)))
        out += *bytes;
    else
        addJsonText(*bytes, out);
}

/// As an array of JSON, of as many dimensions. One whose bounds are not the usual ones
/// ([0:1]={…}) would lose them, and stays a text.
void addJsonArray(QByteArrayView text, TypeClass elements, QByteArray &out)
{
    if (!text.startsWith('{'))
        return addJsonText(text, out);
    for (qsizetype at = 0; at < text.size();) {
        const char c = text.at(at);
        if (c != '{' && c != '}' && c != ',') {
            const std::optional<QByteArray> element = takeArrayElement(text, at);
            addJsonValue(element ? std::optional<QByteArrayView>(*element) : std::nullopt, elements,
                         out);
            continue;
        }
        out += c == '{' ? "[" : c == '}' ? "]" : ", ";
        ++at;
    }
}

/// A constant whose meaning no setting of the session changes: a backslash is one in E'' only.
void addSqlValue(std::optional<QByteArrayView> bytes, TypeClass type, QByteArray &out)
{
    if (!bytes) {
        out += "NULL";
    } else if (type == TypeClass::Boolean) {
        out += isTrue(*bytes) ? "true" : "false";
    } else if (type == TypeClass::Number && isNumber(*bytes)) {
        out += *bytes;
    } else if (std::ranges::find(*bytes, '\\') == bytes->cend()) {
        addQuoted(*bytes, '\'', out);
    } else {
        QByteArray doubled = bytes->toByteArray();
        doubled.replace('\\', "\\\\");
        out += 'E';
        addQuoted(doubled, '\'', out);
    }
}

QByteArray markdownText(QByteArrayView bytes)
{
    QByteArray text = bytes.toByteArray();
    text.replace('\\', "\\\\").replace('|', "\\|").replace("\r\n", "<br>").replace('\n', "<br>");
    return text;
}

QByteArray nameFor(Form form, const QString &name)
{
    QByteArray out;
    const QByteArray bytes = name.toUtf8();
    switch (form) {
    case Form::Csv:
    case Form::Tsv:
        addField(QByteArrayView(bytes), form == Form::Csv ? ',' : '\t', out);
        break;
    case Form::Json:
        addJsonText(bytes, out);
        break;
    case Form::Markdown:
        return markdownText(bytes);
    case Form::Inserts:
        addQuoted(bytes, '"', out);
        break;
    }
    return out;
}
} // namespace

RowWriter::RowWriter(Form form, QList<WrittenColumn> columns, InsertTarget target, Titles titles)
    : m_form(form)
    , m_columns(std::move(columns))
    , m_titles(titles)
{
    QByteArrayList inserted;
    for (const WrittenColumn &column : std::as_const(m_columns)) {
        m_names << nameFor(form, column.name);
        if (!column.isComputed)
            inserted << m_names.last();
    }
    m_insert = "INSERT INTO " + target.table.toUtf8() + " (" + inserted.join(", ") + ')' +
               (target.overridesIdentity ? " OVERRIDING SYSTEM VALUE VALUES\n  (" : " VALUES\n  (");
}

void RowWriter::begin(QByteArray &out) const
{
    if (m_form == Form::Json) {
        out += '[';
    } else if (m_form == Form::Markdown) {
        out += "| " + m_names.join(" | ") + " |\n|";
        for (const WrittenColumn &column : m_columns)
            out += column.type == TypeClass::Number ? " ---: |" : " --- |";
        out += '\n';
    } else if (m_form != Form::Inserts && m_titles == Titles::With) {
        out += m_names.join(m_form == Form::Csv ? ',' : '\t') + '\n';
    }
}

void RowWriter::add(const Cells &cells, QByteArray &out)
{
    switch (m_form) {
    case Form::Csv:
    case Form::Tsv:
        addSeparated(cells, m_form == Form::Csv ? ',' : '\t', out);
        break;
    case Form::Json:
        addObject(cells, out);
        break;
    case Form::Markdown:
        addMarkdown(cells, out);
        break;
    case Form::Inserts:
        addValues(cells, out);
        break;
    }
    ++m_rows;
}

void RowWriter::end(QByteArray &out) const
{
    if (m_form == Form::Json)
        out += m_rows ? "\n]\n" : "]\n";
    else if (m_form == Form::Inserts && m_rows)
        out += ";\n";
}

void addSeparated(const RowWriter::Cells &cells, char separator, QByteArray &out)
{
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i)
            out += separator;
        addField(cells.at(i), separator, out);
    }
    out += '\n';
}

void RowWriter::addObject(const Cells &cells, QByteArray &out) const
{
    out += m_rows ? ",\n {" : "\n {";
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i)
            out += ", ";
        out += m_names.at(i);
        out += ": ";
        const WrittenColumn &column = m_columns.at(i);
        if (cells.at(i) && column.elements)
            addJsonArray(*cells.at(i), *column.elements, out);
        else
            addJsonValue(cells.at(i), column.type, out);
    }
    out += '}';
}

void RowWriter::addMarkdown(const Cells &cells, QByteArray &out) const
{
    out += '|';
    for (const std::optional<QByteArrayView> &cell : cells)
        out += ' ' + (cell ? markdownText(*cell) : QByteArray("*NULL*")) + " |";
    out += '\n';
}

void RowWriter::addValues(const Cells &cells, QByteArray &out) const
{
    if (m_rows % RowsInStatement == 0)
        out += (m_rows ? ";\n" : "") + m_insert;
    else
        out += ",\n  (";
    bool isFirst = true;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (m_columns.at(i).isComputed)
            continue;
        if (!isFirst)
            out += ", ";
        isFirst = false;
        addSqlValue(cells.at(i), m_columns.at(i).type, out);
    }
    out += ')';
}

QList<WrittenColumn> writtenColumns(const Page &page)
{
    QList<WrittenColumn> columns;
    for (const ResultColumn &column : page.columns())
        columns << WrittenColumn{.name = column.name,
                                 .type = typeClass(column.typeOid),
                                 .elements = elementClass(column.typeOid)};
    return columns;
}

QByteArray written(const Page &page, RowWriter writer)
{
    QByteArray out;
    writer.begin(out);
    RowWriter::Cells cells(page.columns().size());
    for (qsizetype row = 0; row < page.rowCount(); ++row) {
        for (qsizetype column = 0; column < cells.size(); ++column)
            cells[column] = page.cell(row, column);
        writer.add(cells, out);
    }
    writer.end(out);
    return out;
}

} // namespace rows
