// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/writer.h"

#include "sql/identifier.h"

namespace query
{

QString Writer::bind(const sql::Parameter &value)
{
    m_rendered.statement.parameters << value;
    return u'$' + QString::number(m_rendered.statement.parameters.size());
}

void Writer::add(Step step, const QString &text)
{
    QString &all = m_rendered.statement.text;
    m_rendered.spans << StepSpan{step, {all.size(), text.size()}};
    all += text;
}

QString sqlText(const ColumnRef &column)
{
    return sql::identifier(column.alias, column.column);
}

QString wrapped(const QStringList &items, qsizetype used, const QString &indent)
{
    constexpr qsizetype width = 100;
    QString text;
    qsizetype size = 0;
    for (const QString &item : items)
        size += item.size() + 2 + indent.size();
    text.reserve(size);
    qsizetype column = used;
    for (const QString &item : items) {
        if (!text.isEmpty()) {
            const bool fits = column + 2 + item.size() < width;
            text += fits ? u", " : u",\n";
            if (!fits)
                text += indent;
            column = fits ? column + 2 : indent.size();
        }
        text += item;
        column += item.size();
    }
    return text;
}

} // namespace query
